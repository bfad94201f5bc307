package dialect

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/govalues/decimal"
)

var errIncomparable = errors.New("cannot sort values of incompatible types")

func listFilters() map[string]filter {
	return map[string]filter{
		"size":         {apply: sizeOf},
		"first":        {apply: func(in filterInput) (any, error) { return end(in.value, "first"), nil }},
		"last":         {apply: func(in filterInput) (any, error) { return end(in.value, "last"), nil }},
		"join":         {max: 1, apply: join},
		"reverse":      {apply: reverse},
		"concat":       {min: 1, max: 1, apply: concat},
		"compact":      {max: 1, apply: compact},
		"flatten":      {apply: func(in filterInput) (any, error) { return listOf(in.value) }},
		"map":          {min: 1, max: 1, apply: mapped},
		"uniq":         {max: 1, apply: unique},
		"sort":         {max: 1, apply: sorting(false)},
		"sort_natural": {max: 1, apply: sorting(true)},
	}
}

func sizeOf(in filterInput) (any, error) {
	switch v := in.value.(type) {
	case string, HTML:
		return int64(utf8.RuneCountInString(text(v))), nil
	case int64, float64, bool:
		return int64(0), nil
	}
	if n := property(in.value, "size"); n != nil {
		return n, nil
	}
	return int64(0), nil
}

func end(v any, which string) any {
	switch v.(type) {
	case []any, Range, *Map:
		return property(v, which)
	}
	return nil
}

// listOf gives what list filters go over: lists are laid flat, other values are
// lists of one, nil is none.
func listOf(v any) ([]any, error) {
	switch v := v.(type) {
	case nil:
		return []any{}, nil
	case []any:
		nested := false
		for _, item := range v {
			switch item.(type) {
			case []any, []string, []map[string]any, Lazy:
				nested = true
			}
		}
		if !nested {
			return v, nil
		}
		return flat(nil, v, 0), nil
	case Range:
		if v.Len()*16 > maxResult {
			return nil, &limitError{"a filter's result is larger than 2 MB"}
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = v.First + int64(i)
		}
		return list, nil
	}
	return []any{v}, nil
}

func flat(to []any, list []any, depth int) []any {
	for _, item := range list {
		item = canon(item)
		if inner, ok := item.([]any); ok && depth < maxCompare && len(to)*16 <= maxResult {
			to = flat(to, inner, depth+1)
			continue
		}
		to = append(to, item)
	}
	return to
}

// of gives an item's value under the property a filter names, or the item.
func of(item any, name any) (any, error) {
	if name == nil {
		return item, nil
	}
	switch item.(type) {
	case nil:
		return nil, nil
	case *Map, *loop, *tableLoop:
		return key(item, text(name)), nil
	}
	if isText(item) && isText(name) { // a text has the parts it contains
		if strings.Contains(text(item), text(name)) {
			return text(name), nil
		}
		return nil, nil
	}
	return nil, fmt.Errorf("cannot select the property '%s' of %s", text(name), kindName(item))
}

// each calls f for every item, with its value under the property that the first argument names.
func (in filterInput) each(f func(item, value any) error) error {
	list, err := listOf(in.value)
	if err != nil {
		return err
	}
	for _, item := range list {
		item = canon(item)
		v, err := of(item, in.arg(0))
		if err != nil {
			return err
		}
		if err := f(item, v); err != nil {
			return err
		}
	}
	return nil
}

func join(in filterInput) (any, error) {
	between := " "
	if in.given(0) {
		between = text(in.arg(0))
	}
	list, err := listOf(in.value)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, item := range list {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(text(canon(item)))
		if b.Len() > maxResult {
			break // spend refuses it
		}
	}
	return b.String(), nil
}

func reverse(in filterInput) (any, error) {
	list, err := listOf(in.value)
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	slices.Reverse(list)
	return list, nil
}

func concat(in filterInput) (any, error) {
	switch in.arg(0).(type) {
	case []any, Range:
	default:
		return nil, errors.New("concat filter requires an array argument")
	}
	other, err := listOf(in.arg(0))
	if err != nil {
		return nil, err
	}
	list, err := listOf(in.value)
	return append(list[:len(list):len(list)], other...), err
}

func compact(in filterInput) (any, error) {
	list := []any{}
	err := in.each(func(item, v any) error {
		if v != nil {
			list = append(list, item)
		}
		return nil
	})
	return list, err
}

func mapped(in filterInput) (any, error) {
	list := []any{}
	err := in.each(func(_, v any) error { list = append(list, v); return nil })
	return list, err
}

// unique keeps the first of equal items. Plain values are found by a map; lists
// and objects by comparing, of which there may be a thousand.
func unique(in filterInput) (any, error) {
	list := []any{}
	seen := map[any]bool{}
	var large []any
	err := in.each(func(item, v any) error {
		switch v := v.(type) {
		case []any, *Map:
			for _, other := range large {
				if equal(v, other) {
					return nil
				}
			}
			if len(large) >= 1000 {
				return &limitError{"more than 1,000 different objects for the filter “uniq”"}
			}
			large = append(large, v)
		default:
			k := scalarKey(v)
			if seen[k] {
				return nil
			}
			seen[k] = true
		}
		list = append(list, item)
		return nil
	})
	return list, err
}

// scalarKey gives equal keys for equal plain values.
func scalarKey(v any) any {
	switch v := v.(type) {
	case HTML:
		return string(v)
	case float64:
		if f := float64(int64(v)); f == v && f < 1<<53 && f > -1<<53 {
			return int64(v)
		}
	case decimal.Decimal:
		if n, frac, ok := v.Int64(0); ok && frac == 0 {
			return n
		}
		return v.Trim(0)
	}
	return v
}

// keyed is an item with what it is sorted by.
type keyed struct {
	item any
	by   any
}

func sorting(natural bool) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		var all []keyed
		if err := in.each(func(item, v any) error {
			if natural && v != nil {
				v = strings.ToLower(text(v))
			}
			all = append(all, keyed{item, v})
			return nil
		}); err != nil {
			return nil, err
		}
		if len(all)*16 > maxResult {
			return nil, &limitError{"a filter's result is larger than 2 MB"}
		}
		var failed error
		slices.SortStableFunc(all, func(a, b keyed) int {
			switch {
			case a.by == nil && b.by == nil:
				return 0
			case a.by == nil: // what has no value comes last
				return 1
			case b.by == nil:
				return -1
			}
			c, ok := order(a.by, b.by)
			if !ok {
				failed = errIncomparable
			}
			return c
		})
		list := make([]any, len(all))
		for i, k := range all {
			list[i] = k.item
		}
		return list, failed
	}
}
