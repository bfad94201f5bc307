package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Column is an attribute that a table of contacts can show.
type Column struct {
	Name     string       `json:"name"`
	Label    string       `json:"label"`
	Type     contact.Type `json:"type"`
	BuiltIn  bool         `json:"built_in"`
	Computed bool         `json:"computed"`
	Filled   int          `json:"filled"` // contacts that have it; -1 where it is not counted
}

// ContactQuery asks for a page of contacts.
type ContactQuery struct {
	Search     string          `json:"search"`  // words in the address, the names or the customer number
	Segment    string          `json:"segment"` // slug; "" for all
	Condition  json.RawMessage `json:"condition" ts_type:"Condition | null"`
	Sort       string          `json:"sort"` // an attribute; "" is by number
	Descending bool            `json:"descending"`
	Columns    []string        `json:"columns"`
	Offset     int             `json:"offset"`
	Limit      int             `json:"limit"` // at most 500
}

// ContactPage is a page of contacts.
type ContactPage struct {
	Total   int          `json:"total"`   // all contacts
	Matched int          `json:"matched"` // those the query finds
	Offset  int          `json:"offset"`
	Rows    []ContactRow `json:"rows"`
	MS      float64      `json:"ms"`
}

// ContactRow is a contact with the values of the asked columns; a value that is
// not set is left out.
type ContactRow struct {
	ID     int64                    `json:"id"`
	Email  string                   `json:"email"`
	Values map[string]contact.Value `json:"values" ts_type:"Record<string, unknown>"`
}

// ContactHit is a contact in a picker.
type ContactHit struct {
	ID    int64  `json:"id"`
	Email string `json:"email"`
	Name  string `json:"name"` // first and last name; may be empty
}

// maxPage is how many contacts a page has at most.
const maxPage = 500

// Columns gives every attribute with how many contacts have it.
func (s *Contacts) Columns(ctx context.Context) ([]Column, error) {
	list := []Column{}
	err := s.app.withView(ctx, func(v *audience.View) error {
		filled, err := v.Filled(ctx)
		if err != nil {
			return err
		}
		list = list[:0]
		for _, a := range v.Schema().AttributeList() {
			list = append(list, Column{a.Name, a.Label, a.Type, a.BuiltIn, a.Computed, filledOf(a, filled)})
		}
		return nil
	})
	return list, err
}

// List gives a page of contacts.
func (s *Contacts) List(ctx context.Context, q ContactQuery) (ContactPage, error) {
	start := time.Now()
	find := audience.Query{
		Search: q.Search, Sort: q.Sort, Descending: q.Descending,
		Offset: max(q.Offset, 0), Limit: min(max(q.Limit, 0), maxPage),
	}
	node, err := s.filter(ctx, q)
	if err != nil {
		return ContactPage{}, err
	}
	find.Condition = node
	page := ContactPage{Offset: find.Offset}
	err = s.app.withView(ctx, func(v *audience.View) error {
		found, err := v.Find(ctx, find)
		if err != nil {
			return err
		}
		page.Total, page.Matched = v.Total(), found.Matched
		page.Rows, err = contactRows(ctx, v, found.IDs, q.Columns)
		return err
	})
	page.MS = float64(time.Since(start).Microseconds()) / 1000
	return page, err
}

// filter joins the segment and the condition of a query; nil when there is neither.
func (s *Contacts) filter(ctx context.Context, q ContactQuery) (*condition.Node, error) {
	var nodes []condition.Node
	if q.Segment != "" {
		n, err := s.app.nodeOf(ctx, q.Segment, nil)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	if len(q.Condition) > 0 && string(q.Condition) != "null" {
		n, err := condition.Parse(q.Condition)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	if len(nodes) == 0 {
		return nil, nil
	}
	return &condition.Node{Kind: condition.All, Children: nodes}, nil
}

// Find gives contacts whose address or name has the words of a text.
func (s *Contacts) Find(ctx context.Context, text string, limit int) ([]ContactHit, error) {
	hits := []ContactHit{}
	err := s.app.withView(ctx, func(v *audience.View) error {
		page, err := v.Find(ctx, audience.Query{Search: text, Limit: min(max(limit, 1), maxPage)})
		if err != nil {
			return err
		}
		hits, err = contactHits(ctx, v, page.IDs)
		return err
	})
	return hits, err
}

// contactRows reads columns of contacts.
func contactRows(ctx context.Context, v *audience.View, ids []contact.ID, columns []string) ([]ContactRow, error) {
	if err := v.Load(ctx, columns...); err != nil {
		return nil, err
	}
	rows := make([]ContactRow, 0, len(ids))
	for _, id := range ids {
		row := ContactRow{ID: int64(id), Email: v.Email(id), Values: make(map[string]contact.Value, len(columns))}
		for _, name := range columns {
			value, err := v.Value(id, name)
			if err != nil {
				return nil, err
			}
			if value.IsSet() {
				row.Values[name] = value
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// contactHits reads addresses and names of contacts.
func contactHits(ctx context.Context, v *audience.View, ids []contact.ID) ([]ContactHit, error) {
	rows, err := contactRows(ctx, v, ids, []string{"first_name", "last_name"})
	if err != nil {
		return nil, err
	}
	hits := make([]ContactHit, 0, len(rows))
	for _, r := range rows {
		name := strings.TrimSpace(r.Values["first_name"].String() + " " + r.Values["last_name"].String())
		hits = append(hits, ContactHit{ID: r.ID, Email: r.Email, Name: name})
	}
	return hits, nil
}

// ContactID finds a contact by an address in any writing.
func (a *App) ContactID(ctx context.Context, email string) (int64, error) {
	address, err := contact.NormalizeEmail(email)
	if err != nil {
		return 0, err
	}
	v, err := a.view(ctx)
	if err != nil {
		return 0, err
	}
	id, ok := v.Lookup(address)
	if !ok {
		return 0, fault.New(fault.NotFound, "there is no contact %s", address)
	}
	return int64(id), nil
}
