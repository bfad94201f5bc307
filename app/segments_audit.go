package app

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/job"
)

// SegmentAudit is what a check of a segment against the stored rows found.
type SegmentAudit struct {
	AsOf    int64        `json:"as_of"`
	Checked int          `json:"checked"` // people
	Members int          `json:"members"` // by the stored rows
	Missing int          `json:"missing"` // in by the stored rows, but not in the program's answer
	Extra   int          `json:"extra"`   // the other way round
	People  []AuditFinds `json:"people"`  // those who differ, at most 200
}

// AuditFinds is one person about whom the program's answer is wrong.
type AuditFinds struct {
	Person ContactHit `json:"person"`
	Member bool       `json:"member"` // by the stored rows
}

// Audit answers a segment, or a condition, anew from the stored rows, person by
// person and without anything that is kept in memory, and reports every difference
// from the program's answer. It is a job whose result is a SegmentAudit.
func (s *Segments) Audit(ctx context.Context, slug string, c json.RawMessage) (JobStarted, error) {
	n, err := s.app.nodeOf(ctx, slug, c)
	if err != nil {
		return JobStarted{}, err
	}
	if _, err := s.app.current(); err != nil {
		return JobStarted{}, err
	}
	return s.app.start("audit", "Check against the stored rows", func(ctx context.Context, p job.Progress) (any, error) {
		return s.app.audit(ctx, n, p)
	}), nil
}

func (a *App) audit(ctx context.Context, n condition.Node, p job.Progress) (SegmentAudit, error) {
	w, err := a.current()
	if err != nil {
		return SegmentAudit{}, err
	}
	now := a.options.Now()
	found, err := w.Audience.Verify(ctx, n, now, func(done, total int) { p.Set(int64(done), int64(total), "people") })
	if err != nil {
		return SegmentAudit{}, err
	}
	r := SegmentAudit{AsOf: now.UnixMilli(), Checked: found.Checked, Members: found.Members, Missing: len(found.Missing), Extra: len(found.Extra), People: []AuditFinds{}}
	err = a.withView(ctx, func(v *audience.View) error {
		r.People = r.People[:0]
		for _, side := range [][]contact.ID{found.Missing, found.Extra} {
			for _, id := range side[:min(len(side), maxMovers)] {
				r.People = append(r.People, AuditFinds{ContactHit{ID: int64(id), Email: v.Email(id)}, len(r.People) < min(len(found.Missing), maxMovers)})
			}
		}
		return nil
	})
	return r, err
}

// ReasonsExport says what to write where. Slug or Condition tells who.
type ReasonsExport struct {
	Slug      string          `json:"slug"`
	Condition json.RawMessage `json:"condition" ts_type:"Condition | null"`
	Everyone  bool            `json:"everyone"` // also those who are out
	At        int64           `json:"at"`       // as of an instant in Unix ms; 0 is now
	Path      string          `json:"path"`
}

// ExportReasons writes people with the values that decided: the address, in or out,
// and a column for each part of the condition with the value seen.
func (s *Segments) ExportReasons(ctx context.Context, r ReasonsExport) (JobStarted, error) {
	n, err := s.app.nodeOf(ctx, r.Slug, r.Condition)
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.exportRows(r.Path, func(ctx context.Context, f func(row []string) error) error {
		return s.app.ReasonRows(ctx, n, r.Everyone, r.At, f)
	})
}

// ReasonRows gives people with the values that decided to f, by address: a header
// and then one row each.
func (a *App) ReasonRows(ctx context.Context, n condition.Node, everyone bool, at int64, f func(row []string) error) error {
	return a.withViewAt(ctx, at, func(v *audience.View) error {
		reasons, err := v.Reasons(ctx, n)
		if err != nil {
			return err
		}
		members, err := v.Members(ctx, n)
		if err != nil {
			return err
		}
		in := make(map[contact.ID]bool, len(members))
		for _, id := range members {
			in[id] = true
		}
		who := members
		if everyone {
			if who, err = v.Members(ctx, condition.Node{Kind: condition.Everyone}); err != nil {
				return err
			}
		}
		byAddress(v, who)
		if err := f(append([]string{"email", "in"}, reasons.Questions()...)); err != nil {
			return err
		}
		for _, id := range who {
			seen, err := reasons.Seen(id)
			if err != nil {
				return err
			}
			member := "no"
			if in[id] {
				member = "yes"
			}
			if err := f(append([]string{v.Email(id), member}, seen...)); err != nil {
				return err
			}
		}
		return nil
	})
}
