package dialect_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
)

func Example() {
	engine := dialect.New(dialect.Options{Escape: dialect.EscapeHTML})
	t, err := engine.Parse("greeting", `Dear {{ first_name | default: "friend" }}, you live in {{ city }}.`)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, report, err := t.Render(context.Background(), map[string]any{"city": "Aix & Marseille"})
	fmt.Println(out, err)
	for _, m := range report.Missing {
		fmt.Printf("%s: %s, covered %v\n", m.Place, m.Name, m.Covered)
	}
	// Output:
	// Dear friend, you live in Aix &amp; Marseille. <nil>
	// greeting, line 1, column 9: first_name, covered true
}

func TestMissing(t *testing.T) {
	data := map[string]any{"contact": map[string]any{"email": "a@b.example"}, "items": []any{map[string]any{"t": "x"}, map[string]any{}}, "nothing": nil}
	for _, c := range []struct{ name, source, want string }{
		{"written", "{{ first_name }}", "first_name 1:4 bare"},
		{"the place", "a\n  é{{  first_name }}", "first_name 2:8 bare"},
		{"covered", "{{ first_name | default: 'you' }}", "first_name 1:4 covered"},
		{"covered after other filters", "{{ first_name | upcase | default: 'you' }}", "first_name 1:4 covered"},
		{"the default itself missing", "{{ a | default: b }}", "a 1:4 covered, b 1:17 bare"},
		{"the default's default", "{{ a | default: b | default: 'c' }}", "a 1:4 covered, b 1:17 covered"},
		{"an argument", "{{ 'x' | append: y }}", "y 1:18 bare"},
		{"a path", "{{ contact.phone.home }} {{ contact.email }}", "contact.phone.home 1:4 bare"},
		{"bound to nothing", "{{ nothing }}", "nothing 1:4 bare"},
		{"only asked for", "{% if a %}x{% endif %}{% unless b == 1 %}{% endunless %}{% case c %}{% when d %}{% endcase %}", ""},
		{"asked for within a loop that is missing", "{% for x in missing %}{{ x }}{% endfor %}", ""},
		{"once for a loop", "{% for x in items %}{{ x.t }}{{ x.none }}{% endfor %}", "x.none 1:33 bare, x.t 1:24 bare"},
		{"echo", "{% echo a %}", "a 1:9 bare"},
		{"written by a variable that was assigned", "{% assign a = b %}{{ a }}", "a 1:22 bare"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report, err := render(dialect.Options{}, c.source, data)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range report.Missing {
				how := "bare"
				if m.Covered {
					how = "covered"
				}
				got = append(got, fmt.Sprintf("%s %d:%d %s", m.Name, m.Place.Line, m.Place.Column, how))
			}
			if g := strings.Join(got, ", "); g != c.want {
				t.Errorf("got %q, want %q", g, c.want)
			}
		})
	}
}

func TestEscaping(t *testing.T) {
	data := map[string]any{"evil": `<script>alert("x")</script>`, "name": "Tom & Ann", "lines": "a\n<b>", "made": dialect.HTML("<b>made</b>"), "list": []any{"<", ">"}}
	for _, c := range []struct{ name, source, want string }{
		{"a value", "{{ evil }}", "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"},
		{"the template's own text", "<b>{{ name }}</b>", "<b>Tom &amp; Ann</b>"},
		{"a literal", "{{ '<i>' }}", "&lt;i&gt;"},
		{"a default", "{{ x | default: '<i>' }}", "&lt;i&gt;"},
		{"escaped once with the filter", "{{ name | escape }}", "Tom &amp; Ann"},
		{"filters after escape", "{{ name | escape | upcase }}", "TOM &amp;AMP; ANN"},
		{"a capture is HTML", "{% capture c %}<b>{{ name }}</b>{% endcapture %}{{ c }}{{ c | strip }}", "<b>Tom &amp; Ann</b><b>Tom &amp; Ann</b>"},
		{"a value put to HTML", "{% capture c %}<b>{% endcapture %}{{ c | append: evil }}", "<b>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"},
		{"lines", "{{ lines | newline_to_br }}", "a<br />\n&lt;b&gt;"},
		{"HTML of the program", "{{ made }}", "<b>made</b>"},
		{"items of a list", "{{ list }}{{ list | join: '<' }}", "&lt;&gt;&lt;&lt;&gt;"},
		{"decoding gives no HTML", "{{ 'PGI+' | base64_decode }}{{ '%3Cb%3E' | url_decode }}", "&lt;b&gt;&lt;b&gt;"},
		{"a quote in an attribute", `<a title="{{ evil }}">`, `<a title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;">`},
		{"cycle and tablerow", "{% cycle evil %}", "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"},
	} {
		if got, _, err := render(dialect.Options{Escape: dialect.EscapeHTML}, c.source, data); err != nil || got != c.want {
			t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.want)
		}
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	for _, c := range []struct{ name, source, place, message string }{
		{"a filter misspelt", "Hi {{ name | capitalise }}", "line 1, column 14", "unknown filter “capitalise”, did you mean “capitalize”?"},
		{"a tag misspelt", "\n {% fro x in y %}", "line 2, column 2", "did you mean “for”?"},
		{"never closed", "{% if a %}", "line 1, column 1", "'if' tag was never closed"},
		{"closed by another", "{% if a %}{% endfor %}", "line 1, column 11", "does not close “if”"},
		{"closes nothing", "x{% endif %}", "line 1, column 2", "closes nothing"},
		{"braces left open", "é {{ name", "line 1, column 3", "not properly terminated"},
		{"a wrong number of arguments", "{{ 'a' | replace }}", "line 1, column 10", "takes 1 to 2, not 0"},
		{"an unknown named argument", "{{ a | default: 'b', alow_false: true }}", "line 1, column 8", "did you mean “allow_false”?"},
		{"a stray word", "{{ a b }}", "line 1, column 6", "did not expect “b”"},
		{"else outside", "{% else %}", "line 1, column 1", "unexpected “else”"},
		{"an empty tag", "{% %}", "line 1, column 1", "no name of a tag"},
		{"in a liquid tag", "{% liquid\n  assign a = 1\n  echoo a\n%}", "line 3, column 3", "did you mean “echo”?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := dialect.New(dialect.Options{}).Parse("", c.source)
			e, ok := fault.As(err)
			if !ok || e.Code != fault.Invalid || e.Field != c.place || !strings.Contains(e.Message, c.message) {
				t.Errorf("got %v, want %s: %s", err, c.place, c.message)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	big := strings.Repeat("x", 1<<20)
	for _, c := range []struct{ name, source, message string }{
		{"rounds of loops", "{% for a in (1..1000) %}{% for b in (1..1000) %}{% endfor %}{% endfor %}", "100,000 rounds"},
		{"a huge range", "{% for a in (1..9000000000000000000) %}{% endfor %}", "100,000 rounds"},
		{"a range from end to end", "{% for a in (-9223372036854775808..9223372036854775807) %}{% endfor %}", "100,000 rounds"},
		{"output", "{% for a in (1..3) %}{{ big }}{% endfor %}", "output is larger"},
		{"output within captures", "{% capture a %}{{ big }}{% capture b %}{{ big }}x{% endcapture %}{% endcapture %}", "output is larger"},
		{"replace that multiplies", "{{ big | replace: 'x', big }}", "larger than 2 MB"},
		{"replace of nothing", "{{ big | replace: '', big }}", "larger than 2 MB"},
		{"append", "{{ big | append: big | append: big }}", "larger than 2 MB"},
		{"split into characters", "{% assign a = big | split: '' %}", "larger than 2 MB"},
		{"a list that doubles", "{% assign a = (1..1000) | map: nil %}{% for i in (1..30) %}{% assign a = a | concat: a %}{% endfor %}", "larger than 2 MB"},
		{"a range as a list", "{{ (1..9000000000) | join: '' }}", "larger than 2 MB"},
		{"join", "{{ list | join: big }}", "larger than 2 MB"},
		{"tablerow", "{% tablerow a in (1..9000000) %}{% endtablerow %}", "output is larger"},
		{"partials that call themselves twice", "{% include 'twice' %}", ""},
		{"render for", "{% render 'one' for (1..9000000) %}", "100,000 rounds"},
		{"memory of many results", "{% for i in (1..100000) %}{% assign a = big | append: i %}{% endfor %}", ""},
		{"slow work", "{% for i in (1..100000) %}{% assign a = big | upcase | downcase | size %}{% endfor %}", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := dialect.Options{Partials: func(name string) (string, bool) {
				switch name {
				case "twice":
					return "{% include 'twice' %}{% include 'twice' %}", true
				case "one":
					return "1", true
				}
				return "", false
			}, ErrorsInPlace: true}
			start := time.Now()
			_, _, err := render(o, c.source, map[string]any{"big": big, "list": []any{1, 2, 3, 4}})
			// On a slow machine the limit of time comes before any other.
			limited := err != nil && (strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "took longer than"))
			if !fault.Is(err, fault.Invalid) || !limited {
				t.Errorf("got %v, want a limit: %s", err, c.message)
			}
			if d := time.Since(start); d > 3*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestWorkGrowsWithTheSource: what is opened many times and never closed is read
// once, and not once for each opening.
func TestWorkGrowsWithTheSource(t *testing.T) {
	for _, c := range []struct{ name, source, message string }{
		{"raw that never ends", "{% raw %}" + strings.Repeat("{% endra", 50_000), "never closed"},
		{"doc that never ends", "{% doc %}" + strings.Repeat("{% enddo", 50_000), "never closed"},
		{"openings before one end", "{% raw %}" + strings.Repeat("{% endra", 50_000) + " %}", "never closed"},
		{"raw tags in a comment", "{% comment %}" + strings.Repeat("{% raw %}", 50_000) + "{% endcomment %}", ""},
		{"escape_once of ampersands", "{{ ampersands | escape_once | size }}", "larger than 2 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, _, err := render(dialect.Options{}, c.source, map[string]any{"ampersands": strings.Repeat("&", 1<<20)})
			limited := err != nil && c.message != "" && (strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "took longer than"))
			if (err != nil || c.message != "") && !limited {
				t.Errorf("got %v, want %q", err, c.message)
			}
			if d := time.Since(start); d > time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestACancelledContextEndsRendering(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tpl, err := dialect.New(dialect.Options{}).Parse("", "{% for a in (1..10) %}{% endfor %}")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := tpl.Render(ctx, nil); !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v", err)
	}
}

// A library's cycle tag once kept its turn in the parsed template.
func TestOneTemplateForManyGoroutines(t *testing.T) {
	o := dialect.Options{Partials: func(string) (string, bool) { return "{% increment n %}", true }}
	tpl, err := dialect.New(o).Parse("", "{% for i in (1..4) %}{% cycle 'a', 'b' %}{% cycle x: 'c', 'd', 'e' %}{% include 'p' %}{% ifchanged %}{{ x }}{% endifchanged %}{% endfor %}{% assign y = x %}{{ y }}")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			for range 50 {
				want := fmt.Sprintf("ac0%dbd1ae2bc3%d", g, g)
				if got, _, err := tpl.Render(context.Background(), map[string]any{"x": g}); err != nil || got != want {
					t.Errorf("%q (%v), want %q", got, err, want)
					return
				}
			}
		})
	}
	wait.Wait()
}

func TestMailFilters(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	day, _ := civil.ParseDate("2026-03-01")
	data := map[string]any{
		"total": decimal.MustParse("1234.5"), "tax": decimal.MustParse("0.005"), "loss": decimal.MustParse("-3"), "at": time.Date(2026, 8, 1, 23, 30, 0, 0, time.UTC), "day": day,
		"now": time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}
	eur, err := contact.ParseCurrency("EUR")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, locale, source, want string }{
		{"money", "en", "{{ total | money }}", "€1,234.50"},
		{"money in French", "fr-FR", "{{ total | money }}", "1\u202f234,50\u00a0€"},
		{"money in German", "de", "{{ total | money }}", "1.234,50\u00a0€"},
		{"money of another currency", "en", "{{ total | money: 'JPY' }} {{ total | money: 'CHF' }}", "¥1,235 CHF\u00a01,234.50"},
		{"half a cent up", "en", "{{ tax | money }}", "€0.01"},
		{"a loss", "en", "{{ loss | money }}", "-€3.00"},
		{"a text", "en", "{{ '19.9' | money }}", "€19.90"},
		{"nothing", "en", "{{ none | money }}", ""},
		{"without the sign", "en", "{{ total | money_without_currency }}", "1,234.50"},
		{"money stays exact", "en", "{{ total | plus: 0.1 | times: 3 }}", "3703.8"},
		{"a number", "de", "{{ 1234567.25 | number }} {{ 1000 | number: 2 }}", "1.234.567,25 1.000,00"},
		{"an instant in the zone", "en", "{{ at | date: '%Y-%m-%d %H:%M' }}", "2026-08-02 01:30"},
		{"a day", "fr", "{{ day | date: '%A %-d %B %Y' }}", "dimanche 1 mars 2026"},
		{"now", "en", "{{ 'now' | date: '%F %R' }} {{ now | date: '%F' }}", "2026-11-23 13:00 2026-11-23"},
		{"one", "en", "{{ 1 | pluralize: 'point' }} {{ 2 | pluralize: 'point' }} {{ 0 | pluralize: 'mouse', 'mice' }}", "point points mice"},
		{"titles", "en", "{{ 'the élan of o’neill' | title_case }} {{ 'SHOUTING AGAIN' | title_case }}", "The Élan Of O’neill Shouting Again"},
		{"whose", "en", "{{ 'Anna' | possessive }} {{ 'James' | possessive }}", "Anna’s James’"},
		{"a parameter", "en", "{{ 'https://a.example/p?x=1&utm=0#top' | url_param: 'utm', 'a b&c' }}", "https://a.example/p?x=1&utm=a+b%26c#top"},
		{"a hash", "en", "{{ 'a@b.example' | sha256 | slice: 0, 8 }}", "ebb18a03"},
	} {
		o := dialect.Options{Zone: paris, Currency: eur, Locale: c.locale}
		got, _, err := render(o, c.source, data)
		if err != nil || got != c.want {
			t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.want)
		}
	}
}

func TestNothingIsReadFromFiles(t *testing.T) {
	for _, source := range []string{"{% include '/etc/passwd' %}", "{% render '../render_test.go' %}", "{% include 'render_test' %}"} {
		if out, _, err := render(dialect.Options{}, source, nil); !fault.Is(err, fault.Invalid) || out != "" {
			t.Errorf("%s gave %q, %v", source, out, err)
		}
	}
}

func render(o dialect.Options, source string, data map[string]any) (string, dialect.Report, error) {
	t, err := dialect.New(o).Parse("", source)
	if err != nil {
		return "", dialect.Report{}, err
	}
	return t.Render(context.Background(), data)
}
