package smtp_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/esp/conformance"
	"github.com/mailwright/mailwright/internal/esp/smtp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/testkit"
)

func remote(s *testkit.SMTPServer, more string) conformance.Remote {
	return conformance.Remote{
		Settings: fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0%s}`, s.Host, s.Port, more),
		Arrived: func(*testing.T) (all []conformance.Arrival) {
			for _, r := range s.Received() {
				all = append(all, arrival([]byte(strings.ReplaceAll(r.Data, "\n", "\r\n"))))
			}
			return all
		},
	}
}

func arrival(raw []byte) conformance.Arrival {
	_, after, _ := bytes.Cut(raw, []byte("X-Mailwright-Key: "))
	key, _, _ := bytes.Cut(after, []byte("\r\n"))
	return conformance.Arrival{Key: string(key), MIME: raw}
}

func TestConformance(t *testing.T) {
	s := testkit.SMTP(t, nil)
	conformance.Run(t, smtp.Kind(), remote(s, ""))
	if n := s.Opened(); n > 10 {
		t.Errorf("%d connections for a handful of runs; they are not kept", n)
	}
}

func TestConformanceWithARealServer(t *testing.T) {
	m := testkit.StartMailpit(t)
	conformance.Run(t, smtp.Kind(), conformance.Remote{
		Settings: fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, m.Host, m.Port),
		Arrived: func(t *testing.T) (all []conformance.Arrival) {
			for _, l := range m.Letters(t) {
				all = append(all, arrival(m.Raw(t, l.ID)))
			}
			return all
		},
	})
}

// once answers at a stage the first time, and as usual afterwards.
func once(at testkit.Stage, reply string) func(testkit.Stage, string) string {
	var done atomic.Bool
	return func(s testkit.Stage, _ string) string {
		if s == at && done.CompareAndSwap(false, true) {
			return reply
		}
		return ""
	}
}

// TestOutcomes holds the law: until the final dot nobody has the letter, after it
// only a clear answer tells.
func TestOutcomes(t *testing.T) {
	for name, c := range map[string]struct {
		at    testkit.Stage
		reply string
		want  esp.State
		taken int
	}{
		"taken":                         {testkit.AtDot, "250 queued", esp.Accepted, 1},
		"taken with another number":     {testkit.AtDot, "251 will forward", esp.Accepted, 1},
		"no recipient of this name":     {testkit.AtRcpt, "550 5.1.1 no such user", esp.Rejected, 0},
		"recipient to be tried later":   {testkit.AtRcpt, "451 greylisted", esp.Later, 0},
		"the sender is refused":         {testkit.AtMail, "550 not you", esp.Stop, 0},
		"busy at the sender":            {testkit.AtMail, "421 too busy", esp.Later, 0},
		"DATA refused":                  {testkit.AtData, "554 no", esp.Rejected, 0},
		"hangs up at the recipient":     {testkit.AtRcpt, testkit.HangUp, esp.Later, 0},
		"hangs up at DATA":              {testkit.AtData, testkit.HangUp, esp.Later, 0},
		"refused after the dot":         {testkit.AtDot, "554 looks like spam", esp.Rejected, 1},
		"tempfailed after the dot":      {testkit.AtDot, "452 disk full", esp.Later, 1},
		"dies after the dot":            {testkit.AtDot, testkit.HangUp, esp.Unknown, 1},
		"answers nonsense after a dot":  {testkit.AtDot, "hello?", esp.Unknown, 1},
		"answers out of turn after one": {testkit.AtDot, "354 go on", esp.Unknown, 1},
		"greets with a refusal":         {testkit.AtConnect, "554 go away", esp.Stop, 0},
		"greets as busy":                {testkit.AtConnect, "421 too busy", esp.Stop, 0},
		"hangs up at once":              {testkit.AtConnect, testkit.HangUp, esp.Stop, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := testkit.SMTP(t, once(c.at, c.reply))
			a := conformance.Open(t, smtp.Kind(), remote(s, ""))
			defer func() { _ = a.Close() }()
			o := a.Deliver(context.Background(), conformance.Letter(1))
			if o.State != c.want || o.Answer == "" {
				t.Errorf("got %d (%s), want %d", o.State, o.Answer, c.want)
			}
			if n := len(s.Received()); n != c.taken {
				t.Errorf("%d letters came whole, want %d", n, c.taken)
			}
			if o := a.Deliver(context.Background(), conformance.Letter(2)); o.State != esp.Accepted {
				t.Errorf("the next letter: %d (%s)", o.State, o.Answer)
			}
		})
	}
}

// TestDyingBeforeTheDot sends a letter that does not fit any buffer to a server
// that dies in the middle of it.
func TestDyingBeforeTheDot(t *testing.T) {
	s := testkit.SMTP(t, once(testkit.AtBody, testkit.HangUp))
	a := conformance.Open(t, smtp.Kind(), remote(s, ""))
	defer func() { _ = a.Close() }()
	l := conformance.Letter(1)
	l.MIME = append(l.MIME, strings.Repeat("all work and no play makes a dull letter\r\n", 400_000)...)
	if o := a.Deliver(context.Background(), l); o.State != esp.Later {
		t.Errorf("got %d (%s)", o.State, o.Answer)
	}
	if n := len(s.Received()); n != 0 {
		t.Errorf("%d letters came whole", n)
	}
}

// TestAServerThatHangsUpOnIdleConnectionsLosesNothing: the letter goes over a new
// connection, and goes once.
func TestAServerThatHangsUpOnIdleConnectionsLosesNothing(t *testing.T) {
	for _, bye := range []string{testkit.HangUp, "421 4.4.2 idle for too long"} {
		t.Run(bye, func(t *testing.T) {
			letters := 0
			s := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
				if at == testkit.AtMail { // the second of each connection
					if letters++; letters%2 == 0 {
						return bye
					}
				}
				return ""
			})
			a := conformance.Open(t, smtp.Kind(), remote(s, ""))
			defer func() { _ = a.Close() }()
			for n := range 6 {
				if o := a.Deliver(context.Background(), conformance.Letter(n)); o.State != esp.Accepted {
					t.Errorf("letter %d: %d (%s)", n, o.State, o.Answer)
				}
			}
			if n := len(s.Received()); n != 6 {
				t.Errorf("%d letters came, want 6", n)
			}
		})
	}
}

// TestAServerThatTakesFewConnections gets all letters over those that it takes.
func TestAServerThatTakesFewConnections(t *testing.T) {
	var opened atomic.Int32
	s := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		switch at {
		case testkit.AtConnect:
			if opened.Add(1) > 2 {
				return "421 4.7.0 too many connections"
			}
		case testkit.AtDot:
			time.Sleep(5 * time.Millisecond)
		}
		return ""
	})
	a := conformance.Open(t, smtp.Kind(), remote(s, ""))
	defer func() { _ = a.Close() }()
	var wait sync.WaitGroup
	for n := range 30 {
		wait.Go(func() {
			if o := a.Deliver(context.Background(), conformance.Letter(n)); o.State != esp.Accepted {
				t.Errorf("letter %d: %d (%s)", n, o.State, o.Answer)
			}
		})
	}
	wait.Wait()
	if n := len(s.Received()); n != 30 {
		t.Errorf("%d letters came, want 30", n)
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	a := conformance.Open(t, smtp.Kind(), conformance.Remote{Settings: fmt.Sprintf(`{"adapter":"smtp","host":"127.0.0.1","port":%d,"tls":"none"}`, port)})
	if o := a.Deliver(context.Background(), conformance.Letter(1)); o.State != esp.Stop || !strings.Contains(o.Answer, "does not answer") {
		t.Errorf("%+v", o)
	}
	if _, err := a.(esp.Tester).Test(context.Background()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the test says %v", err)
	}
}

// TestEncryptionIsNotGivenUp: a server without STARTTLS gets neither letter nor
// password.
func TestEncryptionIsNotGivenUp(t *testing.T) {
	s := testkit.SMTP(t, nil)
	a := conformance.Open(t, smtp.Kind(), remote(s, `,"tls":"starttls","username":"shop","secret":"post"`))
	if o := a.Deliver(context.Background(), conformance.Letter(1)); o.State != esp.Stop || !strings.Contains(o.Answer, "STARTTLS") {
		t.Errorf("%+v", o)
	}
}

func TestAtMostSoManyASecond(t *testing.T) {
	s := testkit.SMTP(t, nil)
	a := conformance.Open(t, smtp.Kind(), remote(s, `,"rate_per_second":50`))
	defer func() { _ = a.Close() }()
	began := time.Now()
	for n := range 25 {
		a.Deliver(context.Background(), conformance.Letter(n))
	}
	if took := time.Since(began); took < 300*time.Millisecond {
		t.Errorf("25 letters at 50 a second, with a burst of 5, took %v", took)
	}
}

// TestAsManyConnectionsAsTheSenderSays: eight letters meet in a server that answers
// none before the eighth is there.
func TestAsManyConnectionsAsTheSenderSays(t *testing.T) {
	const together = 8
	var met sync.WaitGroup
	met.Add(together)
	s := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtRcpt {
			met.Done()
			met.Wait()
		}
		return ""
	})
	a := conformance.Open(t, smtp.Kind(), remote(s, `,"connections":8`))
	defer func() { _ = a.Close() }()
	outcomes := make(chan esp.Outcome)
	for n := range together {
		go func() { outcomes <- a.Deliver(context.Background(), conformance.Letter(n)) }()
	}
	for range together {
		select {
		case o := <-outcomes:
			if o.State != esp.Accepted {
				t.Errorf("%+v", o)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the letters wait for each other")
		}
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct{ settings, field string }{
		"a port that is none":       {`{"host":"h","port":70000}`, "port"},
		"a user without a password": {`{"host":"h","username":"u"}`, "secret"},
		"a password as the name":    {`{"host":"h","username":"u","secret":"my pass word!"}`, "secret"},
		"an unknown encryption":     {`{"host":"h","tls":"ssl"}`, "tls"},
		"a negative rate":           {`{"host":"h","rate_per_second":-1}`, "rate_per_second"},
		"no connection":             {`{"host":"h","connections":0}`, "connections"},
		"connections without end":   {`{"host":"h","connections":1000}`, "connections"},
		"a password field":          {`{"host":"h","password":"x"}`, "password"},
	} {
		s, err := smtp.Kind().Read([]byte(c.settings))
		if err == nil {
			_, err = smtp.Kind().Open(context.Background(), s, esp.Env{Secret: func(string) (string, error) { return "", nil }})
		}
		if f, ok := fault.As(err); !ok || f.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkDeliver(b *testing.B) {
	s := testkit.SMTP(b, nil)
	k := smtp.Kind()
	settings, err := k.Read([]byte(remote(s, "").Settings))
	if err != nil {
		b.Fatal(err)
	}
	a, err := k.Open(context.Background(), settings, esp.Env{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	l := conformance.Letter(1)
	l.MIME = append(l.MIME, strings.Repeat("a line of a usual letter of twenty kilobytes\r\n", 440)...)
	b.SetParallelism(4)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if o := a.Deliver(context.Background(), l); o.State != esp.Accepted {
				b.Error(o)
			}
		}
	})
}
