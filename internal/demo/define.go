package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/store"
)

//go:embed shop/*.json
var shop embed.FS

// document is a definition as the files of the folder shop hold it.
type document struct {
	Slug string          `json:"slug"`
	Name string          `json:"name"`
	Note string          `json:"note"`
	Body json.RawMessage `json:"body"`
}

// define writes segments, rules, recommendations, blocks, templates, a sender and campaigns, in the
// order in which they refer to each other, and the settings of the workspace.
func define(tx *store.Tx) error {
	for _, kind := range []string{store.SegmentKind, store.RuleKind, store.RecommendationKind, store.BlockKind, store.TemplateKind, store.ESPKind, store.CampaignKind} {
		data, err := shop.ReadFile("shop/" + kind + ".json")
		if err != nil {
			return err
		}
		var documents []document
		if err := json.Unmarshal(data, &documents); err != nil {
			return fmt.Errorf("%s.json: %w", kind, err)
		}
		for _, d := range documents {
			definition := store.Definition{Kind: kind, Slug: d.Slug, Name: d.Name, Note: d.Note, Body: string(d.Body)}
			if _, err := tx.PutDefinition(definition, 0, "", "demo"); err != nil {
				return err
			}
		}
	}
	for slug, owner := range map[string]string{"vip": "Niamh", "abandoned-cart": "Tilda"} {
		today := int64(civil.DateOf(tx.Now(), time.UTC))
		review := today + 30
		if slug == "vip" {
			review = today - 4 // one that is due
		}
		if err := tx.LookAfterSegment(slug, owner, &review); err != nil {
			return err
		}
	}
	return tx.SetSetting("general", map[string]string{
		"postal_address":      "Tilda & Fern, 14 Fade Street, Dublin D02 X285, Ireland",
		"default_from_name":   Name,
		"default_from_email":  "hello@tildaandfern.example",
		"default_reply_to":    "hello@tildaandfern.example",
		"default_unsubscribe": "mailto:unsubscribe@tildaandfern.example?subject=unsubscribe",
	})
}
