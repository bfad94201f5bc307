package dialect_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/osteele/liquid"

	"github.com/mailwright/mailwright/internal/dialect"
)

// letter is a 12 KB e-mail: much text, some values, a loop over products.
func letter() (string, map[string]any) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "<tr><td style=\"font:16px/24px sans-serif;color:#333333;padding:8px 24px\">%s {{ first_name | default: 'friend' }}, {{ contact.city }} row %d.</td></tr>\n", strings.Repeat("Autumn is here. ", 9), i)
	}
	b.WriteString("{% for p in products %}{% if p.stock > 0 %}<a href=\"{{ p.url }}\">{{ p.title | upcase }}</a> {{ p.price }}{% unless forloop.last %}, {% endunless %}{% endif %}{% endfor %}")
	products := make([]any, 12)
	for i := range products {
		products[i] = map[string]any{"url": "https://shop.example/p/" + fmt.Sprint(i), "title": "Cup " + fmt.Sprint(i), "price": 19.9, "stock": i % 3}
	}
	return b.String(), map[string]any{"first_name": "Léa", "contact": map[string]any{"city": "Paris"}, "products": products}
}

func BenchmarkRender(b *testing.B) {
	source, data := letter()
	for _, escape := range []dialect.Escape{dialect.EscapeNone, dialect.EscapeHTML} {
		t, err := dialect.New(dialect.Options{Escape: escape}).Parse("letter", source)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("ours/escape=%d", escape), func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := t.Render(context.Background(), data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	t, err := liquid.NewEngine().ParseString(source)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("osteele", func(b *testing.B) {
		b.SetBytes(int64(len(source)))
		b.ReportAllocs()
		for b.Loop() {
			var buf bytes.Buffer
			if err := t.FRender(&buf, data); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	source, _ := letter()
	e := dialect.New(dialect.Options{})
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, err := e.Parse("letter", source); err != nil {
			b.Fatal(err)
		}
	}
}
