package audience

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// moment is an instant at which a leaf may turn because of time alone.
type moment struct {
	at   int64 // Unix ms
	why  string
	leaf *turn
}

// Bounds of looking ahead for one person.
const (
	leafMoments  = 200 // that one leaf is asked about
	treeMoments  = 400 // that a whole condition is asked about
	farthestDays = 800 // that anniversaries are looked for
)

// next gives the first moment after now at which a leaf has another answer, if
// nothing happens until then.
func (x *explainer) next(t *turn) (moment, bool) {
	if contact.IsScored(t.c.Node.Attribute) {
		return moment{}, false
	}
	for _, m := range x.moments(t) {
		if x.leafAt(t, m.at) != t.holds {
			return m, true
		}
	}
	return moment{}, false
}

func (x *explainer) leafAt(t *turn, at int64) bool {
	later := x.scope
	later.asOf = time.UnixMilli(at).In(x.frame.schema.Zone)
	return later.leaf(t.c).make()(x.ordinal)
}

// byItself gives the first moment at which time alone turns the whole answer.
// Only the leaf whose moment it is can turn then, so each is asked once.
func (x *explainer) byItself(t *turn) *condition.ByItself {
	leaves := t.leaves(map[*turn]bool{})
	if scoredBelow(leaves) { // scores of a day to come are everybody's
		return nil
	}
	var all []moment
	for _, l := range leaves {
		all = append(all, x.moments(l)...)
		if len(all) > 4*treeMoments {
			break
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	turned := map[string]bool{}
	for i, m := range all[:min(len(all), treeMoments)] {
		turned[m.leaf.key] = x.leafAt(m.leaf, m.at) != m.leaf.holds
		if i+1 < len(all) && all[i+1].at == m.at { // all of one instant turn together
			continue
		}
		if t.with(turned) == t.holds {
			continue
		}
		verb := "joins"
		if t.holds {
			verb = "leaves"
		}
		return &condition.ByItself{At: m.at, Why: m.why, Sentence: verb + " by itself on " + x.moment(m.at) + ", when " + m.why}
	}
	return nil
}

// moments gives the instants after now at which a leaf may turn, the first first.
func (x *explainer) moments(t *turn) []moment {
	var list []moment
	add := func(at int64, why string) {
		if at > x.asOf.UnixMilli() && at < math.MaxInt64 {
			list = append(list, moment{at, why, t})
		}
	}
	switch t.c.Node.Kind {
	case condition.Attribute:
		x.attributeMoments(t.c, add)
	case condition.Event:
		x.eventMoments(t.c, add)
	case condition.Sequence:
		x.sequenceMoments(t.c, add)
	case condition.Consent:
		x.consentMoments(t.c, add)
	}
	slices.SortStableFunc(list, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	return list[:min(len(list), leafMoments)]
}

// first gives the first instant from which on f is true, if it becomes so within a
// thousand years; f stays true once it is.
func (x *explainer) first(f func(at time.Time) bool) int64 {
	now := x.asOf.UnixMilli()
	const span = 1000 * 366 * dayMillis
	n := sort.Search(span, func(d int) bool { return f(time.UnixMilli(now + int64(d)).In(x.frame.schema.Zone)) })
	if n == span {
		return math.MaxInt64
	}
	return now + int64(n)
}

// past gives the first instant whose n units before, or for negative n after, are
// later than ms.
func (x *explainer) past(ms int64, n int, u condition.Unit) int64 {
	return x.first(func(at time.Time) bool { return u.Shift(at, -n, x.frame.schema.Zone).UnixMilli() > ms })
}

func (x *explainer) attributeMoments(c *condition.Checked, add func(int64, string)) {
	col := x.attribute(c.Node.Attribute)
	if contact.IsScored(c.Node.Attribute) || !col.isSet(x.ordinal) {
		return
	}
	op, _ := c.Test.Negative()
	switch op {
	case condition.InLast, condition.InNext, condition.AnniversaryInNext:
	default:
		return
	}
	v, zone := col.nums[x.ordinal], x.frame.schema.Zone
	name := "“" + condition.AttributeName(c.Node.Attribute, x.frame.schema) + "”"
	if col.typ == contact.DateType || op == condition.AnniversaryInNext {
		today := civil.DateOf(x.asOf, zone)
		days := x.test(col, c.Test)
		was := days(x.ordinal)
		for d := today + 1; d <= today+farthestDays; d++ {
			later := x.scope
			later.asOf = d.Start(zone)
			if later.test(col, c.Test)(x.ordinal) != was {
				add(d.Start(zone).UnixMilli(), "their "+name+" passes the end of the period")
				return
			}
		}
		return
	}
	n := c.Test.N
	if op == condition.InLast {
		add(v, "their "+name+" is reached")
		add(x.past(v, n, c.Test.Unit), "their "+name+" falls out of the period")
		return
	}
	add(x.first(func(at time.Time) bool { return c.Test.Unit.Shift(at, n, zone).UnixMilli() >= v }), "their "+name+" comes into the period")
	add(v+1, "their "+name+" is over")
}

func (x *explainer) eventMoments(c *condition.Checked, add func(int64, string)) {
	e := x.eventLeaf(c)
	one, _ := condition.Nouns(c.Node.Event)
	from, to := e.col.span(x.ordinal)
	w := c.Node.Window
	for p, tried := to-1, 0; p >= from && tried < leafMoments; p-- {
		if e.where != nil && !e.where(p) {
			continue
		}
		tried++
		at := e.col.times[p]
		day := x.day(at)
		if at > e.asOf {
			add(at, "the "+one+" dated "+day+" has its time")
		}
		switch {
		case w == nil:
		case w.Last > 0 && at >= e.lo:
			add(x.past(at, w.Last, w.Unit), "the "+one+" of "+day+" falls out of the window")
		case w.BeforeLast > 0 && at > e.hi:
			add(x.past(at, w.BeforeLast, w.Unit), "the "+one+" of "+day+" comes into the window")
		}
	}
	if e.test.Measure != condition.DaysSinceLast && e.test.Measure != condition.DaysSinceFirst {
		return
	}
	for p, tried := to-1, 0; p >= from && tried < leafMoments/4; p-- { // any may be the one that counts then
		tried++
		for _, days := range e.test.Nums {
			ms := nanos(days).times(dayMillis).floorDiv(powers[maxScale])
			if !ms.fits() {
				continue
			}
			at := e.col.times[p] + ms.narrow()
			why := days.String() + " days have passed since the " + one + " of " + x.day(e.col.times[p])
			add(at, why)
			add(at+1, why)
		}
	}
}

func (x *explainer) sequenceMoments(c *condition.Checked, add func(int64, string)) {
	q := x.sequenceLeaf(c)
	w := c.Node.Window
	tried := 0
	for _, step := range q.steps {
		one, _ := condition.Nouns(step.Type.Name)
		from, to := step.col.span(x.ordinal)
		for p := to - 1; p >= from && tried < leafMoments; p-- {
			tried++
			at := step.col.times[p]
			of := "the " + one + " of " + x.day(at)
			if at > x.asOf.UnixMilli() {
				add(at, of+" has its time")
			}
			if w != nil && w.Last > 0 {
				add(x.past(at, w.Last, w.Unit), of+" falls out of the window")
			}
			if w != nil && w.BeforeLast > 0 {
				add(x.past(at, w.BeforeLast, w.Unit), of+" comes into the window")
			}
			for _, s := range q.steps {
				if s.Not {
					add(q.after(at, s.Within), "the time after "+of+" is over")
				}
			}
		}
	}
}

func (x *explainer) consentMoments(c *condition.Checked, add func(int64, string)) {
	col := x.frame.consent(c.Node.Purpose)
	if col == nil || x.ordinal+1 >= len(col.offsets) {
		return
	}
	for p := int(col.offsets[x.ordinal]); p < int(col.offsets[x.ordinal+1]); p++ {
		add(col.times[p], "the entry of the ledger dated "+x.day(col.times[p])+" has its time")
		if col.granted[p] && col.expires[p] != 0 {
			add(col.expires[p], "consent expires")
		}
	}
}

// day says the local day of an instant.
func (s scope) day(ms int64) string {
	return time.UnixMilli(ms).In(s.frame.schema.Zone).Format("2 January 2006")
}
