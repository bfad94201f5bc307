package app

import (
	"context"
	"fmt"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// ImportReport is what an import did. Read = Created + Updated + Unchanged + Rejected.
type ImportReport struct {
	Batch
	DryRun        bool            `json:"dry_run"`
	Milliseconds  int64           `json:"ms"`
	RowsPerSecond float64         `json:"rows_per_second"`
	Reasons       []ingest.Reason `json:"reasons"`
	NewAttributes []NamedType     `json:"new_attributes"`
	Widened       []string        `json:"widened"`
	FirstRejects  []BadRow        `json:"first_rejects"`
	ConsentKept   int64           `json:"consent_kept"` // grants not written because the person had withdrawn
}

// NamedType is a name and its type.
type NamedType struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Batch is one import.
type Batch struct {
	Batch           int64  `json:"batch"`
	Kind            string `json:"kind"`
	State           string `json:"state"`
	Source          string `json:"source"`
	StartedAt       int64  `json:"started_at"`
	FinishedAt      int64  `json:"finished_at"`
	Read            int64  `json:"read"`
	Created         int64  `json:"created"`
	Updated         int64  `json:"updated"`
	Unchanged       int64  `json:"unchanged"`
	Rejected        int64  `json:"rejected"`
	ContactsCreated int64  `json:"contacts_created"`
}

func batchOf(b batch.Batch) Batch {
	v := Batch{Batch: b.ID, Kind: string(b.Kind), State: string(b.State), Source: b.Source, StartedAt: b.StartedAt.UnixMilli(),
		Read: b.Read, Created: b.Created, Updated: b.Updated, Unchanged: b.Unchanged, Rejected: b.Rejected, ContactsCreated: b.ContactsCreated}
	if !b.FinishedAt.IsZero() {
		v.FinishedAt = b.FinishedAt.UnixMilli()
	}
	return v
}

func reportOf(r ingest.Report) ImportReport {
	v := ImportReport{Batch: batchOf(r.Batch), DryRun: r.DryRun, Milliseconds: r.Took.Milliseconds(), Reasons: r.Reasons, Widened: r.Widened,
		NewAttributes: []NamedType{}, FirstRejects: []BadRow{}, ConsentKept: r.Kept}
	if v.Widened == nil {
		v.Widened = []string{}
	}
	if sec := r.Took.Seconds(); sec > 0 {
		v.RowsPerSecond = float64(r.Read) / sec
	}
	for _, a := range r.NewAttributes {
		v.NewAttributes = append(v.NewAttributes, NamedType{a.Name, string(a.Type)})
	}
	for _, x := range r.FirstRejects {
		v.FirstRejects = append(v.FirstRejects, BadRow{Line: x.Line, Field: x.Field, Reason: x.Reason})
	}
	return v
}

// Batches lists the imports, newest first.
func (s *Data) Batches(ctx context.Context) ([]Batch, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []Batch{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Batches()
		for _, b := range all {
			list = append(list, batchOf(b))
		}
		return err
	})
	return list, err
}

// Report gives what an import did.
func (s *Data) Report(ctx context.Context, id int64) (ImportReport, error) {
	w, err := s.app.current()
	if err != nil {
		return ImportReport{}, err
	}
	var r ingest.Report
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		b, err := tx.Batch(id, &r)
		r.Batch = b
		return err
	})
	if r.Reasons == nil {
		r.Reasons = []ingest.Reason{}
	}
	return reportOf(r), err
}

// Undo takes an import back; the job's result says what was restored, removed and kept.
func (s *Data) Undo(_ context.Context, id int64) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("undo", fmt.Sprintf("Undo import %d", id), func(ctx context.Context, p job.Progress) (any, error) {
		return ingest.Undo(ctx, w.Store, id, s.app.options.Actor, p)
	}), nil
}

// SaveRejects writes the rows that an import could not take to path, each with
// its line and reason, ready to be mended and imported again.
func (s *Data) SaveRejects(ctx context.Context, id int64, path string) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return ingest.SaveRejects(ctx, w.Store, id, path)
}

// Undone is what taking an import back did.
type Undone = store.Undone
