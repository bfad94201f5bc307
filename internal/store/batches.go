package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/fault"
)

// BeginBatch notes an import that starts now and gives its number.
func (tx *Tx) BeginBatch(kind batch.Kind, source string) (int64, error) {
	r, err := tx.Exec(`INSERT INTO batches (kind, state, source, started_at) VALUES (?, ?, ?, ?)`, kind, batch.Running, source, tx.Now().UnixMilli())
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// SaveBatch keeps a batch's counts and state; report is kept as JSON when not nil.
func (tx *Tx) SaveBatch(b batch.Batch, report any) error {
	var finished int64
	if b.State != batch.Running {
		finished = tx.Now().UnixMilli()
	}
	var text any
	if report != nil {
		j, err := json.Marshal(report)
		if err != nil {
			return err
		}
		text = string(j)
	}
	_, err := tx.Exec(`UPDATE batches SET state = ?, finished_at = ?, read = ?, created = ?, updated = ?, unchanged = ?, rejected = ?,
		contacts_created = ?, report = COALESCE(?, report) WHERE id = ?`,
		b.State, finished, b.Read, b.Created, b.Updated, b.Unchanged, b.Rejected, b.ContactsCreated, text, b.ID)
	return err
}

type batchRow struct {
	ID              int64
	Kind            batch.Kind
	State           batch.State
	Source          string
	StartedAt       int64 `db:"started_at"`
	FinishedAt      int64 `db:"finished_at"`
	Read            int64
	Created         int64
	Updated         int64
	Unchanged       int64
	Rejected        int64
	ContactsCreated int64 `db:"contacts_created"`
	Report          string
}

func (r batchRow) batch() batch.Batch {
	b := batch.Batch{ID: r.ID, Kind: r.Kind, State: r.State, Source: r.Source, StartedAt: time.UnixMilli(r.StartedAt).UTC(),
		Read: r.Read, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Rejected: r.Rejected, ContactsCreated: r.ContactsCreated}
	if r.FinishedAt != 0 {
		b.FinishedAt = time.UnixMilli(r.FinishedAt).UTC()
	}
	return b
}

const batchColumns = `id, kind, state, source, started_at, finished_at, read, created, updated, unchanged, rejected, contacts_created, report`

// Batches gives all batches, newest first.
func (tx *Tx) Batches() ([]batch.Batch, error) {
	var rows []batchRow
	if err := tx.Select(&rows, `SELECT `+batchColumns+` FROM batches ORDER BY id DESC`); err != nil {
		return nil, err
	}
	list := make([]batch.Batch, len(rows))
	for i, r := range rows {
		list[i] = r.batch()
	}
	return list, nil
}

// Batch gives one batch; its report is decoded into report when that is not nil.
func (tx *Tx) Batch(id int64, report any) (batch.Batch, error) {
	var row batchRow
	err := tx.Get(&row, `SELECT `+batchColumns+` FROM batches WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return batch.Batch{}, fault.New(fault.NotFound, "there is no import %d", id)
	}
	if err == nil && report != nil {
		err = json.Unmarshal([]byte(row.Report), report)
	}
	return row.batch(), err
}

// FailStaleBatches marks batches that a dead process left running. Whoever calls
// holds the import lease, so no living process runs one.
func (s *Store) FailStaleBatches(ctx context.Context) error {
	return s.Write(ctx, Normal, func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE batches SET state = ?, finished_at = ? WHERE state = ?`, batch.Failed, tx.Now().UnixMilli(), batch.Running)
		return err
	})
}

// Reject is a row that an import could not take.
type Reject struct {
	Line   int
	Field  string
	Reason string
	Cells  []string
}

// AddRejects keeps rejected rows.
func (tx *Tx) AddRejects(batchID int64, rejects []Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	add, err := tx.Prepare(`INSERT OR REPLACE INTO batch_rejects (batch_id, line, field, reason, raw) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = add.Close() }()
	for _, r := range rejects {
		raw, err := json.Marshal(r.Cells)
		if err != nil {
			return err
		}
		if _, err := add.Exec(batchID, r.Line, r.Field, r.Reason, string(raw)); err != nil {
			return err
		}
	}
	return nil
}

// EachReject calls f for the rejected rows of a batch, by line.
func (tx *Tx) EachReject(batchID int64, f func(Reject) error) error {
	rows, err := tx.Query(`SELECT line, field, reason, raw FROM batch_rejects WHERE batch_id = ? ORDER BY line`, batchID)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r Reject
		var raw string
		if err := rows.Scan(&r.Line, &r.Field, &r.Reason, &raw); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(raw), &r.Cells); err != nil {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return rows.Err()
}
