package audience

import (
	"context"

	"github.com/mailwright/mailwright/internal/contact"
)

// maxAlike is how many attributes Alike compares at most.
const maxAlike = 4

// Alike gives the contacts who have the same values as somebody else in all of up
// to four attributes, each of them set; texts are compared as conditions compare
// them. Contacts come by ascending id.
func (v *View) Alike(ctx context.Context, attributes ...string) ([]contact.ID, error) {
	if err := v.Load(ctx, attributes...); err != nil {
		return nil, err
	}
	columns := make([]*column, 0, maxAlike)
	for _, name := range attributes[:min(len(attributes), maxAlike)] {
		columns = append(columns, v.column(name))
	}
	key := func(i int) (k [maxAlike]int64, whole bool) {
		for j, c := range columns {
			if !c.isSet(i) {
				return k, false
			}
			if c.codes != nil {
				k[j] = int64(c.dict.classOf()[c.codes[i]])
				continue
			}
			n, _ := c.number(i)
			k[j] = n.narrow()
		}
		return k, true
	}
	first := map[[maxAlike]int64]int{} // of each kind
	alike := make(Bitmap, len(v.frame.people.alive))
	v.frame.people.alive.Each(func(i int) bool {
		k, whole := key(i)
		if !whole {
			return true
		}
		switch other, seen := first[k]; {
		case !seen:
			first[k] = i
		default:
			alike.set(other)
			alike.set(i)
		}
		return true
	})
	return v.IDs(alike), nil
}
