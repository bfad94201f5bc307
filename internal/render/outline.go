package render

import (
	"strconv"

	"github.com/mailwright/mailwright/internal/rule"
)

// Outline is every way the blocks of a template can go, whoever takes it: what a
// proof counts people against, so that a way that nobody takes is seen too.
type Outline struct {
	Choices   []ChoiceOutline
	Fallbacks []PlaceOutline // blocks that have one
}

// PlaceOutline is a block by its id and its path.
type PlaceOutline struct{ ID, Path string }

// ChoiceOutline is a block that chooses.
type ChoiceOutline struct {
	PlaceOutline
	Ways []WayOutline
}

// WayOutline is one end of a rule.
type WayOutline struct {
	Path    string // as the trace has it: branches[0].then.default, default, "" for nothing
	Name    string // of the branch, the names of nested ones after their parents'
	Variant string // "" is nothing
}

// Outline lists the choices and the fallbacks, in the order of the message.
func (c *Compiled) Outline() Outline {
	var o Outline
	o.parts(c.parts)
	return o
}

func (o *Outline) parts(list []*part) {
	for _, p := range list {
		o.part(p)
	}
}

func (o *Outline) part(p *part) {
	place := PlaceOutline{p.id, p.path}
	if p.variants != nil {
		choice := ChoiceOutline{PlaceOutline: place}
		choice.rule(p.rule, "", "")
		if p.rule.Default == "" {
			choice.Ways = append(choice.Ways, WayOutline{})
		}
		o.Choices = append(o.Choices, choice)
	}
	seen := map[string]bool{}
	for _, name := range p.rule.Choices() {
		if v := p.variants[name]; v != nil && !seen[name] {
			seen[name] = true
			o.part(v)
		}
	}
	for _, column := range p.columns {
		o.parts(column)
	}
	o.parts(p.parts)
	if p.fallback != nil {
		o.Fallbacks = append(o.Fallbacks, place)
		o.part(p.fallback)
	}
}

func (c *ChoiceOutline) rule(r rule.Rule, path, within string) {
	for i, b := range r.Branches {
		at := path + "branches[" + strconv.Itoa(i) + "]"
		name := b.Name
		if within != "" && name != "" {
			name = within + " / " + name
		} else if name == "" {
			name = within
		}
		if b.Then == nil {
			c.Ways = append(c.Ways, WayOutline{Path: at, Name: name, Variant: b.Choose})
			continue
		}
		c.rule(*b.Then, at+".then.", name)
	}
	if r.Default != "" {
		c.Ways = append(c.Ways, WayOutline{Path: path + "default", Name: within, Variant: r.Default})
	}
}
