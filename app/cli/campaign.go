package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/campaign"
)

type campaignCommands struct {
	Put      campaignPut      `cmd:"" help:"Save a campaign from a file."`
	List     campaignList     `cmd:"" help:"List the campaigns."`
	Show     campaignShow     `cmd:"" help:"Show a campaign, whom it reaches and who is left out."`
	Rm       campaignRemove   `cmd:"" help:"Remove a campaign."`
	Plan     campaignPlan     `cmd:"" help:"Compose every message and keep them."`
	Proof    campaignProof    `cmd:"" help:"Render everybody's message and sum up what came out."`
	Decide   campaignDecide   `cmd:"" help:"Say what is to be done about a problem that a proof found."`
	Send     campaignSend     `cmd:"" help:"Send, planning first when there is no plan."`
	Status   campaignStatus   `cmd:"" help:"Say where the sending stands."`
	Pause    campaignPause    `cmd:"" help:"Stop after what is under way."`
	Resume   campaignResume   `cmd:"" help:"Go on."`
	Test     campaignTest     `cmd:"" help:"Send one contact's message to another address."`
	Messages campaignMessages `cmd:"" help:"List the messages of the newest run."`
	Resolve  campaignResolve  `cmd:"" help:"Say what became of messages of unknown fate."`
}

type campaignPut struct {
	Slug string `arg:"" help:"How commands name it."`
	File string `arg:"" help:"The campaign as JSON; - is stdin."`
}

// Run saves a campaign as a new version.
func (c campaignPut) Run(rt *runtime) error {
	body, err := rt.input(c.File)
	if err != nil {
		return err
	}
	parsed, err := campaign.Parse(body)
	if err != nil {
		return err
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	old, err := existing(a.Campaigns().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	saved, err := a.Campaigns().Put(rt.ctx, app.PutCampaign{Slug: c.Slug, Campaign: parsed, BaseVersion: old.Version})
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the campaign %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type campaignList struct{}

// Run lists the campaigns.
func (campaignList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.CampaignSummary, error) { return a.Campaigns().List(rt.ctx) }, []string{"SLUG", "NAME", "TEMPLATE", "STATE", "ACCEPTED"}, func(c app.CampaignSummary) []string {
		return []string{c.Slug, c.Name, c.Template, c.State, strconv.Itoa(c.Counts["accepted"])}
	})
}

// campaignArg names a campaign.
type campaignArg struct {
	Slug string `arg:"" help:"The campaign."`
}

type campaignShow struct{ campaignArg }

// Run shows a campaign with its audience.
func (c campaignShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	doc, err := a.Campaigns().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	who, err := a.Campaigns().Audience(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(doc.Campaign, "", "  ")
	if err != nil {
		return err
	}
	type shown struct {
		app.CampaignDocument
		Audience app.CampaignAudience `json:"audience"`
	}
	return rt.print(shown{doc, who}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s\n%d in its segments, %d may be written to\n", body, who.Included, who.Permitted)
		writeExcluded(w, who.Excluded)
	})
}

func writeExcluded(w io.Writer, groups []app.ExcludedGroup) {
	for _, g := range groups {
		_, _ = fmt.Fprintf(w, "%d left out: %s\n", g.Count, g.Label)
	}
}

type campaignRemove struct{ campaignArg }

// Run removes a campaign.
func (c campaignRemove) Run(rt *runtime) error {
	return removed(rt, "campaign", c.Slug, func(a *app.App) error { return a.Campaigns().Remove(rt.ctx, c.Slug) })
}

type campaignPlan struct{ campaignArg }

// Run plans a campaign.
func (c campaignPlan) Run(rt *runtime) error {
	return c.run(rt, func(a *app.App) (app.JobStarted, error) { return a.Campaigns().Plan(rt.ctx, c.Slug) })
}

type campaignSend struct {
	campaignArg
	Limit int `help:"At most so many messages now; all when left out."`
}

// Run sends a campaign.
func (c campaignSend) Run(rt *runtime) error {
	return c.run(rt, func(a *app.App) (app.JobStarted, error) { return a.Campaigns().Send(rt.ctx, c.Slug, c.Limit) })
}

type campaignResume struct{ campaignArg }

// Run goes on sending.
func (c campaignResume) Run(rt *runtime) error {
	return c.run(rt, func(a *app.App) (app.JobStarted, error) { return a.Campaigns().Resume(rt.ctx, c.Slug) })
}

// run does long work with a campaign and prints where it stands; messages that
// failed or were refused make the exit code 6.
func (c campaignArg) run(rt *runtime, start func(*app.App) (app.JobStarted, error)) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	started, err := start(a)
	if err != nil {
		return err
	}
	var status app.RunStatus
	if err := rt.wait(a, started, &status); err != nil {
		return err
	}
	if err := printStatus(rt, status); err != nil {
		return err
	}
	if status.Counts["failed"]+status.Counts["rejected"]+status.Counts["unknown"]+status.Counts["held"] > 0 {
		return errPartly
	}
	return nil
}

func printStatus(rt *runtime, s app.RunStatus) error {
	return rt.print(s, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s: %s", s.Name, s.State)
		if s.Note != "" {
			_, _ = fmt.Fprintf(w, " (%s)", s.Note)
		}
		_, _ = fmt.Fprintln(w)
		for _, state := range []string{"planned", "sending", "accepted", "rejected", "unknown", "held", "failed"} {
			if n := s.Counts[state]; n > 0 {
				_, _ = fmt.Fprintf(w, "%8d %s\n", n, state)
			}
		}
		writeExcluded(w, s.Excluded)
	})
}

type campaignStatus struct{ campaignArg }

// Run says where the campaign stands.
func (c campaignStatus) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	status, err := a.Campaigns().Status(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return printStatus(rt, status)
}

type campaignPause struct{ campaignArg }

// Run pauses the campaign, whoever sends it.
func (c campaignPause) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if err := a.Campaigns().Pause(rt.ctx, c.Slug); err != nil {
		return err
	}
	status, err := a.Campaigns().Status(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return printStatus(rt, status)
}

type campaignTest struct {
	campaignArg
	Contact string `required:"" placeholder:"EMAIL" help:"Whose message."`
	To      string `required:"" placeholder:"ADDRESS" help:"Where it goes."`
}

// Run sends a test.
func (c campaignTest) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	r, err := a.Campaigns().Test(rt.ctx, c.Slug, id, c.To)
	if err != nil {
		return err
	}
	if err := rt.print(r, func(w io.Writer) { _, _ = fmt.Fprintln(w, r.Answer) }); err != nil || r.Accepted {
		return err
	}
	return errPartly
}

type campaignMessages struct {
	campaignArg
	State string `help:"Only those of a state: planned, accepted, rejected, unknown, held, failed."`
}

// Run lists the messages, all pages of them.
func (c campaignMessages) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	var all []app.MessageSummary
	for {
		page, err := a.Campaigns().Messages(rt.ctx, c.Slug, c.State, "", len(all), 500)
		if err != nil {
			return err
		}
		if len(page.Rows) == 0 {
			break
		}
		all = append(all, page.Rows...)
	}
	return list(rt, all, []string{"ID", "EMAIL", "STATE", "SUBJECT", "WHY"}, func(m app.MessageSummary) []string {
		return []string{strconv.FormatInt(m.ID, 10), m.Email, m.State, m.Subject, m.Error}
	})
}

type campaignResolve struct {
	Verdict  string  `arg:"" enum:"accepted,resend,drop" help:"accepted, resend or drop."`
	Messages []int64 `arg:"" help:"The messages' numbers."`
}

// Run writes the verdict down.
func (c campaignResolve) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	n, err := a.Campaigns().Resolve(rt.ctx, c.Messages, c.Verdict)
	if err != nil {
		return err
	}
	return rt.print(map[string]int{"resolved": n}, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%d messages resolved.\n", n) })
}
