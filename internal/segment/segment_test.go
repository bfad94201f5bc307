package segment_test

import (
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
)

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"VIP": "vip", "Été 2026!": "ete-2026", "  a -- b ": "a-b", "日本": "", "win-back": "win-back",
	} {
		if got := segment.Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
	for _, bad := range []string{"", "a b", "-a", "é", "a/b", strings.Repeat("a", 65)} {
		if err := segment.CheckSlug(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("the slug %q was taken: %v", bad, err)
		}
	}
}

func TestASegmentMustNotLeadBackToItself(t *testing.T) {
	refer := func(slug string) condition.Node {
		return condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In}
	}
	others := func(slug string) (condition.Node, bool) {
		return map[string]condition.Node{"b": refer("c"), "c": refer("a")}[slug], slug == "b" || slug == "c"
	}
	err := segment.Segment{Slug: "a", Name: "A", Condition: refer("b")}.Check(contact.Schema{}, others)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "a → b → c → a") {
		t.Errorf("the circle a → b → c → a: %v", err)
	}
	if err := (segment.Segment{Slug: "d", Name: "D", Condition: condition.Node{Kind: condition.Everyone}}).Check(contact.Schema{}, others); err != nil {
		t.Errorf("a good one: %v", err)
	}
}
