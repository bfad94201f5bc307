package send_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

var ctx = context.Background()

// TestOneLetterForEachPermittedPerson sends, and looks at every letter as the
// recipient's program does.
func TestOneLetterForEachPermittedPerson(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	who, err := s.Send.Audience(ctx, slug, testkit.Now)
	if err != nil {
		t.Fatal(err)
	}
	if len(who.Permitted) == 0 || len(who.Excluded) == 0 || len(who.Permitted)+len(who.Excluded) != who.Included {
		t.Fatalf("%d permitted and %d excluded of %d", len(who.Permitted), len(who.Excluded), who.Included)
	}
	st, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": len(who.Permitted), "planned": 0, "sending": 0})
	excluded := 0
	for _, n := range st.Excluded {
		excluded += n
	}
	if excluded != len(who.Excluded) {
		t.Errorf("the run keeps %v for %d people", st.Excluded, len(who.Excluded))
	}
	var want []string
	for _, id := range who.Permitted {
		want = append(want, s.email(id))
	}
	slices.Sort(want)
	received := server.Received()
	if got := once(t, received); !slices.Equal(got, want) {
		t.Errorf("letters to %v, want %v", got, want)
	}
	keys := map[string]bool{}
	for _, r := range received {
		keys[header(r.Data, "Message-ID")] = true
		same(t, s, slug, r)
	}
	if len(keys) != len(received) {
		t.Errorf("%d letters with %d ids", len(received), len(keys))
	}
}

// same compares what arrived with what the program shows for the person.
func same(t *testing.T, s *shop, slug string, r testkit.Received) {
	t.Helper()
	list := s.messages(slug)
	i := slices.IndexFunc(list, func(m campaign.Message) bool { return m.Email == r.To })
	if i < 0 {
		t.Fatalf("a letter to %s, who has no message", r.To)
	}
	m, kept, err := s.Send.Kept(ctx, slug, list[i].Contact)
	if err != nil {
		t.Fatal(err)
	}
	if kept.Message.Hash() != m.Hash {
		t.Errorf("%s: the kept message has another hash", r.To)
	}
	e, err := enmime.NewParser(enmime.SkipMalformedParts(false), enmime.DisableCharacterDetection(true)).ReadEnvelope(strings.NewReader(r.Data))
	if err != nil || len(e.Errors) > 0 {
		t.Fatalf("%s: %v %v", r.To, err, e.Errors)
	}
	if e.GetHeader("Subject") != kept.Message.Subject || e.HTML != kept.Message.HTML {
		t.Errorf("%s: other bytes than kept", r.To)
	}
	text := e.Root.DepthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/plain" })
	if string(text.Content) != kept.Message.Text {
		t.Errorf("%s: the text is %q, kept %q", r.To, text.Content, kept.Message.Text)
	}
	for _, h := range []string{"List-Unsubscribe", "Date", "Message-ID", "From", "To"} {
		if e.GetHeader(h) == "" {
			t.Errorf("%s: no %s", r.To, h)
		}
	}
	if shown := strings.Count(e.HTML, `src="cid:`); shown > 0 && len(e.Inlines)+len(e.OtherParts) == 0 {
		t.Errorf("%s: %d pictures are shown and none is there", r.To, shown)
	}
	if strings.Contains(e.HTML, "data:") || strings.Contains(e.HTML, `"asset:`) {
		t.Errorf("%s: a picture that mail programs do not show", r.To)
	}
}

// TestADayAndAnImportLater holds that the outbox, and not today's data, says what
// somebody got.
func TestADayAndAnImportLater(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	fresh, err := s.Send.Letter(ctx, slug, s.firstPermitted(slug), "")
	if err != nil {
		t.Fatal(err)
	}
	s.plan(slug)
	id := s.messages(slug)[0].Contact
	_, before, err := s.Send.Kept(ctx, slug, id)
	if err != nil {
		t.Fatal(err)
	}
	mime, err := s.Send.MIME(ctx, slug, id)
	if err != nil {
		t.Fatal(err)
	}
	if before.Message.HTML != fresh.HTML || before.Message.Text != fresh.Text || before.Message.Subject != fresh.Subject {
		t.Error("the plan holds other bytes than a letter that is composed alone")
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	tomorrow := testkit.Now.Add(26 * time.Hour)
	s.now.Store(&tomorrow)
	s.write(func(tx *store.Tx) error {
		if _, err := tx.Exec(`UPDATE contact_values SET value = 'Somebody else' WHERE typeof(value) = 'text'`); err != nil {
			return err
		}
		return tx.LogChange("contacts", "", "")
	})
	s.put(store.TemplateKind, "seasonal-letter", `{"name":"Other","subject":"Other","blocks":[{"id":"a","kind":"text","content":"<p>Other</p>"}]}`)
	m, after, err := s.Send.Kept(ctx, slug, id)
	if err != nil {
		t.Fatal(err)
	}
	if after.Message.Hash() != before.Message.Hash() || m.State != campaign.MessageAccepted {
		t.Error("what was sent has changed")
	}
	again, err := s.Send.MIME(ctx, slug, id)
	if err != nil || !bytes.Equal(again, mime) {
		t.Errorf("the whole e-mail has changed: %v", err)
	}
}

func TestPermissionIsLookedAtAgain(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.plan(slug)
	list := s.messages(slug)
	later := testkit.Now.Add(time.Hour)
	s.now.Store(&later)
	s.write(func(tx *store.Tx) error {
		return errors.Join(
			tx.AddConsent(consent.Entry{Contact: list[0].Contact, Purpose: consent.Marketing, State: consent.Withdrawn, Source: "test", At: later}),
			tx.Suppress(store.Suppression{Email: list[1].Email, Reason: "complained", Source: "test", At: later.UnixMilli()}),
			func() error {
				_, err := tx.Exec(`UPDATE contacts SET email = 'moved@post.example' WHERE id = ?`, list[2].Contact)
				return err
			}())
	})
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"held": 3, "accepted": len(list) - 3})
	got := once(t, server.Received())
	for _, m := range list[:3] {
		if slices.Contains(got, m.Email) {
			t.Errorf("%s got a letter", m.Email)
		}
	}
}

func TestMarketingNeedsAWayToUnsubscribe(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	s.letter(server)
	body := `{"name":"Letter","template":"seasonal-letter","include":[],"purpose":"marketing","from":{"email":"hello@tildaandfern.example"},"esp":"post","unsubscribe":`
	for name, address := range map[string]string{"no address": `"ftp://x.example"`, "nobody": `"mailto:"`, "no host": `"https://"`} {
		s.put(store.CampaignKind, "letter", body+address+"}")
		if _, err := s.Send.Plan(ctx, "letter", job.Silent{}); !invalidAt(err, "unsubscribe") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// With a person's data it is only known for each of them.
	s.put(store.CampaignKind, "letter", body+`"{% if first_name %}https://shop.example/u?who={{ email | url_encode }}{% endif %}"}`)
	s.plan("letter")
	failed := emails(s.messages("letter"), campaign.MessageFailed)
	if len(failed) == 0 || len(failed) == len(s.messages("letter")) {
		t.Fatalf("%d failed", len(failed))
	}
	if _, err := s.Send.Send(ctx, "letter", 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range server.Received() {
		if slices.Contains(failed, r.To) || !strings.HasPrefix(header(r.Data, "List-Unsubscribe"), "<https://shop.example/u?who=") || header(r.Data, "List-Unsubscribe-Post") == "" {
			t.Errorf("%s got a letter without a way to unsubscribe", r.To)
		}
	}
}

func invalidAt(err error, field string) bool {
	f, ok := fault.As(err)
	return ok && f.Code == fault.Invalid && f.Field == field
}

func TestTwoAtOnce(t *testing.T) {
	s := open(t)
	begun, goOn := make(chan bool, 100), make(chan bool)
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtDot {
			begun <- true
			<-goOn
		}
		return ""
	})
	slug := s.letter(server)
	s.plan(slug)
	done := make(chan error)
	go func() {
		_, err := s.Send.Send(ctx, slug, 0, job.Silent{})
		done <- err
	}()
	<-begun
	other := reopen(t, s.path, testkit.Now) // finds a live sender and leaves it alone
	if _, err := other.Send.Send(ctx, slug, 0, job.Silent{}); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), fmt.Sprintf("(process %d)", os.Getpid())) {
		t.Errorf("a second sender: %v", err)
	}
	if _, err := other.Send.Plan(ctx, slug, job.Silent{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a plan beside a sender: %v", err)
	}
	if n := other.counts(slug)["unknown"]; n != 0 {
		t.Errorf("the second one made %d unknown", n)
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": len(s.messages(slug))})
	once(t, server.Received())
}

func TestPauseByAnotherProcessAndResume(t *testing.T) {
	s := open(t)
	var letters atomic.Int32
	paused := make(chan bool)
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtDot && letters.Add(1) >= 10 {
			<-paused
		}
		return ""
	})
	slug := s.letter(server)
	s.plan(slug)
	go func() {
		for letters.Load() < 10 {
			time.Sleep(time.Millisecond)
		}
		if err := reopen(t, s.path, testkit.Now).Send.Pause(ctx, slug); err != nil {
			t.Error(err)
		}
		close(paused)
	}()
	st, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	all := len(s.messages(slug))
	if st.Run.State != campaign.Paused || st.Counts["planned"] == 0 || st.Counts["sending"] != 0 || st.Counts["accepted"]+st.Counts["planned"] != all {
		t.Fatalf("after the pause: %s %v", st.Run.State, st.Counts)
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": all})
	if got := once(t, server.Received()); len(got) != all {
		t.Errorf("%d letters, want %d", len(got), all)
	}
}

func TestCancelFinishesWhatIsUnderWay(t *testing.T) {
	s := open(t)
	cancelled, cancel := context.WithCancel(ctx)
	var letters atomic.Int32
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtDot && letters.Add(1) == 6 {
			cancel()
			time.Sleep(30 * time.Millisecond)
		}
		return ""
	})
	slug := s.letter(server)
	s.plan(slug)
	st, err := s.Send.Send(cancelled, slug, 0, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	received := server.Received()
	if st.Run.State != campaign.Paused || st.Counts["sending"]+st.Counts["unknown"] != 0 || st.Counts["accepted"] != len(received) {
		t.Errorf("%s %v with %d received", st.Run.State, st.Counts, len(received))
	}
}

func TestLimit(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.plan(slug)
	all := len(s.messages(slug))
	for i, limit := range []int{1, 7, 0} {
		if _, err := s.Send.Send(ctx, slug, limit, job.Silent{}); err != nil {
			t.Fatal(err)
		}
		if got, want := len(once(t, server.Received())), []int{1, 8, all}[i]; got != want {
			t.Errorf("after a limit of %d: %d letters, want %d", limit, got, want)
		}
	}
	s.expect(slug, campaign.Finished, nil)
}

func TestTestGoesElsewhereAndIsNotKept(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	ok, answer, err := s.Send.Test(ctx, slug, s.firstPermitted(slug), "Me@Shop.example")
	if err != nil || !ok {
		t.Fatalf("%s %v", answer, err)
	}
	if got := server.Received(); len(got) != 1 || got[0].To != "me@shop.example" || header(got[0].Data, "To") != "me@shop.example" {
		t.Errorf("%+v", got)
	}
	if _, err := s.Send.Status(ctx, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("the test left a run: %v", err)
	}
	if _, _, err := s.Send.Test(ctx, slug, s.firstPermitted(slug), "nobody"); !invalidAt(err, "to") {
		t.Errorf("an address that is none: %v", err)
	}
}

func TestATestDoesNotMixWithAMergeFile(t *testing.T) {
	s := open(t)
	s.put(store.ESPKind, "merge", `{"adapter":"csvmerge","directory":"merge"}`)
	slug := s.letterBy("merge")
	if ok, answer, err := s.Send.Test(ctx, slug, s.firstPermitted(slug), "me@shop.example"); err != nil || !ok {
		t.Fatalf("%s %v", answer, err)
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	rows := mergeRows(t, s.path)
	if len(rows)-1 != len(s.messages(slug)) {
		t.Errorf("%d rows for %d messages", len(rows)-1, len(s.messages(slug)))
	}
	for _, r := range rows {
		if r[0] == "me@shop.example" {
			t.Error("the test is in the merge file")
		}
	}
}
