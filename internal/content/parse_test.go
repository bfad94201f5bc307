package content_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
)

const autumn = `{"name":"Autumn","subject":"{{ first_name | default: 'Hello' }}, autumn is here","preheader":"New in the shop",
 "blocks":[
  {"id":"greet","kind":"text","content":"<p>Dear {{ first_name | default: \"friend\" }},</p>"},
  {"id":"offer","kind":"choice","rule":{"branches":[{"name":"VIP","when":{"kind":"segment","segment":"vip"},"choose":"vip"}],"default":"all"},
   "variants":{"vip":{"kind":"text","content":"<p>Early access for you.</p>"},"all":{"kind":"button","label":"See what is new","url":"https://shop.example/new"}},
   "fallback":{"kind":"text","content":"<p>Shop our latest collection.</p>"}},
  {"id":"picks","kind":"products","source":"recommendations","limit":4,"fallback":{"kind":"text","content":"<p>Shop our latest collection.</p>"}},
  {"id":"own","kind":"html","content":"<table>…</table>"},
  {"kind":"columns","columns":[{"blocks":[{"kind":"text","content":"a"}]},{"weight":2,"blocks":[{"kind":"image","source":"asset:cup.png","alt":"A cup"}]}]},
  {"id":"foot","kind":"block","block":"footer"}]}`

func ExampleParse() {
	t, err := content.Parse([]byte(autumn))
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = content.Walk(t.Blocks, func(path string, b content.Block) error {
		fmt.Println(path, b.Kind, b.ID)
		return nil
	})
	// Output:
	// blocks[0] text greet
	// blocks[1] choice offer
	// blocks[1].variants.all button offer.all
	// blocks[1].variants.vip text offer.vip
	// blocks[1].fallback text offer.fallback
	// blocks[2] products picks
	// blocks[2].fallback text picks.fallback
	// blocks[3] html own
	// blocks[4] columns columns-1
	// blocks[4].columns[0].blocks[0] text text-1
	// blocks[4].columns[1].blocks[0] image image-1
	// blocks[5] block foot
}

func TestCanonicalFormIsStable(t *testing.T) {
	first := parsed(t, autumn)
	once, err := first.JSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := parsed(t, string(once)).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(once, again) {
		t.Errorf("canonical form changed:\n%s\n%s", once, again)
	}
	if bytes.Contains(once, []byte(`\u003c`)) {
		t.Error("HTML is escaped in the canonical form")
	}
}

func TestRefusals(t *testing.T) {
	deep := `{"kind":"text"}`
	for range 5 {
		deep = `{"kind":"choice","rule":{"branches":[],"default":"a"},"variants":{"a":` + deep + `}}`
	}
	for _, c := range []struct{ name, block, field, message string }{
		{"an unknown field, with the likely one", `{"kind":"text","contnet":"x"}`, "blocks[0].contnet", "did you mean “content”"},
		{"a field of another kind", `{"kind":"divider","url":"https://a.example"}`, "blocks[0].url", "no field"},
		{"an unknown kind", `{"kind":"buton"}`, "blocks[0].kind", "did you mean “button”"},
		{"no kind", `{"content":"x"}`, "blocks[0].kind", "needs its kind"},
		{"a field twice", `{"kind":"text","content":"a","content":"b"}`, "blocks[0].content", "stands twice"},
		{"a script link", `{"kind":"button","url":"javascript:alert(1)"}`, "blocks[0].url", "http"},
		{"a script link in capitals and spaces", `{"kind":"button","url":" JavaScript:alert(1)"}`, "blocks[0].url", "http"},
		{"a link with no scheme", `{"kind":"button","url":"www.shop.example"}`, "blocks[0].url", "http"},
		{"a data picture", `{"kind":"image","source":"data:image/png;base64,AAAA"}`, "blocks[0].source", "picture"},
		{"a level out of bounds", `{"kind":"heading","level":4}`, "blocks[0].level", "from 1 to 3"},
		{"a number with decimals", `{"kind":"spacer","height":4.5}`, "blocks[0].height", "whole number"},
		{"products from nowhere", `{"kind":"products","source":"popular"}`, "blocks[0].source", "popular"},
		{"one column", `{"kind":"columns","columns":[{"blocks":[]}]}`, "blocks[0].columns", "two to four"},
		{"columns in columns", `{"kind":"columns","columns":[{"blocks":[]},{"blocks":[{"kind":"columns","columns":[]}]}]}`, "blocks[0].columns[1].blocks[0]", "within columns"},
		{"columns in a variant in columns", `{"kind":"columns","columns":[{"blocks":[]},{"blocks":[{"kind":"text","fallback":{"kind":"columns","columns":[]}}]}]}`, "blocks[0].columns[1].blocks[0].fallback", "within columns"},
		{"choices too deep", deep, "blocks[0].variants.a.variants.a.variants.a.variants.a", "4 deep"},
		{"a choice without its variant", `{"kind":"choice","rule":{"branches":[{"when":{"kind":"everyone"},"choose":"vpi"}]},"variants":{"vip":{"kind":"text"}}}`, "blocks[0].rule.branches[0].choose", "did you mean “vip”"},
		{"a default without its variant", `{"kind":"choice","rule":{"branches":[],"default":"x"},"variants":{"vip":{"kind":"text"}}}`, "blocks[0].rule.default", "no variant “x”"},
		{"a choice without a rule", `{"kind":"choice","variants":{"a":{"kind":"text"}}}`, "blocks[0].rule", "needs a rule"},
		{"a choice with two rules", `{"kind":"choice","rule":{"branches":[]},"rule_slug":"r","variants":{"a":{"kind":"text"}}}`, "blocks[0].rule_slug", "not both"},
		{"a branch with neither", `{"kind":"choice","rule":{"branches":[{"when":{"kind":"everyone"}}]},"variants":{"a":{"kind":"text"}}}`, "blocks[0].rule.branches[0]", "either"},
		{"a broken condition", `{"kind":"choice","rule":{"branches":[{"when":{"kind":"all","children":[{"kind":"evryone"}]},"choose":"a"}]},"variants":{"a":{"kind":"text"}}}`, "blocks[0].rule.branches[0].when.children[0].kind", ""},
		{"an id twice", `{"kind":"text","id":"a"},{"kind":"text","id":"a"}`, "blocks[1].id", "taken by blocks[0]"},
		{"an id with a space", `{"kind":"text","id":"a b"}`, "blocks[0].id", "letters"},
		{"a reusable block without its slug", `{"kind":"block"}`, "blocks[0].block", "needs it"},
		{"text that is a number", `{"kind":"text","content":7}`, "blocks[0].content", "text in quotes"},
		{"a block that is a list", `[]`, "blocks[0]", "object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := content.Parse([]byte(`{"name":"n","subject":"s","blocks":[` + c.block + `]}`))
			e, ok := fault.As(err)
			if !ok || e.Code != fault.Invalid || e.Field != c.field || !strings.Contains(e.Message, c.message) {
				t.Errorf("got %v; want field %s with %q", err, c.field, c.message)
			}
		})
	}
}

func TestTemplateRefusals(t *testing.T) {
	for _, c := range []struct{ name, source, field, message string }{
		{"not JSON", `{"name":"n",`, "", "not JSON"},
		{"the place of the error", "{\"name\":\"n\",\n  oops}", "", "line 2, column"},
		{"something after the end", `{"blocks":[]} x`, "", "not JSON"},
		{"a subject of two lines", `{"subject":"a\nb","blocks":[]}`, "subject", "one line"},
		{"a colour", `{"style":{"accent":"red"},"blocks":[]}`, "style.accent", "#rrggbb"},
		{"a width", `{"style":{"width":1200},"blocks":[]}`, "style.width", "320 to 800"},
		{"an unknown field", `{"subjct":"a","blocks":[]}`, "subjct", "did you mean “subject”"},
		{"no blocks", `{"subject":"a"}`, "blocks", "list of blocks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := content.Parse([]byte(c.source))
			e, ok := fault.As(err)
			if !ok || e.Field != c.field || !strings.Contains(e.Message, c.message) {
				t.Errorf("got %v; want field %q with %q", err, c.field, c.message)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	for link, want := range map[string]bool{
		"https://a.example": true, "HTTP://a.example": true, "mailto:a@b.example": true, "tel:+331": true,
		"{{ unsubscribe_url }}": true, "{% if a %}https://a{% endif %}": true, "https://a.example/{{ x }}": true,
		"": false, "ftp://a": false, "java{{ x }}script:alert(1)": false, "vbscript:x": false, "//a.example": false,
		"https://a.example/\r\nX: y": false,
	} {
		if got := content.LinkAllowed(link); got != want {
			t.Errorf("%q: %v, want %v", link, got, want)
		}
	}
}

func TestReusableBlocks(t *testing.T) {
	for name, source := range map[string]string{
		"one block":  `{"id":"a","kind":"divider"}`,
		"a list":     `[{"id":"a","kind":"divider"},{"id":"b","kind":"spacer","height":8}]`,
		"empty list": `[]`,
	} {
		blocks, err := content.ParseBlocks([]byte(source))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out, err := content.BlocksJSON(blocks)
		if err != nil || string(out) != source {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
}

func TestDiff(t *testing.T) {
	from := parsed(t, `{"name":"n","subject":"a","blocks":[{"id":"1","kind":"text","content":"x"},{"id":"2","kind":"divider"},{"id":"3","kind":"divider"},{"id":"4","kind":"divider"}]}`)
	to := parsed(t, `{"name":"n","subject":"b","blocks":[{"id":"3","kind":"divider"},{"id":"1","kind":"text","content":"y","align":"center"},{"id":"2","kind":"divider"},{"id":"5","kind":"spacer"}]}`)
	var got []string
	for _, c := range content.Diff(from, to) {
		got = append(got, strings.TrimSpace(fmt.Sprint(c.What, " ", c.ID, " ", strings.Join(c.Fields, ","))))
	}
	want := []string{"changed  subject", "moved 3", "changed 1 align,content", "added 5", "removed 4"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if d := content.Diff(to, to); len(d) != 0 {
		t.Errorf("a template differs from itself: %v", d)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(autumn))
	f.Add([]byte(`{"blocks":[{"kind":"choice","variants":{"":{}}}]}`))
	f.Add([]byte(`{"blocks":[{"kind":"text","fallback":{"kind":"text","fallback":null}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tpl, err := content.Parse(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("not coded: %v", err)
			}
			return
		}
		once, err := tpl.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := content.Parse(once)
		if err != nil {
			t.Fatalf("the canonical form is refused: %v\n%s", err, once)
		}
		if twice, _ := again.JSON(); !bytes.Equal(once, twice) {
			t.Fatalf("not stable:\n%s\n%s", once, twice)
		}
		ids := map[string]bool{}
		_ = content.Walk(tpl.Blocks, func(path string, b content.Block) error {
			if b.ID == "" || ids[b.ID] {
				t.Fatalf("%s has no id of its own: %q", path, b.ID)
			}
			ids[b.ID] = true
			return nil
		})
	})
}

func parsed(t *testing.T, source string) content.Template {
	t.Helper()
	tpl, err := content.Parse([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}
