package audience

// extended gives a column of n positions with more at its end, which are copies of
// earlier ones or come from fresh; false where it cannot hold what is fresh. A nil
// column is one without values.
func (c *column) extended(n int, sources []int32, fresh *column) (*column, bool) {
	if c == nil {
		c = &column{typ: fresh.typ, scale: fresh.scale, nums: make([]int64, n, n+len(sources))}
		for i := range c.nums {
			c.nums[i] = unset
		}
	}
	out := &column{typ: c.typ, scale: c.scale, most: c.most}
	switch {
	case c.codes != nil:
		dict, code := c.dict.extended(fresh.dict)
		out.dict, out.codes = dict, c.codes
		for _, s := range sources {
			if s >= 0 {
				out.codes = append(out.codes, c.codes[s])
			} else {
				out.codes = append(out.codes, code[fresh.codes[^s]])
			}
		}
	case c.starts != nil:
		dict, code := c.dict.extended(fresh.dict)
		out.dict, out.starts, out.items = dict, c.starts, c.items
		for _, s := range sources {
			if s >= 0 {
				out.items = append(out.items, c.items[c.starts[s]:c.starts[s+1]]...)
			} else {
				for _, own := range fresh.items[fresh.starts[^s]:fresh.starts[^s+1]] {
					out.items = append(out.items, code[own])
				}
			}
			out.starts = append(out.starts, uint32(len(out.items)))
		}
	default:
		return out, c.extendNumbers(out, sources, fresh)
	}
	return out, true
}

func (c *column) extendNumbers(out *column, sources []int32, fresh *column) bool {
	if c.wides != nil || fresh.wides != nil || fresh.scale > c.scale {
		return false
	}
	up := powers[c.scale-fresh.scale]
	out.nums = c.nums
	for _, s := range sources {
		v := int64(unset)
		switch {
		case s >= 0:
			v = c.nums[s]
		case fresh.nums[^s] != unset:
			w := wideOf(fresh.nums[^s]).times(up)
			if !w.fits() {
				return false
			}
			v = int64(w.lo)
			out.most = max(out.most, magnitude(v))
		}
		out.nums = append(out.nums, v)
	}
	return true
}

// extended gives the dictionary with the words of another, and the codes that
// those became.
func (d *dictionary) extended(fresh *dictionary) (*dictionary, []uint32) {
	code := make([]uint32, len(fresh.words))
	wanted := make(map[string]uint32, len(fresh.words))
	for i, w := range fresh.words[1:] {
		wanted[w] = uint32(i + 1)
	}
	for i, w := range d.words[1:] {
		if len(wanted) == 0 {
			break
		}
		if own, ok := wanted[w]; ok {
			code[own] = uint32(i + 1)
			delete(wanted, w)
		}
	}
	if len(wanted) == 0 {
		return d, code
	}
	out := &dictionary{words: d.words, folded: d.folded}
	for i, w := range fresh.words {
		if i > 0 && code[i] == 0 {
			code[i] = uint32(len(out.words))
			out.words = append(out.words, w)
			out.folded = append(out.folded, fresh.folded[i])
		}
	}
	return out, code
}
