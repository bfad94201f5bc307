package proof_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/render"
)

// outline is a template with one choice of three ways, and a fallback.
var outline = render.Outline{
	Choices: []render.ChoiceOutline{{PlaceOutline: render.PlaceOutline{ID: "offer", Path: "blocks[0]"}, Ways: []render.WayOutline{
		{Path: "branches[0]", Name: "Best", Variant: "vip"}, {Path: "branches[1]", Name: "Germany", Variant: "vip"}, {Path: "default", Variant: "all"}, {},
	}}},
	Fallbacks: []render.PlaceOutline{{ID: "offer", Path: "blocks[0]"}},
}

// result makes up what rendering gave for a person who took a branch.
func result(id contact.ID, branch string, missing ...string) personalize.Result {
	variant := map[string]string{"branches[0]": "vip", "branches[1]": "vip", "default": "all"}[branch]
	r := personalize.Result{Contact: id, Message: render.Message{Subject: "Hello", Bytes: 1000}, Hash: [32]byte{byte(id), byte(id >> 8), 1}}
	b := render.BlockTrace{ID: "offer", Path: "blocks[0]", Kind: "choice", Variant: variant, Rule: &render.RuleTrace{Chosen: variant, Path: branch}}
	for _, name := range missing {
		b.Missing = append(b.Missing, render.Missing{Name: name, Where: "offer"})
	}
	r.Trace.Blocks = append(r.Trace.Blocks, b)
	return r
}

func TestEveryGapIsFoundWithItsPeople(t *testing.T) {
	c := proof.NewCollector(outline)
	broken := result(1, "branches[0]")
	broken.Err = fault.At(fault.Invalid, "blocks[2]", "there is nothing to show")
	empty := result(2, "branches[0]")
	empty.Message.Subject = "  "
	large := result(3, "default")
	large.Message.Bytes = personalize.CutAt + 1
	refused := result(4, "default")
	refused.Trace.Refused = []string{"javascript:alert(1)"}
	fell := result(5, "default")
	fell.Trace.Blocks[0].Fallback, fell.Trace.Blocks[0].Reason = true, "city is missing"
	covered := result(6, "default")
	covered.Trace.Blocks[0].Missing = []render.Missing{{Name: "first_name", Where: "offer", Covered: true}}
	for _, r := range []personalize.Result{broken, empty, large, refused, fell, covered, result(7, "default", "country"), result(8, "default", "country")} {
		c.Add(r)
	}
	p := c.Proof()
	if p.Messages != 8 || p.Failed != 1 {
		t.Errorf("%d messages, %d failed", p.Messages, p.Failed)
	}
	want := map[campaign.ProblemKind][]contact.ID{
		campaign.NotMade: {1}, campaign.NoSubject: {2}, campaign.Oversize: {3}, campaign.Refused: {4}, campaign.Fallback: {5}, campaign.StandIn: {6}, campaign.Missing: {7, 8},
	}
	for _, g := range p.Groups {
		if !slices.Equal(g.Contacts, want[g.Kind]) || g.Count != len(want[g.Kind]) {
			t.Errorf("%s %q: %d people %v, want %v", g.Kind, g.Message, g.Count, g.Contacts, want[g.Kind])
		}
		delete(want, g.Kind)
	}
	if len(want) != 0 {
		t.Errorf("not found: %v", want)
	}
	if p.Groups[0].Kind != campaign.NotMade {
		t.Errorf("the gravest is not first: %s", p.Groups[0].Kind)
	}
}

// TestWhatNobodyGetsIsSeen: every branch is a row, with nobody too, and two branches
// to one variant are two ways.
func TestWhatNobodyGetsIsSeen(t *testing.T) {
	c := proof.NewCollector(outline)
	c.Add(result(1, "branches[0]"))
	c.Add(result(2, "branches[1]"))
	early := personalize.Result{Contact: 3, Err: errors.New("the subject fails")}
	c.Add(early)
	p := c.Proof()
	var said []string
	for _, r := range p.Rows {
		said = append(said, fmt.Sprintf("%s %s %q: %d", r.Sort, r.Branch, r.Variant, r.Count))
	}
	want := []string{`branch branches[0] "vip": 1`, `branch branches[1] "vip": 1`, `branch default "all": 0`, `nothing  "": 0`, `fallback  "": 0`, `not_reached  "": 1`}
	if !slices.Equal(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
	words := map[contact.ID]string{}
	for _, w := range p.Ways {
		words[w.Contact] = strings.Join(w.Words, "; ")
	}
	all := proof.NewCollector(outline)
	all.Add(result(1, "branches[0]", "country"))
	all.Add(result(2, "default", "country"))
	for _, w := range all.Proof().Ways {
		if len(w.Words) != 1 || strings.Contains(w.Words[0], "country") {
			t.Errorf("what everybody lacks sets nobody apart: %q", w.Words)
		}
	}
	if words[1] != "offer: vip (Best)" || words[2] != "offer: vip (Germany)" || words[3] != "no message: the subject fails" {
		t.Errorf("%v", words)
	}
}

// Whatever came out: ways share all messages out among them, the rows of a choice
// add up to all of them, each group counts its people, people of one way got the
// same, and the ways that add something show every item.
func TestNumbersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := proof.NewCollector(outline)
		branches, gaps, ways, bodies := map[string]int{}, map[string]int{}, map[string]int{}, map[byte]int{}
		n := rapid.IntRange(1, 60).Draw(t, "people")
		fell := 0
		for i := range n {
			branch := rapid.SampledFrom([]string{"branches[0]", "branches[1]", "default", ""}).Draw(t, "branch")
			gap := rapid.SampledFrom([]string{"", "country", "city"}).Draw(t, "gap")
			r := result(contact.ID(i+1), branch)
			if gap != "" {
				r = result(contact.ID(i+1), branch, gap)
			}
			r.Hash = [32]byte{rapid.ByteRange(1, 9).Draw(t, "body")}
			bodies[r.Hash[0]]++
			if rapid.Bool().Draw(t, "falls back") {
				r.Trace.Blocks[0].Fallback = true
				fell++
				ways["fallback"]++
			} else {
				branches[branch]++
				gaps[gap]++
				ways[branch+"/"+gap]++
			}
			c.Add(r)
		}
		p := c.Proof()
		sum, seen, all := 0, map[int]bool{}, map[int]bool{}
		for i, w := range p.Ways {
			sum += w.Count
			if i > 0 && w.Count < p.Ways[i-1].Count {
				t.Fatal("the rarest is not first")
			}
			for _, item := range w.Items {
				all[item] = true
				seen[item] = seen[item] || w.Adds
			}
		}
		if sum != n || len(p.Ways) != len(ways) || len(c.People()) != n {
			t.Fatalf("%d ways of %d people, want %d of %d", len(p.Ways), sum, len(ways), n)
		}
		for item := range all {
			if !seen[item] {
				t.Fatalf("no way that adds something shows item %d", item)
			}
		}
		rows := 0
		for _, r := range p.Rows {
			rows += r.Count
			if r.Sort != proof.ByFallback && r.Count != branches[r.Branch] || r.Sort == proof.ByFallback && r.Count != fell {
				t.Fatalf("%s %q has %d people, want %d", r.Sort, r.Branch, r.Count, branches[r.Branch])
			}
			inWays := 0
			for _, w := range p.Ways {
				if slices.Contains(p.WaysWith(r.Item), w.Number) {
					inWays += w.Count
				}
			}
			if inWays != r.Count {
				t.Fatalf("%s %q: its ways have %d people, it has %d", r.Sort, r.Branch, inWays, r.Count)
			}
		}
		if rows != n {
			t.Fatalf("the rows of the choice have %d people of %d", rows, n)
		}
		for _, g := range p.Groups {
			if g.Kind == campaign.Missing && g.Count != gaps[g.Message] {
				t.Fatalf("%d people have no %s, want %d", g.Count, g.Message, gaps[g.Message])
			}
		}
		alike := 0
		for _, count := range bodies {
			if count > 1 {
				alike += count
			}
		}
		if p.Alike != alike {
			t.Fatalf("%d get what somebody else gets, want %d", p.Alike, alike)
		}
	})
}

func TestTwoProofsCompare(t *testing.T) {
	before, now := proof.NewCollector(outline), proof.NewCollector(outline)
	before.Add(result(1, "branches[0]", "country"))
	before.Add(result(2, "default", "city"))
	now.Add(result(1, "default", "country"))
	now.Add(result(2, "default"))
	was, p := proof.CountsOf(before.Proof()), now.Proof()
	if n := was.Group(p.Groups[0].Problem); len(p.Groups) != 1 || n != 1 {
		t.Errorf("%d people had no country before", n)
	}
	if gone := was.Gone(p); len(gone) != 1 || gone[0].Message != "city" {
		t.Errorf("gone: %v", gone)
	}
	for _, r := range p.Rows {
		want := map[string]int{"branches[0]": 1, "default": 1}[r.Branch]
		if got := was.Row(r); got != want {
			t.Errorf("%s %q had %d, want %d", r.Sort, r.Branch, got, want)
		}
	}
	if n := was.Row(proof.Row{Sort: proof.ByBranch, Path: "blocks[9]"}); n != -1 {
		t.Errorf("a choice that was not there had %d", n)
	}
}
