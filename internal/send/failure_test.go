package send_test

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// TestDeathBetweenDotAndAnswer: the letter is here, the answer is not.
func TestDeathBetweenDotAndAnswer(t *testing.T) {
	s := open(t)
	var letters atomic.Int32
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtDot && letters.Add(1) == 5 {
			return testkit.HangUp
		}
		return ""
	})
	slug := s.letter(server)
	s.plan(slug)
	all := len(s.messages(slug))
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"unknown": 1, "accepted": all - 1})
	// Nothing sends it again by itself.
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	once(t, server.Received())
	i := slices.IndexFunc(s.messages(slug), func(m campaign.Message) bool { return m.State == campaign.MessageUnknown })
	m := s.messages(slug)[i]
	if m.Error == "" {
		t.Error("it does not say why its fate is not known")
	}
	// A person says that it did not arrive: then it leaves once more, as the same e-mail.
	if n, err := s.Send.Resolve(ctx, []int64{m.ID}, send.Again); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"unknown": 0, "accepted": all})
	ids := map[string]bool{}
	n := 0
	for _, r := range server.Received() {
		if r.To == m.Email {
			ids[header(r.Data, "Message-ID")] = true
			n++
		}
	}
	if n != 2 || len(ids) != 1 {
		t.Errorf("%d letters with the ids %v", n, ids)
	}
}

func TestVerdicts(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	s.plan(slug)
	list := s.messages(slug)
	set := func(m campaign.Message, state campaign.MessageState) campaign.Message {
		m.State = state
		s.write(func(tx *store.Tx) error { return tx.SetMessages([]campaign.Message{m}) })
		return m
	}
	for _, c := range []struct {
		state   campaign.MessageState
		verdict send.Verdict
		want    campaign.MessageState
		code    fault.Code
	}{
		{campaign.MessageUnknown, send.WasSent, campaign.MessageAccepted, ""},
		{campaign.MessageUnknown, send.Again, campaign.MessagePlanned, ""},
		{campaign.MessageUnknown, send.GiveUp, campaign.MessageRejected, ""},
		{campaign.MessageRejected, send.Again, campaign.MessagePlanned, ""},
		{campaign.MessageHeld, send.Again, campaign.MessagePlanned, ""},
		{campaign.MessageRejected, send.WasSent, campaign.MessageRejected, fault.Conflict},
		{campaign.MessageAccepted, send.Again, campaign.MessageAccepted, fault.Conflict},
		{campaign.MessageSending, send.Again, campaign.MessageSending, fault.Conflict},
		{campaign.MessageFailed, send.Again, campaign.MessageFailed, fault.Conflict},
		{campaign.MessageUnknown, "maybe", campaign.MessageUnknown, fault.Invalid},
	} {
		m := set(list[0], c.state)
		_, err := s.Send.Resolve(ctx, []int64{m.ID}, c.verdict)
		if err == nil && c.code != "" || err != nil && !fault.Is(err, c.code) {
			t.Errorf("%s, %s: %v", c.state, c.verdict, err)
		}
		if got := s.messages(slug)[0].State; got != c.want {
			t.Errorf("%s, %s: now %s, want %s", c.state, c.verdict, got, c.want)
		}
	}
	// One that cannot be decided keeps all as they are.
	a, b := set(list[0], campaign.MessageUnknown), set(list[1], campaign.MessageAccepted)
	if _, err := s.Send.Resolve(ctx, []int64{a.ID, b.ID}, send.Again); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v", err)
	}
	if got := s.messages(slug)[0].State; got != campaign.MessageUnknown {
		t.Errorf("half done: %s", got)
	}
	if _, err := s.Send.Resolve(ctx, []int64{1 << 40}, send.Again); !fault.Is(err, fault.NotFound) {
		t.Errorf("a message that is not there: %v", err)
	}
}

func TestADeadServerLosesNothing(t *testing.T) {
	s := open(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	s.put(store.ESPKind, "post", fmt.Sprintf(`{"adapter":"smtp","host":"127.0.0.1","port":%d,"tls":"none"}`, port))
	slug := s.letterBy("post")
	s.plan(slug)
	all := len(s.messages(slug))
	st, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%v", err)
	}
	s.expect(slug, campaign.Paused, map[string]int{"planned": all, "sending": 0, "unknown": 0})
	if st.Run.Note == "" || st.Live {
		t.Errorf("the run says %q, live %v", st.Run.Note, st.Live)
	}
	server := testkit.SMTP(t, nil)
	s.put(store.ESPKind, "post", fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, server.Host, server.Port))
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"accepted": all})
	if got := once(t, server.Received()); len(got) != all {
		t.Errorf("%d letters, want %d", len(got), all)
	}
}

// TestAServerThatDiesInTheMiddle stops the server for good after some letters.
func TestAServerThatDiesInTheMiddle(t *testing.T) {
	s := open(t)
	var letters atomic.Int32
	var server *testkit.SMTPServer
	stop := make(chan bool, 100)
	server = testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtBody && letters.Add(1) >= 12 {
			stop <- true
			return testkit.HangUp
		}
		return ""
	})
	go func() {
		<-stop
		server.Stop()
	}()
	slug := s.letter(server)
	s.plan(slug)
	all := len(s.messages(slug))
	_, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
	counts := s.counts(slug)
	if counts["sending"] != 0 || counts["rejected"] != 0 || counts["planned"]+counts["accepted"]+counts["unknown"] != all || counts["planned"] == 0 {
		t.Errorf("%v", counts)
	}
	// Who is planned has no letter, who is accepted has one.
	got := once(t, server.Received())
	for _, m := range s.messages(slug) {
		has := slices.Contains(got, m.Email)
		if m.State == campaign.MessagePlanned && has || m.State == campaign.MessageAccepted && !has {
			t.Errorf("%s is %s and has a letter: %v", m.Email, m.State, has)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	s.plan(slug)
	list := s.messages(slug)
	bad, slow := list[3].Email, list[5].Email
	var tried atomic.Int32
	server := testkit.SMTP(t, func(at testkit.Stage, to string) string {
		switch {
		case at == testkit.AtRcpt && to == bad:
			return "550 5.1.1 no such user"
		case at == testkit.AtRcpt && to == slow && tried.Add(1) == 1:
			return "451 4.7.1 greylisted, come again"
		}
		return ""
	})
	s.letter(server)
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"rejected": 1, "accepted": len(list) - 1})
	if tried.Load() != 2 {
		t.Errorf("the one to be tried later was tried %d times", tried.Load())
	}
	for _, m := range s.messages(slug) {
		if m.Email == bad && !strings.Contains(m.Error, "550 5.1.1 no such user") {
			t.Errorf("the refusal says %q", m.Error)
		}
	}
	once(t, server.Received())
}

func TestTryLaterForEverWaitsForAPerson(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, func(at testkit.Stage, to string) string {
		if at == testkit.AtRcpt && strings.Contains(to, "a") {
			return "451 later"
		}
		return ""
	})
	slug := s.letter(server)
	st, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	if st.Run.State != campaign.Paused || st.Counts["planned"] == 0 || !strings.Contains(st.Run.Note, "later") {
		t.Errorf("%s (%s) %v", st.Run.State, st.Run.Note, st.Counts)
	}
}

// TestAServerThatRefusesEverybodyIsTheSendersFault stops before everybody is
// written down as refused.
func TestAServerThatRefusesEverybodyIsTheSendersFault(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtRcpt {
			return "554 5.7.1 relay access denied"
		}
		return ""
	})
	slug := s.letter(server)
	s.plan(slug)
	_, err := s.Send.Send(ctx, slug, 0, job.Silent{})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "relay access denied") {
		t.Errorf("%v", err)
	}
	counts := s.counts(slug)
	if counts["rejected"] < 20 || counts["rejected"] > 28 || counts["planned"] == 0 {
		t.Errorf("%v", counts)
	}
}

// crash leaves the run as a process that was killed does: two letters under way and
// nobody at it.
func crash(s *shop, slug string) (underWay []campaign.Message) {
	s.t.Helper()
	run := s.plan(slug)
	underWay = s.messages(slug)[:2]
	for i := range underWay {
		underWay[i].State = campaign.MessageSending
	}
	s.write(func(tx *store.Tx) error {
		if err := tx.SetRunState(run.ID, campaign.Running, ""); err != nil {
			return err
		}
		return tx.SetMessages(underWay)
	})
	return underWay
}

func TestWhatADeadSenderLeftIsUnknown(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	underWay := crash(s, slug)
	again := reopen(t, s.path, testkit.Now)
	again.expect(slug, campaign.Paused, map[string]int{"unknown": 2, "sending": 0})
	st, err := again.Send.Status(ctx, slug)
	if err != nil || !strings.Contains(st.Run.Note, "2 messages is not known") {
		t.Errorf("%q, %v", st.Run.Note, err)
	}
	if _, err := again.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	got := once(t, server.Received())
	for _, m := range underWay {
		if slices.Contains(got, m.Email) {
			t.Errorf("%s got a letter although the first may have arrived", m.Email)
		}
	}
	if len(got) != len(again.messages(slug))-2 {
		t.Errorf("%d letters", len(got))
	}
}

func TestWhatADeadSenderLeftInFilesIsWrittenAgain(t *testing.T) {
	s := open(t)
	s.put(store.ESPKind, "merge", `{"adapter":"csvmerge","directory":"merge"}`)
	slug := s.letterBy("merge")
	crash(s, slug)
	again := reopen(t, s.path, testkit.Now)
	again.expect(slug, campaign.Paused, map[string]int{"unknown": 0, "sending": 0})
	if _, err := again.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	again.expect(slug, campaign.Finished, map[string]int{"accepted": len(again.messages(slug))})
	if rows := mergeRows(t, s.path); len(rows)-1 != len(again.messages(slug)) {
		t.Errorf("%d rows", len(rows)-1)
	}
}

func TestALiveSenderIsNotDisturbed(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	crash(s, slug)
	st, err := s.Send.Status(ctx, slug)
	if err != nil || st.Live || !strings.Contains(st.Run.Note, "the program stopped while sending; resume") {
		t.Fatalf("a run without its sender: live %v, %q, %v", st.Live, st.Run.Note, err)
	}
	lease, err := s.Store.Take(ctx, fmt.Sprintf("run:%d", st.Run.ID), "test")
	if err != nil {
		t.Fatal(err)
	}
	if st, err := s.Send.Status(ctx, slug); err != nil || !st.Live || st.Run.Note != "" {
		t.Errorf("a run that is being sent: live %v, %q, %v", st.Live, st.Run.Note, err)
	}
	reopen(t, s.path, testkit.Now).expect(slug, campaign.Running, map[string]int{"sending": 2, "unknown": 0})
	lease.Release()
	reopen(t, s.path, testkit.Now).expect(slug, campaign.Paused, map[string]int{"sending": 0, "unknown": 2})
}

func TestAPlanThatDiedIsGone(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	run := s.plan(slug)
	s.write(func(tx *store.Tx) error { return tx.SetRunState(run.ID, campaign.Planning, "") })
	if _, err := reopen(t, s.path, testkit.Now).Send.Status(ctx, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}

// TestADamagedMessageIsNotSent flips a byte of what is kept.
func TestADamagedMessageIsNotSent(t *testing.T) {
	s := open(t)
	server := testkit.SMTP(t, nil)
	slug := s.letter(server)
	s.plan(slug)
	m := s.messages(slug)[0]
	s.write(func(tx *store.Tx) error {
		row, err := tx.MessageByID(m.ID)
		if err != nil {
			return err
		}
		row.Body[len(row.Body)/2] ^= 0x40
		_, err = tx.Exec(`UPDATE messages SET body = ? WHERE id = ?`, row.Body, m.ID)
		return err
	})
	if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	s.expect(slug, campaign.Finished, map[string]int{"held": 1})
	if slices.Contains(once(t, server.Received()), m.Email) {
		t.Error("it was sent")
	}
}

func TestAnErasedPersonsMessageSaysSo(t *testing.T) {
	s := open(t)
	slug := s.letter(testkit.SMTP(t, nil))
	s.plan(slug)
	m := s.messages(slug)[0]
	s.write(func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE messages SET body = NULL, hash = NULL WHERE id = ?`, m.ID)
		return err
	})
	if _, _, err := s.Send.KeptByID(ctx, m.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}
