package app

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Rules keeps shared rules and applies any rule.
type Rules struct{ app *App }

// Rules gives the service.
func (a *App) Rules() *Rules { return &Rules{app: a} }

// RuleSummary is a line of the list of rules.
type RuleSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Note      string   `json:"note"`
	Branches  int      `json:"branches"` // nested ones included
	Sentence  string   `json:"sentence"`
	UpdatedAt int64    `json:"updated_at"`
	UsedBy    []string `json:"used_by"`
}

// Rule is a shared rule as it is edited.
type Rule struct {
	Slug      string          `json:"slug"`
	Name      string          `json:"name"`
	Note      string          `json:"note"`
	Rule      json.RawMessage `json:"rule" ts_type:"RuleBody"`
	Version   int             `json:"version"`
	UpdatedAt int64           `json:"updated_at"`
}

// List gives every shared rule.
func (s *Rules) List(ctx context.Context) ([]RuleSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []RuleSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.RuleKind)
		for _, d := range all {
			one := RuleSummary{Slug: d.Slug, Name: d.Name, Note: d.Note, UpdatedAt: d.UpdatedAt, UsedBy: users.of(store.RuleKind, d.Slug)}
			if r, err := rule.Parse([]byte(d.Body)); err == nil {
				one.Branches, one.Sentence = len(r.Conditions()), rule.Describe(r, schema)
			}
			list = append(list, one)
		}
		return err
	})
	return list, err
}

// Get gives a rule for editing.
func (s *Rules) Get(ctx context.Context, slug string) (Rule, error) {
	d, err := s.app.definition(ctx, store.RuleKind, slug)
	return ruleOf(d), err
}

func ruleOf(d store.Definition) Rule {
	return Rule{Slug: d.Slug, Name: d.Name, Note: d.Note, Rule: json.RawMessage(d.Body), Version: d.Version, UpdatedAt: d.UpdatedAt}
}

// Put saves a rule as a new version; see Segments.Put. Every condition must be
// whole.
func (s *Rules) Put(ctx context.Context, r Rule, base int) (Rule, error) {
	w, err := s.app.current()
	if err != nil {
		return Rule{}, err
	}
	parsed, err := rule.Parse(r.Rule)
	if err != nil {
		return Rule{}, err
	}
	if r.Slug == "" {
		r.Slug = segment.Slug(r.Name)
	}
	if err := segment.CheckSlug(r.Slug); err != nil {
		return Rule{}, err
	}
	if strings.TrimSpace(r.Name) == "" {
		return Rule{}, fault.At(fault.Invalid, "name", "give the rule a name")
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return Rule{}, err
	}
	if err := parsed.Validate(v.Schema(), v.Segment); err != nil {
		return Rule{}, err
	}
	body, err := json.Marshal(parsed)
	if err != nil {
		return Rule{}, err
	}
	var saved store.Definition
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		saved, err = tx.PutDefinition(store.Definition{
			Kind: store.RuleKind, Slug: r.Slug, Name: r.Name, Note: r.Note, Body: string(body),
		}, base, "", s.app.options.Actor)
		return err
	})
	return ruleOf(saved), err
}

// Remove takes a rule away; one that others use is fault.Conflict, naming them.
func (s *Rules) Remove(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.RuleKind, slug)
}

// RuleCount is a rule applied to everybody.
type RuleCount struct {
	Total     int                    `json:"total"`
	Branches  []audience.BranchCount `json:"branches"`
	Defaulted int                    `json:"defaulted"` // left to the rule's default, or to nothing
}

// Count applies a rule to everybody.
func (s *Rules) Count(ctx context.Context, r json.RawMessage) (RuleCount, error) {
	parsed, err := rule.Parse(r)
	if err != nil {
		return RuleCount{}, err
	}
	var c RuleCount
	err = s.app.withView(ctx, func(v *audience.View) error {
		c.Total = v.Total()
		c.Branches, c.Defaulted, err = v.RuleCounts(ctx, parsed)
		return err
	})
	return c, err
}

// RuleTrace is how a rule chose for one contact.
type RuleTrace struct {
	Chosen string      `json:"chosen"` // "" when nothing was chosen
	Path   string      `json:"path"`
	Tried  []RuleTried `json:"tried"` // in order; branches after the taken one are not tried
}

// RuleTried is one branch that was tried.
type RuleTried struct {
	Path        string                `json:"path"`
	Name        string                `json:"name"`
	Holds       bool                  `json:"holds"`
	Explanation condition.Explanation `json:"explanation"`
}

// Explain applies a rule to one contact and says why.
func (s *Rules) Explain(ctx context.Context, r json.RawMessage, id int64) (RuleTrace, error) {
	parsed, err := rule.Parse(r)
	if err != nil {
		return RuleTrace{}, err
	}
	var t RuleTrace
	err = s.app.withView(ctx, func(v *audience.View) error {
		j, err := v.Judge(ctx)
		if err != nil {
			return err
		}
		t, err = traceOf(parsed, j, contact.ID(id))
		return err
	})
	return t, err
}

func traceOf(r rule.Rule, j rule.Judge, id contact.ID) (RuleTrace, error) {
	c, err := rule.Choose(r, j, id)
	if err != nil {
		return RuleTrace{}, err
	}
	t := RuleTrace{Chosen: c.Chosen, Path: c.Path, Tried: []RuleTried{}}
	for _, tried := range c.Tried {
		e, err := tried.Explain(j, id)
		if err != nil {
			return RuleTrace{}, err
		}
		t.Tried = append(t.Tried, RuleTried{tried.Path, tried.Name, tried.Holds, e})
	}
	return t, nil
}
