// Package job runs long work beside the window: each job has an id, progress,
// and can be cancelled. A job's function gets a context that ends on cancel and
// reports through Progress; nothing here knows what the work is.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// State is where a job stands.
type State string

// The states of a job.
const (
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Snapshot is a job at one moment.
type Snapshot struct {
	ID         string
	Kind       string // import, undo, demo, proof, plan, send, …
	Title      string // for people: "Import customers.csv"
	State      State
	Done       int64
	Total      int64 // 0 when not known
	Unit       string
	Message    string // what is being done now
	StartedAt  time.Time
	FinishedAt time.Time
	Err        error
	Result     json.RawMessage
}

// Progress is how a job's function says how far it is. Its methods are cheap
// and may be called from many goroutines.
type Progress interface {
	// Set gives the units done and their total, 0 when not known.
	Set(done, total int64, unit string)
	// Say tells what is being done now, for people.
	Say(message string)
}

// Silent is a Progress that nobody looks at.
type Silent struct{}

// Set does nothing.
func (Silent) Set(int64, int64, string) {}

// Say does nothing.
func (Silent) Say(string) {}

// kept is how many finished jobs stay listed.
const kept = 50

// Runner starts and lists jobs. The zero Runner is not usable; see NewRunner.
type Runner struct {
	now  func() time.Time
	mu   sync.Mutex
	next int
	jobs []*running
	wait sync.WaitGroup
}

type running struct {
	mu     sync.Mutex
	snap   Snapshot
	cancel context.CancelFunc
	done   chan struct{}
}

// NewRunner gives a runner with a clock.
func NewRunner(now func() time.Time) *Runner { return &Runner{now: now} }

// Start runs f in a goroutine of its own and gives the job's id. The result of
// f is kept as JSON. A panic in f fails the job and nothing else.
func (r *Runner) Start(kind, title string, f func(context.Context, Progress) (any, error)) string {
	ctx, cancel := context.WithCancel(context.Background())
	r.mu.Lock()
	r.next++
	j := &running{cancel: cancel, done: make(chan struct{})}
	j.snap = Snapshot{ID: strconv.Itoa(r.next), Kind: kind, Title: title, State: Running, StartedAt: r.now()}
	r.jobs = append(r.jobs, j)
	r.trim()
	r.mu.Unlock()
	r.wait.Add(1)
	go func() {
		defer r.wait.Done()
		defer cancel()
		defer close(j.done)
		result, err := call(ctx, j, f)
		j.finish(ctx, r.now(), result, err)
	}()
	return j.snap.ID
}

func call(ctx context.Context, j *running, f func(context.Context, Progress) (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, "a defect of the program stopped this (%v); what was finished before is kept", p)
			fmt.Printf("job %s: panic: %v\n%s", j.snap.Kind, p, debug.Stack())
		}
	}()
	return f(ctx, j)
}

func (j *running) finish(ctx context.Context, at time.Time, result any, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.snap.FinishedAt = at
	switch {
	case err != nil && (ctx.Err() != nil || fault.Is(err, fault.Cancelled)):
		j.snap.State, j.snap.Err = Cancelled, err
	case err != nil:
		j.snap.State, j.snap.Err = Failed, err
	default:
		j.snap.State = Done
	}
	if result == nil {
		return
	}
	if b, e := json.Marshal(result); e == nil {
		j.snap.Result = b
	} else if err == nil {
		j.snap.State, j.snap.Err = Failed, e
	}
}

// Set implements Progress.
func (j *running) Set(done, total int64, unit string) {
	j.mu.Lock()
	j.snap.Done, j.snap.Total, j.snap.Unit = done, total, unit
	j.mu.Unlock()
}

// Say implements Progress.
func (j *running) Say(message string) {
	j.mu.Lock()
	j.snap.Message = message
	j.mu.Unlock()
}

func (j *running) snapshot() Snapshot {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.snap
}

// trim forgets the oldest finished jobs beyond the kept ones. r.mu is held.
func (r *Runner) trim() {
	over := len(r.jobs) - kept
	r.jobs = slices.DeleteFunc(r.jobs, func(j *running) bool {
		if over > 0 && j.snapshot().State != Running {
			over--
			return true
		}
		return false
	})
}

// List gives all jobs, newest first.
func (r *Runner) List() []Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Snapshot, 0, len(r.jobs))
	for i := len(r.jobs) - 1; i >= 0; i-- {
		list = append(list, r.jobs[i].snapshot())
	}
	return list
}

func (r *Runner) find(id string) (*running, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		if j.snap.ID == id {
			return j, nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no job %s", id)
}

// Cancel asks a job to stop; it stops at its next step.
func (r *Runner) Cancel(id string) error {
	j, err := r.find(id)
	if err != nil {
		return err
	}
	j.cancel()
	return nil
}

// Dismiss takes a finished job off the list.
func (r *Runner) Dismiss(id string) error {
	j, err := r.find(id)
	if err != nil {
		return err
	}
	if j.snapshot().State == Running {
		return fault.New(fault.Conflict, "the job is still running; cancel it first")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jobs = slices.DeleteFunc(r.jobs, func(k *running) bool { return k == j })
	return nil
}

// Wait blocks until the job ends or ctx does, and gives its last snapshot. When
// ctx ends first the job is cancelled and waited for.
func (r *Runner) Wait(ctx context.Context, id string) (Snapshot, error) {
	j, err := r.find(id)
	if err != nil {
		return Snapshot{}, err
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		j.cancel()
		<-j.done
	}
	s := j.snapshot()
	return s, s.Err
}

// Close cancels every job and waits for them.
func (r *Runner) Close() {
	r.mu.Lock()
	for _, j := range r.jobs {
		j.cancel()
	}
	r.mu.Unlock()
	r.wait.Wait()
}
