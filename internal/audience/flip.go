package audience

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// How easily a leaf is brought to turn: what comes first is named first where two
// changes are equally small.
const (
	byEvent = iota + 1
	byConsent
	byAttribute
	bySequence
	byTime
)

// analyse finds out what would turn a leaf round, and how that is said.
func (x *explainer) analyse(t *turn) {
	n := t.c.Node
	switch n.Kind {
	case condition.Attribute:
		x.analyseAttribute(t)
	case condition.Event:
		x.analyseEvent(t)
	case condition.Sequence:
		if !t.holds {
			t.can, t.taste, t.how = true, bySequence, "in this order: "+condition.Describe(n, x.frame.schema)
		}
	case condition.Consent:
		state := "given"
		if t.holds == (n.Op == condition.Granted) {
			state = "withdrawn"
		}
		t.can, t.taste, t.how = true, byConsent, "consent to "+strings.ReplaceAll(n.Purpose, "_", " ")+" would have to be "+state
	case condition.Everyone:
		t.how = "it is true for everyone"
	case condition.Fixed:
		t.how = "the list stays as it is"
	case condition.Bucket:
		t.how = "the draw by chance stays as it is"
	}
	if t.can {
		return
	}
	if m, ok := x.next(t); ok {
		t.can, t.taste = true, byTime
		t.how = "by itself on " + x.moment(m.at) + ", when " + m.why
	} else if t.how == "" {
		t.how = "what happened stays as it is"
	}
}

func (x *explainer) analyseAttribute(t *turn) {
	switch name := t.c.Node.Attribute; name {
	case "contact.id", "contact.created_at", "contact.source":
		t.how = strings.ReplaceAll(strings.TrimPrefix(name, "contact."), "_", " ") + " of a person never changes"
	default:
		t.can, t.taste = true, byAttribute
		t.how = condition.Would(t.c.Node, x.frame.schema, !t.holds)
	}
}

// analyseEvent tells what more, or what fewer, events it takes. What happened
// cannot be undone; only time takes it out of a window.
func (x *explainer) analyseEvent(t *turn) {
	e := x.eventLeaf(t.c)
	n := t.c.Node
	one, many := condition.Nouns(n.Event)
	around := condition.Around(n, x.frame.schema)
	if e.hi < e.asOf { // dates that are over, or "more than 180 days ago"
		t.how = "only " + many + around + " count, and that time is over"
		return
	}
	from, to := e.window(x.ordinal)
	more := func(what string) { t.can, t.taste, t.how = true, byEvent, what }
	switch e.test.Measure {
	case condition.Count, condition.Distinct:
		seen := e.count(from, to, to-from)
		what := one
		if e.test.Measure == condition.Distinct {
			seen = e.distinct()(from, to, to-from)
			what, many = "different "+e.measuredName(), "different values of "+e.measuredName()
		}
		if k, ok := e.moreNeeded(seen); ok {
			more(moreOf(k, what, many) + around)
		} else {
			t.how = fewerWords(e, seen, one)
		}
	case condition.DaysSinceLast, condition.DaysSinceFirst:
		if _, found := e.edge(x.ordinal); found && e.test.Measure == condition.DaysSinceFirst {
			t.how = "the first " + one + around + " stays where it is"
			return
		}
		zero := satisfies(e.positiveOp(), wide{}.cmp(nanos(e.test.Nums[0])), wide{}.cmp(nanos(e.test.Nums[1])))
		if (zero != (e.test.Op == condition.Ne)) != t.holds {
			more("a new " + one + around)
		} else {
			t.how = "only time that passes changes it"
		}
	default:
		x.analyseAmount(t, e, one, many+around, more)
	}
}

// analyseAmount speaks of sums, averages and extremes.
func (x *explainer) analyseAmount(t *turn, e *eventLeaf, one, many string, more func(string)) {
	wanted := condition.Wanted(t.c.Node, x.frame.schema)
	_, n := e.total(x.ordinal)
	not := ""
	if t.holds {
		not = "no longer "
	}
	switch e.test.Measure {
	case condition.Sum:
		if gap, strictly, ok := e.sumMissing(x.scope, x.ordinal); ok {
			if strictly {
				gap = "more than " + gap
			}
			more(many + " worth " + gap + " more")
			return
		}
		t.how = "the total of their " + many + " would have to be lower"
	case condition.Min, condition.Max:
		lowers := e.test.Measure == condition.Min
		op := e.positiveOp()
		towards := n == 0 || (lowers && (op == condition.Lt || op == condition.Lte)) || (!lowers && (op == condition.Gt || op == condition.Gte))
		if towards && !t.holds {
			more("one more of their " + many + ", of " + wanted)
			return
		}
		if t.holds && (lowers && (op == condition.Gt || op == condition.Gte) || !lowers && (op == condition.Lt || op == condition.Lte)) {
			more("one more of their " + many + ", not " + wanted)
			return
		}
		t.how = "the " + one + " that decides stays as it is"
	case condition.Avg:
		more("the average of their " + many + " would have to be " + not + wanted)
	}
}

// sumMissing gives how much a sum would have to grow for the leaf to turn; false
// where growing does not turn it.
func (e *eventLeaf) sumMissing(s scope, ordinal int) (gap string, strictly, ok bool) {
	scale := 0
	if e.measured != nil {
		scale = e.measured.scale
	}
	sum, _ := e.total(ordinal)
	sum = sum.times(powers[maxScale-scale])
	lo, hi := interval(e.positiveOp(), nanos(e.test.Nums[0]), nanos(e.test.Nums[1]))
	var target wide
	switch {
	case sum.cmp(lo) < 0:
		target = lo
	case sum.cmp(hi) <= 0 && hi != highest:
		target, strictly = hi, true
	default:
		return "", false, false
	}
	if e.positiveOp() == condition.Gt && !strictly || e.positiveOp() == condition.Lt && strictly {
		target, strictly = nanos(e.test.Nums[0]), e.positiveOp() == condition.Gt
	}
	d, fits := target.add(sum.neg()).decimal(maxScale)
	if !fits {
		return "", false, false
	}
	words := d.Trim(0).String()
	if e.isMoney() {
		words = d.Trim(0).Pad(s.frame.schema.Currency.Decimals).String() + " " + s.frame.schema.Currency.Code
	}
	return words, strictly, true
}

// positiveOp gives the op without a negation.
func (e *eventLeaf) positiveOp() condition.Op {
	if e.test.Op == condition.Ne {
		return condition.Eq
	}
	return e.test.Op
}

func (e *eventLeaf) measuredName() string {
	if e.test.Property == "" {
		return "value"
	}
	return strings.ReplaceAll(e.test.Property, "_", " ")
}

// moreNeeded gives the fewest more of what is counted that turn the leaf.
func (e *eventLeaf) moreNeeded(seen int) (int, bool) {
	lo, hi := interval(e.positiveOp(), nanos(e.test.Nums[0]), nanos(e.test.Nums[1]))
	lo, hi = atScale(lo, hi, 0)
	at := wideOf(int64(seen))
	switch {
	case lo.cmp(hi) > 0: // no whole number satisfies it
		return 0, false
	case at.cmp(lo) < 0:
		return int(lo.narrow()) - seen, true
	case at.cmp(hi) <= 0 && hi != highest:
		return int(hi.narrow()) + 1 - seen, true
	}
	return 0, false
}

// fewerWords says that there are too many, and that they stay.
func fewerWords(e *eventLeaf, seen int, one string) string {
	if e.test.Measure == condition.Distinct || seen != 1 {
		return "what happened stays as it is"
	}
	return "the " + one + " stays as it is"
}

func moreOf(n int, one, many string) string {
	if n == 1 {
		return "one more " + one
	}
	return fmt.Sprintf("%d more %s", n, many)
}

// flipOf says what would turn the whole answer.
func (x *explainer) flipOf(t *turn) *condition.Flip {
	f := &condition.Flip{Changes: []condition.Change{}}
	leaves := t.turned()
	f.ByItself = x.byItself(t)
	var words []string
	for _, l := range leaves {
		f.Changes = append(f.Changes, condition.Change{Path: l.c.Path, What: l.how})
		if !slices.Contains(words, l.how) && len(words) < shownChanges {
			words = append(words, l.how)
		}
	}
	switch rest := len(leaves) - len(words); {
	case len(words) == 0:
		f.Sentence = "nothing to change: " + x.fixedWords(t)
	case len(leaves) > shownChanges:
		f.Sentence = strings.Join(words, "; ") + fmt.Sprintf("; and %d more changes", rest)
	default:
		f.Sentence = strings.Join(words, "; and ")
	}
	return f
}

// shownChanges is how many changes a sentence names.
const shownChanges = 4

// fixedWords says why nothing turns an answer.
func (x *explainer) fixedWords(t *turn) string {
	leaves := t.leaves(map[*turn]bool{})
	for _, l := range leaves {
		if l.can {
			return "no few changes together would turn it"
		}
	}
	if len(leaves) == 1 {
		return leaves[0].how
	}
	return "none of its parts can change"
}

// scoredBelow reports whether a condition looks at scores, which are of everybody.
func scoredBelow(leaves []*turn) bool {
	return slices.ContainsFunc(leaves, func(l *turn) bool {
		return l.c.Node.Kind == condition.Attribute && contact.IsScored(l.c.Node.Attribute)
	})
}
