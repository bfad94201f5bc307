package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
)

// Checkup is one thing that was looked at, and what was found.
type Checkup struct {
	Check   string `json:"check"`
	OK      bool   `json:"ok"`
	Message string `json:"message"` // for people
}

// Doctor looks whether the file is whole and means what it should. It reads all of
// it, and changes nothing.
func (s *Store) Doctor(ctx context.Context) ([]Checkup, error) {
	list := []Checkup{}
	for _, check := range []func(context.Context) (Checkup, error){
		s.checkPages, s.checkSchema, s.checkReferences, s.checkOrphans, s.checkCells, s.checkChain, s.checkLeases, s.checkImports, s.checkLog,
	} {
		c, err := check(ctx)
		if err != nil {
			return list, err
		}
		list = append(list, c)
	}
	return list, nil
}

// say gives the finding: good when nothing is wrong, else what is.
func say(check, good string, wrong []string) Checkup {
	if len(wrong) == 0 {
		return Checkup{check, true, good}
	}
	return Checkup{check, false, strings.Join(wrong, "; ")}
}

func (s *Store) checkPages(ctx context.Context) (Checkup, error) {
	var lines []string
	if err := s.reader.SelectContext(ctx, &lines, `PRAGMA integrity_check(20)`); err != nil {
		lines = []string{"the file cannot be read to its end: " + err.Error()} // the finding, not a failure of looking
	}
	if len(lines) == 1 && lines[0] == "ok" {
		lines = nil
	}
	return say("file", "every page and index of the file is whole", lines), nil
}

func (s *Store) checkSchema(ctx context.Context) (Checkup, error) {
	_, version, err := s.marks(ctx)
	var wrong []string
	if version != newest() {
		wrong = []string{fmt.Sprintf("the file has schema %d, this program writes %d", version, newest())}
	}
	return say("schema", fmt.Sprintf("the file has the newest schema, number %d", version), wrong), err
}

func (s *Store) checkReferences(ctx context.Context) (Checkup, error) {
	rows, err := s.reader.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return Checkup{}, err
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		n++
	}
	var wrong []string
	if n > 0 {
		wrong = []string{fmt.Sprintf("%d rows name something that is not there", n)}
	}
	return say("references", "every row names what is there", wrong), rows.Err()
}

// checkOrphans looks for what belongs to nobody, since no foreign key holds it.
func (s *Store) checkOrphans(ctx context.Context) (c Checkup, err error) {
	var wrong []string
	err = s.Read(ctx, func(tx *Tx) error {
		for _, q := range []struct{ what, sql string }{
			{"events", `SELECT COUNT(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM contacts c WHERE c.id = e.contact_id)`},
			{"values", `SELECT COUNT(*) FROM contact_values v WHERE NOT EXISTS (SELECT 1 FROM contacts c WHERE c.id = v.contact_id)
				OR NOT EXISTS (SELECT 1 FROM attributes a WHERE a.id = v.attribute_id)`},
		} {
			var n int
			if err := tx.Get(&n, q.sql); err != nil {
				return err
			}
			if n > 0 {
				wrong = append(wrong, fmt.Sprintf("%d %s belong to nobody", n, q.what))
			}
		}
		var kept, there int64
		if err := tx.QueryRowx(`SELECT (SELECT events FROM workspace), (SELECT COUNT(*) FROM events)`).Scan(&kept, &there); err != nil {
			return err
		}
		if kept != there {
			wrong = append(wrong, fmt.Sprintf("%d events are counted, and %d are there", kept, there))
		}
		return nil
	})
	return say("people", "every value and event belongs to somebody", wrong), err
}

// cellKinds are SQLite's types of the cells of each type: see Cell.
var cellKinds = map[contact.Type]string{
	contact.Text: "text", contact.List: "text", contact.Number: "integer text", contact.Money: "integer",
	contact.Boolean: "integer", contact.DateType: "integer", contact.Datetime: "integer",
}

func (s *Store) checkCells(ctx context.Context) (c Checkup, err error) {
	var wrong []string
	err = s.Read(ctx, func(tx *Tx) error {
		var rows []struct {
			Name string
			Type contact.Type
			Kind string
			N    int
		}
		if err := tx.Select(&rows, `SELECT a.name, a.type, v.kind, v.n FROM attributes a
			JOIN (SELECT attribute_id, typeof(value) AS kind, COUNT(*) AS n FROM contact_values GROUP BY 1, 2) v ON v.attribute_id = a.id`); err != nil {
			return err
		}
		for _, r := range rows {
			if !strings.Contains(cellKinds[r.Type], r.Kind) {
				wrong = append(wrong, fmt.Sprintf("%d values of %s are no %s", r.N, r.Name, r.Type))
			}
		}
		return nil
	})
	return say("values", "every value is of its attribute's type", wrong), err
}

func (s *Store) checkChain(ctx context.Context) (Checkup, error) {
	n, broken, err := s.VerifyAudit(ctx)
	var wrong []string
	if broken != 0 {
		wrong = []string{fmt.Sprintf("entry %d of the audit is not what was written", broken)}
	}
	return say("audit", fmt.Sprintf("all %d entries of the audit are as they were written", n), wrong), err
}

func (s *Store) checkLeases(ctx context.Context) (c Checkup, err error) {
	held := []string{}
	err = s.Read(ctx, func(tx *Tx) error {
		return tx.Select(&held, `SELECT holder || ' (' || name || ')' FROM leases WHERE expires_at > ? ORDER BY name`, time.Now().UnixMilli())
	})
	if len(held) > 0 {
		return say("work", "at work now: "+strings.Join(held, ", "), nil), err
	}
	return say("work", "nobody is importing or sending", nil), err
}

// checkImports tells of imports that a crash cut off. What they brought is in, and
// the same file again adds the rest, so that this is no damage.
func (s *Store) checkImports(ctx context.Context) (c Checkup, err error) {
	var wrong []string
	err = s.Read(ctx, func(tx *Tx) error {
		var ids []int64
		err := tx.Select(&ids, `SELECT id FROM batches WHERE state = ? AND NOT EXISTS (SELECT 1 FROM leases WHERE name = ? AND expires_at > ?)`,
			batch.Running, ImportLease, time.Now().UnixMilli())
		for _, id := range ids {
			wrong = append(wrong, fmt.Sprintf("import %d was cut off; import its file again for the rest, or undo it", id))
		}
		return err
	})
	return say("imports", "no import was cut off", wrong), err
}

// largeLog is how many bytes of a write-ahead log are worth a word.
const largeLog = 256 << 20

func (s *Store) checkLog(context.Context) (Checkup, error) {
	info, err := os.Stat(s.path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return say("log", "everything is in the one file", nil), nil
	}
	if err != nil {
		return Checkup{}, err
	}
	var wrong []string
	if info.Size() > largeLog {
		wrong = []string{fmt.Sprintf("%d MB wait beside the file; close every window of it, so that copying the file copies all", info.Size()>>20)}
	}
	return say("log", fmt.Sprintf("%d KB wait beside the file, and go into it when it is closed", info.Size()>>10), wrong), nil
}
