package app

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/review"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/store"
)

// ContentFinding is one thing to mend in a template, at its place.
type ContentFinding struct {
	Severity string `json:"severity"` // error, warning, note
	Block    string `json:"block"`    // the id of the block; "" for the template itself
	Place    string `json:"place"`    // subject, blocks[1].variants.vip.url
	Message  string `json:"message"`
	Line     int    `json:"line"` // in the text at the place, from 1; 0 when it speaks of all of it
	Column   int    `json:"column"`
}

// Check lists what is wrong or unwise in a template that need not be saved, nor
// be whole.
func (s *Content) Check(ctx context.Context, template json.RawMessage) ([]ContentFinding, error) {
	findings := []ContentFinding{}
	t, problems := content.ParseDraft(template)
	for _, p := range problems {
		findings = append(findings, ContentFinding{Severity: string(review.Error), Place: p.Path, Message: p.Message})
	}
	if len(problems) > 0 {
		return findings, nil
	}
	known, err := s.known(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range review.Template(t, known) {
		findings = append(findings, ContentFinding{
			Severity: string(f.Severity), Block: f.Block, Place: f.Place, Message: f.Message, Line: f.Line, Column: f.Column,
		})
	}
	return findings, nil
}

// known gathers what the workspace has, read once.
func (s *Content) known(ctx context.Context) (k review.Known, err error) {
	w, err := s.app.current()
	if err != nil {
		return k, err
	}
	err = s.app.withView(ctx, func(v *audience.View) error {
		k.Schema, k.Segments, k.Total = v.Schema(), v.Segment, v.Total()
		k.Filled, err = v.Filled(ctx)
		return err
	})
	if err != nil {
		return k, err
	}
	blocks, rules, assets := map[string][]content.Block{}, map[string]rule.Rule{}, map[string]bool{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.BlockKind)
		if err != nil {
			return err
		}
		for _, d := range all {
			blocks[d.Slug], _ = content.ParseBlocksDraft([]byte(d.Body))
		}
		if all, err = tx.Definitions(store.RuleKind); err != nil {
			return err
		}
		for _, d := range all {
			if r, err := rule.Parse([]byte(d.Body)); err == nil {
				rules[d.Slug] = r
			}
		}
		names, err := tx.AssetNames()
		for _, n := range names {
			assets[n] = true
		}
		return err
	})
	k.Block = func(slug string) ([]content.Block, bool) { b, ok := blocks[slug]; return b, ok }
	k.Rule = func(slug string) (rule.Rule, bool) { r, ok := rules[slug]; return r, ok }
	k.Asset = func(name string) bool { return assets[name] }
	return k, err
}

// Variable is a name that texts can use.
type Variable struct {
	Name   string `json:"name"` // as it is written: first_name, last_order.total
	Label  string `json:"label"`
	Type   string `json:"type"`
	Sample string `json:"sample"` // a value that someone has; may be empty
	Filled int    `json:"filled"` // how many contacts have it; -1 for what everybody has or is not counted
}

// sampled is how many contacts are looked at for sample values.
const sampled = 200

// Variables gives the names for the menu of variables: attributes, best filled
// ones with a sample, then what e-mails know besides.
func (s *Content) Variables(ctx context.Context) ([]Variable, error) {
	list := []Variable{}
	err := s.app.withView(ctx, func(v *audience.View) error {
		list = list[:0]
		filled, err := v.Filled(ctx)
		if err != nil {
			return err
		}
		some, err := v.Find(ctx, audience.Query{Limit: sampled})
		if err != nil {
			return err
		}
		for _, a := range v.Schema().AttributeList() {
			if a.Computed && a.Name != "email" && a.Name != "external_id" {
				continue
			}
			sample, err := sampleOf(v, some.IDs, a.Name)
			if err != nil {
				return err
			}
			list = append(list, Variable{Name: a.Name, Label: a.Label, Type: string(a.Type), Sample: sample, Filled: filled[a.Name]})
		}
		return nil
	})
	for _, o := range review.Objects() {
		list = append(list, Variable{Name: o.Name, Label: o.Label, Type: o.Type, Sample: o.Sample, Filled: -1})
	}
	return list, err
}

func sampleOf(v *audience.View, ids []contact.ID, attribute string) (string, error) {
	for _, id := range ids {
		value, err := v.Value(id, attribute)
		if err != nil {
			return "", err
		}
		if value.IsSet() {
			return value.String(), nil
		}
	}
	return "", nil
}
