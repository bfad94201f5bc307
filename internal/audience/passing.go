package audience

import (
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// kinds names the histories that a leaf's answer depends on; false where it depends
// on more than each person's own data.
func (s scope) kinds(c *condition.Checked) ([]string, bool) {
	list := []string{peopleHistory}
	switch c.Node.Kind {
	case condition.Attribute:
		if contact.IsScored(c.Node.Attribute) {
			return nil, false
		}
		return append(list, attributeHistory(c.Node.Attribute)), true
	case condition.Event:
		return append(list, eventHistory(c.Event.Type.Name)), true
	case condition.Sequence:
		for _, step := range c.Steps {
			list = append(list, eventHistory(step.Type.Name))
		}
		return list, true
	case condition.Consent:
		return append(list, consentHistory), true
	case condition.Bucket:
		return list, true
	}
	return nil, false
}

// passed adds the people for whom a leaf may have changed because time alone passed
// from an instant to the scope's, in either direction; false when it may have
// changed for too many to be told.
func (s scope) passed(c *condition.Checked, from time.Time, who [][]int32) ([][]int32, bool) {
	switch c.Node.Kind {
	case condition.Attribute:
		return who, s.sameTest(c.Test, from)
	case condition.Event:
		if !s.sameWhere(c.Event.Where, from) {
			return nil, false
		}
		return s.passedEvent(c, from, who)
	case condition.Sequence:
		return s.passedSequence(c, from, who)
	case condition.Consent:
		return s.frame.consent(c.Node.Purpose).passed(from.UnixMilli(), s.asOf.UnixMilli(), who)
	case condition.Bucket:
		return who, true
	}
	return nil, false
}

// sameDays reports whether both instants lie on one local day, where that matters.
func (s scope) sameDays(t condition.Test, from time.Time) bool {
	if t.Op != condition.AnniversaryInNext {
		return true
	}
	zone := s.frame.schema.Zone
	return civil.DateOf(from, zone) == civil.DateOf(s.asOf, zone)
}

// sameTest reports whether a test asks the same at both instants.
func (s scope) sameTest(t condition.Test, from time.Time) bool {
	if !s.sameDays(t, from) {
		return false
	}
	switch t.Type {
	case contact.DateType, contact.Datetime:
	default:
		return true
	}
	if op, negative := t.Negative(); negative {
		t.Op = op
	}
	if t.Op == condition.IsSet || t.Op == condition.AnniversaryInNext {
		return true
	}
	lo, hi := t.Range(from, s.frame.schema.Zone)
	lo2, hi2 := t.Range(s.asOf, s.frame.schema.Zone)
	return lo == lo2 && hi == hi2
}

func (s scope) sameWhere(tests []condition.WhereTest, from time.Time) bool {
	for _, w := range tests {
		if w.Property != "" && !s.sameTest(w.Test, from) || !s.sameWhere(w.Any, from) || !s.sameWhere(w.None, from) {
			return false
		}
	}
	return true
}

// span is a range of instants, both ends included.
type span struct{ from, to int64 }

// swept gives the instants that a bound passed on its way from one to another.
func swept(a, b int64) span { return span{min(a, b), max(a, b)} }

func (s scope) passedEvent(c *condition.Checked, from time.Time, who [][]int32) ([][]int32, bool) {
	zone := s.frame.schema.Zone
	lo, hi := c.Node.Window.Range(from, zone)
	lo2, hi2 := c.Node.Window.Range(s.asOf, zone)
	spans := []span{swept(lo, lo2), swept(hi, hi2)}
	if lo == lo2 {
		spans = spans[1:]
	}
	if m := c.Event.Measure; m == condition.DaysSinceFirst || m == condition.DaysSinceLast {
		for _, v := range c.Event.Nums {
			ms := nanos(v).times(dayMillis).floorDiv(1e9)
			if ago := ms.narrow(); ms.fits() && ago > -farAway && ago < farAway {
				t := swept(from.UnixMilli(), s.asOf.UnixMilli())
				spans = append(spans, span{t.from - ago - 1, t.to - ago + 1})
			}
		}
	}
	return s.frame.event(c.Event.Type.Name).during(spans, who)
}

// farAway is beyond all instants, in milliseconds.
const farAway = 1 << 56

func (s scope) passedSequence(c *condition.Checked, from time.Time, who [][]int32) ([][]int32, bool) {
	zone := s.frame.schema.Zone
	lo, hi := c.Node.Window.Range(from, zone)
	lo2, hi2 := c.Node.Window.Range(s.asOf, zone)
	spans := []span{swept(hi, hi2)}
	if lo != lo2 {
		spans = append(spans, swept(lo, lo2))
	}
	for _, step := range c.Steps {
		if !s.sameWhere(step.Where, from) {
			return nil, false
		}
		if step.Not {
			if step.Within.Unit == condition.Month {
				return nil, false
			}
			// The step's time has passed by the instant.
			a := step.Within.Unit.Shift(from, -step.Within.Last, zone).UnixMilli()
			b := step.Within.Unit.Shift(s.asOf, -step.Within.Last, zone).UnixMilli()
			spans = append(spans, swept(a, b))
		}
	}
	for _, step := range c.Steps {
		var ok bool
		if who, ok = s.frame.event(step.Type.Name).during(spans, who); !ok {
			return nil, false
		}
	}
	return who, true
}

// passed adds the people who have an entry that begins or expires between two
// instants.
func (c *consentColumn) passed(a, b int64, who [][]int32) ([][]int32, bool) {
	if c == nil {
		return who, true
	}
	t := swept(a, b)
	var found []int32
	for ordinal := range len(c.offsets) - 1 {
		for i := c.offsets[ordinal]; i < c.offsets[ordinal+1]; i++ {
			if t.has(c.times[i]) || t.has(c.expires[i]) {
				found = append(found, int32(ordinal))
				break
			}
		}
	}
	return append(who, found), true
}

func (t span) has(at int64) bool { return at >= t.from && at <= t.to }
