package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// killed starts the program, waits for begun and a moment more, kills it with no
// warning, and tells whether it was still at it.
func killed(t *testing.T, begun func() bool, moment time.Duration, args ...string) bool {
	t.Helper()
	c := process(t, args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline) && !begun() && len(ended) == 0; {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(moment)
	_ = c.Process.Signal(syscall.SIGKILL)
	return <-ended != nil
}

// messages gives the messages of the newest run.
func (x terminal) messages(slug string) []app.MessageSummary {
	return lines[app.MessageSummary](x, now, "campaign", "messages", slug)
}

// TestASendingKilledAtRandomMoments kills the program again and again while a slow
// server takes its letters, and resumes: nobody gets two letters, and whose fate is
// not known is said.
func TestASendingKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	server := testkit.SMTP(t, func(at testkit.Stage, _ string) string {
		if at == testkit.AtDot {
			time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
		}
		return ""
	})
	x := shopThatSends(t, server.Host, server.Port)
	x.do(now, "campaign", "plan", "autumn")
	all := len(x.messages("autumn"))
	kills := 0
	for range 6 {
		before := len(server.Received())
		more := before + rand.IntN(4) // from before the first letter of a sender on
		if killed(t, func() bool { return len(server.Received()) >= more }, time.Duration(rand.IntN(40))*time.Millisecond,
			"-w", x.path, now, "campaign", "send", "autumn") {
			kills++
		}
	}
	if kills == 0 {
		t.Fatal("it was never killed in time")
	}
	var st app.RunStatus
	x.answer(&st, now, "campaign", "status", "autumn")
	if st.State == "running" || st.Counts["sending"] != 0 {
		t.Errorf("after the kills: %s (%s) %v", st.State, st.Note, st.Counts)
	}
	code, out, complaints := x.run("", now, "campaign", "resume", "autumn")
	if code != exitDone && code != exitPartly {
		t.Fatalf("resume: exit %d\n%s%s", code, out, complaints)
	}
	x.answer(&st, now, "campaign", "status", "autumn")
	if st.State != "finished" || st.Counts["accepted"]+st.Counts["unknown"] != all || (st.Counts["unknown"] > 0) != (code == exitPartly) {
		t.Errorf("exit %d, %s %v of %d", code, st.State, st.Counts, all)
	}
	got := map[string]int{}
	for _, r := range server.Received() {
		got[r.To]++
	}
	for _, m := range x.messages("autumn") {
		switch n := got[m.Email]; {
		case n > 1:
			t.Errorf("%s got %d letters", m.Email, n)
		case m.State == "accepted" && n != 1:
			t.Errorf("%s is accepted and got %d", m.Email, n)
		}
		delete(got, m.Email)
	}
	if len(got) > 0 {
		t.Errorf("letters to strangers: %v", got)
	}
	t.Logf("%d kills, %d messages, %d of unknown fate", kills, all, st.Counts["unknown"])
}

// TestAMergeFileKilledAtRandomMoments: files take a letter twice without harm, so
// that in the end each row is there once and nothing is unknown.
func TestAMergeFileKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	x := shopThatSends(t, "127.0.0.1", 1)
	x.put(`{"adapter":"csvmerge","directory":"merge"}`, now, "esp", "put", "merge", "-")
	x.put(strings.Replace(strings.Replace(autumn, `"post"`, `"merge"`, 1), `["engaged"]`, `[]`, 1), now, "campaign", "put", "autumn", "-")
	x.do(now, "campaign", "plan", "autumn")
	path := filepath.Join(filepath.Dir(x.path), "merge", "autumn", "merge.csv")
	kills := 0
	for range 6 {
		before := sizeOf(path)
		if killed(t, func() bool { return sizeOf(path) > before }, time.Duration(rand.IntN(8))*time.Millisecond, "-w", x.path, now, "campaign", "send", "autumn") {
			kills++
		}
	}
	var st app.RunStatus
	x.answer(&st, now, "campaign", "send", "autumn")
	all := x.messages("autumn")
	if kills == 0 || st.State != "finished" || st.Counts["accepted"] != len(all) || len(all) == 0 {
		t.Errorf("%d kills, %s %v of %d", kills, st.State, st.Counts, len(all))
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, r := range rows[1:] {
		got[r[0]]++
	}
	for _, m := range all {
		if got[m.Email] != 1 {
			t.Errorf("%s has %d rows", m.Email, got[m.Email])
		}
	}
	if len(rows)-1 != len(all) {
		t.Errorf("%d rows for %d messages", len(rows)-1, len(all))
	}
	t.Logf("%d kills, %d rows", kills, len(all))
}

// TestAPlanKilledAtRandomMoments: a plan is whole or not there.
func TestAPlanKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	x := newTerminal(t)
	x.do(now, "demo", "--contacts", "3000")
	x.put(`{"adapter":"eml","directory":"letters"}`, now, "esp", "put", "post", "-")
	x.put(strings.Replace(autumn, `["engaged"]`, `[]`, 1), now, "campaign", "put", "autumn", "-")
	whole := 0
	cut := map[string]int{}
	for round := range 4 {
		written := int64(round) * 300 << 10 // how far the plan is: from its first bytes on
		begun := func() bool { return sizeOf(x.path+"-wal") > written }
		killed(t, begun, time.Duration(rand.IntN(20))*time.Millisecond, "-w", x.path, now, "campaign", "plan", "autumn")
		left := leftOf(t, x.path)
		var st app.RunStatus
		x.answer(&st, now, "campaign", "status", "autumn") // opens the workspace, which settles what was left
		cut[left]++
		switch after := leftOf(t, x.path); {
		case st.State == "planned" && (whole == 0 || st.Total == whole) && st.Counts["planned"]+st.Counts["failed"] == st.Total && st.Total > 0:
			whole = st.Total
		case st.State != "draft" || after != "0 runs, 0 messages, 0 left out":
			t.Errorf("round %d: %s (%s) %v with %s after %s", round, st.State, st.Note, st.Counts, after, left)
		}
	}
	x.answer(new(app.RunStatus), now, "campaign", "plan", "autumn")
	all := x.messages("autumn")
	if whole != 0 && whole != len(all) {
		t.Errorf("a plan of %d messages survived, and a new one has %d", whole, len(all))
	}
	seen := map[string]bool{}
	for _, m := range all {
		if seen[m.Email] || m.State != "planned" {
			t.Errorf("%s is planned twice or %s", m.Email, m.State)
		}
		seen[m.Email] = true
	}
	t.Logf("%d messages; the kills left %v", len(all), cut)
}

// leftOf counts what the file holds of plans, without settling anything.
func leftOf(t *testing.T, path string) (left string) {
	t.Helper()
	s, err := store.Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(context.Background(), func(tx *store.Tx) error {
		var n struct{ Runs, Messages, Excluded int }
		err := tx.Get(&n, `SELECT (SELECT COUNT(*) FROM runs) AS runs, (SELECT COUNT(*) FROM messages) AS messages, (SELECT COUNT(*) FROM run_exclusions) AS excluded`)
		left = fmt.Sprintf("%d runs, %d messages, %d left out", n.Runs, n.Messages, n.Excluded)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	return left
}
