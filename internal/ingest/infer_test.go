package ingest

import (
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
)

func TestTypesComeFromTheWholeColumn(t *testing.T) {
	eur := contact.Currency{Code: "EUR", Decimals: 2}
	for _, c := range []struct {
		name, header string
		cells        []string
		want         contact.Type
		reads        string // of the first cell
		undecided    bool
	}{
		{"whole numbers", "quantity", []string{"6", "-3", ""}, contact.Number, "6", false},
		{"amounts by their header", "unit_price", []string{"2.55", "10"}, contact.Money, "2.55", false},
		{"more decimals than the currency has", "unit_price", []string{"2.555", "10"}, contact.Number, "2.555", false},
		{"a decimal comma", "total", []string{"1.234,50", "3,5"}, contact.Money, "1234.5", false},
		{"thousands apart", "total", []string{"1,234.50", "3.5"}, contact.Money, "1234.5", false},
		{"a currency sign", "price", []string{"€ 12.00", "€3"}, contact.Money, "12", false},
		{"leading zeros make codes", "postal_code", []string{"01220", "75001"}, contact.Text, "01220", false},
		{"a phone is no number", "phone", []string{"+33612345678"}, contact.Text, "+33612345678", false},
		{"one misfit far down", "sku", []string{"71053", "22752", "85123A"}, contact.Text, "71053", false},
		{"twenty digits are text", "ean", []string{"12345678901234567890"}, contact.Text, "12345678901234567890", false},
		{"yes and no", "vip", []string{"yes", "No"}, contact.Boolean, "true", false},
		{"zero and one stay numbers", "newbie", []string{"0", "1"}, contact.Number, "0", false},
		{"ISO dates", "birthday", []string{"1980-02-29"}, contact.DateType, "1980-02-29", false},
		{"days first, proven once", "seen", []string{"03/04/2026", "25/12/2026"}, contact.DateType, "2026-04-03", false},
		{"months first, proven once", "seen", []string{"03/04/2026", "12/25/2026"}, contact.DateType, "2026-03-04", false},
		{"days or months, open", "seen", []string{"03/04/2026"}, contact.DateType, "", true},
		{"both orders are no dates", "seen", []string{"25/12/2026", "12/25/2026"}, contact.Text, "25/12/2026", false},
		{"30 February is text", "seen", []string{"2026-02-30"}, contact.Text, "2026-02-30", false},
		{"times in the workspace's zone", "at", []string{"2026-07-01 12:00:00"}, contact.Datetime, "2026-07-01T10:00:00Z", false},
		{"times with an offset", "at", []string{"2026-07-01T12:00:00+05:30"}, contact.Datetime, "2026-07-01T06:30:00Z", false},
		{"twelve-hour clock", "at", []string{"7/13/2026 1:05 PM"}, contact.Datetime, "2026-07-13T11:05:00Z", false},
		{"a named month", "born", []string{"12 May 1980", "June 3, 1991"}, contact.DateType, "1980-05-12", false},
		{"lists", "tags", []string{"tea; mugs", "linen;tea", "x"}, contact.List, "tea;mugs", false},
		{"nothing at all", "x", []string{"", " "}, contact.Text, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tl := newTally()
			for _, cell := range c.cells {
				tl.add(cell)
			}
			f, undecided := tl.form(c.header, eur, "")
			if f.Type != c.want || undecided != c.undecided {
				t.Fatalf("type %s (undecided %v), want %s (%v)", f.Type, undecided, c.want, c.undecided)
			}
			if undecided {
				return
			}
			paris, _ := time.LoadLocation("Europe/Paris")
			for i, cell := range c.cells {
				v, ok := f.Value(cell, paris)
				if !ok {
					t.Errorf("%q does not fit the type its own column gave", cell)
				}
				if i == 0 && v.String() != c.reads {
					t.Errorf("%q reads as %q, want %q", cell, v, c.reads)
				}
			}
		})
	}
}

// A form accepts every cell that it was inferred from.
func FuzzInfer(f *testing.F) {
	f.Add("12/05/2026", "1.234,5", "yes")
	f.Add("1,234", "-0", "2026-01-01T00:00:60Z")
	f.Add("May 12, 2026 10:00", "(3)", "€1")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		tl := newTally()
		for _, cell := range []string{a, b, c} {
			tl.add(cell)
		}
		form, undecided := tl.form("value", contact.Currency{Code: "EUR", Decimals: 2}, "")
		if undecided {
			form, _ = tl.form("value", contact.Currency{Code: "EUR", Decimals: 2}, DMY)
		}
		for _, cell := range []string{a, b, c} {
			if _, ok := form.Value(cell, time.UTC); !ok {
				t.Fatalf("%q does not fit %+v", cell, form)
			}
		}
	})
}
