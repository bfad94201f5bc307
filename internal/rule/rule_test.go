package rule_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/rule"
)

// yes is a judge for whom the segments it names hold.
type yes []string

func (y yes) Holds(n condition.Node, _ contact.ID) (bool, error) {
	if n.Segment == "broken" {
		return false, fault.New(fault.Invalid, "it cannot be answered")
	}
	return slices.Contains(y, n.Segment), nil
}

func (y yes) Explain(n condition.Node, id contact.ID) (condition.Explanation, error) {
	holds, err := y.Holds(n, id)
	return condition.Explanation{Holds: holds}, err
}

const offers = `{"branches":[
	{"name":"VIP","when":{"kind":"segment","segment":"vip","op":"in"},"then":{"branches":[
		{"name":"quiet","when":{"kind":"segment","segment":"quiet","op":"in"},"choose":"gift"}]}},
	{"name":"Germany","when":{"kind":"segment","segment":"german","op":"in"},"then":{"branches":[
		{"when":{"kind":"segment","segment":"quiet","op":"in"},"choose":"nachricht"}],"default":"hallo"}},
	{"name":"Broken","when":{"kind":"segment","segment":"broken","op":"in"},"choose":"x"}],"default":"all"}`

func TestTheFirstBranchThatHoldsIsTaken(t *testing.T) {
	r, err := rule.Parse([]byte(offers))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		in     yes
		chosen string
		path   string
		tried  int
	}{
		{"nested, inner branch", yes{"vip", "quiet"}, "gift", "branches[0].then.branches[0]", 2},
		{"a nested rule that chooses nothing falls through", yes{"vip", "german"}, "hallo", "branches[1].then.default", 4},
		{"the inner default", yes{"german"}, "hallo", "branches[1].then.default", 3},
		{"a later branch", yes{"german", "quiet"}, "nachricht", "branches[1].then.branches[0]", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := rule.Choose(r, c.in, 1)
			if err != nil {
				t.Fatal(err)
			}
			if got.Chosen != c.chosen || got.Path != c.path || len(got.Tried) != c.tried {
				t.Errorf("chose %q by %s after %d, want %q by %s after %d", got.Chosen, got.Path, len(got.Tried), c.chosen, c.path, c.tried)
			}
		})
	}
	if _, err := rule.Choose(r, yes{}, 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("a condition that cannot be answered: %v", err)
	}
	r.Branches = r.Branches[:2]
	if got, err := rule.Choose(r, yes{}, 1); err != nil || got.Chosen != "all" || got.Path != "default" {
		t.Errorf("nobody's case: %+v, %v", got, err)
	}
}

// Any text is read or refused; what is read is the same when it is written and
// read again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(offers))
	f.Add([]byte(`{"default":"x"}`))
	f.Add([]byte(`{"branches":[{"when":{"kind":"everyone"}}]}`))
	f.Add([]byte(strings.Repeat(`{"branches":[{"when":{"kind":"everyone"},"then":`, 60)))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := rule.Parse(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		r.Conditions()
		r.Choices()
		written, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := rule.Parse(written)
		if err != nil {
			t.Fatalf("%s is written as %s, which is refused: %v", data, written, err)
		}
		if twice, err := json.Marshal(again); err != nil || !bytes.Equal(twice, written) {
			t.Fatalf("written %s, and again %s (%v)", written, twice, err)
		}
	})
}
