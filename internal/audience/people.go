package audience

import (
	"slices"

	"github.com/mailwright/mailwright/internal/contact"
)

// people gives every contact a dense ordinal, in the order of their ids. A
// contact that is gone keeps its ordinal but is not alive; new ones come at the
// end, since ids are never used again. So columns stay valid. Immutable.
type people struct {
	ids   []int64 // ascending
	n     int
	alive Bitmap
	total int // alive

	email, external, source *column
	created                 *column // datetime
	number                  *column // contact.id
}

// ordinal finds a living contact.
func (p *people) ordinal(id contact.ID) (int, bool) {
	i, found := slices.BinarySearch(p.ids, int64(id))
	return i, found && p.alive.Has(i)
}

// column gives a derived attribute.
func (p *people) column(name string) *column {
	switch name {
	case "email":
		return p.email
	case "external_id":
		return p.external
	case "contact.id":
		return p.number
	case "contact.created_at":
		return p.created
	case "contact.source":
		return p.source
	}
	return nil
}

// peopleBuilder gathers the contacts of one reading, onto the ordinals of an
// earlier one.
type peopleBuilder struct {
	ids                     []int64
	alive                   Bitmap
	earlier                 int
	next                    int
	email, external, source *builder
	created, number         *builder
	unordered               bool // the store gave ids out of order, or one that was gone came back
}

func newPeopleBuilder(earlier *people) *peopleBuilder {
	b := &peopleBuilder{
		email: newBuilder(contact.Text, 0), external: newBuilder(contact.Text, 0), source: newBuilder(contact.Text, 0),
		created: newBuilder(contact.Datetime, 0), number: newBuilder(contact.Number, 0),
	}
	b.email.distinct, b.external.distinct = true, true
	if earlier != nil {
		b.ids = slices.Clone(earlier.ids)
		b.earlier = len(b.ids)
	}
	return b
}

func (b *peopleBuilder) add(id int64, email, external, source string, created int64) {
	for b.next < b.earlier && b.ids[b.next] < id {
		b.next++ // gone
	}
	switch {
	case b.next < b.earlier && b.ids[b.next] == id:
	case b.next < b.earlier || (b.next > 0 && b.ids[b.next-1] >= id):
		b.unordered = true
		return
	default:
		b.ids = append(b.ids, id)
	}
	i := b.next
	b.next++
	for len(b.alive) <= i>>6 {
		b.alive = append(b.alive, 0)
	}
	b.alive.set(i)
	b.email.text(i, email)
	b.external.text(i, external)
	b.source.text(i, source)
	b.created.number(i, created, 0)
	b.number.number(i, id, 0)
}

// build gives the people; false when ordinals must be made anew.
func (b *peopleBuilder) build() (*people, bool) {
	n := len(b.ids)
	for len(b.alive) < (n+63)/64 {
		b.alive = append(b.alive, 0)
	}
	p := &people{ids: b.ids, n: n, alive: b.alive, total: b.alive.Count()}
	if b.unordered || (n-p.total)*4 > n {
		return nil, false
	}
	p.email = assemble(contact.Text, n, part{b.email, 0})
	p.external = assemble(contact.Text, n, part{b.external, 0})
	p.source = assemble(contact.Text, n, part{b.source, 0})
	p.created = assemble(contact.Datetime, n, part{b.created, 0})
	p.number = assemble(contact.Number, n, part{b.number, 0})
	return p, true
}
