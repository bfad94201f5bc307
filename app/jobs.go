package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
)

// Jobs lists and cancels long work.
type Jobs struct{ app *App }

// Jobs gives the service.
func (a *App) Jobs() *Jobs { return &Jobs{app: a} }

// Job is one piece of long work at one moment.
type Job struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Title      string          `json:"title"`
	State      string          `json:"state"` // running, done, failed, cancelled
	Done       int64           `json:"done"`
	Total      int64           `json:"total"` // 0 when not known
	Unit       string          `json:"unit"`
	Rate       float64         `json:"rate"` // units a second since the start
	Message    string          `json:"message"`
	StartedAt  int64           `json:"started_at"`
	FinishedAt int64           `json:"finished_at"`
	Error      *Problem        `json:"error"`
	Result     json.RawMessage `json:"result"`
}

// Problem is a failure as pages and scripts see it.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field"`
}

// JobStarted names a job that was started.
type JobStarted struct {
	Job string `json:"job"`
}

// ProblemOf gives the form of err that leaves the program: its code, message
// and field.
func ProblemOf(err error) Problem {
	p := Problem{Code: string(fault.CodeOf(err)), Message: err.Error()}
	if e, ok := fault.As(err); ok {
		p.Message, p.Field = e.Message, e.Field
	}
	return p
}

// List gives all jobs of this process, newest first.
func (s *Jobs) List(context.Context) ([]Job, error) {
	now := s.app.options.Now()
	jobs := []Job{}
	for _, snap := range s.app.jobs.List() {
		jobs = append(jobs, jobOf(snap, now))
	}
	return jobs, nil
}

// Cancel asks a job to stop at its next step; what it has finished is kept.
func (s *Jobs) Cancel(_ context.Context, id string) error { return s.app.jobs.Cancel(id) }

// Dismiss takes a finished job off the list.
func (s *Jobs) Dismiss(_ context.Context, id string) error { return s.app.jobs.Dismiss(id) }

func jobOf(s job.Snapshot, now time.Time) Job {
	j := Job{
		ID: s.ID, Kind: s.Kind, Title: s.Title, State: string(s.State),
		Done: s.Done, Total: s.Total, Unit: s.Unit, Message: s.Message,
		StartedAt: s.StartedAt.UnixMilli(), Result: s.Result,
	}
	end := now
	if !s.FinishedAt.IsZero() {
		j.FinishedAt, end = s.FinishedAt.UnixMilli(), s.FinishedAt
	}
	if sec := end.Sub(s.StartedAt).Seconds(); sec > 0 {
		j.Rate = float64(s.Done) / sec
	}
	if s.Err != nil {
		p := ProblemOf(s.Err)
		j.Error = &p
	}
	return j
}

// start runs long work as a job of the open workspace.
func (a *App) start(kind, title string, f func(context.Context, job.Progress) (any, error)) JobStarted {
	return JobStarted{Job: a.jobs.Start(kind, title, f)}
}

// WaitJob waits for a job and gives its last state; when ctx ends, the job is
// cancelled first. The terminal program runs everything long through it.
func (a *App) WaitJob(ctx context.Context, id string) (Job, error) {
	snap, err := a.jobs.Wait(ctx, id)
	return jobOf(snap, a.options.Now()), err
}
