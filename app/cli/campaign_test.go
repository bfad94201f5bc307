package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/testkit"
)

const now = "--now=2026-06-15T10:00:00Z"

// autumn is a campaign to the demo shop's readers.
const autumn = `{"name":"Autumn","template":"seasonal-letter","include":["engaged"],"exclude":["vip"],"purpose":"marketing",
	"from":{"name":"Tilda & Fern","email":"hello@tildaandfern.example"},"esp":"post"}`

// shopThatSends makes a demo shop with a sender.
func shopThatSends(t *testing.T, host string, port int) terminal {
	t.Helper()
	x := newTerminal(t)
	made, err := demoShop()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(x.path, made, 0o600); err != nil {
		t.Fatal(err)
	}
	x.put(fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, host, port), now, "esp", "put", "post", "-")
	x.put(autumn, now, "campaign", "put", "autumn", "-")
	return x
}

// demoShop gives the file of a demo shop, which is made once.
var demoShop = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "cli")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "shop.mailwright")
	if code := run(context.Background(), []string{"-w", path, now, "demo", "--contacts", "300"}, strings.NewReader(""), io.Discard, os.Stderr); code != exitDone {
		return nil, fmt.Errorf("demo: exit %d", code)
	}
	return os.ReadFile(path)
})

// TestTheWholeWayToAMailServer goes from a file to the letters that arrived, and
// compares each with what the program shows, also a day and an import later.
func TestTheWholeWayToAMailServer(t *testing.T) {
	mail := testkit.StartMailpit(t)
	x := shopThatSends(t, mail.Host, mail.Port)
	var planned, sent app.RunStatus
	x.answer(&planned, now, "campaign", "plan", "autumn")
	x.answer(&sent, now, "campaign", "send", "autumn")
	if planned.Counts["planned"] == 0 || sent.State != "finished" || sent.Counts["accepted"] != planned.Counts["planned"] {
		t.Fatalf("planned %v, then %s %v", planned.Counts, sent.State, sent.Counts)
	}
	var want []string
	for _, m := range lines[app.MessageSummary](x, now, "campaign", "messages", "autumn") {
		want = append(want, m.Email)
	}
	slices.Sort(want)
	letters := map[string][]byte{}
	var got []string
	for _, l := range mail.Letters(t) {
		got = append(got, l.To[0].Address)
		letters[l.To[0].Address] = mail.Raw(t, l.ID)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Fatalf("letters to %d, want %d", len(got), len(want))
	}
	people := want[:min(len(want), 12)]
	for _, who := range people {
		compare(t, x, who, letters[who], now)
	}
	names := "email,first_name\n"
	for _, who := range people {
		names += who + ",Renamed\n"
	}
	file := filepath.Join(t.TempDir(), "names.csv")
	if err := os.WriteFile(file, []byte(names), 0o600); err != nil {
		t.Fatal(err)
	}
	const tomorrow = "--now=2026-06-16T18:00:00Z"
	x.do(tomorrow, "import", "contacts", file)
	for _, who := range people {
		compare(t, x, who, letters[who], tomorrow)
	}
}

// compare holds a letter against what `render --campaign` gives.
func compare(t *testing.T, x terminal, who string, raw []byte, when string) {
	t.Helper()
	e, err := enmime.NewParser(enmime.DisableCharacterDetection(true)).ReadEnvelope(strings.NewReader(string(raw)))
	if err != nil || len(e.Errors) > 0 {
		t.Fatalf("%s: %v %v", who, err, e.Errors)
	}
	text := e.Root.DepthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/plain" })
	for part, got := range map[string]string{"html": e.HTML, "text": string(text.Content), "subject": e.GetHeader("Subject")} {
		if want := x.do(when, "render", "--campaign", "autumn", "--contact", who, "--part", part); got != want {
			t.Errorf("%s: the %s arrived as %d bytes and is shown as %d", who, part, len(got), len(want))
		}
	}
	// The server adds its own headers in front.
	if whole := x.do(when, "render", "--campaign", "autumn", "--contact", who, "--part", "mime"); !strings.HasSuffix(string(raw), whole) {
		t.Errorf("%s: the whole e-mail differs", who)
	}
	if e.GetHeader("List-Unsubscribe") == "" || len(e.Inlines)+len(e.OtherParts) != strings.Count(string(raw), "\r\nContent-Id: ") {
		t.Errorf("%s: %d pictures, unsubscribe %q", who, len(e.Inlines)+len(e.OtherParts), e.GetHeader("List-Unsubscribe"))
	}
}

func TestExitCodes(t *testing.T) {
	server := testkit.SMTP(t, func(at testkit.Stage, to string) string {
		if at == testkit.AtRcpt && strings.HasPrefix(to, "a") {
			return "550 no such user"
		}
		return ""
	})
	x := shopThatSends(t, server.Host, server.Port)
	for _, c := range []struct {
		name  string
		stdin string
		args  []string
		want  int
		says  string
	}{
		{"an unknown field", `{"name":"A","letter":"x"}`, []string{"campaign", "put", "a", "-"}, exitInvalid, `"letter"`},
		{"a segment that is not there", `{"name":"A","template":"seasonal-letter","include":["nobody"],"purpose":"marketing","from":{"email":"a@b.example"},"esp":"post"}`, []string{"campaign", "put", "a", "-"}, exitNotFound, "nobody"},
		{"an adapter that is not there", `{"adapter":"pigeon"}`, []string{"esp", "put", "p", "-"}, exitInvalid, "pigeon"},
		{"an unknown setting", `{"adapter":"eml","directory":"x","colour":"red"}`, []string{"esp", "put", "p", "-"}, exitInvalid, "colour"},
		{"a campaign that is not there", "", []string{"campaign", "send", "nothing"}, exitNotFound, "nothing"},
		{"never started", "", []string{"campaign", "resume", "autumn"}, exitNotFound, "never started"},
		{"some are refused", "", []string{"campaign", "send", "autumn"}, exitPartly, "rejected"},
		{"sent already", "", []string{"campaign", "plan", "autumn"}, exitConflict, "has been sent"},
		{"a sender that is used", "", []string{"esp", "rm", "post"}, exitConflict, "autumn"},
	} {
		code, out, complaints := x.run(c.stdin, append([]string{now}, c.args...)...)
		if code != c.want || !strings.Contains(out+complaints, c.says) {
			t.Errorf("%s: exit %d, want %d\n%s%s", c.name, code, c.want, out, complaints)
		}
	}
}

func TestADeadServerIsAFailureThatLosesNothing(t *testing.T) {
	server := testkit.SMTP(t, nil)
	server.Stop()
	x := shopThatSends(t, server.Host, server.Port)
	code, out, complaints := x.run("", now, "campaign", "send", "autumn")
	if code != exitFailed || !strings.Contains(complaints, "does not answer") {
		t.Errorf("exit %d\n%s%s", code, out, complaints)
	}
	var st app.RunStatus
	x.answer(&st, now, "campaign", "status", "autumn")
	if st.State != "paused" || st.Counts["planned"] != st.Total || st.Total == 0 {
		t.Errorf("%s %v", st.State, st.Counts)
	}
}

func TestSecretsStayOutOfTheWorkspace(t *testing.T) {
	x := newTerminal(t)
	x.do(now, "init")
	x.put("correct horse battery\n", now, "secret", "set", "post")
	x.put(`{"adapter":"smtp","host":"127.0.0.1","username":"shop","secret":"post"}`, now, "esp", "put", "post", "-")
	if out := x.do(now, "esp", "show", "post"); strings.Contains(out, "horse") {
		t.Error(out)
	}
	found := 0
	err := filepath.WalkDir(filepath.Dir(x.path), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		found++
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "horse") {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil || found < 2 {
		t.Errorf("%d files, %v", found, err)
	}
}

func TestAChangedCampaignIsPlannedAnew(t *testing.T) {
	server := testkit.SMTP(t, nil)
	x := shopThatSends(t, server.Host, server.Port)
	state := func() string {
		var st app.RunStatus
		x.answer(&st, now, "campaign", "status", "autumn")
		return st.State
	}
	x.do(now, "campaign", "plan", "autumn")
	if got := state(); got != "planned" {
		t.Errorf("after the plan: %s", got)
	}
	x.put(strings.Replace(autumn, `"Autumn"`, `"Late autumn"`, 1), now, "campaign", "put", "autumn", "-")
	if got := state(); got != "draft" {
		t.Errorf("after the change: %s", got)
	}
	x.do(now, "campaign", "send", "autumn", "--limit", "3")
	if got := len(server.Received()); got != 3 {
		t.Errorf("%d letters after a limit of 3", got)
	}
	x.put(autumn, now, "campaign", "put", "autumn", "-")
	if got := state(); got != "paused" {
		t.Errorf("a change of what is being sent: %s", got)
	}
}

// TestTheNameOfASentCampaignIsNotUsedAgain: a new campaign would look as if it had
// been sent.
func TestTheNameOfASentCampaignIsNotUsedAgain(t *testing.T) {
	server := testkit.SMTP(t, nil)
	x := shopThatSends(t, server.Host, server.Port)
	x.do(now, "campaign", "plan", "autumn")
	x.do(now, "campaign", "rm", "autumn")
	x.put(autumn, now, "campaign", "put", "autumn", "-") // nothing of the first had left
	var st app.RunStatus
	x.answer(&st, now, "campaign", "status", "autumn")
	if st.State != "draft" {
		t.Errorf("a new campaign is %s", st.State)
	}
	x.do(now, "campaign", "send", "autumn", "--limit", "1")
	x.do(now, "campaign", "rm", "autumn")
	if code, out, complaints := x.run(autumn, now, "campaign", "put", "autumn", "-"); code != exitConflict || !strings.Contains(complaints, "was sent and then removed") {
		t.Errorf("exit %d\n%s%s", code, out, complaints)
	}
	x.put(autumn, now, "campaign", "put", "autumn-2", "-")
	x.answer(&st, now, "campaign", "send", "autumn-2")
	if st.State != "finished" || st.Counts["accepted"] != st.Total || len(server.Received()) != st.Total+1 {
		t.Errorf("%s %v with %d letters", st.State, st.Counts, len(server.Received()))
	}
}

// TestFilesInsteadOfMail sends the same campaign into a folder, a zip file and a
// merge file.
func TestFilesInsteadOfMail(t *testing.T) {
	x := shopThatSends(t, "127.0.0.1", 1)
	for slug, settings := range map[string]string{
		"folder": `{"adapter":"eml","directory":"letters"}`, "zip": `{"adapter":"eml","directory":"zips","form":"zip"}`, "merge": `{"adapter":"csvmerge","directory":"merge"}`,
	} {
		x.put(settings, now, "esp", "put", slug, "-")
		x.put(strings.Replace(autumn, `"post"`, `"`+slug+`"`, 1), now, "campaign", "put", "to-"+slug, "-")
		x.do(now, "esp", "test", slug)
		var st app.RunStatus
		x.answer(&st, now, "campaign", "send", "to-"+slug)
		if st.State != "finished" || st.Counts["accepted"] != st.Total || st.Total == 0 {
			t.Errorf("%s: %s %v", slug, st.State, st.Counts)
		}
	}
	beside := filepath.Dir(x.path)
	files, err := filepath.Glob(filepath.Join(beside, "letters", "*.eml"))
	if all := len(lines[app.MessageSummary](x, now, "campaign", "messages", "to-folder")); err != nil || len(files) != all {
		t.Errorf("%d files for %d messages, %v", len(files), all, err)
	}
	for _, path := range []string{"zips/to-zip.zip", "merge/to-merge/merge.csv", "merge/to-merge/template.html"} {
		if _, err := os.Stat(filepath.Join(beside, path)); err != nil {
			t.Error(err)
		}
	}
}
