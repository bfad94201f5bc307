package personalize

import (
	"errors"
	"testing"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/render"
)

// Equal causes are equal, and nothing of a person is in them.
func TestCausesAreGroupedWithoutThePerson(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{`invalid integer: "Anna"`, `invalid integer: "Bob O’Neil"`, `invalid integer: “…”`},
		{`the message has 2100421 bytes`, `the message has 3,000,000 bytes`, `the message has … bytes`},
		{`no mail to anna@post.example`, `no mail to bob@post.example`, `no mail to …`},
		{`the block "picks" has nothing to show`, `the block "picks" has nothing to show`, `the block "picks" has nothing to show`},
		{`divided by 0`, `divided by 0`, `divided by 0`},
	} {
		if normal(c.a) != c.want || normal(c.b) != c.want {
			t.Errorf("%q and %q, want %q", normal(c.a), normal(c.b), c.want)
		}
	}
	if scheme("javascript:alert('Anna')") != "javascript:" || scheme("anna/bob:x") != "no address that a mail may link to" {
		t.Error("an address that was taken out tells of its person")
	}
}

func TestEachProblemOnce(t *testing.T) {
	r := Result{Err: errors.Join(fault.At(fault.Invalid, "greet, line 2", "divided by 0"))}
	r.Message.Bytes = CutAt + 1
	r.Message.Blocks = []render.BlockPart{{ID: "own", HTML: `<img src="">`}}
	r.Trace = render.Trace{
		Missing: []render.Missing{{Name: "first_name", Where: "subject", Covered: true}},
		Refused: []string{"javascript:a", "javascript:b"},
		Blocks: []render.BlockTrace{
			{ID: "greet", Missing: []render.Missing{{Name: "country", Where: "greet", Line: 1}, {Name: "country", Where: "greet", Line: 2}}},
			{ID: "offer", Fallback: true, Reason: "city is missing", Missing: []render.Missing{{Name: "city", Where: "offer", Covered: true}}},
			{ID: "picks", Picks: []render.PickTrace{{SKU: "A"}, {SKU: "B", NoImage: true}, {SKU: "C", NoImage: true}}},
		},
	}
	got := map[campaign.Problem]int{}
	for _, p := range r.Problems(nil) {
		got[p]++
	}
	want := []campaign.Problem{
		{Kind: campaign.NotMade, Place: "greet, line 2", Message: "divided by 0"},
		{Kind: campaign.Oversize, Message: "the message is larger than 102 KB, and Gmail would cut it"},
		{Kind: campaign.StandIn, Place: "subject", Message: "first_name"},
		{Kind: campaign.Missing, Place: "greet", Message: "country"},
		{Kind: campaign.Fallback, Place: "offer", Message: "city is missing"},
		{Kind: campaign.NoPicture, Place: "picks", Message: "a product without a picture"},
		{Kind: campaign.NoPicture, Place: "own", Message: "a picture without an address"},
		{Kind: campaign.Refused, Message: "javascript:"},
	}
	for _, p := range want {
		if got[p] != 1 {
			t.Errorf("%v came %d times", p, got[p])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d problems, want %d: %v", len(got), len(want), got)
	}
}
