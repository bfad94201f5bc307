package personalize

import (
	"context"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/store"
)

// library is what templates refer to, as it is saved now.
type library struct {
	blocks map[string][]content.Block
	rules  map[string]rule.Rule
}

// Blocks implements render.Library.
func (l library) Blocks(slug string) ([]content.Block, bool) { b, ok := l.blocks[slug]; return b, ok }

// Rule implements render.Library.
func (l library) Rule(slug string) (rule.Rule, bool) { r, ok := l.rules[slug]; return r, ok }

func (p *Personalizer) library(ctx context.Context) (library, error) {
	l := library{blocks: map[string][]content.Block{}, rules: map[string]rule.Rule{}}
	err := p.store.Read(ctx, func(tx *store.Tx) error {
		blocks, err := tx.Definitions(store.BlockKind)
		if err != nil {
			return err
		}
		for _, d := range blocks {
			if l.blocks[d.Slug], err = content.ParseBlocks([]byte(d.Body)); err != nil {
				return err
			}
		}
		rules, err := tx.Definitions(store.RuleKind)
		if err != nil {
			return err
		}
		for _, d := range rules {
			if l.rules[d.Slug], err = rule.Parse([]byte(d.Body)); err != nil {
				return err
			}
		}
		return nil
	})
	return l, err
}

// lone answers conditions for one person at a time.
type lone struct {
	ctx  context.Context
	view *audience.View
}

// Holds implements rule.Judge.
func (l lone) Holds(n condition.Node, id contact.ID) (bool, error) {
	return l.view.Holds(l.ctx, n, id)
}

// Explain implements rule.Judge.
func (l lone) Explain(n condition.Node, id contact.ID) (condition.Explanation, error) {
	return l.view.Explain(l.ctx, n, id)
}
