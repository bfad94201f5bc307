package proof_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/render"
)

// result makes up what rendering gave for a person.
func result(id contact.ID, variant string, missing ...string) personalize.Result {
	r := personalize.Result{Contact: id, Message: render.Message{Subject: "Hello", Bytes: 1000}}
	b := render.BlockTrace{ID: "offer", Path: "blocks[0]", Kind: "choice", Variant: variant, Rule: &render.RuleTrace{Chosen: variant, Path: "branches[0]"}}
	for _, name := range missing {
		b.Missing = append(b.Missing, render.Missing{Name: name, Where: "offer"})
	}
	r.Trace.Blocks = append(r.Trace.Blocks, b)
	return r
}

func TestEveryGapIsFoundWithItsPeople(t *testing.T) {
	c := proof.NewCollector()
	broken := result(1, "vip")
	broken.Err = fault.At(fault.Invalid, "blocks[2]", "there is nothing to show")
	empty := result(2, "vip")
	empty.Message.Subject = "  "
	large := result(3, "all")
	large.Message.Bytes = proof.CutAt + 1
	refused := result(4, "all")
	refused.Trace.Refused = []string{"javascript:alert(1)"}
	fell := result(5, "all")
	fell.Trace.Blocks[0].Fallback, fell.Trace.Blocks[0].Reason = true, "city is missing"
	covered := result(6, "all")
	covered.Trace.Blocks[0].Missing = []render.Missing{{Name: "first_name", Covered: true}}
	for _, r := range []personalize.Result{broken, empty, large, refused, fell, covered, result(7, "all", "country"), result(8, "all", "country")} {
		c.Add(r)
	}
	p := c.Proof()
	if p.Messages != 8 || p.Failed != 1 {
		t.Errorf("%d messages, %d failed", p.Messages, p.Failed)
	}
	want := map[proof.Kind][]contact.ID{proof.Failed: {1}, proof.Empty: {2}, proof.Oversize: {3}, proof.Refused: {4}, proof.Fallback: {5}, proof.Missing: {7, 8}}
	for _, g := range p.Groups {
		ids := want[g.Kind]
		if g.Count != len(ids) || len(g.Contacts) != len(ids) || g.Contacts[0] != ids[0] {
			t.Errorf("%s %q: %d people %v, want %v", g.Kind, g.Message, g.Count, g.Contacts, ids)
		}
		delete(want, g.Kind)
	}
	if len(want) != 0 {
		t.Errorf("not found: %v", want)
	}
	if p.Groups[0].Kind != proof.Failed {
		t.Errorf("the gravest is not first: %s", p.Groups[0].Kind)
	}
}

func TestACauseWithoutACodeIsStillTold(t *testing.T) {
	c := proof.NewCollector()
	r := result(1, "a")
	r.Err = errors.New("disk on fire")
	c.Add(r)
	if g := c.Proof().Groups[0]; !strings.Contains(g.Message, "disk on fire") {
		t.Errorf("the group says %q", g.Message)
	}
}

// Whatever came out: specimens share all messages out among them, each variant
// counts its people, and people of one specimen got the same.
func TestNumbersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := proof.NewCollector()
		variants := map[string]int{}
		ways := map[string]int{}
		n := rapid.IntRange(1, 60).Draw(t, "people")
		for i := range n {
			v := rapid.SampledFrom([]string{"vip", "all", ""}).Draw(t, "variant")
			gap := rapid.SampledFrom([]string{"", "country", "city"}).Draw(t, "gap")
			variants[v]++
			ways[v+"/"+gap]++
			if gap == "" {
				c.Add(result(contact.ID(i+1), v))
			} else {
				c.Add(result(contact.ID(i+1), v, gap))
			}
		}
		p := c.Proof()
		sum := 0
		for i, s := range p.Specimens {
			sum += s.Count
			if i > 0 && s.Count < p.Specimens[i-1].Count {
				t.Fatal("the rarest is not first")
			}
		}
		if sum != n || len(p.Specimens) != len(ways) {
			t.Fatalf("%d specimens of %d people, want %d of %d", len(p.Specimens), sum, len(ways), n)
		}
		for _, v := range p.Variants {
			if v.Count != variants[v.Variant] {
				t.Fatalf("%q has %d people, want %d", v.Variant, v.Count, variants[v.Variant])
			}
		}
	})
}
