package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/review"
	"github.com/mailwright/mailwright/internal/rule"
)

func known() review.Known {
	return review.Known{
		Schema: contact.Schema{Attributes: map[string]contact.Attribute{
			"email":      {Name: "email", Label: "E-mail", Type: contact.Text},
			"first_name": {Name: "first_name", Label: "First name", Type: contact.Text},
		}},
		Segments: func(slug string) (condition.Node, bool) {
			return condition.Node{Kind: condition.Everyone}, slug == "vip"
		},
		Block: func(slug string) ([]content.Block, bool) {
			switch slug {
			case "footer":
				return []content.Block{{Kind: content.Text, Content: "{{ unsubscribe_url }}"}}, true
			case "loop":
				return []content.Block{{Kind: content.Ref, Block: "loop"}}, true
			}
			return nil, false
		},
		Rule: func(slug string) (rule.Rule, bool) {
			return rule.Rule{Default: "other"}, slug == "shared"
		},
		Asset:  func(name string) bool { return name == "cup.png" },
		Filled: map[string]int{"email": 2000, "first_name": 1938}, Total: 2000,
	}
}

func TestFindings(t *testing.T) {
	for _, c := range []struct{ name, blocks, want string }{
		{"a name misspelt", `{"kind":"text","content":"a\n {{ frist_name }}"}`, "error blocks[0].content 2:5 Nothing is called “frist_name”, did you mean “first_name”?"},
		{"a name of the contact misspelt", `{"kind":"text","content":"{{ contact.frist_name }}"}`, "error blocks[0].content 1:4 Nothing is called “contact.frist_name”, did you mean “first_name”?"},
		{"a filter misspelt", `{"kind":"heading","content":"{{ email | upcas }}"}`, "error blocks[0].content 1:12 unknown filter “upcas”, did you mean “upcase”?"},
		{"a name that some lack", `{"kind":"text","content":"{{ first_name }}"}`, "warning blocks[0].content 1:4 62 people have no first name"},
		{"a name that some lack, twice", `{"kind":"text","content":"{{ first_name }}{{ first_name }}"}`, "warning blocks[0].content 1:4 62 people have no first name"},
		{"with a default", `{"kind":"text","content":"{{ first_name | default: 'you' }}"}`, ""},
		{"asked for before", `{"kind":"text","content":"{% if first_name %}{{ first_name }}{% endif %}"}`, ""},
		{"a name that all have", `{"kind":"text","content":"{{ email }}"}`, ""},
		{"names made by the text", `{"kind":"text","content":"{% assign x = 1 %}{% for p in products %}{{ p.title }}{{ forloop.index }}{% endfor %}{{ x }}"}`, ""},
		{"no description", `{"kind":"image","source":"asset:cup.png"}`, "warning blocks[0].alt"},
		{"no such picture", `{"kind":"image","source":"asset:mug.png","alt":"A mug"}`, "error blocks[0].source 0:0 There is no picture “mug.png”"},
		{"a button that leads nowhere", `{"kind":"button","label":"Go"}`, "error blocks[0].url"},
		{"a button without words", `{"kind":"button","url":"https://a.example"}`, "error blocks[0].label"},
		{"products without a fallback", `{"kind":"products"}`, "warning blocks[0]"},
		{"no such block", `{"kind":"block","block":"foter"}`, "error blocks[0].block"},
		{"a block that holds itself", `{"kind":"block","block":"loop"}`, "error blocks[0].block 0:0 The reusable block “loop” holds itself"},
		{"a variant nobody gets", choice(`{"branches":[{"when":{"kind":"segment","segment":"vip"},"choose":"a"}],"default":"a"}`), "warning blocks[0].variants.b"},
		{"a branch nobody gets to", choice(`{"branches":[{"when":{"kind":"everyone"},"choose":"a"},{"when":{"kind":"everyone"},"choose":"b"}]}`), "warning blocks[0].rule.branches[1] | warning blocks[0].variants.b"},
		{"nothing for some", choice(`{"branches":[{"when":{"kind":"segment","segment":"vip"},"choose":"a"},{"when":{"kind":"attribute","attribute":"email","op":"is_set"},"choose":"b"}]}`), "note blocks[0]"},
		{"a segment that is not there", choice(`{"branches":[{"when":{"kind":"segment","segment":"vpi"},"choose":"a"}],"default":"b"}`), "error blocks[0].rule.branches[0].when.segment"},
		{"a nested rule that always chooses", choice(`{"branches":[{"when":{"kind":"everyone"},"then":{"branches":[{"when":{"kind":"segment","segment":"vip"},"choose":"a"}],"default":"b"}}]}`), ""},
		{"a shared rule without its variant", `{"kind":"choice","rule_slug":"shared","variants":{"a":{"kind":"divider"}}}`, "error blocks[0].rule_slug | warning blocks[0].variants.a"},
		{"no such rule", `{"kind":"choice","rule_slug":"sharde","variants":{"a":{"kind":"divider"}}}`, "error blocks[0].rule_slug 0:0 There is no rule"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tpl, err := content.Parse([]byte(`{"name":"n","subject":"s","preheader":"p","blocks":[` + c.blocks + `,{"kind":"block","block":"footer"}]}`))
			if err != nil {
				t.Fatal(err)
			}
			found := review.Template(tpl, known())
			wants := strings.Split(c.want, " | ")
			if c.want == "" {
				wants = nil
			}
			if len(found) != len(wants) {
				t.Fatalf("found %+v, want %q", found, c.want)
			}
			for i, f := range found {
				s := fmt.Sprintf("%s %s %d:%d %s", f.Severity, f.Place, f.Line, f.Column, f.Message)
				if !strings.HasPrefix(s, wants[i]) {
					t.Errorf("found %q, want %q", s, wants[i])
				}
			}
		})
	}
}

func TestTheWholeTemplate(t *testing.T) {
	found := review.Template(content.Template{Subject: strings.Repeat("x", 70), Blocks: []content.Block{{ID: "a", Kind: content.Divider}}}, known())
	var places []string
	for _, f := range found {
		places = append(places, string(f.Severity)+" "+f.Place)
	}
	if got := strings.Join(places, ", "); got != "note subject, note preheader, warning blocks" {
		t.Errorf("found %s", got)
	}
	if found := review.Template(content.Template{}, known()); len(found) != 3 || found[0].Severity != review.Error {
		t.Errorf("an empty template: %+v", found)
	}
}

func choice(decides string) string {
	return `{"kind":"choice","rule":` + decides + `,"variants":{"a":{"kind":"divider"},"b":{"kind":"spacer"}}}`
}

func TestStartersNeedNothing(t *testing.T) {
	starters, err := content.Starters()
	if err != nil {
		t.Fatal(err)
	}
	if len(starters) != 5 {
		t.Errorf("%d starters", len(starters))
	}
	k := known()
	k.Schema.Attributes["city"] = contact.Attribute{Name: "city", Label: "City", Type: contact.Text}
	k.Schema.Events = map[string]contact.EventType{}
	for _, e := range []string{"order_placed", "product_viewed", "cart_updated"} {
		k.Schema.Events[e] = contact.EventType{Name: e, ValueType: contact.Money}
	}
	k.Schema.Currency, _ = contact.ParseCurrency("EUR")
	for _, s := range starters {
		for _, f := range review.Template(s.Template, k) {
			t.Errorf("%s: %s %s %d:%d %s", s.Slug, f.Severity, f.Place, f.Line, f.Column, f.Message)
		}
	}
}
