package dialect

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/mailwright/mailwright/internal/spelling"
)

// filter is one filter: how many arguments it takes and what it does.
type filter struct {
	min, max int
	named    []string // names of named arguments; nil: none
	apply    func(filterInput) (any, error)
}

// filterInput is what a filter gets.
type filterInput struct {
	run   *run
	value any
	args  []any
	named map[string]any
}

// arg gives an argument, or nil where it is left out.
func (in filterInput) arg(i int) any {
	if i < len(in.args) {
		return in.args[i]
	}
	return nil
}

// given reports whether an argument was written.
func (in filterInput) given(i int) bool { return i < len(in.args) }

// integer gives a whole-number argument, or a default where it is left out.
func (in filterInput) integer(i int, otherwise int64) (int64, error) {
	if !in.given(i) {
		return otherwise, nil
	}
	n, ok := toInteger(in.args[i])
	if !ok {
		return 0, fmt.Errorf("invalid integer: %s", inspect(in.args[i]))
	}
	return n, nil
}

// filters is the table of filters.
func filters() map[string]*filter {
	all := map[string]*filter{}
	for _, part := range []map[string]filter{textFilters(), markupFilters(), numberFilters(), listFilters(), chooseFilters(), mailFilters()} {
		for name, f := range part {
			all[name] = &f
		}
	}
	return all
}

// FilterNames lists the filters, sorted.
func FilterNames() []string { return slices.Sorted(maps.Keys(filters())) }

// TagNames lists the tags that open something or stand alone, sorted.
func TagNames() []string { return slices.Sorted(maps.Keys(tags())) }

func sorted(s []string) []string { sort.Strings(s); return s }

// resolve finds a call's filter and holds the call to its arguments.
func (e *Engine) resolve(src *source, c *call) *Error {
	f, ok := e.filters[c.name]
	if !ok {
		if e.options.Lax || e.filters == nil {
			return nil
		}
		return src.errorf(c.at, "unknown filter “%s”%s", c.name, spelling.Hint(c.name, slices.Sorted(maps.Keys(e.filters))))
	}
	c.filter = f
	if n := len(c.args); n < f.min || n > f.max {
		return src.errorf(c.at, "wrong number of arguments: the filter “%s” takes %s, not %d", c.name, arguments(f), n)
	}
	for _, n := range c.named {
		if !slices.Contains(f.named, n.name) {
			return src.errorf(c.at, "the filter “%s” has no argument “%s”%s", c.name, n.name, spelling.Hint(n.name, f.named))
		}
	}
	return nil
}

func arguments(f *filter) string {
	switch {
	case f.max == 0:
		return "none"
	case f.min == f.max:
		return fmt.Sprint(f.min)
	}
	return fmt.Sprintf("%d to %d", f.min, f.max)
}
