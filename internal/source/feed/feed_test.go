package feed

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const rss = `<?xml version="1.0"?><!DOCTYPE rss>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><title>Plain title</title><g:id>T1</g:id><g:title>Tea &amp; <![CDATA[Co]]></g:title><link>https://shop.example/t1</link>
<g:image_link>https://shop.example/t1.png</g:image_link><g:price>12.50 EUR</g:price><g:sale_price>9.90 EUR</g:sale_price>
<g:product_type>Home &gt; Tea</g:product_type><g:availability>in_stock</g:availability><g:shipping><g:price>4.00 EUR</g:price></g:shipping></item>
<item><g:id>T2</g:id><g:title>Cup</g:title><g:availability>out of stock</g:availability></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>T1</g:id><title>Tea</title><link rel="self" href="https://shop.example/feed"/><link href="https://shop.example/t1"/><g:price>1</g:price></entry></feed>`

func TestFeedsBecomeTables(t *testing.T) {
	tea := []string{"T1", "Tea", "https://shop.example/t1", "", "1", "", "", ""}
	for _, c := range []struct {
		name, feed string
		format     Format
		want       [][]string
	}{
		{"RSS, Google's names first, sale price, the last category", rss, XML, [][]string{
			{"T1", "Tea & Co", "https://shop.example/t1", "https://shop.example/t1.png", "9.90 EUR", "Tea", "", "in_stock"},
			{"T2", "Cup", "", "", "", "", "", "out of stock"}}},
		{"Atom", atom, XML, [][]string{tea}},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><id>\xe9</id></item></channel></rss>", XML, [][]string{{"é", "", "", "", "", "", "", ""}}},
		{"no products", "<rss></rss>", XML, [][]string{}},
		{"a JSON list", "\ufeff [{\"sku\":\"T1\",\"title\":\"Tea\",\"url\":\"https://shop.example/t1\",\"price\":1,\"colour\":\"red\"}]", JSON, [][]string{tea}},
		{"an object with a list", `{"version":{"a":[1]},"products":[{"id":"T1","name":"Tea","link":"https://shop.example/t1","price":"1"}]}`, JSON, [][]string{tea}},
		{"an object over lines", "{\n\"items\":\n[{\"id\":\"T1\",\"name\":\"Tea\",\"link\":\"https://shop.example/t1\",\"price\":1}]}", JSON, [][]string{tea}},
		{"JSON lines, one of them broken", "{\"id\":\"T1\",\"name\":\"Tea\",\"link\":\"https://shop.example/t1\",\"price\":1}\n\nnot JSON\n{\"id\":12345678901234567890}\n", JSON,
			[][]string{tea, {"", "not JSON", "", "", "", "", "", ""}, {"12345678901234567890", "", "", "", "", "", "", ""}}},
		{"nothing, a boolean and a list", `[{"id":null,"title":true,"image":["a"]}]`, JSON, [][]string{{"", "true", "", `["a"]`, "", "", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := detect([]byte(c.feed)); got != c.format {
				t.Errorf("it is taken for %s", got)
			}
			var out bytes.Buffer
			n, err := Convert(strings.NewReader(c.feed), c.format, &out)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := csv.NewReader(&out).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if n != len(c.want) || !slices.Equal(rows[0], Header) || !slices.EqualFunc(rows[1:], c.want, slices.Equal) {
				t.Errorf("%d products: %q\nwant %q", n, rows, c.want)
			}
		})
	}
}

func TestBrokenAndHostileFeedsAreRefused(t *testing.T) {
	for _, c := range []struct{ name, feed, says string }{
		{"an entity", `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><id>&a;</id></item></rss>`, "document type"},
		{"an unknown entity", `<rss><item><id>&a;</id></item></rss>`, "broken at line 1"},
		{"cut off", rss[:len(rss)/2], "ends in the middle"},
		{"too deep", "<rss>" + strings.Repeat("<a>", 40), "deep"},
		{"too deep within a product", "<rss><item>" + strings.Repeat("<a>", 40), "deep"},
		{"a huge field", "<rss><item><id>" + strings.Repeat("x", maxField+1) + "</id></item></rss>", "longer"},
		{"a page", "<html><body>Not found</body></html>", "<html>"},
		{"JSON cut off", `[{"sku":"A"},{"sku"`, "ends in the middle"},
		{"JSON without products", `{"error":"no such feed","code":404,"more":` + "\n" + `{}}`, "list of products"},
		{"JSON of another kind", `[1,2`, "ends in the middle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Convert(strings.NewReader(c.feed), detect([]byte(c.feed)), io.Discard)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("says %v, want %q", err, c.says)
			}
		})
	}
}

func TestDetectsByContent(t *testing.T) {
	for content, want := range map[string]Format{"id\ttitle\n": Table, "": Table, " \n<rss/>": XML, "[]": JSON} {
		path := filepath.Join(t.TempDir(), "feed")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Detect(path); err != nil || got != want {
			t.Errorf("%q is %s (%v), want %s", content, got, err, want)
		}
	}
}

func fuzz(f *testing.F, format Format, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		n, err := Convert(strings.NewReader(s), format, &out)
		if err != nil {
			return
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != n+1 {
			t.Errorf("%d products became %d rows: %v", n, len(rows)-1, err)
		}
	})
}

func FuzzXML(f *testing.F) { fuzz(f, XML, rss, atom, "<rss><item/></rss>") }

func FuzzJSON(f *testing.F) {
	fuzz(f, JSON, `[{"sku":"A"}]`, `{"items":[{}]}`, "{\"id\":1}\n{}\nx", "{\n}", "[")
}
