package personalize

import (
	"context"

	"github.com/mailwright/mailwright/internal/contact"
)

// ofEachKind is how many people of one kind are put into a sample first.
const ofEachKind = 4

// Sample gives at most limit of the people, in their order: first some of every kind
// there is, then others spread evenly. Two people are of one kind when the template's
// conditions hold for both or for neither, and the same of the attributes it names
// are set. Equal questions have equal answers.
func (p *Plan) Sample(ctx context.Context, ids []contact.ID, limit int) ([]contact.ID, error) {
	if len(ids) <= limit {
		return ids, nil
	}
	taken, left := make([]bool, len(ids)), limit
	seen := map[string]int{}
	conditions := p.compiled.Conditions()
	kind := make([]byte, len(conditions)+len(p.attributes))
	for i, id := range ids {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for n, c := range conditions {
			holds, err := p.judge.Holds(c, id)
			kind[n] = bit(err == nil && holds)
		}
		for n, name := range p.attributes {
			v, err := p.view.Value(id, name)
			if err != nil {
				return nil, err
			}
			kind[len(conditions)+n] = bit(v.IsSet())
		}
		if seen[string(kind)] < ofEachKind && left > 0 {
			seen[string(kind)]++
			taken[i] = true
			left--
		}
	}
	for n, rest := 0, left; n < rest; n++ {
		if at := n * len(ids) / rest; !taken[at] {
			taken[at] = true
		}
	}
	some := make([]contact.ID, 0, limit)
	for i, t := range taken {
		if t {
			some = append(some, ids[i])
		}
	}
	return some, nil
}

func bit(b bool) byte {
	if b {
		return '1'
	}
	return '0'
}
