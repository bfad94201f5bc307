package audience_test

import (
	"context"
	"slices"
	"testing"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Any text is refused or answered: for everybody, for one, with reasons and with
// warnings, and as the plain reading has it.
func FuzzEvaluate(f *testing.F) {
	for _, s := range []string{
		`{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is_not","value":"FR"},{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":20.5,"window":{"last":1,"unit":"month"}}]}`,
		`{"kind":"sequence","steps":[{"event":"order_placed"},{"event":"order_placed","op":"did_not","within":{"last":1,"unit":"hour"}}]}`,
		`{"kind":"none","children":[{"kind":"bucket","salt":"x","from":0,"to":5000},{"kind":"segment","segment":"here","op":"not_in"},{"kind":"consent","purpose":"marketing","op":"granted"}]}`,
		`{"kind":"event","event":"order_placed","measure":"days_since_first","op":"between","value":1e3,"to":0.000000001}`,
		`{"kind":"event","event":"order_placed","op":"gte","value":999999999999999999}`,
		`{"kind":"attribute","attribute":"contact.created_at","op":"anniversary_in_next","value":12000,"unit":"month"}`,
	} {
		f.Add([]byte(s))
	}
	data, asOf := shopOf(10, 20, 20, 90)
	data.people[0].values["contact.created_at"] = contact.TimeValue(data.people[0].created)
	data.segments["here"] = `{"kind":"attribute","attribute":"country","op":"is","value":"ES"}`
	engine := audience.New(data)
	f.Fuzz(func(t *testing.T, text []byte) {
		ctx := context.Background()
		v, err := engine.At(ctx, asOf)
		if err != nil {
			t.Fatal(err)
		}
		if draft, problems, err := condition.ParseDraft(text); err == nil {
			if _, _, err := v.NodeCounts(ctx, draft, problems...); err != nil {
				t.Fatal(err)
			}
		}
		n, err := condition.Parse(text)
		if err != nil {
			return
		}
		got, err := v.Members(ctx, n)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if want := (reference{data, asOf}).holds(n, data.people[0]); slices.Contains(got, 1) != want {
			t.Fatalf("%v, want %v", got, want)
		}
		if e, err := v.Explain(ctx, n, 1); err != nil || e.Holds != slices.Contains(got, 1) {
			t.Fatalf("%v, %v", e, err)
		}
		if _, err := v.Review(ctx, n); err != nil {
			t.Fatal(err)
		}
	})
}
