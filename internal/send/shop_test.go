package send_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/demo"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/secret"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
	"github.com/mailwright/mailwright/internal/workspace"
)

// madeUp is the file of a small made-up shop, which every test copies.
var madeUp string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "send")
	if err == nil {
		madeUp = filepath.Join(dir, "shop.mailwright")
		err = makeUp(madeUp)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func makeUp(path string) error {
	ctx := context.Background()
	w, err := workspace.Create(ctx, path, store.Options{Name: demo.Name, Zone: demo.Zone, Currency: demo.Currency}, workspace.Options{Now: testkit.Clock})
	if err != nil {
		return err
	}
	return errors.Join(demo.Build(ctx, w.Store, demo.Size{Contacts: 120, Events: 2_400, Seed: 7}, job.Silent{}), w.Close())
}

// shop is an open workspace of a test, whose clock the test moves.
type shop struct {
	*workspace.Workspace
	t    testing.TB
	path string
	now  atomic.Pointer[time.Time]
}

// open copies the made-up shop and opens it.
func open(t *testing.T) *shop {
	t.Helper()
	data, err := os.ReadFile(madeUp)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "shop.mailwright")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return reopen(t, path, testkit.Now)
}

// reopen opens a file, as another process would.
func reopen(t testing.TB, path string, now time.Time) *shop {
	t.Helper()
	s := &shop{t: t, path: path}
	s.now.Store(&now)
	w, err := workspace.Open(context.Background(), path, workspace.Options{
		Now: func() time.Time { return *s.now.Load() }, Actor: "test", Secrets: secret.OpenFile(filepath.Join(filepath.Dir(path), "secrets")),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Workspace = w
	t.Cleanup(func() { _ = w.Close() })
	return s
}

// put saves a definition.
func (s *shop) put(kind, slug, body string) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		_, err := tx.PutDefinition(store.Definition{Kind: kind, Slug: slug, Name: slug, Body: body}, store.AnyVersion, "", "test")
		return err
	})
}

func (s *shop) write(f func(*store.Tx) error) {
	s.t.Helper()
	if err := s.Store.Write(context.Background(), store.Normal, f); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) read(f func(*store.Tx) error) {
	s.t.Helper()
	if err := s.Store.Read(context.Background(), f); err != nil {
		s.t.Fatal(err)
	}
}

// letter is a campaign to everybody, through the server.
func (s *shop) letter(server *testkit.SMTPServer) string {
	s.t.Helper()
	s.put(store.ESPKind, "post", fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, server.Host, server.Port))
	return s.letterBy("post")
}

func (s *shop) letterBy(esp string) string {
	s.t.Helper()
	s.put(store.CampaignKind, "letter", fmt.Sprintf(`{"name":"Letter","template":"seasonal-letter","include":[],"exclude":["abandoned-cart"],"purpose":"marketing",
		"from":{"name":"Tilda & Fern","email":"hello@tildaandfern.example"},"esp":%q}`, esp))
	return "letter"
}

func (s *shop) plan(slug string) campaign.Run {
	s.t.Helper()
	run, err := s.Send.Plan(context.Background(), slug, job.Silent{})
	if err != nil {
		s.t.Fatal(err)
	}
	return run
}

// messages gives the messages of the newest run.
func (s *shop) messages(slug string) (list []campaign.Message) {
	s.t.Helper()
	s.read(func(tx *store.Tx) error {
		run, err := tx.LastRun(slug)
		if err != nil {
			return err
		}
		list, _, err = tx.Messages(run.ID, "", "", 0, 1_000_000)
		return err
	})
	return list
}

// counts gives the messages of the newest run by state.
func (s *shop) counts(slug string) map[string]int {
	s.t.Helper()
	st, err := s.Send.Status(context.Background(), slug)
	if err != nil {
		s.t.Fatal(err)
	}
	return st.Counts
}

// expect checks the run's state and the messages in each state.
func (s *shop) expect(slug string, state campaign.RunState, counts map[string]int) {
	s.t.Helper()
	st, err := s.Send.Status(context.Background(), slug)
	if err != nil {
		s.t.Fatal(err)
	}
	if st.Run.State != state {
		s.t.Errorf("the run is %s (%s), want %s", st.Run.State, st.Run.Note, state)
	}
	for name, n := range counts {
		if st.Counts[name] != n {
			s.t.Errorf("%d messages are %s, want %d: %v", st.Counts[name], name, n, st.Counts)
		}
	}
}

// once fails where anybody got more than one letter, and gives who got one.
func once(t *testing.T, received []testkit.Received) []string {
	t.Helper()
	seen := map[string]int{}
	for _, r := range received {
		seen[r.To]++
	}
	var who []string
	for to, n := range seen {
		if n > 1 {
			t.Errorf("%s got %d letters", to, n)
		}
		who = append(who, to)
	}
	slices.Sort(who)
	return who
}

func emails(list []campaign.Message, states ...campaign.MessageState) (who []string) {
	for _, m := range list {
		if len(states) == 0 || slices.Contains(states, m.State) {
			who = append(who, m.Email)
		}
	}
	slices.Sort(who)
	return who
}

func (s *shop) email(id contact.ID) (address string) {
	s.t.Helper()
	s.read(func(tx *store.Tx) error { return tx.Get(&address, `SELECT email FROM contacts WHERE id = ?`, id) })
	return address
}

// header gives a header of a letter as it was written.
func header(data, name string) string {
	for line := range strings.SplitSeq(data, "\n") {
		if v, ok := strings.CutPrefix(line, name+": "); ok {
			return v
		}
	}
	return ""
}

// firstPermitted gives the person whom a plan would have first.
func (s *shop) firstPermitted(slug string) contact.ID {
	s.t.Helper()
	who, err := s.Send.Audience(context.Background(), slug, *s.now.Load())
	if err != nil || len(who.Permitted) == 0 {
		s.t.Fatalf("%d people, %v", len(who.Permitted), err)
	}
	return who.Permitted[0]
}

// mergeRows reads the merge file of the campaign "letter".
func mergeRows(t *testing.T, workspace string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(filepath.Dir(workspace), "merge", "letter", "merge.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
