package dialect

func chooseFilters() map[string]filter {
	return map[string]filter{
		"default":    {max: 1, named: []string{"allow_false"}, apply: defaulted},
		"where":      {min: 1, max: 2, apply: chosen(true)},
		"reject":     {min: 1, max: 2, apply: chosen(false)},
		"find":       {min: 1, max: 2, apply: find},
		"find_index": {min: 1, max: 2, apply: findIndex},
		"has":        {min: 1, max: 2, apply: hasAny},
		"group_by":   {min: 1, max: 1, apply: groupBy},
	}
}

// defaulted gives the argument for nil, false and what is empty.
func defaulted(in filterInput) (any, error) {
	if in.value == false && truthy(in.named["allow_false"]) {
		return false, nil
	}
	if !truthy(in.value) || isEmpty(in.value) {
		if in.given(0) {
			return in.arg(0), nil
		}
		return "", nil
	}
	return in.value, nil
}

// meets reports whether an item's property has the value asked for, or is true
// where none is asked for.
func (in filterInput) meets(v any) bool {
	if in.arg(1) == nil {
		return truthy(v)
	}
	return equal(v, in.arg(1))
}

func chosen(keep bool) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		list := []any{}
		err := in.each(func(item, v any) error {
			if in.meets(v) == keep {
				list = append(list, item)
			}
			return nil
		})
		return list, err
	}
}

func find(in filterInput) (any, error) {
	var found any
	err := in.each(func(item, v any) error {
		if found == nil && in.meets(v) {
			found = item
		}
		return nil
	})
	return found, err
}

func findIndex(in filterInput) (any, error) {
	var found any
	i := int64(0)
	err := in.each(func(_, v any) error {
		if found == nil && in.meets(v) {
			found = i
		}
		i++
		return nil
	})
	return found, err
}

func hasAny(in filterInput) (any, error) {
	found := false
	err := in.each(func(_, v any) error {
		found = found || in.meets(v)
		return nil
	})
	return found, err
}

// groupBy gives groups of items with equal values, in the order first met, each
// an object with name, items and size.
func groupBy(in filterInput) (any, error) {
	type group struct {
		name  any
		items []any
	}
	var groups []*group
	byText := map[string]*group{}
	err := in.each(func(item, v any) error {
		k := kindName(v) + inspect(v)
		g := byText[k]
		if g == nil {
			g = &group{name: v}
			byText[k] = g
			groups = append(groups, g)
		}
		g.items = append(g.items, item)
		return nil
	})
	list := make([]any, len(groups))
	for i, g := range groups {
		list[i] = &Map{
			keys:   []string{"name", "items", "size"},
			values: map[string]any{"name": g.name, "items": g.items, "size": int64(len(g.items))},
		}
	}
	return list, err
}
