package audience_test

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// without gives a tree without the node at a path.
func without(n condition.Node, path string) condition.Node {
	at, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, "root"), ".children["), "]")
	i, _ := strconv.Atoi(at)
	n.Children = slices.Clone(n.Children)
	if rest == "" {
		n.Children = slices.Delete(n.Children, i, i+1)
	} else {
		n.Children[i] = without(n.Children[i], rest)
	}
	return n
}

// A part that is said to change nothing can be left out; one that is said to be
// always true or never is; what is added on offer takes away whom it says.
func TestWarningsAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		w.data.schema.Attributes["contact.created_at"] = contact.Attribute{Name: "contact.created_at", Type: contact.Datetime}
		n := condition.Node{Kind: pick(t, "root", condition.All, condition.Any, condition.None), Children: []condition.Node{w.condition(2), w.condition(1)}}
		v := viewOf(t, w)
		members := func(n condition.Node) []contact.ID {
			ids, err := v.Members(ctx, n)
			if err != nil {
				t.Fatalf("%s: %v", n.Key(), err)
			}
			return ids
		}
		warnings, err := v.Review(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		counts, _, err := v.NodeCounts(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range warnings {
			i := slices.IndexFunc(counts, func(c audience.NodeCount) bool { return c.Path == x.Path })
			if i < 0 {
				t.Fatalf("no node at %s of %s", x.Path, n.Key())
			}
			switch x.Kind {
			case audience.AlwaysTrue:
				if counts[i].Count != v.Total() {
					t.Fatalf("%s is true for %d of %s", x.Path, counts[i].Count, n.Key())
				}
			case audience.AlwaysFalse:
				if counts[i].Count != 0 {
					t.Fatalf("%s is true for %d of %s", x.Path, counts[i].Count, n.Key())
				}
			case audience.Redundant:
				if less := without(n, x.Path); !slices.Equal(members(n), members(less)) {
					t.Fatalf("%s changes the answer of %s", x.Path, n.Key())
				}
			}
		}
	})
}

func TestWarnings(t *testing.T) {
	const quiet = `{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":90,"unit":"day"}}`
	const bought = `{"kind":"event","event":"order_placed","window":{"last":30,"unit":"day"}}`
	known := `{"kind":"attribute","attribute":"contact.created_at","op":"not_in_last","value":90,"unit":"day"}`
	for _, c := range []struct{ name, json, want string }{
		{"nothing to say", `{"kind":"all","children":[{"kind":"event","event":"order_placed"},{"kind":"attribute","attribute":"country","op":"in","values":["ES","FR"]}]}`, ""},
		{"a value is missing", `{"kind":"attribute","attribute":"country","op":"is_not","value":"FR"}`, "root without_value 1"},
		{"it is set", `{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is_not","value":"FR"},{"kind":"attribute","attribute":"country","op":"is_set"}]}`, ""},
		{"newcomers", quiet, "root newcomers 1"},
		{"newcomers, by none", `{"kind":"none","children":[{"kind":"event","event":"order_placed","window":{"last":90,"unit":"day"}}]}`, "root newcomers 1"},
		{"no newcomers", `{"kind":"all","children":[` + quiet + `,` + known + `]}`, ""},
		{"before the data", `{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":24,"unit":"month"}}`, "root always_false 0; root before_the_data 0"},
		{"everybody", `{"kind":"event","event":"order_placed","op":"lt","value":9}`, "root always_true 4"},
		{"nobody is both", `{"kind":"all","children":[{"kind":"segment","segment":"here"},{"kind":"segment","segment":"there"}]}`, "root.children[1] exclusive 0; root always_false 0"},
		{"said twice", `{"kind":"any","children":[` + bought + `,` + bought + `]}`, "root.children[0] redundant 0; root.children[1] redundant 0"},
		{"a part of another", `{"kind":"all","children":[` + bought + `,{"kind":"event","event":"order_placed"}]}`, "root.children[1] redundant 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, asOf := shopOf(10)
			for i, country := range []string{"FR", "", "DE"} {
				p := person{id: int64(i + 2), email: country + "@example.org", created: asOf.AddDate(-1, 0, 0), values: map[string]contact.Value{}}
				if country != "" {
					p.values["country"] = contact.TextValue(country)
				}
				data.people = append(data.people, p)
			}
			data.people[2].created = asOf.AddDate(0, 0, -10)
			data.people[3].events = []happening{{id: 9, event: "order_placed", at: asOf.AddDate(0, 0, -100)}}
			data.segments["here"] = `{"kind":"attribute","attribute":"country","op":"is","value":"ES"}`
			data.segments["there"] = `{"kind":"attribute","attribute":"country","op":"is","value":"FR"}`
			v, err := audience.New(data).At(context.Background(), asOf)
			if err != nil {
				t.Fatal(err)
			}
			n, err := condition.Parse([]byte(c.json))
			if err != nil {
				t.Fatal(err)
			}
			warnings, err := v.Review(context.Background(), n)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range warnings {
				got = append(got, w.Path+" "+string(w.Kind)+" "+strconv.Itoa(w.People))
				if w.Also == nil {
					continue
				}
				both := condition.Node{Kind: condition.All, Children: []condition.Node{n, *w.Also}}
				again, err := v.Review(context.Background(), both)
				if err != nil {
					t.Fatal(err)
				}
				if said, _ := json.Marshal(again); strings.Contains(string(said), string(w.Kind)) {
					t.Errorf("the offer leaves %s", said)
				}
			}
			if all := strings.Join(got, "; "); all != c.want {
				t.Errorf("%s\nwant %s", all, c.want)
			}
		})
	}
}
