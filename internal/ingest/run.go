package ingest

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"sort"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/source/csv"
	"github.com/mailwright/mailwright/internal/store"
)

// Report is what an import did. Read = Created + Updated + Unchanged + Rejected.
type Report struct {
	batch.Batch
	DryRun        bool                `json:"dry_run"`
	Took          time.Duration       `json:"took"`
	Reasons       []Reason            `json:"reasons"`
	NewAttributes []contact.Attribute `json:"new_attributes"`
	Widened       []string            `json:"widened"`
	FirstRejects  []store.Reject      `json:"first_rejects"`
	Header        []string            `json:"header"` // of the file, for the file of rejects
	Kept          int64               `json:"kept"`   // grants not written because the person had withdrawn
	Gone          int64               `json:"gone"`   // products that their feed has no more
}

// Reason groups rejected rows.
type Reason struct {
	Reason    string `json:"reason"`
	Count     int64  `json:"count"`
	FirstLine int    `json:"first_line"`
}

// chunkWriter cleans and writes the rows of one kind.
type chunkWriter interface {
	// prepare makes columns, types and look-ups ready, in a transaction.
	prepare(tx *store.Tx) error
	// add takes a row; it reports a reject, or full when the chunk must be written.
	add(rec csv.Record) (rej *store.Reject, full bool)
	// take hands the rows over that were added since, as what writes and counts
	// them. Rows may be added while it runs.
	take() func(tx *store.Tx) error
}

// finisher is a chunkWriter that has more to do when all rows are in.
type finisher interface {
	finish(tx *store.Tx) error
}

// part is a chunk of the file that is ready to be written.
type part struct {
	write   func(tx *store.Tx) error
	rejects []store.Reject // rows that could not be cleaned
	read    int64          // rows, those among them
	err     error          // why reading ended before the file did
}

// run is one import under way.
type run struct {
	ctx      context.Context
	store    *store.Store
	actor    string
	plan     *Plan
	schema   contact.Schema
	progress job.Progress
	report   Report
	reasons  map[string]*Reason
	pending  []store.Reject // of the chunk
}

// errDryRun rolls a dry run's transactions back.
var errDryRun = errors.New("dry run")

const firstRejects = 50

// Run imports what the plan says. It returns fault.Invalid where the order of day
// and month is open, fault.Conflict while another import runs, and
// fault.Cancelled when ctx ended: then the rows before are in, and can be undone.
func Run(ctx context.Context, s *store.Store, plan *Plan, actor string, p job.Progress) (Report, error) {
	if err := plan.question(); err != nil {
		return Report{}, err
	}
	schema, err := s.Schema(ctx)
	if err != nil {
		return Report{}, err
	}
	began := time.Now()
	r := &run{ctx: ctx, store: s, actor: actor, plan: plan, schema: schema, progress: p, reasons: map[string]*Reason{}}
	for _, c := range plan.Columns {
		r.report.Header = append(r.report.Header, c.Header)
	}
	r.report.DryRun, r.report.Kind, r.report.Source = plan.Request.DryRun, plan.Request.Kind, cmp.Or(plan.Request.Source, filepath.Base(plan.Request.Path))
	lease, err := s.Take(ctx, store.ImportLease, actor)
	if err != nil {
		return Report{}, err
	}
	defer lease.Release()
	if err := s.FailStaleBatches(ctx); err != nil {
		return Report{}, err
	}
	if plan.Request.DryRun {
		err = r.dry()
	} else {
		err = r.real()
	}
	r.report.Took = time.Since(began)
	r.finishReport()
	return r.report, err
}

// dry does everything in one transaction that is rolled back.
func (r *run) dry() error {
	err := r.store.Write(r.ctx, store.Bulk, func(tx *store.Tx) error {
		if err := r.begin(tx); err != nil {
			return err
		}
		w := r.writer()
		if err := w.prepare(tx); err != nil {
			return err
		}
		if err := r.rows(w, func(f func(*store.Tx) error) error { return f(tx) }); err != nil {
			return err
		}
		return errDryRun
	})
	if errors.Is(err, errDryRun) {
		r.report.ID, err = 0, nil
	}
	return err
}

// real writes chunk by chunk and leaves the batch's state true at every commit.
func (r *run) real() error {
	w := r.writer()
	err := r.store.Write(r.ctx, store.Normal, func(tx *store.Tx) error {
		if err := r.begin(tx); err != nil {
			return err
		}
		return w.prepare(tx)
	})
	if err != nil {
		return err
	}
	err = r.rows(w, func(f func(*store.Tx) error) error {
		return r.store.Write(r.ctx, store.Bulk, func(tx *store.Tx) error {
			if err := f(tx); err != nil {
				return err
			}
			return tx.SaveBatch(r.report.Batch, nil)
		})
	})
	r.report.State = batch.Done
	if err != nil {
		r.report.State = batch.Failed
		if r.ctx.Err() != nil {
			r.report.State = batch.Cancelled
			err = fault.New(fault.Cancelled, "stopped; the %d rows before are in, and can be undone", r.report.Created+r.report.Updated+r.report.Unchanged)
		}
	}
	r.finishReport()
	return errors.Join(err, r.store.Write(context.WithoutCancel(r.ctx), store.Normal, func(tx *store.Tx) error {
		r.report.FinishedAt = tx.Now()
		c, e := tx.Chronicle(r.actor)
		if e != nil {
			return e
		}
		if e := c.Add("import.finished", 0, map[string]any{"batch": r.report.ID, "kind": r.report.Kind, "state": r.report.State,
			"created": r.report.Created, "updated": r.report.Updated, "rejected": r.report.Rejected}, nil); e != nil {
			return e
		}
		return tx.SaveBatch(r.report.Batch, r.report)
	}))
}

func (r *run) begin(tx *store.Tx) error {
	id, err := tx.BeginBatch(r.report.Kind, r.report.Source)
	r.report.ID, r.report.State, r.report.StartedAt = id, batch.Running, tx.Now()
	return err
}

func (r *run) writer() chunkWriter {
	switch r.plan.Request.Kind {
	case batch.Events:
		return newEventWriter(r)
	case batch.Products:
		return &productWriter{run: r, has: map[string]bool{}}
	}
	return newContactWriter(r)
}

// rows reads the file a second time and has chunks written by transact. One
// goroutine reads and cleans while the chunk before is written.
func (r *run) rows(w chunkWriter, transact func(func(*store.Tx) error) error) error {
	table, done, err := tableOf(r.plan.Request)
	if err != nil {
		return err
	}
	defer done()
	src, err := csv.Open(table, r.plan.Format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	parts, stop := make(chan part), make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() { r.clean(src, w, parts, stop) })
	defer reading.Wait()
	defer close(stop)
	total := r.plan.Rows + r.plan.BadRows
	for p := range parts {
		if p.err != nil {
			return p.err
		}
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := r.keep(p, transact); err != nil {
			return err
		}
		r.progress.Set(r.report.Read, total, "rows")
	}
	if f, ok := w.(finisher); ok {
		return transact(f.finish)
	}
	return nil
}

// clean reads the file and gives its parts, until its end or until stop.
func (r *run) clean(src *csv.Reader, w chunkWriter, parts chan<- part, stop <-chan struct{}) {
	defer close(parts)
	var p part
	send := func() bool {
		p.write = w.take()
		select {
		case parts <- p:
			p = part{}
			return true
		case <-stop:
			return false
		}
	}
	for {
		rec, err := src.Read()
		var bad *csv.RowError
		switch {
		case errors.Is(err, io.EOF):
			send()
			return
		case errors.As(err, &bad):
			p.read++
			p.rejects = append(p.rejects, store.Reject{Line: bad.Line, Reason: bad.Reason, Cells: bad.Cells})
			continue
		case err != nil:
			p.err = fault.New(fault.Unavailable, "%w", err)
			send()
			return
		}
		p.read++
		rej, full := w.add(rec)
		if rej != nil {
			p.rejects = append(p.rejects, *rej)
		}
		if (full || len(p.rejects) >= rejectsPerChunk) && !send() {
			return
		}
	}
}

// rejectsPerChunk is how many rejected rows are held before they are written.
const rejectsPerChunk = 20_000

// keep writes one part in a transaction. What was counted is rolled back with what
// was written.
func (r *run) keep(p part, transact func(func(*store.Tx) error) error) error {
	before := r.report
	r.pending = r.pending[:0]
	r.report.Read += p.read
	for _, x := range p.rejects {
		r.reject(x)
	}
	err := transact(func(tx *store.Tx) error {
		if err := p.write(tx); err != nil {
			return err
		}
		return tx.AddRejects(r.report.ID, r.pending)
	})
	if err != nil {
		r.report = before
	}
	return err
}

func (r *run) reject(x store.Reject) {
	r.report.Rejected++
	r.pending = append(r.pending, x)
	if len(r.report.FirstRejects) < firstRejects {
		// Without the cells, which are kept where an erasure finds them.
		r.report.FirstRejects = append(r.report.FirstRejects, store.Reject{Line: x.Line, Field: x.Field, Reason: x.Reason})
	}
	if g, ok := r.reasons[x.Reason]; ok {
		g.Count++
		return
	}
	r.reasons[x.Reason] = &Reason{Reason: x.Reason, Count: 1, FirstLine: x.Line}
}

func (r *run) finishReport() {
	r.report.Reasons = []Reason{}
	for _, g := range r.reasons {
		r.report.Reasons = append(r.report.Reasons, *g)
	}
	sort.Slice(r.report.Reasons, func(i, j int) bool { return r.report.Reasons[i].FirstLine < r.report.Reasons[j].FirstLine })
}

// misfit is the reject of a cell that does not fit its column.
func misfit(rec csv.Record, c Column) *store.Reject {
	return &store.Reject{Line: rec.Line, Field: c.Header, Reason: "in " + c.Header + ": not a " + string(c.Form.Type), Cells: rec.Cells}
}
