package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
)

// buyers is a workspace with three people and their orders.
func buyers(t *testing.T) terminal {
	t.Helper()
	x := newTerminal(t)
	x.do("init", "--timezone", "UTC", "--currency", "EUR")
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	x.do("import", "contacts", write("people.csv", "email,country,created_at\nann@shop.example,ES,2025-01-01T00:00:00Z\nbob@shop.example,FR,2025-01-01T00:00:00Z\ncid@shop.example,,2026-05-25T00:00:00Z\n"))
	x.do("import", "events", "--event", "order_placed", write("orders.csv", "email,occurred_at,value,event_id\nann@shop.example,2026-05-12T10:42:00Z,20.50,1\nbob@shop.example,2026-03-14T10:42:00Z,9.99,2\nbob@shop.example,2026-05-02T08:00:00Z,30.00,3\n"))
	x.put(`{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":90,"unit":"day"}}`, "segment", "put", "loyal", "-")
	return x
}

func TestWhyInTheTerminal(t *testing.T) {
	x := buyers(t)
	now := []string{"--now", "2026-06-01T12:00:00Z"}
	text := x.do(append(now, "segment", "explain", "loyal", "--contact", "ann@shop.example")...)
	for _, want := range []string{"orders in the last 90 days: 1; last one 12 May 2026 10:42; wanted at least 2", "To be in: one more order in the last 90 days."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	var e condition.Explanation
	x.answer(&e, append(now, "segment", "explain", "loyal", "--contact", "bob@shop.example")...)
	if !e.Holds || e.Flip == nil || e.Flip.ByItself == nil || e.Flip.ByItself.Sentence != "leaves by itself on 12 June 2026 10:42, when the order of 14 March 2026 falls out of the window" {
		t.Errorf("%+v, %+v", e, e.Flip)
	}
	var m app.SegmentMovers
	x.answer(&m, append(now, "segment", "changes", "loyal", "--from", "2026-05-01", "--to", "2026-06-30")...)
	if m.Before != 0 || m.Now != 0 || m.Came+m.Went != 0 {
		t.Errorf("both are before and after: %+v", m)
	}
	x.answer(&m, append(now, "segment", "changes", "loyal", "--from", "2026-05-01")...)
	if m.Came != 1 || m.Went != 0 || len(m.People) != 1 || m.People[0].Person.Email != "bob@shop.example" || len(m.People[0].Why) != 1 {
		t.Errorf("%+v", m)
	}
	rows, err := csv.NewReader(strings.NewReader(x.do(append(now, "segment", "changes", "loyal", "--from", "2026-05-01", "--csv")...))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != "came" || !strings.Contains(rows[1][2], "orders in the last 90 days: 1") {
		t.Errorf("%v, %v", rows, err)
	}
	rows, err = csv.NewReader(strings.NewReader(x.do(append(now, "segment", "members", "loyal", "--why", "--everyone")...))).ReadAll()
	if err != nil || len(rows) != 4 || rows[0][2] != "bought at least 2 times in the last 90 days" || rows[2][1] != "yes" || rows[3][1] != "no" {
		t.Errorf("%v, %v", rows, err)
	}
	var found app.SegmentAudit
	x.answer(&found, append(now, "segment", "audit", "loyal")...)
	if found.Checked != 3 || found.Members != 1 || found.Missing+found.Extra != 0 {
		t.Errorf("%+v", found)
	}
}

func TestCheckInTheTerminal(t *testing.T) {
	x := buyers(t)
	x.put(`{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is_not","value":"FR"},{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":60,"unit":"day"}}]}`, "segment", "put", "quiet", "-")
	all := lines[audience.Warning](x, "--now", "2026-06-20T12:00:00Z", "segment", "check", "quiet")
	var kinds []string
	for _, w := range all {
		kinds = append(kinds, w.Path+" "+string(w.Kind))
	}
	if got := strings.Join(kinds, ", "); got != "root.children[0] redundant, root.children[0] without_value, root.children[1] newcomers" {
		t.Error(got)
	}
	if text := x.do("--now", "2026-06-12T09:00:00Z", "segment", "check", "loyal"); !strings.HasPrefix(text, "Nothing to remark: 1 of 3") {
		t.Error(text)
	}
}

// What is too deep, too large or no condition is refused with where it is, and
// quickly; never a crash.
func TestHostileConditionsInTheTerminal(t *testing.T) {
	x := buyers(t)
	leaf := `{"kind":"attribute","attribute":"country","op":"is","value":"FR"}`
	many := func(n int) string {
		return `{"kind":"any","children":[` + strings.Repeat(leaf+",", n-1) + leaf + `]}`
	}
	deep := func(n int) string {
		return strings.Repeat(`{"kind":"all","children":[`, n) + leaf + strings.Repeat(`]}`, n)
	}
	for _, c := range []struct{ name, json, field string }{
		{"200 deep", deep(200), "root" + strings.Repeat(".children[0]", condition.MaxDepth)},
		{"a million brackets", strings.Repeat("[", 1_000_000), "root" + strings.Repeat("[0]", condition.MaxDepth)},
		{"5,001 leaves", many(5001), "root.children[5000]"},
		{"an unknown kind", `{"kind":"all","children":[{"kind":"drop table"}]}`, "root.children[0].kind"},
		{"an unknown field", `{"kind":"everyone","__proto__":{}}`, "root.__proto__"},
		{"a field twice", `{"kind":"any","kind":"all","children":[]}`, "root.kind"},
		{"not a number", `{"kind":"event","event":"order_placed","op":"gte","value":NaN}`, "root.value"},
		{"a huge number", `{"kind":"event","event":"order_placed","op":"gte","value":1e999999999}`, "root.value"},
		{"a list for a text", `{"kind":"attribute","attribute":["country"],"op":"is","value":"FR"}`, "root.attribute"},
		{"an object for a value", `{"kind":"attribute","attribute":"country","op":"is","value":{"a":1}}`, "root.value"},
		{"a fraction of a window", `{"kind":"event","event":"order_placed","window":{"last":1.5,"unit":"day"}}`, "root.window.last"},
		{"a long text", `{"kind":"attribute","attribute":"country","op":"is","value":"` + strings.Repeat("a", condition.MaxText+1) + `"}`, "root.value"},
		{"cut off", `{"kind":"all","children":[{"kind":"eve`, "root.children[0].kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, command := range []string{"count", "check", "members"} {
				code, out, _ := x.run(c.json, "--json", "segment", command, "--file", "-")
				if code != exitInvalid || !strings.Contains(out, fmt.Sprintf(`"field":%q`, c.field)) {
					t.Errorf("%s: exit %d, %s, want field %s", command, code, out, c.field)
				}
			}
		})
	}
	for name, text := range map[string]string{"64 deep": deep(condition.MaxDepth - 1), "5,000 leaves": many(5000)} {
		var counted struct{ Count int }
		if code, out, complaints := x.run(text, "--json", "segment", "count", "--file", "-"); code != exitDone || !strings.Contains(out, `"count":1`) {
			t.Errorf("%s: %d %s %s %+v", name, code, out, complaints, counted)
		}
		if code, _, complaints := x.run(text, "--json", "segment", "explain", "--file", "-", "--contact", "ann@shop.example"); code != exitDone {
			t.Errorf("%s: %s", name, complaints)
		}
	}
}
