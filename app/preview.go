package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/render"
	"github.com/mailwright/mailwright/internal/send"
)

// Preview shows a message as one person gets it, and why.
type Preview struct{ app *App }

// Preview gives the service.
func (a *App) Preview() *Preview { return &Preview{app: a} }

// PreviewRequest says what to look at: a template that need not be saved, a
// version of a saved one, or what a campaign sends.
type PreviewRequest struct {
	Template  json.RawMessage `json:"template" ts_type:"Template | null"`
	Slug      string          `json:"slug"`
	Version   int             `json:"version"` // 0 is the newest
	Campaign  string          `json:"campaign"`
	ContactID int64           `json:"contact_id"`
}

// PreviewResult is one message and how it came about.
type PreviewResult struct {
	ID         string       `json:"id"`
	URL        string       `json:"url"` // ?dark=1 &images=0 &remote=1 &part=text &block=N (of the trace)
	ContactID  int64        `json:"contact_id"`
	Email      string       `json:"email"`
	Subject    string       `json:"subject"`
	Preheader  string       `json:"preheader"`
	HTML       string       `json:"html"`
	Text       string       `json:"text"`
	Bytes      int          `json:"bytes"`
	Failed     bool         `json:"failed"` // there is no message; problem says why
	Problem    *Problem     `json:"problem"`
	Trace      render.Trace `json:"trace"`
	FromOutbox bool         `json:"from_outbox"` // the very bytes that were planned or sent
	MS         float64      `json:"ms"`
}

// Compose renders a message for one person. A template that cannot be rendered is
// a result with a problem, so that the page can say where.
func (s *Preview) Compose(ctx context.Context, q PreviewRequest) (PreviewResult, error) {
	w, err := s.app.current()
	if err != nil {
		return PreviewResult{}, err
	}
	began := time.Now()
	if q.Campaign != "" {
		kept, found, err := s.outbox(ctx, q.Campaign, contact.ID(q.ContactID))
		if found || err != nil {
			kept.MS = since(began)
			return kept, err
		}
	}
	job, err := s.app.renderJob(ctx, q)
	if err != nil {
		return broken(q, err)
	}
	job.Explain = true
	plan, err := w.Personalize.Prepare(ctx, job, false)
	if err != nil {
		return broken(q, err)
	}
	r, err := plan.One(ctx, contact.ID(q.ContactID))
	if err != nil {
		return PreviewResult{}, err
	}
	p := s.keep(previewOf(r))
	p.MS = since(began)
	return p, nil
}

func since(t time.Time) float64 { return float64(time.Since(t).Microseconds()) / 1000 }

// broken is the preview of a template that is not whole.
func broken(q PreviewRequest, err error) (PreviewResult, error) {
	if !fault.Is(err, fault.Invalid) {
		return PreviewResult{}, err
	}
	problem := ProblemOf(err)
	return PreviewResult{ContactID: q.ContactID, Failed: true, Problem: &problem, Trace: noTrace()}, nil
}

func noTrace() render.Trace {
	return render.Trace{Blocks: []render.BlockTrace{}, Missing: []render.Missing{}, Refused: []string{}}
}

func previewOf(r personalize.Result) PreviewResult {
	p := PreviewResult{
		ContactID: int64(r.Contact), Email: r.Email, Subject: r.Message.Subject, Preheader: r.Message.Preheader,
		HTML: r.Message.HTML, Text: r.Message.Text, Bytes: r.Message.Bytes, Trace: r.Trace,
	}
	if r.Err != nil {
		problem := ProblemOf(r.Err)
		p.Failed, p.Problem = true, &problem
	}
	return p
}

// outbox gives the message that a campaign's run keeps for a person, with found
// false when there is none.
func (s *Preview) outbox(ctx context.Context, slug string, id contact.ID) (p PreviewResult, found bool, err error) {
	w, err := s.app.current()
	if err != nil {
		return p, false, err
	}
	m, kept, err := w.Send.Kept(ctx, slug, id)
	if fault.Is(err, fault.NotFound) {
		return p, false, nil
	}
	return s.kept(m, kept), err == nil, err
}

// kept gives a kept message as a preview.
func (s *Preview) kept(m campaign.Message, k send.Kept) PreviewResult {
	p := PreviewResult{
		ContactID: int64(m.Contact), Email: m.Email, Subject: k.Message.Subject, Preheader: k.Message.Preheader,
		HTML: k.Message.HTML, Text: k.Message.Text, Bytes: k.Message.Bytes, Trace: k.Trace, FromOutbox: true,
	}
	if m.State == campaign.MessageFailed {
		p.Failed, p.Problem = true, &Problem{Code: string(fault.Invalid), Message: m.Error}
	}
	return s.keep(p)
}

// MIME gives the whole e-mail that a campaign sends to a person.
func (s *Preview) MIME(ctx context.Context, slug string, contactID int64) (string, error) {
	w, err := s.app.current()
	if err != nil {
		return "", err
	}
	mime, err := w.Send.MIME(ctx, slug, contact.ID(contactID))
	return string(mime), err
}

// keep remembers a message for the frame that will ask for it.
func (s *Preview) keep(p PreviewResult) PreviewResult {
	if p.Failed {
		return p
	}
	p.ID = s.app.previews.put(shownMessage{html: p.HTML, text: p.Text, trace: p.Trace})
	p.URL = "/preview/" + p.ID
	return p
}

// renderJob gives what is to be rendered, with the settings of the workspace: a
// campaign's by the data of its check, as it would be sent.
func (a *App) renderJob(ctx context.Context, q PreviewRequest) (personalize.Job, error) {
	w, err := a.current()
	if err != nil {
		return personalize.Job{}, err
	}
	settings, err := a.Workspace().Settings(ctx)
	if err != nil {
		return personalize.Job{}, err
	}
	job := personalize.Job{AsOf: a.options.Now(), Unsubscribe: settings.DefaultUnsubscribe, PostalAddress: settings.PostalAddress}
	if q.Campaign != "" {
		c, err := a.campaign(ctx, q.Campaign)
		if err != nil {
			return job, err
		}
		if job.AsOf, err = w.Send.Instant(ctx, q.Campaign); err != nil {
			return job, err
		}
		job.Campaign, job.Slug, q.Slug, q.Version, job.Unsubscribable = c.Name, q.Campaign, c.Template, c.Version, c.CheckUnsubscribe
		if c.Unsubscribe != "" {
			job.Unsubscribe = c.Unsubscribe
		}
	}
	if job.Template, err = a.templateOf(ctx, q); err != nil {
		return job, err
	}
	if job.Campaign == "" {
		job.Campaign = job.Template.Name
	}
	return job, nil
}

func (a *App) templateOf(ctx context.Context, q PreviewRequest) (content.Template, error) {
	if len(q.Template) > 0 && string(q.Template) != "null" {
		t, problems := content.ParseDraft(q.Template)
		if len(problems) > 0 {
			return t, fault.At(fault.Invalid, problems[0].Path, "%s", problems[0].Message)
		}
		return t, nil
	}
	d, err := a.Content().Template(ctx, strings.TrimSpace(q.Slug), q.Version)
	return d.Template, err
}

// Specimen is one distinct way an e-mail comes out, with a person who gets it.
type Specimen struct {
	Contact ContactHit `json:"contact"`
	Count   int        `json:"count"` // people who get it this way
	Ways    []string   `json:"ways"`
	Way     int        `json:"way"`  // its number
	Adds    bool       `json:"adds"` // shows something that no rarer one shows
}
