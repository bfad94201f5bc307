package dialect

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// simple is a filter of a text into a text, without arguments.
func simple(f func(string) string) filter {
	return filter{apply: func(in filterInput) (any, error) { return f(text(in.value)), nil }}
}

// trimming is a simple filter that leaves HTML what it is.
func trimming(f func(string) string) filter {
	return filter{apply: func(in filterInput) (any, error) {
		if h, ok := in.value.(HTML); ok {
			return HTML(f(string(h))), nil
		}
		return f(text(in.value)), nil
	}}
}

func textFilters() map[string]filter {
	return map[string]filter{
		"append":  {min: 1, max: 1, apply: func(in filterInput) (any, error) { return joined(in.run, in.value, in.arg(0)) }},
		"prepend": {min: 1, max: 1, apply: func(in filterInput) (any, error) { return joined(in.run, in.arg(0), in.value) }},

		"upcase":     simple(strings.ToUpper),
		"downcase":   simple(strings.ToLower),
		"capitalize": simple(capitalized),

		"strip":          trimming(func(s string) string { return strings.TrimFunc(s, isSpace) }),
		"lstrip":         trimming(func(s string) string { return strings.TrimLeftFunc(s, isSpace) }),
		"rstrip":         trimming(func(s string) string { return strings.TrimRightFunc(s, isSpace) }),
		"strip_newlines": trimming(func(s string) string { return strings.NewReplacer("\r\n", "", "\n", "").Replace(s) }),

		"replace":       {min: 1, max: 2, apply: replacing(-1)},
		"replace_first": {min: 1, max: 2, apply: replacing(1)},
		"replace_last":  {min: 2, max: 2, apply: replacingLast},
		"remove":        {min: 1, max: 1, apply: replacing(-1)},
		"remove_first":  {min: 1, max: 1, apply: replacing(1)},
		"remove_last":   {min: 1, max: 1, apply: replacingLast},

		"split":         {min: 1, max: 1, apply: split},
		"slice":         {min: 1, max: 2, apply: slice},
		"truncate":      {max: 2, apply: truncate},
		"truncatewords": {max: 2, apply: truncateWords},
	}
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == 0 }

func capitalized(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + strings.ToLower(s[n:])
}

// joined puts two values together. It stays HTML where one of them is, with the
// other one escaped.
func joined(r *run, a, b any) (any, error) {
	_, aHTML := a.(HTML)
	_, bHTML := b.(HTML)
	left, right := text(a), text(b)
	if aHTML || bHTML {
		if !aHTML {
			left = escapeHTML(left)
		}
		if !bHTML {
			right = escapeHTML(right)
		}
		return HTML(left + right), nil
	}
	if len(left)+len(right) > maxResult {
		return nil, &limitError{"a filter's result is larger than 2 MB"}
	}
	return left + right, r.ctx.Err()
}

// replacing replaces up to n occurrences, all for −1.
func replacing(n int) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		s, old, with := text(in.value), text(in.arg(0)), text(in.arg(1))
		count := strings.Count(s, old)
		if n >= 0 {
			count = min(count, n)
		}
		if grown := float64(len(s)) + float64(count)*float64(len(with)-len(old)); grown > maxResult {
			return nil, &limitError{"a filter's result is larger than 2 MB"}
		}
		return strings.Replace(s, old, with, n), nil
	}
}

func replacingLast(in filterInput) (any, error) {
	s, old, with := text(in.value), text(in.arg(0)), text(in.arg(1))
	i := strings.LastIndex(s, old)
	if i < 0 {
		return s, nil
	}
	return s[:i] + with + s[i+len(old):], nil
}

// split cuts a text. One space cuts at any white space, an empty text between
// characters; empty parts at the end are dropped.
func split(in filterInput) (any, error) {
	s, by := text(in.value), text(in.arg(0))
	if (strings.Count(s, by)+1)*16 > maxResult {
		return nil, &limitError{"a filter's result is larger than 2 MB"}
	}
	var parts []string
	switch {
	case s == "":
		return []any{}, nil
	case by == " ":
		parts = strings.Fields(s)
	default:
		parts = strings.Split(s, by)
	}
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	list := make([]any, len(parts))
	for i, p := range parts {
		list[i] = p
	}
	return list, nil
}

// slice cuts a part out of a text or a list.
func slice(in filterInput) (any, error) {
	from, err := in.integer(0, 0)
	if err != nil {
		return nil, err
	}
	count, err := in.integer(1, 1)
	if err != nil {
		return nil, err
	}
	if list, ok := in.value.([]any); ok {
		a, b := part(len(list), from, count)
		return list[a:b:b], nil
	}
	s := text(in.value)
	runes := []rune(s)
	a, b := part(len(runes), from, count)
	return string(runes[a:b]), nil
}

// part gives the bounds of count items from an index that may count from the end.
func part(length int, from, count int64) (int, int) {
	n := int64(length)
	if from < 0 {
		from += n
	}
	if from < 0 || from > n || count < 0 {
		return 0, 0
	}
	return int(from), int(from + min(count, n-from))
}

func truncate(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	length, err := in.integer(0, 50)
	if err != nil {
		return nil, err
	}
	more := "..."
	if in.given(1) {
		more = text(in.arg(1))
	}
	s := text(in.value)
	if int64(utf8.RuneCountInString(s)) <= length {
		return s, nil
	}
	keep := max(0, min(length, math.MaxInt32)-int64(utf8.RuneCountInString(more)))
	return string([]rune(s)[:keep]) + more, nil
}

func truncateWords(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	count, err := in.integer(0, 15)
	if err != nil {
		return nil, err
	}
	count = max(1, count)
	more := "..."
	if in.given(1) {
		more = text(in.arg(1))
	}
	s := text(in.value)
	words := strings.Fields(s)
	if int64(len(words)) <= count {
		return s, nil
	}
	return strings.Join(words[:count], " ") + more, nil
}
