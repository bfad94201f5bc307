package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mailwright/mailwright/app"
)

const bought = `{"kind":"event","event":"order_placed","window":{"last":30,"unit":"day"}}`

// moves is what a segment's history says, the oldest first: why, how many joined
// and left, and the size after it.
type moves struct {
	Size    int
	AsOf    string `json:"as_of"`
	Changes []struct {
		Cause              string
		Joined, Left, Size int
		Who                []struct {
			Email  string
			Joined bool
		}
	}
}

func (x terminal) moves(slug string) (m moves, said []string) {
	x.t.Helper()
	x.answer(&m, "segment", "history", slug, "--changes", "200")
	slices.Reverse(m.Changes)
	for _, c := range m.Changes {
		said = append(said, fmt.Sprintf("%s +%d -%d =%d", c.Cause, c.Joined, c.Left, c.Size))
	}
	return m, said
}

func (x terminal) file(name, body string) string {
	x.t.Helper()
	path := filepath.Join(x.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		x.t.Fatal(err)
	}
	return path
}

func TestASegmentOverTimeInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	on := func(day string) string { return "--now=" + day + "T10:00:00Z" }
	x.do("import", "events", x.file("old.csv", "email,at,value\nbob@shop.example,2025-01-01 09:00,10\n"), "--event", "order_placed")
	x.put(bought, on("2026-05-01"), "segment", "put", "buyers", "-", "--name", "Buyers", "--owner", "Léa", "--review", "2026-06-01")
	orders := x.file("orders.csv", "email,at,value\nann@shop.example,2026-05-02 09:00,10\nnew@shop.example,2026-05-20 09:00,10\n")
	var imported struct{ Batch int64 }
	x.answer(&imported, on("2026-05-03"), "import", "events", orders, "--event", "order_placed")
	x.do(on("2026-05-03"), "segment", "refresh")
	x.do(on("2026-05-21"), "segment", "refresh") // the second order is not of the future any more
	x.do(on("2026-06-03"), "segment", "refresh") // the first leaves the window
	x.put(`{"kind":"everyone"}`, on("2026-06-03"), "segment", "put", "buyers", "-")
	x.do(on("2026-06-04"), "import", "undo", fmt.Sprint(imported.Batch))
	x.do(on("2026-06-04"), "segment", "refresh")
	m, said := x.moves("buyers")
	want := []string{"first +0 -0 =0", "data +1 -0 =1", "time +1 -0 =2", "time +0 -1 =1", "definition +2 -0 =3", "data +0 -1 =2"}
	if !slices.Equal(said, want) {
		t.Errorf("the history is\n%v, want\n%v", said, want)
	}
	if m.AsOf != "2026-06-04T10:00:00Z" || m.Changes[1].Who[0].Email != "ann@shop.example" || !m.Changes[1].Who[0].Joined {
		t.Errorf("%+v", m)
	}

	s := lines[app.SegmentSummary](x, "segment", "list")[0]
	if s.Owner != "Léa" || s.ReviewOn != "2026-06-01" || s.Count != 2 {
		t.Errorf("the list says %+v", s)
	}
	x.do("segment", "restore", "buyers", "1")
	if all := lines[app.VersionInfo](x, "segment", "versions", "buyers"); len(all) != 3 || all[0].Note == "" {
		t.Errorf("versions: %+v", all)
	}
	x.do("contact", "erase", "ann@shop.example")
	m, _ = x.moves("buyers")
	for _, c := range m.Changes {
		for _, who := range c.Who {
			if who.Email != "bob@shop.example" {
				t.Errorf("%s is still named: %+v", who.Email, c)
			}
		}
	}
}

func TestFixedListsAndGroupsInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	x.put(`{"kind":"everyone"}`, "segment", "put", "all", "-")
	x.put(`{"kind":"attribute","attribute":"first_name","op":"is","value":"Ann"}`, "segment", "put", "anns", "-")
	x.do("segment", "freeze", "all", "--as", "all-then", "--name", "All then")
	x.do("import", "contacts", x.file("more.csv", "email,first_name\ncleo@shop.example,Cleo\n"))
	counts := func() map[string]int {
		got := map[string]int{}
		for _, s := range lines[app.SegmentSummary](x, "segment", "list") {
			got[s.Slug] = s.Count
		}
		return got
	}
	if got := fmt.Sprint(counts()); got != "map[all:3 all-then:2 anns:1]" {
		t.Errorf("counts: %s", got)
	}
	if code, _, said := x.run(`{"kind":"everyone"}`, "segment", "put", "all-then", "-"); code != exitConflict {
		t.Errorf("a fixed list was given a condition: exit %d, %s", code, said)
	}
	x.do("segment", "group", "put", "ladder", "anns", "all-then", "all")
	if got := fmt.Sprint(counts()); got != "map[all:1 all-then:1 anns:1]" {
		t.Errorf("counts in the group: %s", got)
	}
	if got := x.do("segment", "members", "all"); got != "email\ncleo@shop.example\n" {
		t.Errorf("members: %s", got)
	}
	x.put(`{"kind":"segment","segment":"all"}`, "segment", "put", "outside", "-")
	for what, args := range map[string][]string{
		"a circle":            {"segment", "group", "put", "ladder", "anns", "outside", "all"},
		"a segment twice":     {"segment", "group", "put", "other", "outside", "outside"},
		"a segment of two":    {"segment", "group", "put", "other", "outside", "all"},
		"one that is missing": {"segment", "group", "put", "other", "outside", "gone"},
		"one in use":          {"segment", "rm", "anns"},
	} {
		if code, out, _ := x.run("", args...); code == exitDone {
			t.Errorf("%s was taken: %s", what, out)
		}
	}
	x.do("segment", "thaw", "all-then")
	x.do("segment", "group", "rm", "ladder")
	if got := fmt.Sprint(counts()); got != "map[all:3 all-then:3 anns:1 outside:3]" {
		t.Errorf("counts at the end: %s", got)
	}
}

// TestARefreshKilledAtRandomMoments kills the program while it notes who joined and
// left: what is noted adds up, whenever that is.
func TestARefreshKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	x := newTerminal(t)
	x.do("demo", "--contacts", "1000", "--events", "10000")
	kills := 0
	for i := range 12 {
		at := "--now=" + time.Now().AddDate(0, 0, 10*(i+1)).UTC().Format(time.RFC3339)
		if killed(t, func() bool { return true }, time.Duration(20+rand.IntN(60))*time.Millisecond, "-w", x.path, at, "segment", "refresh") {
			kills++
		}
	}
	if kills == 0 {
		t.Error("it was never killed while it was at it")
	}
	last := "--now=" + time.Now().AddDate(0, 0, 200).UTC().Format(time.RFC3339)
	x.do(last, "segment", "refresh")
	for _, s := range lines[app.SegmentSummary](x, last, "segment", "list") {
		m, said := x.moves(s.Slug)
		size := 0
		for _, c := range m.Changes {
			if size += c.Joined - c.Left; size != c.Size {
				t.Fatalf("%s does not add up: %v", s.Slug, said)
			}
		}
		if size != s.Count || m.Size != s.Count {
			t.Errorf("%s: %d by its history, %d kept, %d now", s.Slug, size, m.Size, s.Count)
		}
	}
	x.do("doctor")
}
