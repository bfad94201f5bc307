package audience

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
	"slices"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// SegmentAnswer is who is in a segment at a view's instant.
type SegmentAnswer struct {
	Slug    string
	Members Bitmap // not to be changed
	Basis   string // names its condition with those of the segments it names; equal for equal ones
	Problem string // why it cannot be answered; then there are no members
}

// AnswerSegments answers many segments, each that others name only once. Without slugs
// it answers all. A segment that is not there has a problem.
func (v *View) AnswerSegments(ctx context.Context, slugs ...string) ([]SegmentAnswer, error) {
	if len(slugs) == 0 {
		for _, s := range v.frame.segments {
			slugs = append(slugs, s.slug)
		}
	}
	answers := make([]SegmentAnswer, len(slugs))
	whole := condition.Node{Kind: condition.Any}
	var at []int // of each child of whole
	for i, slug := range slugs {
		answers[i].Slug = slug
		n := condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In}
		if k, ok := v.frame.bySlug[slug]; ok && v.frame.segments[k].problem != nil {
			answers[i].Problem = v.frame.segments[k].problem.Error()
			continue
		}
		if _, problems := condition.Check(n, v.frame.schema, v.frame.segment); len(problems) > 0 {
			answers[i].Problem = problems[0].Message
			continue
		}
		whole.Children = append(whole.Children, n)
		at = append(at, i)
	}
	if len(at) == 0 {
		return answers, nil
	}
	c, problems := condition.Check(whole, v.frame.schema, v.frame.segment)
	if err := condition.Broken(problems); err != nil {
		return nil, err
	}
	if err := v.load(ctx, c); err != nil {
		return nil, err
	}
	basis := map[*condition.Checked]string{}
	v.scope().evaluate(c, func(child *condition.Checked, b Bitmap) {
		if i := slices.Index(c.Children, child); i >= 0 {
			answers[at[i]].Members = b
			answers[at[i]].Basis = basisOf(child.Segment, basis)
		}
	})
	return answers, nil
}

// basisOf hashes a condition with those of the segments it names.
func basisOf(c *condition.Checked, known map[*condition.Checked]string) string {
	if b, ok := known[c]; ok {
		return b
	}
	h := sha256.New()
	h.Write([]byte(c.Node.Key()))
	c.Walk(func(inner *condition.Checked) {
		if inner.Segment != nil {
			h.Write([]byte(basisOf(inner.Segment, known)))
		}
	})
	b := hex.EncodeToString(h.Sum(nil)[:16])
	known[c] = b
	return b
}

// Numbers gives the contacts of all ordinals, also of those who are gone, by
// ascending number. Bitmaps of two views speak of the same people where one's
// numbers begin with the other's. It is not to be changed.
func (v *View) Numbers() []int64 { return v.frame.people.ids }

// Ordinals gives the bitmap of some contacts, and those who have no ordinal.
func (v *View) Ordinals(each func(f func(contact.ID) bool)) (b Bitmap, unknown []contact.ID) {
	b = newBitmap(v.frame.people.n)
	each(func(id contact.ID) bool {
		if i, found := slices.BinarySearch(v.frame.people.ids, int64(id)); found {
			b.set(i)
		} else {
			unknown = append(unknown, id)
		}
		return true
	})
	return b, unknown
}

// Moved gives who is in now and was not in before, and the other way round, by
// ascending number. Both bitmaps speak of this view's ordinals; before may end
// earlier.
func (v *View) Moved(before, now Bitmap) (joined, left []contact.ID) {
	for w := range max(len(before), len(now)) {
		var was, is uint64
		if w < len(before) {
			was = before[w]
		}
		if w < len(now) {
			is = now[w]
		}
		for differ := was ^ is; differ != 0; differ &= differ - 1 {
			bit := bits.TrailingZeros64(differ)
			id := contact.ID(v.frame.people.ids[w<<6+bit])
			if is>>bit&1 == 1 {
				joined = append(joined, id)
			} else {
				left = append(left, id)
			}
		}
	}
	return joined, left
}
