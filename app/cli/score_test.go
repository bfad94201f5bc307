package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/contact"
)

func TestScoresInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	x.do("import", "events", "--event", "order_placed", write("orders.csv", "email,occurred_at,value\n"+
		"ann@shop.example,2020-05-01 10:00,20\nann@shop.example,2020-05-20 10:00,30\nbob@shop.example,2020-05-10 10:00,5\n"))
	at := []string{"--now", "2020-06-01T12:00:00Z"}
	var r app.RFMMap
	x.answer(&r, append(at, "score", "rfm")...)
	if r.People != 2 || r.Revenue != "55" || len(r.Cells) != 25 || len(r.Regions) != 11 {
		t.Errorf("%+v", r)
	}
	people := 0
	for _, g := range r.Regions {
		people += g.People
	}
	if people != 2 {
		t.Errorf("%d people in regions", people)
	}
	scores := map[string]audience.PersonScore{}
	for _, s := range lines[struct {
		Name, Why string
		Value     any
	}](x, append(at, "score", "person", "--contact", "ann@shop.example")...) {
		scores[s.Name] = audience.PersonScore{Why: s.Why}
	}
	if why := scores[contact.RFMFrequency].Why; why != "3: 2 orders in 365 days is in the middle fifth: all 2" {
		t.Errorf("why: %q", why)
	}
	condition := write("often.json", `{"kind":"attribute","attribute":"rfm.frequency","op":"gte","value":3}`)
	if csv := x.do(append(at, "segment", "members", "--file", condition, "--fields", "rfm.frequency,rfm.segment")...); !strings.Contains(csv, "ann@shop.example,3,need attention") || strings.Contains(csv, "bob") {
		t.Errorf("members:\n%s", csv)
	}
	var saved contact.Scores
	x.answer(&saved, "score", "set", write("scores.json", `{"rfm":{"days":20},"engagement":{"half_life":7}}`))
	if saved.Version != 1 || saved.RFM.Days != 20 || saved.Engagement.HalfLife != 7 || len(saved.Engagement.Weights) == 0 {
		t.Errorf("saved: %+v", saved)
	}
	if x.answer(&r, append(at, "score", "rfm")...); r.People != 1 {
		t.Errorf("a shorter period: %+v", r)
	}
	if audit := x.do("audit", "list"); !strings.Contains(audit, "scores.changed") {
		t.Errorf("audit:\n%s", audit)
	}
	if code, out, _ := x.run("", "--json", "score", "set", write("bad.json", `{"rfm":{"days":0}}`)); code != exitInvalid || !strings.Contains(out, `"field":"rfm.days"`) {
		t.Errorf("exit %d, %s", code, out)
	}
	if text := x.do("score", "show"); !strings.Contains(text, `"half_life": 7`) {
		t.Errorf("show:\n%s", text)
	}
}
