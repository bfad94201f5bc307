package audience

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// readEdited is readNews for attributes.
func (f *frame) readEdited(ctx context.Context, src Source, next *frame, c changes) (map[string]*column, bool, error) {
	f.mu.RLock()
	columns := maps.Clone(f.attributes)
	f.mu.RUnlock()
	edited := map[string]*column{}
	for name, who := range c.people {
		col := columns[name]
		if col == nil || !who.few() || c.allAttributes {
			continue
		}
		at := next.people.ordinals(who.list)
		b := newBuilder(col.typ, next.schema.Currency.Decimals)
		seq, err := src.AttributeRowsOf(ctx, name, who.list, func(id int64, value any) {
			if i, known := slices.BinarySearch(next.people.ids, id); known {
				if k, listed := slices.BinarySearch(at, int32(i)); listed {
					b.cell(k, value)
				}
			}
		})
		if err != nil {
			return nil, false, fmt.Errorf("read the newest values of %s: %w", name, err)
		}
		if seq != next.seq {
			return nil, false, nil
		}
		if now, ok := col.replaced(at, assemble(col.typ, len(at), part{b, 0}), true); ok {
			edited[name] = now
		}
	}
	return edited, true, nil
}

// ordinals gives those of some people, ascending, each once.
func (p *people) ordinals(ids []int64) []int32 {
	var list []int32
	for _, id := range ids {
		if i, known := slices.BinarySearch(p.ids, id); known {
			list = append(list, int32(i))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// replaced gives the column with other values at some positions, in order; false
// where it cannot hold them. Words are looked up in the dictionary where they may
// be there.
func (c *column) replaced(at []int32, fresh *column, lookUp bool) (*column, bool) {
	n := c.len()
	if len(at) > 0 {
		n = max(n, int(at[len(at)-1])+1)
	}
	out := &column{typ: c.typ, scale: c.scale, most: c.most}
	switch {
	case c.codes != nil:
		var code []uint32
		if lookUp {
			out.dict, code = c.dict.extended(fresh.dict)
		} else {
			out.dict, code = c.dict.appended(fresh.dict)
		}
		out.codes = make([]uint32, n, roomy(n))
		copy(out.codes, c.codes)
		for k, i := range at {
			out.codes[i] = code[fresh.codes[k]]
		}
		return out, true
	case c.nums != nil && fresh.nums != nil && fresh.scale <= c.scale:
		out.nums = make([]int64, n, roomy(n))
		for i := copy(out.nums, c.nums); i < n; i++ {
			out.nums[i] = unset
		}
		up := powers[c.scale-fresh.scale]
		for k, i := range at {
			v := fresh.nums[k]
			if v != unset {
				w := wideOf(v).times(up)
				if !w.fits() {
					return nil, false
				}
				v = int64(w.lo)
				out.most = max(out.most, magnitude(v))
			}
			out.nums[i] = v
		}
		return out, true
	}
	return nil, false
}

// appended gives the dictionary with the words of another, none of which it has.
func (d *dictionary) appended(fresh *dictionary) (*dictionary, []uint32) {
	code := make([]uint32, len(fresh.words))
	for i := range fresh.words[1:] {
		code[i+1] = uint32(len(d.words) + i)
	}
	return &dictionary{words: append(d.words, fresh.words[1:]...), folded: append(d.folded, fresh.folded[1:]...)}, code
}

// readCame reads the people anew: those who changed, where few did, else everybody.
func (f *frame) readCame(ctx context.Context, src Source, came ids) (*people, int64, error) {
	if !came.few() {
		return readPeople(ctx, src, f.people)
	}
	b := newPeopleBuilder(nil)
	seq, err := src.ContactRowsOf(ctx, came.list, b.add)
	if err != nil {
		return nil, 0, fmt.Errorf("read the newest contacts: %w", err)
	}
	rows, ok := b.build()
	if ok {
		if p, ok := f.people.with(came.list, rows); ok {
			return p, seq, nil
		}
	}
	return readPeople(ctx, src, f.people)
}

// with gives the people after some of them came, went or changed: those of rows are
// there. It gives false where one who is new has no number above all others.
func (p *people) with(changed []int64, rows *people) (*people, bool) {
	out := *p
	out.ids = p.ids
	for _, id := range rows.ids {
		if _, known := slices.BinarySearch(p.ids, id); known {
			continue
		}
		if len(out.ids) > 0 && id <= out.ids[len(out.ids)-1] {
			return nil, false
		}
		out.ids = append(out.ids, id)
	}
	out.n = len(out.ids)
	out.alive = newBitmap(out.n)
	copy(out.alive, p.alive)
	for _, i := range out.ordinals(changed) {
		out.alive.unset(int(i))
	}
	at := out.ordinals(rows.ids)
	for _, i := range at {
		out.alive.set(int(i))
	}
	out.total = out.alive.Count()
	gone := out.ordinals(changed) // their texts are taken out too
	ok := (out.n-out.total)*4 <= out.n
	for _, c := range []struct {
		column **column
		fresh  *column
		shared bool
	}{{&out.email, rows.email, false}, {&out.external, rows.external, false}, {&out.source, rows.source, true}, {&out.created, rows.created, true}, {&out.number, rows.number, true}} {
		var done bool
		if *c.column, done = (*c.column).replaced(gone, amid(c.fresh, gone, at), c.shared); !done {
			return nil, false
		}
	}
	return &out, ok
}

// amid gives a column with the values of c, which are those of some ordinals, in
// the places that these have among others.
func amid(c *column, among, of []int32) *column {
	out := &column{typ: c.typ, dict: c.dict}
	if c.codes != nil {
		out.codes = make([]uint32, len(among))
	} else {
		out.nums = make([]int64, len(among))
		for i := range out.nums {
			out.nums[i] = unset
		}
	}
	for k, ordinal := range of {
		i, _ := slices.BinarySearch(among, ordinal)
		if c.codes != nil {
			out.codes[i] = c.codes[k]
		} else {
			out.nums[i] = c.nums[k]
		}
	}
	return out
}
