package send_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

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
