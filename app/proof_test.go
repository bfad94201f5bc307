package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/testkit"
)

// checkedShop has n people of whom every third has no country, and a campaign.
func checkedShop(t *testing.T, n int) shop {
	t.Helper()
	s := newShop(t)
	var csv strings.Builder
	csv.WriteString("email,first_name,country\n")
	for i := range n {
		country := "Ireland"
		if i%3 == 0 {
			country = ""
		}
		fmt.Fprintf(&csv, "p%05d@example.org,Name %d,%s\n", i, i, country)
	}
	s.bring("contacts", "", csv.String())
	s.letter("<p>Hello {{ first_name }} in {{ country }}</p>", 0)
	_, err := s.Senders().Put(s.ctx, app.PutSender{Slug: "files", Settings: json.RawMessage(`{"adapter":"eml","directory":"letters"}`)})
	s.must(err)
	_, err = s.Campaigns().Put(s.ctx, app.PutCampaign{Slug: "letter", Campaign: campaign.Campaign{
		Name: "Letter", Template: "letter", Purpose: "recommendations", From: campaign.Address{Email: "hello@shop.example"}, ESP: "files",
	}})
	s.must(err)
	return s
}

func (s shop) letter(text string, base int) {
	s.t.Helper()
	t, err := content.Parse([]byte(`{"name":"Letter","subject":"Hello","blocks":[{"id":"greet","kind":"text","content":` + quote(text) + `}]}`))
	s.must(err)
	_, err = s.Content().PutTemplate(s.ctx, app.PutTemplate{Slug: "letter", Template: t, BaseVersion: base})
	s.must(err)
}

// permit lets everybody be written to.
func (s shop) permit(n int) {
	s.t.Helper()
	for i := range n {
		s.must(s.Contacts().SetConsent(s.ctx, s.person(fmt.Sprintf("p%05d@example.org", i)), "recommendations", "granted", "test"))
	}
}

func (s shop) check() app.Proof {
	s.t.Helper()
	s.wait(s.Campaigns().Check(s.ctx, "letter"))
	p, err := s.Campaigns().LastCheck(s.ctx, "letter")
	s.must(err)
	return *p
}

func TestACheckIsKeptComparedAndDecidedAbout(t *testing.T) {
	s := checkedShop(t, 9)
	if p, err := s.Campaigns().LastCheck(s.ctx, "letter"); err != nil || p != nil {
		t.Fatalf("before the first check: %v, %v", p, err)
	}
	s.permit(8)
	first := s.check()
	if first.Messages != 8 || first.Total != 8 || first.Before != nil || len(first.Groups) != 1 || first.Groups[0].Count != 3 || first.Groups[0].Was != -1 {
		t.Fatalf("the first check: %+v", first)
	}
	s.permit(9)
	s.letter("<p>Hello {{ first_name | upcase }} in {{ country }}</p>", 1)
	s.must(s.Contacts().Erase(s.ctx, s.person("p00001@example.org")))
	second := s.check()
	if b := second.Before; b == nil || b.Joined != 1 || b.Left != 0 || b.Changed != 7 {
		t.Fatalf("compared: %+v", b) // who was erased is in no check any more
	}
	gap := second.Groups[0]
	people, err := s.Campaigns().CheckPeople(s.ctx, "letter", "item", gap.Item, 1, 1)
	s.must(err)
	if people.Total != 3 || len(people.Rows) != 1 || people.Rows[0].Email != "p00003@example.org" {
		t.Errorf("the second of those without a country: %+v", people)
	}
	joined, err := s.Campaigns().CheckPeople(s.ctx, "letter", "joined", 0, 0, 9)
	s.must(err)
	if len(joined.Rows) != 1 || joined.Rows[0].Email != "p00008@example.org" {
		t.Errorf("joined: %+v", joined)
	}
	_, err = s.Campaigns().Decide(s.ctx, "letter", gap.Kind, gap.Place, gap.Message, "skip")
	s.must(err)
	p, err := s.Campaigns().LastCheck(s.ctx, "letter")
	s.must(err)
	doc, err := s.Campaigns().Get(s.ctx, "letter")
	s.must(err)
	if g := p.Groups[0]; g.Do != "skip" || g.By != "test" || g.DecidedAt != testkit.Now.UTC().Format("2006-01-02T15:04:05Z07:00") || p.Skipped != 3 || p.Sends != 5 || p.CampaignVersion != doc.Version {
		t.Errorf("after the decision: %+v, %d skipped, %d sent, version %d of %d", g, p.Skipped, p.Sends, p.CampaignVersion, doc.Version)
	}
	_, err = s.Campaigns().Decide(s.ctx, "letter", gap.Kind, "", "", "perhaps")
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a decision that is none: %v", err)
	}
	j := s.wait(s.Campaigns().Send(s.ctx, "letter", 0))
	var run app.RunStatus
	s.must(json.Unmarshal(j.Result, &run))
	if run.Counts["accepted"] != 5 || len(run.Excluded) == 0 || !strings.Contains(fmt.Sprint(run.Excluded), "left out by decision: no country in greet 3") {
		t.Errorf("sent: %v, left out %v", run.Counts, run.Excluded)
	}
}

// TestAStoppedCheckKeepsWhatItSaw and leaves the one before to be compared with.
func TestAStoppedCheckKeepsWhatItSaw(t *testing.T) {
	const people = 4_000
	s := checkedShop(t, people)
	s.must(s.Contacts().SetConsent(s.ctx, s.person("p00000@example.org"), "recommendations", "granted", "test"))
	started, err := s.Preview().Proof(s.ctx, app.PreviewRequest{Slug: "letter"}, "")
	s.must(err)
	for {
		list, err := s.Jobs().List(s.ctx)
		s.must(err)
		if list[0].Done > 0 || list[0].State != "running" {
			break
		}
	}
	s.must(s.Jobs().Cancel(s.ctx, started.Job))
	j, _ := s.WaitJob(s.ctx, started.Job) // its error is that it was cancelled
	var p app.Proof
	s.must(json.Unmarshal(j.Result, &p))
	if j.State != "cancelled" || p.Messages == 0 || p.Messages >= people || p.Total != people {
		t.Fatalf("%s with %d of %d", j.State, p.Messages, p.Total)
	}
	sum := 0
	for _, w := range p.Specimens {
		sum += w.Count
	}
	if sum != p.Messages || p.Groups[0].Count != (p.Messages+2)/3 {
		t.Errorf("%d in ways and %d without a country, of %d", sum, p.Groups[0].Count, p.Messages)
	}
}

func TestAFewPeopleShowEveryWayOfADraft(t *testing.T) {
	s := checkedShop(t, 3_000)
	s.must(s.Contacts().Erase(s.ctx, s.person("p00003@example.org")))
	draft := `{"name":"Draft","subject":"Hello","blocks":[{"id":"greet","kind":"text","content":"{{ country }}"},{"id":"one","kind":"choice",
		"rule":{"branches":[{"when":{"kind":"attribute","attribute":"email","op":"is","value":"p01501@example.org"},"choose":"rare"}]},
		"variants":{"rare":{"kind":"text","content":"<p>You alone</p>"}}}]}`
	ways, err := s.Preview().Specimens(s.ctx, app.PreviewRequest{Template: json.RawMessage(draft)}, "")
	s.must(err)
	if ways.Total != 2_999 || ways.Looked > 800 || ways.Enough != 2 || len(ways.Specimens) != 3 {
		t.Fatalf("%d of %d looked at; %d of %d show everything", ways.Looked, ways.Total, ways.Enough, len(ways.Specimens))
	}
	if ways.Specimens[0].Contact.Email != "p01501@example.org" {
		t.Errorf("the rarest is %s", ways.Specimens[0].Contact.Email)
	}
	again, err := s.Preview().Specimens(s.ctx, app.PreviewRequest{Template: json.RawMessage(draft)}, "")
	s.must(err)
	if fmt.Sprint(again) != fmt.Sprint(ways) {
		t.Error("the same draft shows other people")
	}
}
