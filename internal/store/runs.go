package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

type runRow struct {
	ID              int64
	Campaign        string
	Definition      string
	TemplateVersion int   `db:"template_version"`
	AsOf            int64 `db:"as_of"`
	State           campaign.RunState
	Note            string
	Unsubscribe     string
	CreatedAt       int64 `db:"created_at"`
	FinishedAt      int64 `db:"finished_at"`
	ProofID         int64 `db:"proof_id"`
}

const runColumns = `id, campaign, definition, template_version, as_of, state, note, unsubscribe, created_at, finished_at, proof_id`

func (r runRow) run() (campaign.Run, error) {
	run := campaign.Run{
		ID: r.ID, Slug: r.Campaign, TemplateVersion: r.TemplateVersion, AsOf: time.UnixMilli(r.AsOf).UTC(), State: r.State, Note: r.Note,
		Unsubscribe: r.Unsubscribe, CreatedAt: time.UnixMilli(r.CreatedAt).UTC(), Check: r.ProofID,
	}
	if r.FinishedAt != 0 {
		run.FinishedAt = time.UnixMilli(r.FinishedAt).UTC()
	}
	return run, json.Unmarshal([]byte(r.Definition), &run.Campaign)
}

// AddRun begins a run, made at its CreatedAt, and gives its number.
func (tx *Tx) AddRun(r campaign.Run) (int64, error) {
	definition, err := json.Marshal(r.Campaign)
	if err != nil {
		return 0, err
	}
	res, err := tx.Exec(`INSERT INTO runs (campaign, definition, template_version, as_of, state, unsubscribe, created_at, proof_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Slug, string(definition), r.TemplateVersion, r.AsOf.UnixMilli(), r.State, r.Unsubscribe, r.CreatedAt.UnixMilli(), r.Check)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// Run finds a run, or returns fault.NotFound.
func (tx *Tx) Run(id int64) (campaign.Run, error) {
	return tx.oneRun(`WHERE id = ?`, id)
}

// LastRun finds the newest run of a campaign, or returns fault.NotFound.
func (tx *Tx) LastRun(slug string) (campaign.Run, error) {
	return tx.oneRun(`WHERE campaign = ? ORDER BY id DESC LIMIT 1`, slug)
}

func (tx *Tx) oneRun(where string, arg any) (campaign.Run, error) {
	var r runRow
	err := tx.Get(&r, `SELECT `+runColumns+` FROM runs `+where, arg)
	if errors.Is(err, sql.ErrNoRows) {
		return campaign.Run{}, fault.New(fault.NotFound, "the campaign is not planned yet")
	}
	if err != nil {
		return campaign.Run{}, err
	}
	return r.run()
}

// Runs gives all runs, newest first.
func (tx *Tx) Runs() ([]campaign.Run, error) { return tx.runs(``) }

func (tx *Tx) runs(where string, args ...any) ([]campaign.Run, error) {
	var rows []runRow
	if err := tx.Select(&rows, `SELECT `+runColumns+` FROM runs `+where+` ORDER BY id DESC`, args...); err != nil {
		return nil, err
	}
	list := make([]campaign.Run, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.run(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// RunsUnderWay gives the runs that somebody plans or sends, or did until they died.
func (tx *Tx) RunsUnderWay() ([]campaign.Run, error) {
	return tx.runs(`WHERE state IN (?, ?) OR EXISTS (SELECT 1 FROM messages m WHERE m.run_id = runs.id AND m.state = ?)`,
		campaign.Planning, campaign.Running, campaign.MessageSending)
}

// SetRunState moves a run on; note says why, for people.
func (tx *Tx) SetRunState(id int64, s campaign.RunState, note string) error {
	finished := int64(0)
	if s == campaign.Finished {
		finished = tx.Now().UnixMilli()
	}
	_, err := tx.Exec(`UPDATE runs SET state = ?, note = ?, finished_at = ? WHERE id = ?`, s, note, finished, id)
	return err
}

// SetRunDictionary keeps what the run's bodies are compressed against.
func (tx *Tx) SetRunDictionary(id int64, dictionary []byte) error {
	_, err := tx.Exec(`UPDATE runs SET dictionary = ? WHERE id = ?`, dictionary, id)
	return err
}

// RunDictionary gives what the run's bodies are compressed against.
func (tx *Tx) RunDictionary(id int64) (dictionary []byte, err error) {
	err = tx.Get(&dictionary, `SELECT dictionary FROM runs WHERE id = ?`, id)
	return dictionary, err
}

// DropRun takes a run and its messages away. The caller has made sure that none
// of them has left.
func (tx *Tx) DropRun(id int64) error {
	for _, q := range []string{`DELETE FROM messages WHERE run_id = ?`, `DELETE FROM run_exclusions WHERE run_id = ?`, `DELETE FROM runs WHERE id = ?`} {
		if _, err := tx.Exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// AddExclusions notes who is left out of a run, and why.
func (tx *Tx) AddExclusions(run int64, excluded map[contact.ID]string) error {
	insert, err := tx.Prepare(`INSERT INTO run_exclusions (run_id, contact_id, reason) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for id, reason := range excluded {
		if _, err := insert.Exec(run, id, reason); err != nil {
			return err
		}
	}
	return nil
}

// ExclusionCounts gives how many were left out of a run, by reason.
func (tx *Tx) ExclusionCounts(run int64) (map[string]int, error) {
	return tx.counts(`SELECT reason AS name, COUNT(*) AS n FROM run_exclusions WHERE run_id = ? GROUP BY reason`, run)
}

// MessageCounts gives how many messages a run has, by state.
func (tx *Tx) MessageCounts(run int64) (map[string]int, error) {
	return tx.counts(`SELECT state AS name, COUNT(*) AS n FROM messages WHERE run_id = ? GROUP BY state`, run)
}

func (tx *Tx) counts(query string, arg any) (map[string]int, error) {
	var rows []struct {
		Name string
		N    int
	}
	if err := tx.Select(&rows, query, arg); err != nil {
		return nil, err
	}
	all := make(map[string]int, len(rows))
	for _, r := range rows {
		all[r.Name] = r.N
	}
	return all, nil
}

// likePattern makes a text stand for itself inside LIKE … ESCAPE '\'.
func likePattern(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}
