package send_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// check checks a campaign as the program does, and keeps what came out; of more than
// part people only the first part are looked at (all of them for 0).
func (s *shop) check(slug string, part int) (found proof.Proof) {
	s.t.Helper()
	var c campaign.Campaign
	var t content.Template
	version := 0
	s.read(func(tx *store.Tx) error {
		d, err := tx.Definition(store.CampaignKind, slug)
		if err != nil {
			return err
		}
		if c, err = campaign.Parse([]byte(d.Body)); err != nil {
			return err
		}
		if d, err = tx.Definition(store.TemplateKind, c.Template); err != nil {
			return err
		}
		version = d.Version
		t, err = content.Parse([]byte(d.Body))
		return err
	})
	now := *s.now.Load()
	var d struct {
		Unsubscribe   string `json:"default_unsubscribe"`
		PostalAddress string `json:"postal_address"`
	}
	s.read(func(tx *store.Tx) error { return tx.Setting("general", &d) })
	plan, err := s.Personalize.Prepare(ctx, personalize.Job{Template: t, AsOf: now, Campaign: c.Name, Slug: slug, Unsubscribe: d.Unsubscribe, PostalAddress: d.PostalAddress, Unsubscribable: c.CheckUnsubscribe}, true)
	if err != nil {
		s.t.Fatal(err)
	}
	who, err := s.Send.Audience(ctx, slug, now)
	if err != nil {
		s.t.Fatal(err)
	}
	ids, all := who.Permitted, len(who.Permitted)
	if part > 0 {
		ids = ids[:part]
	}
	found, people, err := proof.Run(ctx, plan, ids, job.Silent{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.write(func(tx *store.Tx) error {
		id, err := tx.AddProof(store.KeptProof{Subject: store.CampaignSubject(slug), Basis: c.Basis(), TemplateVersion: version, AsOf: now.UnixMilli(), Total: all, Checked: len(ids), Summary: "{}"})
		if err != nil {
			return err
		}
		if err := tx.AddProofPeople(id, people); err != nil {
			return err
		}
		return tx.FinishProof(id)
	})
	return found
}

// rename gives a person another name.
func (s *shop) rename(id contact.ID, name string) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		r, err := tx.Exec(`INSERT INTO contact_values (attribute_id, contact_id, value) SELECT id, ?, ? FROM attributes WHERE name = 'first_name'
			ON CONFLICT DO UPDATE SET value = excluded.value`, id, name)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%d rows, %w", n, err)
		}
		return tx.LogChange(store.ChangedAttribute, "first_name", "")
	})
}

// later moves the clock.
func (s *shop) later(d time.Duration) {
	at := s.now.Load().Add(d)
	s.now.Store(&at)
}

// greeting is a letter that names the person.
func (s *shop) greeting(text string) {
	s.put(store.TemplateKind, "seasonal-letter", fmt.Sprintf(`{"name":"Letter","subject":"For {{ first_name | default: 'you' }}","blocks":[{"id":"greet","kind":"text","content":%q}]}`, text))
}

func held(list []campaign.Message) map[contact.ID]string {
	why := map[contact.ID]string{}
	for _, m := range list {
		if m.State == campaign.MessageHeld {
			why[m.Contact] = m.Error
		}
	}
	return why
}

// TestWhatDiffersFromTheCheckIsHeld: data change between check and plan, and exactly
// the messages that are others by it do not leave until somebody has looked.
func TestWhatDiffersFromTheCheckIsHeld(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.greeting("<p>Dear {{ first_name | default: 'friend' }}</p>")
	s.check(slug, 0)
	changed := s.firstPermitted(slug)
	s.rename(changed, "Somebody else")
	var joined contact.ID
	s.people(func(p *store.People) (err error) {
		joined, err = p.Create(contact.Contact{Email: "new@post.example"})
		return err
	})
	s.write(func(tx *store.Tx) error {
		return tx.AddConsent(consent.Entry{Contact: joined, Purpose: consent.Marketing, State: consent.Granted, Source: "test", At: testkit.Now})
	})
	s.later(time.Hour)
	run := s.plan(slug)
	if !run.AsOf.Equal(testkit.Now) || !run.CreatedAt.Equal(testkit.Now.Add(time.Hour)) {
		t.Errorf("planned at %s of the data of %s", run.CreatedAt, run.AsOf)
	}
	why := held(s.messages(slug))
	if len(why) != 2 || !strings.Contains(why[changed], "differs from what was checked") || !strings.Contains(why[joined], "not among those who were checked") {
		t.Fatalf("held: %v", why)
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	all := len(s.messages(slug))
	s.expect(slug, campaign.Finished, map[string]int{"held": 2, "accepted": all - 2})
	got := once(t, server.Received())
	for id := range why {
		if slices.Contains(got, s.email(id)) {
			t.Errorf("%s got what nobody has looked at", s.email(id))
		}
	}
}

// TestACheckMakesAnOlderPlanAnew: what leaves is what was checked last.
func TestACheckMakesAnOlderPlanAnew(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.greeting("<p>Dear {{ first_name | default: 'friend' }}</p>")
	s.plan(slug)
	who := s.firstPermitted(slug)
	s.rename(who, "Newname")
	s.check(slug, 0)
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"held": 0, "accepted": len(s.messages(slug))})
	for _, r := range server.Received() {
		if r.To == s.email(who) && header(r.Data, "Subject") != "For Newname" {
			t.Errorf("an older plan was sent: %s", header(r.Data, "Subject"))
		}
	}
}

// TestTimeStandsStillForADayAfterACheck: what depends on the hour is as it was
// checked, and a day later it is held instead of being sent otherwise.
func TestTimeStandsStillForADayAfterACheck(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		held  bool
	}{{0, false}, {23 * time.Hour, false}, {25 * time.Hour, true}} {
		t.Run(c.after.String(), func(t *testing.T) {
			s := open(t)
			slug := s.letter(testkit.SMTP(t, nil))
			s.greeting("<p>It is {{ now | date: '%H:%M' }}</p>")
			s.check(slug, 0)
			s.later(c.after)
			s.plan(slug)
			list := s.messages(slug)
			if n := len(held(list)); (n == len(list)) != c.held || (n == 0) == c.held {
				t.Errorf("%d of %d are held", n, len(list))
			}
		})
	}
}

// TestAPlanThatIsAllHeldIsMadeAnewAfterAnotherCheck: nothing has left.
func TestAPlanThatIsAllHeldIsMadeAnewAfterAnotherCheck(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.greeting("<p>It is {{ now | date: '%H:%M' }}</p>")
	s.check(slug, 0)
	s.later(30 * time.Hour)
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	all := len(s.messages(slug))
	s.expect(slug, campaign.Finished, map[string]int{"held": all})
	s.check(slug, 0)
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": all})
	if len(once(t, server.Received())) != all {
		t.Errorf("%d letters for %d people", len(server.Received()), all)
	}
}

// TestACheckOfSomethingElseHoldsNothing: another version, another audience.
func TestACheckOfSomethingElseHoldsNothing(t *testing.T) {
	for name, change := range map[string]func(s *shop){
		"the template": func(s *shop) { s.greeting("<p>Hello {{ first_name | default: 'friend' }}</p>") },
		"the campaign": func(s *shop) {
			s.put(store.CampaignKind, "letter", `{"name":"Other","template":"seasonal-letter","include":[],"purpose":"marketing","from":{"email":"hello@tildaandfern.example"},"esp":"post"}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			slug := s.letter(testkit.SMTP(t, nil))
			s.greeting("<p>Dear {{ first_name | default: 'friend' }}</p>")
			s.check(slug, 0)
			change(s)
			s.later(time.Hour)
			run := s.plan(slug)
			if n := len(held(s.messages(slug))); n != 0 || run.Check != 0 || !run.AsOf.Equal(testkit.Now.Add(time.Hour)) {
				t.Errorf("%d held by check %d at %s", n, run.Check, run.AsOf)
			}
		})
	}
}

// TestOfAPartialCheckOnlyWhatWasCheckedIsCompared: of the others nothing is known.
func TestOfAPartialCheckOnlyWhatWasCheckedIsCompared(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	s.greeting("<p>Dear {{ first_name | default: 'friend' }}</p>")
	who, err := s.Send.Audience(ctx, slug, testkit.Now)
	if err != nil {
		t.Fatal(err)
	}
	s.check(slug, 10)
	s.rename(who.Permitted[3], "Checked")
	s.rename(who.Permitted[20], "Unchecked")
	s.plan(slug)
	if why := held(s.messages(slug)); len(why) != 1 || why[who.Permitted[3]] == "" {
		t.Errorf("held: %v", why)
	}
}

// TestWhatIsDecidedAboutProblemsIsDone, with the exact people.
func TestWhatIsDecidedAboutProblemsIsDone(t *testing.T) {
	const body = `{"name":"Letter","template":"seasonal-letter","include":["some"],"purpose":"marketing","from":{"email":"hello@tildaandfern.example"},"esp":"post","policies":%s}`
	begin := func(t *testing.T) (*shop, *testkit.SMTPServer, []contact.ID) {
		s := open(t)
		server := testkit.SMTP(t, nil)
		slug := s.letter(server)
		who, err := s.Send.Audience(ctx, slug, testkit.Now)
		if err != nil {
			t.Fatal(err)
		}
		p := who.Permitted[:5]
		s.segment("some", p...)
		for i, id := range p {
			if i < 3 {
				s.rename(id, fmt.Sprintf("Name%d", i))
			}
		}
		s.write(func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM contact_values WHERE attribute_id = (SELECT id FROM attributes WHERE name = 'first_name') AND contact_id IN (?, ?)`, p[3], p[4])
			if err != nil {
				return err
			}
			return tx.LogChange(store.ChangedAttribute, "first_name", "")
		})
		s.greeting("<p>Dear {{ first_name }}</p>{% if first_name == 'Name0' %}{{ 1 | divided_by: 0 }}{% endif %}")
		return s, server, p
	}
	for _, c := range []struct {
		name, policies string
		stops          string // what Plan says
		counts         map[string]int
		skipped        int
	}{
		{"nothing", `[]`, "", map[string]int{"accepted": 4, "failed": 1}, 0},
		{"accepted", `[{"kind":"missing","place":"greet","message":"first_name","do":"accept"}]`, "", map[string]int{"accepted": 4, "failed": 1}, 0},
		{"skipped", `[{"kind":"missing","place":"greet","message":"first_name","do":"skip"}]`, "", map[string]int{"accepted": 2, "failed": 1}, 2},
		{"any error skipped too", `[{"kind":"missing","do":"skip"},{"kind":"error","do":"skip"}]`, "", map[string]int{"accepted": 2, "failed": 0}, 3},
		{"blocked", `[{"kind":"missing","place":"greet","message":"first_name","do":"block"}]`, "no first_name in greet (2)", nil, 0},
		{"blocked by any error", `[{"kind":"error","do":"block"}]`, "divided by 0", nil, 0},
		{"another problem blocked", `[{"kind":"missing","place":"greet","message":"country","do":"block"}]`, "", map[string]int{"accepted": 4, "failed": 1}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, server, p := begin(t)
			s.put(store.CampaignKind, "letter", fmt.Sprintf(body, c.policies))
			st, err := s.Send.Send(ctx, "letter", 0, job.Silent{})
			if c.stops != "" {
				if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), c.stops) || len(server.Received()) != 0 {
					t.Errorf("%d letters, %v", len(server.Received()), err)
				}
				if _, err := s.Send.Status(ctx, "letter"); !fault.Is(err, fault.NotFound) {
					t.Errorf("a plan is left: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			s.expect("letter", campaign.Finished, c.counts)
			skipped := 0
			for reason, n := range st.Excluded {
				if strings.HasPrefix(reason, "skip:") {
					skipped += n
				}
			}
			if skipped != c.skipped || len(once(t, server.Received())) != c.counts["accepted"] {
				t.Errorf("%d left out of %v, %d letters", skipped, st.Excluded, len(server.Received()))
			}
			total := 0
			for _, n := range st.Counts {
				total += n
			}
			if total+skipped != len(p) {
				t.Errorf("%d messages and %d left out of %d people", total, skipped, len(p))
			}
		})
	}
}
