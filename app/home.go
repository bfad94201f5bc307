package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// Home is the workspace at a glance.
type Home struct{ app *App }

// Home gives the service.
func (a *App) Home() *Home { return &Home{app: a} }

// HomePage is what the first page shows at once. What needs the events is asked
// for apart (Trade, Largest): in a large shop they take a second to load.
type HomePage struct {
	Contacts        int               `json:"contacts"`
	Permitted       int               `json:"permitted"` // may be written to for marketing now
	QualityTop      []QualityFinding  `json:"quality_top"`
	CampaignsRecent []CampaignSummary `json:"campaigns_recent"`
	NextStep        NextStep          `json:"next_step"`
}

// Trade is what happened lately.
type Trade struct {
	Events30d    int        `json:"events_30d"` // of the last 30 local days, today included
	Orders30d    int        `json:"orders_30d"` // one person's order lines of one instant are one order
	Revenue30d   string     `json:"revenue_30d"`
	RevenueByDay []DayValue `json:"revenue_by_day"` // of the last 90 local days
}

// DayValue is an amount on a local day.
type DayValue struct {
	Date  string `json:"date"`  // yyyy-mm-dd
	Value string `json:"value"` // in major units
}

// NextStep is the one thing to do next.
type NextStep struct {
	Title   string `json:"title"`
	Message string `json:"message"`
	Route   string `json:"route"`  // of the page to do it on
	Action  string `json:"action"` // the button's word
}

const (
	homeSegments  = 4
	homeFindings  = 3
	homeCampaigns = 4
	homeDays      = 30
	sparkDays     = 90
)

// Home gives the first page's facts.
func (s *Home) Home(ctx context.Context) (HomePage, error) {
	page := HomePage{QualityTop: []QualityFinding{}, CampaignsRecent: []CampaignSummary{}}
	if err := s.people(ctx, &page); err != nil {
		return page, err
	}
	campaigns, err := s.app.Campaigns().List(ctx)
	if err != nil {
		return page, err
	}
	quality, err := s.app.Data().quality(ctx, false)
	if err != nil {
		return page, err
	}
	for _, f := range quality.Findings {
		if f.Severity != QualityOK && len(page.QualityTop) < homeFindings && page.Contacts > 0 {
			page.QualityTop = append(page.QualityTop, f)
		}
	}
	way := way{contacts: page.Contacts, campaigns: campaigns}
	if err := s.count(ctx, &way); err != nil {
		return page, err
	}
	page.NextStep = way.next()
	page.CampaignsRecent = campaigns[:min(len(campaigns), homeCampaigns)]
	return page, nil
}

// Trade adds up what happened lately.
func (s *Home) Trade(ctx context.Context) (t Trade, err error) {
	err = s.app.withView(ctx, func(v *audience.View) error { return t.add(ctx, v) })
	return t, err
}

// Largest gives the segments with the most people.
func (s *Home) Largest(ctx context.Context) ([]SegmentSummary, error) {
	segments, err := s.app.Segments().List(ctx)
	slices.SortStableFunc(segments, func(a, b SegmentSummary) int { return cmp.Compare(b.Count, a.Count) })
	return segments[:min(len(segments), homeSegments)], err
}

// people counts contacts and those who may be written to.
func (s *Home) people(ctx context.Context, page *HomePage) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	var suppressed map[contact.ID]bool
	if err := w.Store.Read(ctx, func(tx *store.Tx) error {
		suppressed, err = tx.SuppressedContacts()
		return err
	}); err != nil {
		return err
	}
	granted := condition.Node{Kind: condition.Consent, Purpose: string(consent.Marketing), Op: condition.Granted}
	return s.app.withView(ctx, func(v *audience.View) error {
		page.Contacts = v.Total()
		n, err := v.Count(ctx, granted)
		if err != nil {
			return err
		}
		for id := range suppressed {
			in, err := v.Holds(ctx, granted, id)
			if err == nil && in {
				n--
			}
		}
		page.Permitted = n
		return nil
	})
}

func (t *Trade) add(ctx context.Context, v *audience.View) error {
	zone, decimals := v.Schema().Zone, v.Schema().Currency.Decimals
	today := civil.DateOf(v.AsOf(), zone)
	since := (today - homeDays + 1).Start(zone).UnixMilli()
	t.Events30d = 0
	for _, e := range v.Schema().EventList() {
		n, err := v.Happened(ctx, e.Name, since)
		if err != nil {
			return err
		}
		t.Events30d += n
	}
	days, err := v.Daily(ctx, orderEvent, today-sparkDays+1, today)
	if err != nil {
		return err
	}
	t.Orders30d, t.RevenueByDay = 0, make([]DayValue, 0, len(days))
	var revenue decimal.Decimal
	for i, d := range days {
		t.RevenueByDay = append(t.RevenueByDay, DayValue{d.Date.String(), d.Sum.Pad(decimals).String()})
		if i < len(days)-homeDays {
			continue
		}
		t.Orders30d += d.Occasions
		if revenue, err = revenue.Add(d.Sum); err != nil {
			return err
		}
	}
	t.Revenue30d = revenue.Pad(decimals).String()
	return nil
}

// way is how far a workspace is on its way to the first campaign's results.
type way struct {
	contacts, events, segments, templates, senders int
	campaigns                                      []CampaignSummary
}

func (s *Home) count(ctx context.Context, way *way) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Store.Read(ctx, func(tx *store.Tx) error {
		totals, err := tx.Totals()
		if err != nil {
			return err
		}
		way.events = int(totals.Events)
		for kind, n := range map[string]*int{store.SegmentKind: &way.segments, store.TemplateKind: &way.templates, store.ESPKind: &way.senders} {
			all, err := tx.Definitions(kind)
			if err != nil {
				return err
			}
			*n = len(all)
		}
		return nil
	})
}

// next gives the first thing that is missing.
func (w way) next() NextStep {
	state := func(s campaign.RunState) (CampaignSummary, bool) {
		i := slices.IndexFunc(w.campaigns, func(c CampaignSummary) bool { return c.State == string(s) })
		if i < 0 {
			return CampaignSummary{}, false
		}
		return w.campaigns[i], true
	}
	switch {
	case w.contacts == 0:
		return NextStep{"Bring your contacts", "A CSV file from your shop or newsletter is enough; you see what it becomes before anything is kept.", "/data", "Import contacts"}
	case w.events == 0:
		return NextStep{"Bring what they did", "With orders and visits, segments can ask who bought what, and when.", "/data", "Import events"}
	case w.segments == 0:
		return NextStep{"Say whom you want to reach", "A segment is a condition in plain words, counted as you write it.", "/segments", "Make a segment"}
	case w.templates == 0:
		return NextStep{"Write the e-mail", "Start from a ready one and let each block choose what a person sees.", "/content", "Write an e-mail"}
	case w.senders == 0:
		return NextStep{"Say how it is sent", "Your own e-mail service, a folder of .eml files, or a merge file: nothing leaves before you say so.", "/settings", "Add a sender"}
	case len(w.campaigns) == 0:
		return NextStep{"Make a campaign", "Who gets what from whom; every message is made and checked before the first one leaves.", "/campaigns", "Make a campaign"}
	}
	if c, is := state(campaign.Paused); is {
		return NextStep{c.Name + " is paused", "Messages are waiting. Nothing is sent twice when it goes on.", "/campaigns/" + c.Slug, "Look at it"}
	}
	for _, c := range w.campaigns {
		if n := c.Counts[string(campaign.MessageUnknown)]; n > 0 {
			return NextStep{"The fate of some messages is unknown", c.Name + " has " + strconv.Itoa(n) + " of them; say what became of each.", "/campaigns/" + c.Slug, "Look at them"}
		}
	}
	if c, is := state(campaign.Running); is {
		return NextStep{c.Name + " is being sent", "You can pause it at any moment.", "/campaigns/" + c.Slug, "Watch it"}
	}
	if c, is := state(campaign.Planned); is {
		return NextStep{"Send " + c.Name, "Every message is made and kept; look at any of them, then send.", "/campaigns/" + c.Slug, "Go to the campaign"}
	}
	if c, is := state(CampaignDraft); is {
		return NextStep{"Check " + c.Name, "Every message is made and looked at before the first one leaves.", "/campaigns/" + c.Slug, "Check it"}
	}
	return NextStep{"See what became of it", "What was accepted, refused, opened and bought.", "/results", "Go to results"}
}
