package send

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
)

// skipped begins the reason of people who are left out because of a problem that
// their message has.
const skipped = "skip:"

// decider does what the campaign says about problems.
type decider struct {
	campaign campaign.Campaign
	stopped  map[campaign.Problem]int // how many people have what nothing is to be sent with
	skipped  map[contact.ID]string    // who is left out, and why
	problems []campaign.Problem
}

func newDecider(c campaign.Campaign) *decider {
	return &decider{campaign: c, stopped: map[campaign.Problem]int{}, skipped: map[contact.ID]string{}}
}

// keeps reports whether the message stays among those to send.
func (d *decider) keeps(r *personalize.Result) bool {
	if len(d.campaign.Policies) == 0 {
		return true
	}
	out := ""
	d.problems = r.Problems(d.problems[:0])
	for _, p := range d.problems {
		switch d.campaign.Decide(p).Do {
		case campaign.Stop:
			d.stopped[p]++
		case campaign.Skip:
			out = cmp.Or(out, skipped+p.String())
		case campaign.Accept:
		}
	}
	if out != "" {
		d.skipped[r.Contact] = out
	}
	return out == ""
}

// err is fault.Conflict where somebody has what nothing is to be sent with.
func (d *decider) err() error {
	if len(d.stopped) == 0 {
		return nil
	}
	list := slices.SortedFunc(maps.Keys(d.stopped), func(a, b campaign.Problem) int {
		return cmp.Or(cmp.Compare(d.stopped[b], d.stopped[a]), strings.Compare(a.String(), b.String()))
	})
	says := []string{}
	for _, p := range list[:min(len(list), 3)] {
		says = append(says, fmt.Sprintf("%s (%d)", p, d.stopped[p]))
	}
	return fault.New(fault.Conflict, "nothing is sent while somebody has what the campaign says to stop at: %s; mend it, or decide otherwise", strings.Join(says, ", "))
}
