package content

// FieldType says what a field of a block may hold, and so which control a form
// shows for it.
type FieldType string

// The types of fields.
const (
	LiquidText FieldType = "liquid"   // one line with Liquid
	RichText   FieldType = "rich"     // small HTML with Liquid
	RawHTML    FieldType = "html"     // any HTML with Liquid
	Link       FieldType = "url"      // http, https, mailto, tel or Liquid; may be empty while drafting
	Picture    FieldType = "image"    // Link without mailto and tel, or asset:NAME
	Listing    FieldType = "products" // see catalog.ParseSource
	Number     FieldType = "number"   // a whole number from Min to Max
	Flag       FieldType = "boolean"
	OneOf      FieldType = "choice" // one of Options
	Slug       FieldType = "slug"   // the slug of a shared rule or block
	Ruling     FieldType = "rule"
	Variety    FieldType = "variants" // blocks by name
	Pillars    FieldType = "columns"
)

// Field describes one field of a kind of block: what it may hold, and what a
// form says about it.
type Field struct {
	Name     string
	Label    string
	Type     FieldType
	Options  []string
	Min, Max int // Number, both included; 0 is legal too and means Default
	Default  string
	Required bool // refused when missing; what is only unwise to leave out is a finding, not an error
	Help     string
}

// KindInfo describes a kind of block.
type KindInfo struct {
	Kind   BlockKind
	Label  string
	Fields []Field
}

// Kinds gives the table of kinds: what each may and must have besides id, kind
// and fallback, which every kind has.
func Kinds() []KindInfo {
	align := Field{Name: "align", Label: "Alignment", Type: OneOf, Options: []string{"left", "center", "right"}, Default: "left"}
	return []KindInfo{
		{Heading, "Heading", []Field{
			{Name: "content", Label: "Text", Type: LiquidText},
			{Name: "level", Label: "Level", Type: Number, Min: 1, Max: 3, Default: "1"},
			align,
		}},
		{Text, "Text", []Field{
			{Name: "content", Label: "Text", Type: RichText},
			align,
		}},
		{Image, "Image", []Field{
			{Name: "source", Label: "Picture", Type: Picture, Help: "A web address, or a picture kept in this workspace."},
			{Name: "alt", Label: "Description", Type: LiquidText, Help: "Read aloud, and shown where pictures are off."},
			{Name: "url", Label: "Link", Type: Link},
			{Name: "width", Label: "Width", Type: Number, Min: 1, Max: 1600, Help: "Pixels; empty for the full width."},
			align,
		}},
		{Button, "Button", []Field{
			{Name: "label", Label: "Label", Type: LiquidText},
			{Name: "url", Label: "Link", Type: Link},
			align,
		}},
		{Products, "Products", []Field{
			{Name: "source", Label: "Products", Type: Listing, Default: "recommendations", Help: "recommendations, a strategy (newest, trending, bought_together, …), category:NAME, skus:A,B or recommendation:SLUG"},
			{Name: "limit", Label: "How many", Type: Number, Min: 1, Max: 12, Default: "4"},
			{Name: "per_row", Label: "In a row", Type: Number, Min: 1, Max: 3, Default: "2"},
			{Name: "hide_price", Label: "Hide prices", Type: Flag},
			{Name: "label", Label: "Link text", Type: LiquidText},
		}},
		{Divider, "Divider", nil},
		{Spacer, "Space", []Field{
			{Name: "height", Label: "Height", Type: Number, Min: 4, Max: 200, Default: "24", Help: "Pixels."},
		}},
		{Columns, "Columns", []Field{
			{Name: "columns", Label: "Columns", Type: Pillars, Required: true, Help: "Two to four, side by side; one below the other on a phone."},
		}},
		{HTML, "HTML", []Field{
			{Name: "content", Label: "HTML", Type: RawHTML},
		}},
		{Choice, "Choice", []Field{
			{Name: "rule", Label: "Rule", Type: Ruling},
			{Name: "rule_slug", Label: "Shared rule", Type: Slug},
			{Name: "variants", Label: "Variants", Type: Variety, Required: true},
		}},
		{Ref, "Reusable block", []Field{
			{Name: "block", Label: "Block", Type: Slug, Required: true},
		}},
	}
}

// field finds a field of the kind by name.
func (k KindInfo) field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

func (k KindInfo) names() []string {
	names := []string{"id", "kind", "fallback"}
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return names
}
