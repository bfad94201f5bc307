package app

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// usage tells which definitions name which others: "segment/vip" → "campaign autumn".
type usage map[string][]string

// of gives what names a definition; never nil.
func (u usage) of(kind, slug string) []string {
	users := slices.Clone(u[kind+"/"+slug])
	slices.Sort(users)
	return append([]string{}, slices.Compact(users)...)
}

// references are the fields of definitions that name others, and the kind they
// name. A condition's segment, a group's segments, a campaign's lists, template and ESP, a choice's
// shared rule, and a reusable block are all that there is.
func references(field string) string {
	switch field {
	case "segment", "segments", "include", "exclude":
		return store.SegmentKind
	case "rule_slug":
		return store.RuleKind
	case "block":
		return store.BlockKind
	case "template":
		return store.TemplateKind
	case "esp":
		return store.ESPKind
	}
	return ""
}

// askedServices finds the content services that Liquid names.
var askedServices = regexp.MustCompile(`\bservices\.([A-Za-z0-9_-]+)`)

// readUsage looks through every definition.
func readUsage(tx *store.Tx) (usage, error) {
	u := usage{}
	for _, kind := range []string{store.SegmentKind, store.GroupKind, store.RuleKind, store.BlockKind, store.TemplateKind, store.CampaignKind} {
		all, err := tx.Definitions(kind)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			var body any
			if json.Unmarshal([]byte(d.Body), &body) == nil {
				u.walk(kind+" "+d.Slug, "", body)
			}
		}
	}
	return u, nil
}

func (u usage) walk(user, field string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			u.walk(user, name, inner)
		}
	case []any:
		for _, inner := range v {
			u.walk(user, field, inner)
		}
	case string:
		for _, m := range askedServices.FindAllStringSubmatch(v, -1) {
			u[store.ServiceKind+"/"+m[1]] = append(u[store.ServiceKind+"/"+m[1]], user)
		}
		if slug, ok := catalog.SavedSource(v); ok && field == "source" {
			u[store.RecommendationKind+"/"+slug] = append(u[store.RecommendationKind+"/"+slug], user)
		}
		if kind := references(field); kind != "" {
			u[kind+"/"+v] = append(u[kind+"/"+v], user)
		}
	}
}

// removeDefinition takes a definition away unless others name it.
func (a *App) removeDefinition(ctx context.Context, kind, slug string) error {
	w, err := a.current()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		u, err := readUsage(tx)
		if err != nil {
			return err
		}
		if users := u.of(kind, slug); len(users) > 0 {
			return fault.New(fault.Conflict, "the %s %q is used by %s; take it out there first", kind, slug, strings.Join(users, ", "))
		}
		return tx.RemoveDefinition(kind, slug)
	})
}
