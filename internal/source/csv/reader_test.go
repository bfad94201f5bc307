package csv

import (
	stdcsv "encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func file(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll gives the good rows and what was said of the bad ones.
func readAll(t testing.TB, path string) (Format, []string, [][]string, []string) {
	t.Helper()
	f, err := Detect(path, Format{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(path, f)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var rows [][]string
	var bad []string
	for {
		rec, err := r.Read()
		var row *RowError
		switch {
		case errors.Is(err, io.EOF):
			return f, r.Header, rows, bad
		case errors.As(err, &row):
			bad = append(bad, row.Error())
		case err != nil:
			t.Fatal(err)
		default:
			rows = append(rows, rec.Cells)
		}
	}
}

func TestDialects(t *testing.T) {
	text := "email;näme\nå@x.example;\"Ann; \"\"the\nfirst\"\"\"\n"
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	utf16be, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	w1252, _ := charmap.Windows1252.NewEncoder().String(text)
	for _, c := range []struct{ name, content, encoding string }{
		{"UTF-8", text, UTF8},
		{"UTF-8 with a mark", "\ufeff" + text, UTF8},
		{"UTF-16 with a mark", utf16, UTF16LE},
		{"UTF-16 big-endian without a mark", utf16be, UTF16BE},
		{"Windows-1252", w1252, Windows1252},
		{"CRLF", strings.ReplaceAll(text, "\n", "\r\n"), UTF8},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, header, rows, bad := readAll(t, file(t, []byte(c.content)))
			if f.Encoding != c.encoding || f.Delimiter != ';' || len(bad) > 0 {
				t.Errorf("format %v, bad %v", f, bad)
			}
			got := strings.ReplaceAll(strings.Join(append(header, rows[0]...), "|"), "\r\n", "\n")
			if want := "email|näme|å@x.example|Ann; \"the\nfirst\""; got != want {
				t.Errorf("read %q, want %q", got, want)
			}
		})
	}
}

func TestBadRowsAreReportedAndGoodOnesKept(t *testing.T) {
	_, _, rows, bad := readAll(t, file(t, []byte("a,b\n1,2\n1\n1,2,3\n\n3,4,,\n\"x\"y,2\n5,6\n\"never closed,7\n8,9\n")))
	if want := [][]string{{"1", "2"}, {"3", "4"}, {"5", "6"}, {"8", "9"}}; !reflect.DeepEqual(rows, want) {
		t.Errorf("rows %v, want %v", rows, want)
	}
	want := []string{
		"line 3: the row has 1 cells, the header has 2",
		"line 4: the row has 3 cells, the header has 2",
		"line 7, column 1: text follows a closing quote",
		"line 9, column 1: a quote is opened and never closed",
	}
	if !reflect.DeepEqual(bad, want) {
		t.Errorf("bad rows:\n%s", strings.Join(bad, "\n"))
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for name, content := range map[string]string{
		"empty":     "",
		"all white": " \n\n ",
		"a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x08\x06",
	} {
		if _, err := Detect(file(t, []byte(content)), Format{}); err == nil {
			t.Errorf("%s was taken for a table", name)
		}
	}
}

func TestAHugeCellIsABadRow(t *testing.T) {
	content := "a,b\n1,2\n\"" + strings.Repeat("x", MaxCell+1) + "\",2\n3,4\n"
	_, _, rows, bad := readAll(t, file(t, []byte(content)))
	if len(rows) != 2 || len(bad) != 1 || !strings.Contains(bad[0], "10 MB") {
		t.Errorf("%d rows, bad %v", len(rows), bad)
	}
}

// Whatever the standard writer writes, ours reads back.
func TestReadsWhatTheStandardLibraryWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		cell := rapid.StringMatching(`[a-c ",;\n]{0,6}`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 8).Draw(t, "rows")
		for i := range rows {
			rows[i][0] = "k" + rows[i][0]
		}
		var b strings.Builder
		w := stdcsv.NewWriter(&b)
		_ = w.WriteAll(rows)
		r := newReader(strings.NewReader(b.String()), Format{Encoding: UTF8, Delimiter: ',', Quote: '"'})
		for i, want := range rows {
			rec, err := r.next()
			if err != nil || !reflect.DeepEqual(rec.Cells, want) {
				t.Fatalf("row %d: %q, %v; want %q", i, rec.Cells, err, want)
			}
		}
	})
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a,b\n1,\"2\n\"\"3\"\n"), byte(','))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"), byte(';'))
	f.Add([]byte("a\tb\r\n\"x\ty\n"), byte('\t'))
	f.Fuzz(func(t *testing.T, content []byte, delimiter byte) {
		for _, encoding := range Encodings {
			r := newReader(strings.NewReader(string(content)), Format{Encoding: encoding, Delimiter: rune(delimiter), Quote: '"'})
			for n := 0; ; n++ {
				_, err := r.next()
				var row *RowError
				if err != nil && !errors.As(err, &row) {
					break
				}
				if n > len(content)+2 {
					t.Fatal("more rows than bytes")
				}
			}
		}
	})
}

func BenchmarkReader(b *testing.B) {
	line := "customer17850@shop.example,536365,2010-12-01 08:26:00,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2.55,15.30\n"
	content := "email,order_id,occurred_at,sku,product,quantity,unit_price,value\n" + strings.Repeat(line, 100_000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		r := newReader(strings.NewReader(content), Format{Encoding: UTF8, Delimiter: ',', Quote: '"'})
		for {
			if _, err := r.next(); err != nil {
				break
			}
		}
	}
}
