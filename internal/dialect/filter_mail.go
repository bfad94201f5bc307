package dialect

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// mailFilters are those that Liquid does not have and e-mails need.
func mailFilters() map[string]filter {
	return map[string]filter{
		"date":                   {min: 1, max: 1, apply: date},
		"money":                  {max: 1, apply: func(in filterInput) (any, error) { return in.money(true) }},
		"money_without_currency": {apply: func(in filterInput) (any, error) { return in.money(false) }},
		"number":                 {max: 1, apply: localNumber},
		"pluralize":              {min: 1, max: 2, apply: pluralize},
		"title_case":             simple(titleCase),
		"possessive":             simple(possessive),
	}
}

// money writes an amount in major units in the workspace's currency, or in one
// named by its code, as the locale has it: €1,234.50 or 1.234,50 €.
func (in filterInput) money(withSymbol bool) (any, error) {
	if in.value == nil || isBlank(in.value) && isText(in.value) {
		return nil, nil
	}
	o := in.run.engine.options
	currency := o.Currency
	if in.given(0) {
		c, err := contact.ParseCurrency(text(in.arg(0)))
		if err != nil {
			if e, ok := fault.As(err); ok {
				return nil, errors.New(e.Message)
			}
			return nil, err
		}
		currency = c
	}
	decimals := currency.Decimals
	if currency.Code == "" {
		decimals = 2
	}
	l := localeOf(o.Locale)
	amount, negative, ok := grouped(asNumber(in.value), decimals, l)
	if !ok {
		return text(in.value), nil
	}
	sign := ""
	if negative {
		sign = "-"
	}
	if !withSymbol || currency.Code == "" {
		return sign + amount, nil
	}
	s := symbol(currency.Code)
	switch {
	case l.symbolAfter:
		return sign + amount + "\u00a0" + s, nil
	case utf8.RuneCountInString(s) == 3 && s == currency.Code:
		return sign + s + "\u00a0" + amount, nil
	}
	return sign + s + amount, nil
}

// localNumber writes a number with the locale's marks and a number of decimals.
func localNumber(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	n := asNumber(in.value)
	digits := int64(0)
	if d, ok := asDecimal(n); ok {
		digits = int64(d.MinScale())
	}
	digits, err := in.integer(0, digits)
	if err != nil {
		return nil, err
	}
	s, negative, ok := grouped(n, int(min(max(digits, 0), 12)), localeOf(in.run.engine.options.Locale))
	if !ok {
		return text(in.value), nil
	}
	if negative {
		s = "-" + s
	}
	return s, nil
}

// grouped writes a number without its sign, with groups of three.
func grouped(n any, decimals int, l locale) (s string, negative, ok bool) {
	d, ok := asDecimal(n)
	if !ok {
		return "", false, false
	}
	d = halfUp(d, decimals)
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.group)
		}
		b.WriteRune(c)
	}
	if decimals > 0 {
		b.WriteString(l.point)
		b.WriteString((fraction + strings.Repeat("0", decimals))[:decimals])
	}
	return b.String(), d.IsNeg(), true
}

// pluralize gives the word for one or for many: "item" for 1, "items" for 3.
// Without a second word the first gets an s.
func pluralize(in filterInput) (any, error) {
	one := text(in.arg(0))
	if order, ok := compareNumbers(asNumber(in.value), int64(1)); ok && order == 0 {
		return one, nil
	}
	if in.given(1) {
		return text(in.arg(1)), nil
	}
	return one + "s", nil
}

// titleCase gives each word a capital, and leaves the rest of it as it is unless
// the whole text is in capitals.
func titleCase(s string) string {
	if s == strings.ToUpper(s) {
		s = strings.ToLower(s)
	}
	start := true
	return strings.Map(func(r rune) rune {
		was := start
		start = !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
		if was {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// possessive gives Anna’s and James’.
func possessive(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return ""
	case strings.HasSuffix(strings.ToLower(s), "s"):
		return s + "’"
	}
	return s + "’s"
}
