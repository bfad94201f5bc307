package audience

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// builder gathers the values of one column from one reader. Several builders,
// one for each reader, are assembled into the column.
type builder struct {
	typ      contact.Type
	decimals int  // of money that is stored in minor units
	distinct bool // every text is known to be another: no map is kept

	at     []uint32 // positions
	nums   []int64  // mantissas
	scales []uint8  // decimals of each mantissa; nil while all are zero
	codes  []uint32 // text
	ends   []uint32 // list: the end of each entry in codes
	words  []string
	known  map[string]uint32
}

func newBuilder(t contact.Type, decimals int) *builder {
	b := &builder{typ: t, decimals: decimals, words: []string{""}}
	if t == contact.Text || t == contact.List {
		b.known = map[string]uint32{}
	}
	return b
}

func (b *builder) number(at int, mantissa int64, scale uint8) {
	if scale != 0 && b.scales == nil {
		b.scales = make([]uint8, len(b.nums), max(cap(b.nums), 16))
	}
	if b.scales != nil {
		b.scales = append(b.scales, scale)
	}
	b.at = append(b.at, uint32(at))
	b.nums = append(b.nums, mantissa)
}

// code gives the code of a text, which is copied when it is new.
func (b *builder) code(s string) uint32 {
	if !b.distinct {
		if c, ok := b.known[s]; ok {
			return c
		}
		s = strings.Clone(s) // s may be a part of a larger text
	}
	c := uint32(len(b.words))
	b.words = append(b.words, s)
	if !b.distinct {
		b.known[s] = c
	}
	return c
}

func (b *builder) text(at int, s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	b.at = append(b.at, uint32(at))
	b.codes = append(b.codes, b.code(s))
}

func (b *builder) list(at int, items []string) {
	before := len(b.codes)
	for _, s := range items {
		if strings.TrimSpace(s) != "" {
			b.codes = append(b.codes, b.code(s))
		}
	}
	if len(b.codes) > before {
		b.at = append(b.at, uint32(at))
		b.ends = append(b.ends, uint32(len(b.codes)))
	}
}

// cell adds a value as the store keeps it; see Source. What does not fit the
// type is unset.
func (b *builder) cell(at int, v any) {
	switch v := v.(type) {
	case int64:
		switch b.typ {
		case contact.Money:
			b.number(at, v, uint8(b.decimals))
		case contact.Text:
			b.text(at, strconv.FormatInt(v, 10))
		case contact.List:
		default:
			b.number(at, v, 0)
		}
	case string:
		switch b.typ {
		case contact.Text:
			b.text(at, v)
		case contact.Number, contact.Money:
			if m, scale, ok := readDecimal(v); ok {
				b.number(at, m, scale)
			}
		case contact.List:
			var items []string
			if json.Unmarshal([]byte(v), &items) == nil {
				b.list(at, items)
			}
		}
	}
}

// token adds a value as it stands in the JSON of an event's properties.
func (b *builder) token(at int, raw string) {
	if raw == "null" || raw == "" {
		return
	}
	s := raw
	if raw[0] == '"' {
		s = unquote(raw)
	}
	switch b.typ {
	case contact.Text:
		b.text(at, s)
	case contact.Number, contact.Money:
		if m, scale, ok := readDecimal(s); ok {
			b.number(at, m, scale)
		}
	case contact.Boolean:
		switch s {
		case "true", "1":
			b.number(at, 1, 0)
		case "false", "0":
			b.number(at, 0, 0)
		}
	case contact.DateType:
		if d, err := civil.ParseDate(s); err == nil {
			b.number(at, int64(d), 0)
		}
	case contact.Datetime:
		if ms, err := strconv.ParseInt(s, 10, 64); err == nil {
			b.number(at, ms, 0)
		} else if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
			b.number(at, t.UnixMilli(), 0)
		}
	case contact.List:
		var items []string
		if raw[0] == '[' && json.Unmarshal([]byte(raw), &items) == nil {
			b.list(at, items)
		} else if raw[0] != '[' {
			b.list(at, []string{s})
		}
	}
}

// readDecimal reads a plain decimal of at most 18 digits.
func readDecimal(s string) (mantissa int64, scale uint8, ok bool) {
	i, negative := 0, false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		i, negative = 1, s[0] == '-'
	}
	point, digits, significant := -1, 0, 0
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
			if significant > 0 || c != '0' {
				significant++
			}
			if significant > contact.MaxDigits+maxScale {
				return 0, 0, false
			}
			if significant > contact.MaxDigits && c != '0' {
				return 0, 0, false
			}
			if significant <= contact.MaxDigits {
				mantissa = mantissa*10 + int64(c-'0')
			} else if point < 0 {
				return 0, 0, false
			}
		case c == '.' && point < 0:
			point = digits
		default:
			return readExponent(s)
		}
	}
	if digits == 0 {
		return 0, 0, false
	}
	decimals := 0
	if point >= 0 {
		decimals = digits - point
		if significant > contact.MaxDigits { // zeros at the end that were not taken in
			decimals -= significant - contact.MaxDigits
		}
	}
	for decimals > 0 && mantissa%10 == 0 {
		mantissa /= 10
		decimals--
	}
	if decimals > maxScale {
		return 0, 0, false
	}
	if negative {
		mantissa = -mantissa
	}
	return mantissa, uint8(decimals), true
}

// readExponent reads a number such as 1e-7.
func readExponent(s string) (int64, uint8, bool) {
	i := strings.IndexAny(s, "eE")
	if i < 1 {
		return 0, 0, false
	}
	m, scale, ok := readDecimal(s[:i])
	e, err := strconv.Atoi(s[i+1:])
	if !ok || err != nil || e > contact.MaxDigits || e < -contact.MaxDigits {
		return 0, 0, false
	}
	at := int(scale) - e
	for ; at < 0; at++ {
		if m > 1e17 || m < -1e17 {
			return 0, 0, false
		}
		m *= 10
	}
	for at > maxScale && m%10 == 0 {
		m, at = m/10, at-1
	}
	return m, uint8(at), at <= maxScale
}

// part is what one builder gathered for the positions from base on.
type part struct {
	*builder
	base int
}

// assemble makes the column of n positions.
func assemble(t contact.Type, n int, parts ...part) *column {
	c := &column{typ: t}
	switch t {
	case contact.Text:
		c.codes = make([]uint32, n, roomy(n))
		c.dict = merge(parts, func(p part, code []uint32) {
			for i, at := range p.at {
				c.codes[p.base+int(at)] = code[p.codes[i]]
			}
		})
	case contact.List:
		assembleLists(c, n, parts)
	default:
		assembleNumbers(c, n, parts)
	}
	return c
}

// merge joins the words of the parts into one dictionary, and gives each part
// the codes that its own became.
func merge(parts []part, each func(p part, code []uint32)) *dictionary {
	if len(parts) == 1 {
		code := make([]uint32, len(parts[0].words))
		for i := range code {
			code[i] = uint32(i)
		}
		each(parts[0], code)
		return newDictionary(parts[0].words)
	}
	words, known := []string{""}, map[string]uint32{"": 0}
	for _, p := range parts {
		code := make([]uint32, len(p.words))
		for i, w := range p.words {
			c, ok := known[w]
			if !ok {
				c = uint32(len(words))
				words = append(words, w)
				known[w] = c
			}
			code[i] = c
		}
		each(p, code)
	}
	return newDictionary(words)
}

func assembleLists(c *column, n int, parts []part) {
	lists := make([][]uint32, n)
	c.dict = merge(parts, func(p part, code []uint32) {
		start := uint32(0)
		for i, at := range p.at {
			for _, own := range p.codes[start:p.ends[i]] {
				lists[p.base+int(at)] = append(lists[p.base+int(at)], code[own])
			}
			start = p.ends[i]
		}
	})
	c.starts = make([]uint32, n+1)
	for i, l := range lists {
		c.items = append(c.items, l...)
		c.starts[i+1] = uint32(len(c.items))
	}
}

func assembleNumbers(c *column, n int, parts []part) {
	for _, p := range parts {
		for _, s := range p.scales {
			c.scale = max(c.scale, int(s))
		}
	}
	c.nums = make([]int64, n, roomy(n))
	for i := range c.nums {
		c.nums[i] = unset
	}
	for _, p := range parts {
		for i, at := range p.at {
			v := wideOf(p.nums[i])
			if c.scale > 0 {
				s := 0
				if p.scales != nil {
					s = int(p.scales[i])
				}
				v = v.times(powers[c.scale-s])
			}
			if !v.fits() {
				assembleWide(c, n, parts)
				return
			}
			x := int64(v.lo)
			c.nums[p.base+int(at)] = x
			c.most = max(c.most, magnitude(x))
		}
	}
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// assembleWide is for columns whose digits before and after the point together
// are more than 64 bits hold.
func assembleWide(c *column, n int, parts []part) {
	c.nums = nil
	c.wides = make([]wide, n)
	for i := range c.wides {
		c.wides[i] = notSet
	}
	for _, p := range parts {
		for i, at := range p.at {
			s := 0
			if p.scales != nil {
				s = int(p.scales[i])
			}
			c.wides[p.base+int(at)] = wideOf(p.nums[i]).times(powers[c.scale-s])
		}
	}
}
