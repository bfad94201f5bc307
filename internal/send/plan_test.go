package send_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// segment saves a segment of some people.
func (s *shop) segment(slug string, people ...contact.ID) {
	s.t.Helper()
	var addresses []string
	for _, id := range people {
		addresses = append(addresses, fmt.Sprintf("%q", s.email(id)))
	}
	s.put(store.SegmentKind, slug, `{"kind":"attribute","attribute":"email","op":"in","values":[`+strings.Join(addresses, ",")+`]}`)
}

// people changes people as the window does.
func (s *shop) people(f func(*store.People) error) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		p, err := tx.People("test")
		if err != nil {
			return err
		}
		return f(p)
	})
}

func TestTheAudienceSaysWhyEachIsLeftOut(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	all, err := s.Send.Audience(ctx, slug, testkit.Now)
	if err != nil || len(all.Permitted) < 10 {
		t.Fatalf("%d people, %v", len(all.Permitted), err)
	}
	p := all.Permitted
	before := testkit.Now.Add(-time.Hour)
	entry := func(id contact.ID, state consent.State, purpose consent.Purpose, expires time.Time) consent.Entry {
		return consent.Entry{Contact: id, Purpose: purpose, State: state, Source: "test", At: before, ExpiresAt: expires}
	}
	s.write(func(tx *store.Tx) error {
		return errors.Join(
			tx.AddConsent(entry(p[0], consent.Withdrawn, consent.Marketing, time.Time{})),
			tx.AddConsent(entry(p[1], consent.Granted, consent.Marketing, testkit.Now)), // ends at this very instant
			tx.AddConsent(entry(p[2], consent.Granted, consent.Marketing, testkit.Now.Add(time.Millisecond))),
			tx.AddConsent(entry(p[3], consent.Withdrawn, "recommendations", time.Time{})),
			tx.AddConsent(entry(p[4], consent.Withdrawn, consent.Marketing, time.Time{})),
			tx.Suppress(store.Suppression{Email: s.email(p[5]), Reason: "complained", Source: "test", At: before.UnixMilli()}),
		)
	})
	var stranger contact.ID
	s.people(func(people *store.People) (err error) {
		stranger, err = people.Create(contact.Contact{Email: "stranger@post.example"})
		return err
	})
	s.segment("some", p[0], p[1], p[2], p[3], p[4], p[5], p[6], stranger)
	s.segment("out", p[4], p[6], p[7])
	s.put(store.CampaignKind, slug, `{"name":"Letter","template":"seasonal-letter","include":["some"],"exclude":["out"],"purpose":"marketing","from":{"email":"hello@tildaandfern.example"},"esp":"post"}`)
	got, err := s.Send.Audience(ctx, slug, testkit.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := send.Audience{AsOf: testkit.Now, Included: 8, Permitted: []contact.ID{p[2], p[3]}, Excluded: map[contact.ID]string{
		p[0]: "withdrawn", p[1]: "expired", p[4]: "excluded", p[5]: "suppressed", p[6]: "excluded", stranger: "no_consent",
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, reason := range want.Excluded {
		if label := send.ReasonLabel(reason); label == "" || label == "not decided" || label == reason {
			t.Errorf("%s is not said in words: %q", reason, label)
		}
	}
	s.plan(slug)
	st, err := s.Send.Status(ctx, slug)
	if d := cmp.Diff(map[string]int{"withdrawn": 1, "expired": 1, "excluded": 2, "suppressed": 1, "no_consent": 1}, st.Excluded); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}

// TestEditsAfterThePlanChangeNothing edits all that a message is made of.
func TestEditsAfterThePlanChangeNothing(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.plan(slug)
	planned := map[string][]byte{}
	for _, m := range s.messages(slug) {
		mime, err := s.Send.MIME(ctx, slug, m.Contact)
		if err != nil {
			t.Fatal(err)
		}
		planned[m.Email] = mime
	}
	s.put(store.TemplateKind, "seasonal-letter", `{"name":"Other","subject":"Other","style":{"accent":"#ff0000"},"blocks":[{"id":"a","kind":"text","content":"<p>Other</p>"}]}`)
	s.put(store.RuleKind, "offer-by-tier", `{"branches":[],"default":"birthday"}`)
	s.put(store.BlockKind, "masthead", `[{"id":"other","kind":"text","content":"<p>Other</p>"}]`)
	s.put(store.SegmentKind, "vip", `{"kind":"everyone"}`)
	s.put(store.SegmentKind, "abandoned-cart", `{"kind":"everyone"}`) // which the campaign leaves out
	s.write(func(tx *store.Tx) error {
		if err := tx.SetSetting("general", map[string]string{"postal_address": "Elsewhere", "default_unsubscribe": "mailto:other@shop.example"}); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE contact_values SET value = 'Somebody else' WHERE typeof(value) = 'text'`); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM events WHERE type_id IN (SELECT id FROM event_types)`); err != nil {
			return err
		}
		id, err := tx.PersonByEmail(s.messages(slug)[0].Email)
		if err != nil {
			return err
		}
		// A consent that is given again is one more line of the ledger.
		return errors.Join(tx.LogChange("contacts", "", ""),
			tx.AddConsent(consent.Entry{Contact: id, Purpose: consent.Marketing, State: consent.Confirmed, Source: "test", At: testkit.Now}))
	})
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": len(planned)})
	for _, r := range server.Received() {
		if got := strings.ReplaceAll(r.Data, "\n", "\r\n"); got != string(planned[r.To]) {
			t.Errorf("%s got other bytes than planned:\n%s", r.To, cmp.Diff(string(planned[r.To]), got))
		}
	}
}

func TestAPlanIsMadeAnewOnlyWhileNothingHasLeft(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	first := s.plan(slug)
	second := s.plan(slug)
	var runs []campaign.Run
	s.read(func(tx *store.Tx) (err error) {
		runs, err = tx.Runs()
		return err
	})
	if len(runs) != 1 || runs[0].ID != second.ID || second.State != campaign.Planned {
		t.Errorf("plans %d and %d left %v", first.ID, second.ID, runs)
	}
	all := len(s.messages(slug))
	for _, c := range []struct {
		limit int
		says  string
	}{{1, "1 of its messages have left; resume it"}, {0, "has been sent; make a copy"}} {
		if _, err := s.Send.Send(ctx, slug, c.limit, job.Silent{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Send.Plan(ctx, slug, job.Silent{}); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("after a limit of %d: %v", c.limit, err)
		}
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": all})
}

// TestAPlanThatReachedNobodyIsMadeAnew: nothing has left, so that sending again sends.
func TestAPlanThatReachedNobodyIsMadeAnew(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	p := s.firstPermitted(slug)
	letter := func(unsubscribe string) {
		s.put(store.CampaignKind, slug, fmt.Sprintf(`{"name":"Letter","template":"seasonal-letter","include":["some"],"purpose":"marketing",
			"from":{"email":"hello@tildaandfern.example"},"esp":"post","unsubscribe":%q}`, unsubscribe))
	}
	for _, c := range []struct {
		name        string
		unsubscribe string
		people      []contact.ID
		want        map[string]int
	}{
		{"nobody", "mailto:u@shop.example", []contact.ID{0}, map[string]int{"accepted": 0, "failed": 0}},
		{"everybody fails", "{% if false %}https://shop.example/u{% endif %}", []contact.ID{p}, map[string]int{"accepted": 0, "failed": 1}},
		{"mended", "mailto:u@shop.example", []contact.ID{p}, map[string]int{"accepted": 1, "failed": 0}},
		{"sent already", "mailto:u@shop.example", []contact.ID{p}, map[string]int{"accepted": 1, "failed": 0}},
	} {
		if c.people[0] == 0 {
			s.put(store.SegmentKind, "some", `{"kind":"none","children":[{"kind":"everyone"}]}`)
		} else {
			s.segment("some", c.people...)
		}
		letter(c.unsubscribe)
		if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		s.expect(slug, campaign.Finished, c.want)
	}
	if n := len(server.Received()); n != 1 {
		t.Errorf("%d letters", n)
	}
}

func TestAnErasedPersonGetsNothing(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.plan(slug)
	gone := s.messages(slug)[0]
	all := len(s.messages(slug))
	s.people(func(p *store.People) error { return p.Erase(gone.Contact) })
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"held": 1, "accepted": all - 1})
	// Nor when somebody asks for it: nothing is kept that could be sent.
	if _, err := s.Send.Resolve(ctx, []int64{gone.ID}, send.Again); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"held": 1, "accepted": all - 1})
	for _, r := range server.Received() {
		if r.To == gone.Email || r.To == "" {
			t.Errorf("a letter to %q", r.To)
		}
	}
}

// TestLettersInAFolder reads each file as a mail program does.
func TestLettersInAFolder(t *testing.T) {
	s := open(t)
	s.put(store.ESPKind, "files", `{"adapter":"eml","directory":"letters"}`)
	slug := s.letterBy("files")
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.path), "letters", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var to []string
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e, err := enmime.ReadEnvelope(bytes.NewReader(b))
		if err != nil || len(e.Errors) > 0 {
			t.Fatalf("%s: %v %v", path, err, e.Errors)
		}
		to = append(to, e.GetHeader("To"))
	}
	slices.Sort(to)
	if want := emails(s.messages(slug)); !slices.Equal(to, want) {
		t.Errorf("letters to %v, want %v", to, want)
	}
}

func TestAPlanIsVoidWhenItsCampaignChanges(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	s.plan(slug)
	s.write(func(tx *store.Tx) error { return send.Void(tx, slug) })
	if _, err := s.Send.Status(ctx, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("the plan is still there: %v", err)
	}
	if _, err := s.Send.Send(ctx, slug, 1, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.write(func(tx *store.Tx) error { return send.Void(tx, slug) })
	s.expect(slug, campaign.Paused, map[string]int{"accepted": 1})
	if _, err := s.Send.Plan(ctx, slug, job.Silent{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("planned again although one has left: %v", err)
	}
}

func TestAPlanThatIsCutShortLeavesNothing(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	cancelled, cancel := context.WithCancel(ctx)
	if _, err := s.Send.Plan(cancelled, slug, stopper{cancel}); err == nil {
		t.Fatal("a plan that was stopped came to its end")
	}
	var left int
	s.read(func(tx *store.Tx) error {
		return tx.Get(&left, `SELECT (SELECT COUNT(*) FROM runs) + (SELECT COUNT(*) FROM messages) + (SELECT COUNT(*) FROM run_exclusions)`)
	})
	if left != 0 {
		t.Errorf("%d rows are left", left)
	}
}

// stopper cancels at the first sign of progress.
type stopper struct{ cancel func() }

func (s stopper) Set(int64, int64, string) { s.cancel() }
func (s stopper) Say(string)               {}
