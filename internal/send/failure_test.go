package send_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
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

// TestWhateverTheServerDoes has a server that fails at random at every stage, and
// resumes a few times: the outbox never says anything that is not so.
func TestWhateverTheServerDoes(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := open(t)
			var mu sync.Mutex
			random := rand.New(rand.NewPCG(seed, 1))
			taken, perhaps := map[string]int{}, map[string]int{}
			server := testkit.SMTP(t, func(at testkit.Stage, what string) string {
				mu.Lock()
				defer mu.Unlock()
				reply := ""
				if random.IntN(12) == 0 {
					reply = []string{testkit.HangUp, "421 going away", "451 later", "550 never", "hello?", "251 elsewhere"}[random.IntN(6)]
				}
				switch {
				case at != testkit.AtDot:
				case reply == "":
					taken[what]++
				case strings.HasPrefix(reply, "2"):
					taken[what]++
				case reply == testkit.HangUp || reply == "hello?":
					perhaps[what]++ // it may keep the letter
				}
				return reply
			})
			slug := s.letter(server)
			s.plan(slug)
			for range 5 {
				if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil && !fault.Is(err, fault.Unavailable) {
					t.Fatal(err)
				}
			}
			for _, m := range s.messages(slug) {
				sure, maybe := taken[m.Email], perhaps[m.Email]
				var right bool
				switch m.State {
				case campaign.MessageAccepted:
					right = sure == 1 && maybe == 0
				case campaign.MessageUnknown:
					right = sure == 0 && maybe <= 1 // a short letter has left when the server dies in its middle
				case campaign.MessagePlanned, campaign.MessageRejected:
					right = sure == 0 && maybe == 0
				}
				if !right {
					t.Errorf("%s is %s (%s); the server took %d letters and perhaps %d more", m.Email, m.State, m.Error, sure, maybe)
				}
			}
			t.Log(s.counts(slug))
		})
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
