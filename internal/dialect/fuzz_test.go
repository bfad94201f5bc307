package dialect_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
)

// FuzzRender: any source with any data gives output or a coded error, within
// the limits, and what it writes from data into HTML is escaped.
func FuzzRender(f *testing.F) {
	for _, s := range []string{
		"{{ a | default: 'x' }}", "{% for i in a reversed limit:2 offset:continue %}{{ i.b[0] }}{% else %}{% endfor %}",
		"{% liquid\nassign x = a | split: ',' | sort | uniq | reverse\necho x\n%}", "{% tablerow i in (1..9) cols:2 %}{{ tablerowloop.col }}{% endtablerow %}",
		"{% case a %}{% when 1, 'b' or nil %}x{% else %}y{% endcase %}", "{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}", "{%- # x -%}{{- a -}}",
		"{{ a | date: '%^b %-d %10N %:::z' }}{{ a | money: 'EUR' }}{{ a | slice: -3, 9 }}", "{% include a %}{% render 'p' for a as b, c: d %}", "{% capture x %}{{ a }}{% endcapture %}{{ x | append: a }}",
		"{% if a == empty and b contains 'c' or d >= 1.5 %}{% elsif (1..3) %}{% endif %}{% unless a %}{% else %}{% endunless %}", "{% cycle a: 'b', c %}{% increment a %}{% ifchanged %}{{ a }}{% endifchanged %}",
		"{{ a['b'].c.first.size }}{{ ['x'] }}{{ 'a'[0] }}{{ 1.5.x }}", "{{ a | replace: '', a | truncate: 3, a | truncatewords: a | url_param: a, a | json }}",
		"{{ a | where: 'b', 1 | map: 'c' | sum | divided_by: 3 | round: 2 }}", "{{ a | base64_decode | url_decode | strip_html | escape_once | newline_to_br }}",
		"{{ -9223372036854775808 | divided_by: -1 }}{{ 9223372036854775807 | plus: 1 }}{{ -9223372036854775808 | abs }}",
	} {
		f.Add(s, `{"a":["x",{"b":[1,2.5,null]}],"b":"c","d":-1}`)
		f.Add(s, `{"a":"<script>alert('1')</script>"}`)
	}
	engines := []*dialect.Engine{
		dialect.New(dialect.Options{Escape: dialect.EscapeHTML, Partials: func(n string) (string, bool) { return "{% include 'p' %}" + n, n != "" }}),
		dialect.New(dialect.Options{Lax: true, ErrorsInPlace: true, Now: func() time.Time { return time.Unix(0, 0) }}),
	}
	f.Fuzz(func(t *testing.T, source, data string) {
		bindings, err := dialect.DecodeJSON([]byte(data))
		if err != nil {
			bindings = map[string]any{"a": data}
		}
		for _, e := range engines {
			tpl, err := e.Parse("fuzz", source)
			if err != nil {
				mustBe(t, err, fault.Invalid)
				continue
			}
			_ = tpl.Uses()
			start := time.Now()
			out, _, err := tpl.Render(context.Background(), bindings)
			if err != nil {
				mustBe(t, err, fault.Invalid)
			}
			if len(out) > dialect.MaxOutput {
				t.Fatalf("%d bytes", len(out))
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Fatalf("took %v", d)
			}
			if e == engines[0] && strings.Contains(out, "<script>") && !strings.Contains(source, "<script>") && !strings.Contains(source, "include") && !strings.Contains(source, "render") {
				t.Fatalf("data reached the HTML as it was: %q", out)
			}
		}
	})
}

func mustBe(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("code %s: %v", fault.CodeOf(err), err)
	}
	if _, ok := dialect.PlaceOf(err); !ok && !strings.Contains(err.Error(), "bytes") {
		t.Fatalf("no place: %v", err)
	}
}
