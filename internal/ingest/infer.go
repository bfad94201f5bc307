package ingest

import (
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
)

// tally is what one pass over a column's cells leaves: which types every cell
// fits. A type is decided from all of them, never from the first rows.
type tally struct {
	set, empty int

	notPoint, notComma bool // some cell is no number with that mark
	notBool, notMoment bool
	zeroLed            bool // some cell has leading zeros, so it is a code and no number
	marks              bool // some cell has a point or a comma
	maxDecimals        int
	allGrouped         bool // every comma or point stands before three digits
	timed              bool
	dmy, mdy, either   bool // numbers of dates that allow one order, or both
	semicolons         int  // cells with a list in them
	samples            []string
	distinct           map[string]struct{}
}

const (
	maxSamples  = 5
	maxDistinct = 1000
)

func newTally() *tally { return &tally{allGrouped: true, distinct: map[string]struct{}{}} }

// add takes one cell into account.
func (t *tally) add(cell string) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		t.empty++
		return
	}
	t.set++
	t.sample(cell)
	if !t.notPoint || !t.notComma {
		t.number(cell)
	}
	if !t.notBool {
		if _, ok := parseBool(cell); !ok {
			t.notBool = true
		}
	}
	if !t.notMoment {
		t.moment(cell)
	}
	if strings.IndexByte(cell, ';') > 0 {
		t.semicolons++
	}
}

func (t *tally) sample(cell string) {
	if len(t.distinct) >= maxDistinct {
		return
	}
	if _, seen := t.distinct[cell]; seen {
		return
	}
	cell = strings.Clone(cell) // not the whole record it is cut from
	t.distinct[cell] = struct{}{}
	if len(t.samples) < maxSamples {
		t.samples = append(t.samples, cell)
	}
}

func (t *tally) number(cell string) {
	if len(cell) > 1 && cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9' || cell[0] == '+' {
		t.zeroLed = true // 00420 and +33 6 12… are codes
	}
	point, okPoint := parseNumber(cell, false)
	comma, okComma := parseNumber(cell, true)
	t.notPoint, t.notComma = t.notPoint || !okPoint, t.notComma || !okComma
	if strings.ContainsAny(cell, ".,") {
		t.marks = true
		if !(okPoint && okComma) {
			t.allGrouped = false
		}
	}
	switch {
	case okPoint && !t.notPoint:
		t.maxDecimals = max(t.maxDecimals, point.Scale())
	case okComma:
		t.maxDecimals = max(t.maxDecimals, comma.Scale())
	}
}

func (t *tally) moment(cell string) {
	m, ok := parseMoment(cell)
	if !ok {
		t.notMoment = true
		return
	}
	t.timed = t.timed || m.hasTime
	switch m.order {
	case DMY:
		t.dmy = true
	case MDY:
		t.mdy = true
	case "":
		t.either = true
	}
}

// moneyNames are parts of headers of columns that hold amounts of money.
var moneyNames = []string{"price", "amount", "total", "value", "spend", "spent", "revenue", "cost", "sales", "balance", "discount", "budget", "prix", "montant", "preis", "betrag"}

func looksLikeMoney(header string) bool {
	name := contact.SnakeCase(header)
	for _, m := range moneyNames {
		if strings.Contains(name, m) {
			return true
		}
	}
	return false
}

// form decides the column's type. order is the file's order of days and months
// where the cells leave it open; undecided tells that it is needed and missing.
func (t *tally) form(header string, currency contact.Currency, order Order) (f Form, undecided bool) {
	f = Form{Type: contact.Text, Decimals: currency.Decimals}
	switch {
	case t.set == 0:
	case !t.notBool:
		f.Type = contact.Boolean
	case (!t.notPoint || !t.notComma) && !t.zeroLed:
		f.Type = contact.Number
		// 1,234 alone is a thousand; 1,5 or 12,34 anywhere makes commas decimal.
		f.Comma = t.notPoint
		if looksLikeMoney(header) && t.maxDecimals <= currency.Decimals && (t.marks || currency.Decimals == 0) {
			f.Type = contact.Money
		}
	case !t.notMoment && !(t.dmy && t.mdy):
		f.Type = contact.DateType
		if t.timed {
			f.Type = contact.Datetime
		}
		f.Order, undecided = t.order(order)
	case t.semicolons*2 > t.set && !strings.Contains(header, "name"):
		f.Type = contact.List
	}
	return f, undecided
}

// order gives the order that the cells prove, else the file's.
func (t *tally) order(file Order) (Order, bool) {
	switch {
	case t.dmy:
		return DMY, false
	case t.mdy:
		return MDY, false
	case t.either:
		return file, file == ""
	}
	return YMD, false
}

// Value turns a cell into a value of the column's type. An empty cell is unset;
// ok is false when the cell does not fit.
func (f Form) Value(cell string, zone *time.Location) (v contact.Value, ok bool) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return v, true
	}
	switch f.Type {
	case contact.Text:
		return contact.TextValue(cell), true
	case contact.Number:
		d, ok := parseNumber(cell, f.Comma)
		return contact.NumberValue(d), ok
	case contact.Money:
		d, ok := parseNumber(cell, f.Comma)
		return contact.MoneyValue(d), ok && d.Scale() <= f.Decimals
	case contact.Boolean:
		b, ok := parseBool(cell)
		if !ok && (cell == "0" || cell == "1") {
			b, ok = cell == "1", true
		}
		return contact.BoolValue(b), ok
	case contact.DateType:
		m, ok := parseMoment(cell)
		if !ok {
			return v, false
		}
		d, ok := m.date(f.Order)
		return contact.DateValue(d), ok
	case contact.Datetime:
		m, ok := parseMoment(cell)
		if !ok {
			return v, false
		}
		at, ok := m.instant(f.Order, zone)
		return contact.TimeValue(at), ok
	case contact.List:
		items := strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '|' })
		for i := range items {
			items[i] = strings.TrimSpace(items[i])
		}
		return contact.ListValue(items), true
	}
	return v, false
}
