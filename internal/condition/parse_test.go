package condition_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// schema is a small shop's.
func schema() contact.Schema {
	return contact.Schema{
		Attributes: map[string]contact.Attribute{
			"country": {Name: "country", Label: "Country", Type: contact.Text}, "points": {Name: "points", Label: "Points", Type: contact.Number},
			"birthday": {Name: "birthday", Label: "Birthday", Type: contact.DateType}, "tags": {Name: "tags", Label: "Tags", Type: contact.List},
		},
		Events: map[string]contact.EventType{"order_placed": {Name: "order_placed", ValueType: contact.Money, Properties: []contact.Property{
			{Name: "category", Type: contact.Text}, {Name: "quantity", Type: contact.Number}}}},
		Purposes: []string{"marketing"}, Currency: contact.Currency{Code: "EUR", Decimals: 2}, Zone: time.UTC,
	}
}

// whole are conditions that are good, and what they say.
var whole = []struct{ json, says string }{
	{`{"kind":"everyone"}`, "everyone"},
	{`{"kind":"attribute","attribute":"country","op":"is_not","value":"FR"}`, "country is not FR"},
	{`{"kind":"attribute","attribute":"country","op":"is_set"}`, "country is set"},
	{`{"kind":"attribute","attribute":"birthday","op":"anniversary_in_next","value":7,"unit":"day"}`, "birthday has its anniversary in the next 7 days"},
	{`{"kind":"attribute","attribute":"points","op":"between","value":10,"to":20}`, "points is between 10 and 20"},
	{`{"kind":"event","event":"order_placed"}`, "bought"},
	{`{"kind":"event","event":"order_placed","op":"eq","value":0}`, "never bought"},
	{`{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":90,"unit":"day"}}`, "did not buy in the last 90 days"},
	{`{"kind":"none","children":[{"kind":"event","event":"order_placed","window":{"last":1,"unit":"month"}}]}`, "did not buy in the last month"},
	{`{"kind":"event","event":"order_placed","op":"gte","value":2,"where":[{"property":"category","op":"is","value":"Tea"}]}`, "bought at least 2 times with category is Tea"},
	{`{"kind":"event","event":"order_placed","measure":"sum","op":"gt","value":99.9,"window":{"from":"2026-01-01","to":"2026-01-31"}}`, "the total value of their orders from 2026-01-01 to 2026-01-31 is more than 99.9 EUR"},
	{`{"kind":"event","event":"order_placed","measure":"days_since_last","op":"gt","value":180}`, "last bought more than 180 days ago"},
	{`{"kind":"any","children":[{"kind":"consent","purpose":"marketing","op":"granted"},{"kind":"bucket","salt":"a","from":0,"to":5000}]}`, "has consented to marketing or in a random 50% (parts 0 to 5000 of “a”)"},
	{`{"version":1,"root":{"kind":"everyone"}}`, "everyone"},
}

func TestWhatConditionsSay(t *testing.T) {
	for _, c := range whole {
		n, err := condition.Parse([]byte(c.json))
		if err != nil {
			t.Errorf("%s: %v", c.json, err)
			continue
		}
		if says := condition.Describe(n, schema()); says != c.says {
			t.Errorf("%s says %q, want %q", c.json, says, c.says)
		}
		if _, problems := condition.Check(n, schema(), nobody); len(problems) > 0 {
			t.Errorf("%s: %v", c.json, problems)
		}
	}
}

func nobody(string) (condition.Node, bool) { return condition.Node{}, false }

// What is refused, by the parser or by the schema, is refused with the path of what
// is wrong.
func TestRefusalsNameThePath(t *testing.T) {
	for _, c := range []struct{ name, json, path string }{
		{"an unknown kind", `{"kind":"everybody"}`, "root.kind"},
		{"an empty group", `{"kind":"all","children":[]}`, "root.children"},
		{"an unknown field", `{"kind":"everyone","colour":"red"}`, "root.colour"},
		{"an unknown attribute", `{"kind":"all","children":[{"kind":"everyone"},{"kind":"attribute","attribute":"contry","op":"is","value":"FR"}]}`, "root.children[1].attribute"},
		{"an op that the type does not have", `{"kind":"attribute","attribute":"points","op":"contains","value":"1"}`, "root.op"},
		{"a value of the wrong type", `{"kind":"attribute","attribute":"points","op":"eq","value":"many"}`, "root.value"},
		{"one wrong value of several", `{"kind":"attribute","attribute":"country","op":"in","values":["FR",3]}`, "root.values[1]"},
		{"an unknown event", `{"kind":"event","event":"order_plced"}`, "root.event"},
		{"an unknown property", `{"kind":"event","event":"order_placed","where":[{"property":"colour","op":"is","value":"red"}]}`, "root.where[0].property"},
		{"a window of nothing", `{"kind":"event","event":"order_placed","window":{"last":0,"unit":"day"}}`, "root.window"},
		{"a segment that is not there", `{"kind":"segment","segment":"ghosts","op":"in"}`, "root.segment"},
		{"a bucket without room", `{"kind":"bucket","salt":"a","from":10,"to":10}`, "root"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := condition.Parse([]byte(c.json))
			if err == nil {
				_, problems := condition.Check(n, schema(), nobody)
				err = condition.Broken(problems)
			}
			f, ok := fault.As(err)
			if !ok || f.Code != fault.Invalid || !strings.HasPrefix(f.Field, c.path) {
				t.Errorf("%s: %v, want a refusal at %s", c.json, err, c.path)
			}
		})
	}
}

// Any text is read or refused: never a panic. What is read keeps its meaning when
// it is written and read again, and can be said and checked.
func FuzzParse(f *testing.F) {
	for _, c := range whole {
		f.Add([]byte(c.json))
	}
	f.Add([]byte(`{"kind":"all","children":[{"kind":"any","children":[{"kind":"none","children":[]}]}]}`))
	f.Add([]byte(strings.Repeat(`{"kind":"all","children":[`, 300)))
	f.Add([]byte(`{"kind":"sequence","steps":[{"event":"a"},{"event":"b","op":"did_not","within":{"last":1,"unit":"hour"}}],"window":{"before_last":1,"unit":"week"}}`))
	f.Add([]byte("{\"kind\":\"attribute\",\"attribute\":\"\xff\",\"op\":\"is\",\"value\":1e999}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		draft, problems, err := condition.ParseDraft(data)
		if err == nil {
			condition.Describe(draft, schema())
			condition.Check(draft, schema(), nobody, problems...)
		}
		n, err := condition.Parse(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		written, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		again, err := condition.Parse(written)
		if err != nil {
			t.Fatalf("%s is written as %s, which is refused: %v", data, written, err)
		}
		if twice, err := json.Marshal(again); err != nil || !bytes.Equal(twice, written) {
			t.Fatalf("written %s, and again %s (%v)", written, twice, err)
		}
	})
}
