package audience

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// scoreSeen says how a scored attribute of one person came about.
func (s scope) scoreSeen(name string, i int) string {
	if name == contact.EngagementScore {
		return s.engagementSeen(i)
	}
	model := s.frame.schema.Scores.RFM
	r, h := s.rfm(model), s.habits(model)
	one, many := condition.Nouns(model.Event)
	b, ok := h.of(i)
	if !ok {
		return fmt.Sprintf("not set: no %s in the %d days before today", one, model.Days)
	}
	switch name {
	case contact.RFMRecency:
		ago := h.ago(b.last)
		return s.step(r, recency, i, model, fmt.Sprintf("last %s %s ago", one, countOf(ago, "day", "days")),
			func(low, high wide) string { return between2(high.neg(), low.neg(), 0, "days") })
	case contact.RFMFrequency:
		return s.step(r, frequency, i, model, fmt.Sprintf("%s in %d days", countOf(b.times, one, many), model.Days),
			func(low, high wide) string { return between2(low, high, 0, "") })
	case contact.RFMMonetary:
		if !b.paid {
			return "not set: their " + many + " have no value"
		}
		unit := s.unitOf(model)
		return s.step(r, monetary, i, model, fmt.Sprintf("%s in %d days", amountWords(b.money, r.scale, unit), model.Days),
			func(low, high wide) string { return between2(low, high, r.scale, unit) })
	}
	return fmt.Sprintf("%s: recency %d and frequency %d", r.region.word(i), r.scores[recency].nums[i], r.scores[frequency].nums[i])
}

// unitOf gives the currency where money is what is added up.
func (s scope) unitOf(model contact.RFM) string {
	t := s.frame.schema.Events[model.Event]
	typ := t.ValueType
	if p, ok := t.Property(model.Property); ok {
		typ = p.Type
	}
	if typ == contact.Money {
		return s.frame.schema.Currency.Code
	}
	return ""
}

// fifths says which part of all people a score is.
var fifths = [5]string{"the lowest fifth", "the 2nd fifth from the bottom", "the middle fifth", "the 2nd fifth from the top", "the top fifth"}

func (s scope) step(r *rfm, measure, i int, model contact.RFM, seen string, bounds func(low, high wide) string) string {
	score := r.scores[measure].nums[i]
	part := fifths[score-1]
	if !slices.Equal(model.Cuts, contact.DefaultScores().RFM.Cuts) {
		part = fmt.Sprintf("step %d of 5", score)
	}
	of := r.steps[measure]
	return fmt.Sprintf("%d: %s is in %s: %s", score, seen, part, bounds(of.low[score-1], of.high[score-1]))
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// between2 says the values from low to high.
func between2(low, high wide, scale int, unit string) string {
	if low == high {
		return strings.TrimSpace("all " + amountWords(low, scale, unit))
	}
	from := strings.TrimSuffix(amountWords(low, scale, unit), " "+unit)
	return "between " + from + " and " + amountWords(high, scale, unit)
}

func amountWords(v wide, scale int, unit string) string {
	d, ok := v.decimal(scale)
	if !ok {
		return "a number too large to show"
	}
	if unit != "" && unit != "days" {
		d = d.Pad(2)
	}
	return strings.TrimSpace(d.String() + " " + unit)
}

func (s scope) engagementSeen(i int) string {
	model := s.frame.schema.Scores.Engagement
	d := s.deeds(model)
	var parts []string
	total := 0.0
	d.each(i, func(t *deedType, n int, sum float64) {
		total += sum
		one, many := condition.Nouns(t.Event)
		parts = append(parts, fmt.Sprintf("%s worth %s", countOf(n, one, many), trimmed(sum)))
	})
	if len(parts) == 0 {
		return "0: did nothing that counts"
	}
	return fmt.Sprintf("%s: %s; together %s of which %s score 50", trimmed(float64(d.tenths(total))/10),
		strings.Join(parts, ", "), trimmed(total), trimmed(model.Middle))
}

// trimmed writes a number with at most two decimals.
func trimmed(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
