package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxWidth is the widest a field of a date is padded to.
const maxWidth = 64

// strftime writes a time in a format of C and Ruby: %Y, %-d, %^b, %:z, %10N.
// What is no directive stays as it is.
func strftime(t time.Time, format string, l locale) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		d, n := directiveAt(format[i+1:])
		s, ok := d.write(t, l)
		if !ok {
			b.WriteByte('%')
			continue
		}
		b.WriteString(s)
		i += n
	}
	return b.String()
}

// directive is one %…: flags, a width and a letter.
type directive struct {
	pad    byte // '-', '_', '0', or 0 for the letter's own
	upper  bool
	swap   bool
	colons int
	width  int
	letter byte
}

func directiveAt(s string) (d directive, n int) {
	for ; n < len(s); n++ {
		switch c := s[n]; {
		case c == '-' || c == '_' || c == '0':
			d.pad = c
		case c == '^':
			d.upper = true
		case c == '#':
			d.swap = true
		case c == ':':
			d.colons++
		case c >= '1' && c <= '9':
			for ; n < len(s) && isDigit(s[n]); n++ {
				d.width = min(d.width*10+int(s[n]-'0'), maxWidth)
			}
			n--
		default:
			d.letter = c
			return d, n + 1
		}
	}
	return d, n
}

func (d directive) write(t time.Time, l locale) (string, bool) {
	if n, width, pad, ok := d.number(t); ok {
		return d.padded(strconv.Itoa(n), width, pad), true
	}
	s, ok := d.word(t, l)
	if !ok {
		return "", false
	}
	switch {
	case d.upper:
		s = strings.ToUpper(s)
	case d.swap && d.letter == 'p':
		s = strings.ToLower(s)
	case d.swap:
		s = strings.ToUpper(s)
	}
	return d.padded(s, 0, ' '), true
}

func (d directive) padded(s string, width int, pad byte) string {
	switch d.pad {
	case '-':
		return s
	case '_':
		pad = ' '
	case '0':
		pad = '0'
	}
	sign := ""
	if pad == '0' && strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	if missing := max(width, d.width) - len(sign) - len(s); missing > 0 {
		s = strings.Repeat(string(pad), missing) + s
	}
	return sign + s
}

// number gives the directives that are numbers, with their own width and padding.
func (d directive) number(t time.Time) (n, width int, pad byte, ok bool) {
	hour12 := (t.Hour()+11)%12 + 1
	isoYear, isoWeek := t.ISOWeek()
	switch d.letter {
	case 'Y':
		return t.Year(), 0, '0', true
	case 'C':
		return t.Year() / 100, 2, '0', true
	case 'y':
		return t.Year() % 100, 2, '0', true
	case 'm':
		return int(t.Month()), 2, '0', true
	case 'd':
		return t.Day(), 2, '0', true
	case 'e':
		return t.Day(), 2, ' ', true
	case 'j':
		return t.YearDay(), 3, '0', true
	case 'H':
		return t.Hour(), 2, '0', true
	case 'k':
		return t.Hour(), 2, ' ', true
	case 'I':
		return hour12, 2, '0', true
	case 'l':
		return hour12, 2, ' ', true
	case 'M':
		return t.Minute(), 2, '0', true
	case 'S':
		return t.Second(), 2, '0', true
	case 'L':
		return t.Nanosecond() / 1e6, 3, '0', true
	case 's':
		return int(t.Unix()), 0, '0', true
	case 'w':
		return int(t.Weekday()), 0, '0', true
	case 'u':
		return (int(t.Weekday())+6)%7 + 1, 0, '0', true
	case 'G':
		return isoYear, 0, '0', true
	case 'g':
		return isoYear % 100, 2, '0', true
	case 'V':
		return isoWeek, 2, '0', true
	case 'U':
		return (t.YearDay() + 6 - int(t.Weekday())) / 7, 2, '0', true
	case 'W':
		return (t.YearDay() + 6 - (int(t.Weekday())+6)%7) / 7, 2, '0', true
	}
	return 0, 0, 0, false
}

// word gives the other directives.
func (d directive) word(t time.Time, l locale) (string, bool) {
	switch d.letter {
	case 'B':
		return l.months[t.Month()-1], true
	case 'b', 'h':
		return l.shortMonths[t.Month()-1], true
	case 'A':
		return l.days[t.Weekday()], true
	case 'a':
		return l.shortDays[t.Weekday()], true
	case 'p':
		return t.Format("PM"), true
	case 'P':
		return t.Format("pm"), true
	case 'N':
		digits := 9
		if d.width > 0 {
			digits = min(d.width, 9)
		}
		return fmt.Sprintf("%09d", t.Nanosecond())[:digits], true
	case 'z':
		return d.offset(t), true
	case 'Z':
		return t.Format("MST"), true
	case 'n':
		return "\n", true
	case 't':
		return "\t", true
	case '%':
		return "%", true
	}
	if composed := compositions(d.letter); composed != "" {
		return strftime(t, composed, l), true
	}
	return "", false
}

func compositions(letter byte) string {
	switch letter {
	case 'c':
		return "%a %b %e %H:%M:%S %Y"
	case 'x', 'D':
		return "%m/%d/%y"
	case 'X', 'T':
		return "%H:%M:%S"
	case 'F':
		return "%Y-%m-%d"
	case 'R':
		return "%H:%M"
	case 'r':
		return "%I:%M:%S %p"
	case 'v':
		return "%e-%^b-%Y"
	case '+':
		return "%a %b %e %H:%M:%S %Z %Y"
	}
	return ""
}

func (d directive) offset(t time.Time) string {
	switch d.colons {
	case 0:
		return t.Format("-0700")
	case 1:
		return t.Format("-07:00")
	}
	return t.Format("-07:00:00")
}
