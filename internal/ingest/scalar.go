package ingest

import (
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// Order says in which order day, month and year stand in dates of numbers.
type Order string

// The orders of a date's parts.
const (
	DMY Order = "dmy"
	MDY Order = "mdy"
	YMD Order = "ymd"
)

// Form is how the cells of one column are written; it turns a cell into a value.
type Form struct {
	Type     contact.Type
	Comma    bool  // numbers have a decimal comma
	Order    Order // dates of numbers
	Decimals int   // money: the currency's decimals
}

// parseNumber reads a number as people write it: sign, digits, thousands apart
// by spaces or the other mark, a point or a comma, and a currency sign on either
// side.
func parseNumber(s string, comma bool) (decimal.Decimal, bool) {
	s = trimCurrency(strings.TrimSpace(s))
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") { // bookkeepers' minus
		negative, s = true, s[1:len(s)-1]
	}
	point, group := byte('.'), byte(',')
	if comma {
		point, group = ',', '.'
	}
	var buf [40]byte
	b := buf[:0]
	grouped, afterPoint := -1, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			b = append(b, c)
			if grouped >= 0 && !afterPoint {
				grouped++
			}
		case c == point && !afterPoint:
			if grouped >= 0 && grouped != 3 {
				return decimal.Decimal{}, false
			}
			afterPoint, grouped = true, -1
			b = append(b, '.')
		case (c == group || c == ' ' || c == '\'') && !afterPoint && len(b) > 0:
			if grouped >= 0 && grouped != 3 {
				return decimal.Decimal{}, false
			}
			grouped = 0
		case (c == '-' || c == '+') && i == 0:
			b = append(b, c)
		default:
			return decimal.Decimal{}, false
		}
		if len(b) > 30 {
			return decimal.Decimal{}, false
		}
	}
	if grouped >= 0 && grouped != 3 {
		return decimal.Decimal{}, false
	}
	d, err := contact.ParseDecimal(string(b))
	if err != nil {
		return decimal.Decimal{}, false
	}
	if negative {
		d = d.Neg()
	}
	return d, true
}

// currencySigns stand before or after amounts.
var currencySigns = []string{"€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF"}

func trimCurrency(s string) string {
	if s == "" || (s[0] >= '0' && s[0] <= '9' && s[len(s)-1] <= '9') {
		return s
	}
	s = strings.ReplaceAll(s, "\u00a0", " ")
	s = strings.ReplaceAll(s, "\u202f", " ")
	for _, sign := range currencySigns {
		s = strings.TrimSuffix(strings.TrimPrefix(s, sign), sign)
	}
	return strings.TrimSpace(s)
}

var (
	yes = map[string]bool{"true": true, "yes": true, "y": true, "oui": true, "ja": true, "si": true, "sí": true}
	no  = map[string]bool{"false": true, "no": true, "n": true, "non": true, "nein": true}
)

func parseBool(s string) (value, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	return yes[s], yes[s] || no[s]
}

// moment is a date with perhaps a time as written in a cell.
type moment struct {
	a, b, c   int   // the three numbers of the date as they stand
	order     Order // YMD when the first has four digits; "" when a and b may be either
	hasTime   bool
	hour, min int
	sec, nsec int
	hasOffset bool
	offset    int // seconds east
}

// parseMoment reads 2026-05-12, 12/05/2026, 12.5.26, 12 May 2026 or May 12, 2026,
// with or without a time (T or space, seconds, fraction, Z or an offset).
func parseMoment(s string) (m moment, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 40 {
		return m, false
	}
	date, clock := s, ""
	if at := strings.IndexByte(s, ':'); at > 0 {
		cut := strings.LastIndexAny(s[:at], "T ")
		if cut < 0 {
			return m, false
		}
		date, clock = s[:cut], s[cut+1:]
	}
	if !m.readDate(strings.TrimSuffix(strings.TrimSpace(date), ",")) {
		return m, false
	}
	if clock != "" && !m.readClock(clock) {
		return m, false
	}
	return m, true
}

func (m *moment) readDate(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '9' || strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return m.readNamedMonth(s)
	}
	var parts [3]int
	var widths [3]int
	n, sep := 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			parts[n] = parts[n]*10 + int(c-'0')
			widths[n]++
			if widths[n] > 4 {
				return false
			}
		case (c == '-' || c == '/' || c == '.') && (sep == 0 || sep == c) && n < 2 && widths[n] > 0:
			sep = c
			n++
		default:
			return false
		}
	}
	if n != 2 || widths[2] == 0 {
		return false
	}
	m.a, m.b, m.c = parts[0], parts[1], parts[2]
	switch {
	case widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2:
		m.order = YMD
		return valid(m.a, m.b, m.c)
	case widths[0] > 2 || widths[1] > 2 || (widths[2] != 4 && widths[2] != 2):
		return false
	}
	if widths[2] == 2 {
		m.c += 2000
		if m.c > 2069 {
			m.c -= 100
		}
	}
	dmy, mdy := valid(m.c, m.b, m.a), valid(m.c, m.a, m.b)
	switch {
	case dmy && !mdy:
		m.order = DMY
	case mdy && !dmy:
		m.order = MDY
	}
	return dmy || mdy
}

var months = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// readNamedMonth reads 12 May 2026 and May 12, 2026.
func (m *moment) readNamedMonth(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '.' })
	if len(words) != 3 {
		return false
	}
	if words[0][0] > '9' {
		words[0], words[1] = words[1], words[0]
	}
	if len(words[1]) < 3 || len(words[2]) != 4 {
		return false
	}
	month := months[strings.ToLower(words[1][:3])]
	day, ok1 := digits(strings.TrimRight(words[0], "stndrh"))
	year, ok2 := digits(words[2])
	m.a, m.b, m.c, m.order = year, month, day, YMD
	return ok1 && ok2 && valid(year, month, day)
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 8 {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

func valid(y, mo, d int) bool {
	if y < 1 || mo < 1 || mo > 12 || d < 1 || d > 31 {
		return false
	}
	return d <= 28 || d <= time.Date(y, time.Month(mo)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (m *moment) readClock(s string) bool {
	m.hasTime = true
	upper := strings.ToUpper(s)
	afternoon, morning := strings.HasSuffix(upper, "PM"), strings.HasSuffix(upper, "AM")
	if afternoon || morning {
		s = strings.TrimSpace(s[:len(s)-2])
	}
	if strings.HasSuffix(upper, " UTC") {
		s = s[:len(s)-4] + "Z"
	}
	if strings.HasSuffix(s, "Z") || strings.HasSuffix(s, "z") {
		m.hasOffset, s = true, s[:len(s)-1]
	} else if at := strings.LastIndexAny(s, "+-"); at > 0 {
		h, ok1 := digits(s[at+1 : min(at+3, len(s))])
		mi, ok2 := digits(strings.TrimPrefix(s[min(at+3, len(s)):], ":") + "")
		if !ok1 || (!ok2 && at+3 < len(s)) || h > 14 || mi > 59 {
			return false
		}
		m.hasOffset, m.offset = true, (h*60+mi)*60
		if s[at] == '-' {
			m.offset = -m.offset
		}
		s = strings.TrimSpace(s[:at])
	}
	whole, frac, _ := strings.Cut(s, ".")
	parts := strings.Split(whole, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	var n [3]int
	for i, p := range parts {
		v, ok := digits(p)
		if !ok || len(p) > 2 {
			return false
		}
		n[i] = v
	}
	if afternoon && n[0] < 12 {
		n[0] += 12
	} else if morning && n[0] == 12 {
		n[0] = 0
	}
	if frac != "" {
		f, ok := digits((frac + "000000000")[:9])
		if !ok {
			return false
		}
		m.nsec = f
	}
	m.hour, m.min, m.sec = n[0], n[1], n[2]
	return m.hour < 24 && m.min < 60 && m.sec < 61
}

// ymd gives year, month and day by the order; ok is false when they make no date.
func (m moment) ymd(o Order) (y, mo, d int, ok bool) {
	if m.order != "" && (m.order == YMD || o == "" || o == YMD) {
		o = m.order
	}
	switch o {
	case YMD:
		y, mo, d = m.a, m.b, m.c
	case MDY:
		y, mo, d = m.c, m.a, m.b
	default:
		y, mo, d = m.c, m.b, m.a
	}
	return y, mo, d, valid(y, mo, d)
}

// date gives the local date.
func (m moment) date(o Order) (civil.Date, bool) {
	y, mo, d, ok := m.ymd(o)
	return civil.MakeDate(y, time.Month(mo), d), ok
}

// instant gives the instant: by its own offset, else in the workspace's zone.
func (m moment) instant(o Order, zone *time.Location) (time.Time, bool) {
	y, mo, d, ok := m.ymd(o)
	if !ok {
		return time.Time{}, false
	}
	if m.hasOffset {
		t := time.Date(y, time.Month(mo), d, m.hour, m.min, m.sec, m.nsec, time.UTC)
		return t.Add(-time.Duration(m.offset) * time.Second), true
	}
	return civil.Wall(y, time.Month(mo), d, m.hour, m.min, m.sec, m.nsec, zone), true
}
