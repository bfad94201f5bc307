package audience_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

func viewOf(t *rapid.T, w world) *audience.View {
	v, err := audience.New(w.data).At(context.Background(), w.asOf)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The engine's answer for everybody is the plain reading's, and its answer and
// explanation for each one agree with it.
func TestEngineAgreesWithThePlainReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		w.data.segments["drawn"] = w.condition(1).Key()
		n := w.condition(3)
		parsed, err := condition.Parse([]byte(n.Key()))
		if err != nil {
			t.Fatalf("%s: %v", n.Key(), err)
		}
		v := viewOf(t, w)
		got, err := v.Members(ctx, parsed)
		if err != nil {
			t.Fatalf("%s: %v", n.Key(), err)
		}
		r := reference{w.data, w.asOf}
		want := []contact.ID{}
		for _, p := range w.data.people {
			id := contact.ID(p.id)
			in := r.holds(parsed, p)
			if in {
				want = append(want, id)
			}
			if holds, err := v.Holds(ctx, parsed, id); err != nil || holds != in {
				t.Fatalf("for one, %d: %v, %v; want %v of\n%s", id, holds, err, in, n.Key())
			}
			if e, err := v.Explain(ctx, parsed, id); err != nil || e.Holds != in {
				t.Fatalf("explained, %d: %v, %v; want %v of\n%s", id, e.Holds, err, in, n.Key())
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("members %v, want %v, of\n%s", got, want, n.Key())
		}
	})
}

// NOT is the exact complement and De Morgan's laws hold, for any conditions.
func TestAlgebra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		a, b := w.condition(1), w.condition(1)
		v := viewOf(t, w)
		count := func(n condition.Node) int {
			c, err := v.Count(ctx, n)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		group := func(k condition.Kind, nodes ...condition.Node) condition.Node {
			return condition.Node{Kind: k, Children: nodes}
		}
		members := func(n condition.Node) []contact.ID {
			ids, err := v.Members(ctx, n)
			if err != nil {
				t.Fatal(err)
			}
			return ids
		}
		not := func(n condition.Node) condition.Node { return group(condition.None, n) }
		if count(a)+count(not(a)) != v.Total() {
			t.Fatalf("not is no complement of %s", a.Key())
		}
		for name, pair := range map[string][2]condition.Node{
			"not any is all not": {not(group(condition.Any, a, b)), group(condition.All, not(a), not(b))},
			"not all is any not": {not(group(condition.All, a, b)), group(condition.Any, not(a), not(b))},
			"none is not any":    {group(condition.None, a, b), not(group(condition.Any, a, b))},
			"twice not":          {not(not(a)), a},
			"order":              {group(condition.All, a, b), group(condition.All, b, a)},
		} {
			if !slices.Equal(members(pair[0]), members(pair[1])) {
				t.Fatalf("%s fails for %s and %s", name, a.Key(), b.Key())
			}
		}
	})
}

// The counts of all nodes are the counts of the nodes on their own.
func TestNodeCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		n := condition.Node{Kind: condition.All, Children: []condition.Node{w.condition(2), w.condition(1)}}
		v := viewOf(t, w)
		counts, problems, err := v.NodeCounts(ctx, n)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		for i, child := range n.Children {
			want, err := v.Count(ctx, child)
			if err != nil {
				t.Fatal(err)
			}
			path := []string{"root.children[0]", "root.children[1]"}[i]
			at := slices.IndexFunc(counts, func(c audience.NodeCount) bool { return c.Path == path })
			if at < 0 || counts[at].Count != want {
				t.Fatalf("count at %s is %v, want %d", path, counts, want)
			}
		}
	})
}
