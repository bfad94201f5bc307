package audience

import (
	"context"
	"fmt"

	"github.com/mailwright/mailwright/internal/condition"
)

// fixedList gives a loaded list that a segment was frozen as.
func (f *frame) fixedList(n condition.Node) Bitmap {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.fixed[n.Key()]
}

// readFixed reads the list that a segment was frozen as.
func (f *frame) readFixed(ctx context.Context, src Source, slug, key string) (bool, error) {
	list := newBitmap(f.people.n)
	next, p := 0, f.people // contacts come by ascending id, so ordinals are found by merging
	seq, err := src.FixedMembers(ctx, slug, func(id int64) {
		for next < p.n && p.ids[next] < id {
			next++
		}
		if next < p.n && p.ids[next] == id {
			list.set(next)
		}
	})
	if err != nil {
		return true, fmt.Errorf("read the fixed list %s: %w", slug, err)
	}
	ok, err := f.isOf(ctx, src, seq, func(c changes) bool { return c.names || c.contacts })
	if ok {
		f.mu.Lock()
		f.fixed[key] = list
		f.mu.Unlock()
	}
	return ok, err
}
