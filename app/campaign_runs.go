package app

import (
	"context"
	"errors"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/workspace"
)

// RunStatus is where the run of a campaign stands.
type RunStatus struct {
	Run             int64           `json:"run"` // 0 when the campaign is not planned
	Campaign        string          `json:"campaign"`
	Name            string          `json:"name"`
	State           string          `json:"state"` // draft, planning, planned, running, paused, finished
	Note            string          `json:"note"`  // why it is paused
	Live            bool            `json:"live"`  // somebody is sending it now; one that is running without was interrupted
	Template        string          `json:"template"`
	TemplateVersion int             `json:"template_version"`
	AsOf            int64           `json:"as_of"`
	Total           int             `json:"total"`
	Counts          map[string]int  `json:"counts"` // planned, failed, sending, accepted, rejected, unknown, held
	Excluded        []ExcludedGroup `json:"excluded"`
	FinishedAt      int64           `json:"finished_at"`
}

func runStatus(st send.Status) RunStatus {
	r := st.Run
	s := RunStatus{
		Run: r.ID, Campaign: r.Slug, Name: r.Campaign.Name, State: string(r.State), Note: r.Note, Live: st.Live, Template: r.Campaign.Template, TemplateVersion: r.TemplateVersion,
		AsOf: r.AsOf.UnixMilli(), Counts: st.Counts, Excluded: excludedGroups(st.Excluded),
	}
	for _, n := range st.Counts {
		s.Total += n
	}
	if !r.FinishedAt.IsZero() {
		s.FinishedAt = r.FinishedAt.UnixMilli()
	}
	return s
}

// Plan composes every message of the campaign and keeps them. Its job's result is
// a RunStatus.
func (s *Campaigns) Plan(ctx context.Context, slug string) (JobStarted, error) {
	w, doc, err := s.ready(ctx, slug)
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("plan", "Plan "+doc.Campaign.Name, func(ctx context.Context, p job.Progress) (any, error) {
		if _, err := w.Send.Plan(ctx, slug, p); err != nil {
			return nil, err
		}
		st, err := w.Send.Status(ctx, slug)
		return runStatus(st), err
	}), nil
}

// Send sends the campaign's messages, at most limit now (0 is all); a campaign that
// is not planned is planned first, one that is paused goes on. Its job's result is
// a RunStatus; cancelling the job pauses the run. When the provider takes nothing
// more, the run is paused and the job fails with fault.Unavailable.
func (s *Campaigns) Send(ctx context.Context, slug string, limit int) (JobStarted, error) {
	w, doc, err := s.ready(ctx, slug)
	if err != nil {
		return JobStarted{}, err
	}
	if limit < 0 {
		return JobStarted{}, fault.At(fault.Invalid, "limit", "the limit is a number of messages")
	}
	return s.app.start("send", "Send "+doc.Campaign.Name, func(ctx context.Context, p job.Progress) (any, error) {
		st, err := w.Send.Send(ctx, slug, limit, p)
		if st.Run.ID == 0 {
			return nil, err
		}
		return runStatus(st), err
	}), nil
}

// Pause stops the sending after what is under way.
func (s *Campaigns) Pause(ctx context.Context, slug string) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Send.Pause(ctx, slug)
}

// Resume goes on with a campaign that was paused or interrupted.
func (s *Campaigns) Resume(ctx context.Context, slug string) (JobStarted, error) {
	status, err := s.Status(ctx, slug)
	if err != nil {
		return JobStarted{}, err
	}
	if status.Run == 0 {
		return JobStarted{}, fault.New(fault.NotFound, "the campaign was never started; send it")
	}
	return s.Send(ctx, slug, 0)
}

// Status says where the campaign stands.
func (s *Campaigns) Status(ctx context.Context, slug string) (RunStatus, error) {
	w, doc, err := s.ready(ctx, slug)
	if err != nil {
		return RunStatus{}, err
	}
	st, err := w.Send.Status(ctx, slug)
	if fault.Is(err, fault.NotFound) {
		return RunStatus{Campaign: slug, Name: doc.Campaign.Name, State: CampaignDraft, Template: doc.Campaign.Template, Counts: map[string]int{}, Excluded: []ExcludedGroup{}}, nil
	}
	return runStatus(st), err
}

// MessageSummary is a line of the list of messages.
type MessageSummary struct {
	ID        int64  `json:"id"`
	ContactID int64  `json:"contact_id"`
	Email     string `json:"email"`
	Subject   string `json:"subject"`
	State     string `json:"state"`
	Error     string `json:"error"`
	Answer    string `json:"answer"` // what the provider said
	UpdatedAt int64  `json:"updated_at"`
}

func messageSummary(m campaign.Message) MessageSummary {
	return MessageSummary{m.ID, int64(m.Contact), m.Email, m.Subject, string(m.State), m.Error, m.Remote, m.UpdatedAt.UnixMilli()}
}

// MessagePage is a page of messages.
type MessagePage struct {
	Total int              `json:"total"`
	Rows  []MessageSummary `json:"rows"`
}

// Messages gives a page of the messages of the campaign's newest run, of one state
// when one is named.
func (s *Campaigns) Messages(ctx context.Context, slug, state, search string, offset, limit int) (MessagePage, error) {
	w, err := s.app.current()
	if err != nil {
		return MessagePage{}, err
	}
	page := MessagePage{Rows: []MessageSummary{}}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		run, err := tx.LastRun(slug)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		list, total, err := tx.Messages(run.ID, state, search, max(offset, 0), min(max(limit, 0), maxPage))
		page.Total = total
		for _, m := range list {
			page.Rows = append(page.Rows, messageSummary(m))
		}
		return err
	})
	return page, err
}

// Message shows a kept message, as it was planned or sent.
func (s *Campaigns) Message(ctx context.Context, id int64) (PreviewResult, error) {
	w, err := s.app.current()
	if err != nil {
		return PreviewResult{}, err
	}
	m, kept, err := w.Send.KeptByID(ctx, id)
	if err != nil {
		return PreviewResult{}, err
	}
	return s.app.Preview().kept(m, kept), nil
}

// Resolve writes down what a person says of messages whose fate is not known, or
// that were refused or held: accepted, resend or drop. It gives how many it moved.
func (s *Campaigns) Resolve(ctx context.Context, messages []int64, verdict string) (int, error) {
	w, err := s.app.current()
	if err != nil {
		return 0, err
	}
	return w.Send.Resolve(ctx, messages, send.Verdict(verdict))
}

// TestResult is what the provider said of a test.
type TestResult struct {
	Accepted bool   `json:"accepted"`
	Answer   string `json:"answer"`
}

// Test sends what the campaign sends to one contact to another address.
func (s *Campaigns) Test(ctx context.Context, slug string, contactID int64, to string) (TestResult, error) {
	w, err := s.app.current()
	if err != nil {
		return TestResult{}, err
	}
	accepted, answer, err := w.Send.Test(ctx, slug, contact.ID(contactID), to)
	return TestResult{accepted, answer}, err
}

// ready gives the open workspace and a campaign of it.
func (s *Campaigns) ready(ctx context.Context, slug string) (*workspace.Workspace, CampaignDocument, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, CampaignDocument{}, err
	}
	doc, err := s.Get(ctx, slug)
	return w, doc, err
}

// Overview gives every run, newest first.
func (s *Campaigns) Overview(ctx context.Context) ([]RunStatus, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []RunStatus{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		runs, err := tx.Runs()
		for _, r := range runs {
			st, e := send.StatusOf(tx, r)
			err = errors.Join(err, e)
			list = append(list, runStatus(st))
		}
		return err
	})
	return list, err
}
