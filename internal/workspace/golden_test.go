package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
	"github.com/mailwright/mailwright/internal/workspace"
)

var update = flag.Bool("update", false, "write what came out into the golden files")

// TestMessages renders each case of testdata/messages: files to import, definitions,
// a template, and whom it is for; then what comes out, text, trace and blocks.
func TestMessages(t *testing.T) {
	cases, err := filepath.Glob("testdata/messages/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			var in []txtar.File
			for _, f := range a.Files {
				if !strings.HasPrefix(f.Name, "want.") {
					in = append(in, f)
				}
			}
			for _, who := range strings.Fields(file(in, "for")) {
				name, _, _ := strings.Cut(who, "@")
				got["want."+name] = message(t, in, who)
			}
			if *update {
				a.Files = in
				for _, who := range strings.Fields(file(in, "for")) {
					name, _, _ := strings.Cut(who, "@")
					a.Files = append(a.Files, txtar.File{Name: "want." + name, Data: []byte(got["want."+name])})
				}
				if err := os.WriteFile(path, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			for name, text := range got {
				if want := file(a.Files, name); strings.TrimSpace(want) != strings.TrimSpace(text) {
					t.Errorf("%s is\n%s\nwant\n%s", name, text, want)
				}
			}
		})
	}
}

func file(files []txtar.File, name string) string {
	for _, f := range files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// shop makes a workspace of a case.
func shop(t *testing.T, files []txtar.File) *workspace.Workspace {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Create(ctx, filepath.Join(t.TempDir(), "shop.mailwright"), store.Options{Name: "Shop", Zone: "Europe/Paris", Currency: "EUR"}, workspace.Options{Now: testkit.Clock, Actor: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	for _, kind := range []batch.Kind{batch.Products, batch.Contacts, batch.Events} {
		text := file(files, string(kind)+".csv")
		if text == "" {
			continue
		}
		path := filepath.Join(t.TempDir(), string(kind)+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		schema, err := w.Store.Schema(ctx)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := ingest.Inspect(ctx, ingest.Request{Path: path, Kind: kind, Consent: map[string]string{}}, schema, job.Silent{})
		if err != nil {
			t.Fatal(err)
		}
		if report, err := ingest.Run(ctx, w.Store, plan, "test", job.Silent{}); err != nil || report.Rejected > 0 {
			t.Fatalf("%s: %+v %v", kind, report, err)
		}
	}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		for _, f := range files {
			kind, slug, named := strings.Cut(strings.TrimSuffix(f.Name, ".json"), "/")
			if !named {
				continue
			}
			if _, err := tx.PutDefinition(store.Definition{Kind: kind, Slug: slug, Name: slug, Body: string(f.Data)}, 0, "", "test"); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// message renders for one person, explained and not, alone and in bulk, and wants
// the same bytes each way.
func message(t *testing.T, files []txtar.File, email string) string {
	t.Helper()
	ctx := context.Background()
	w := shop(t, files)
	template, err := content.Parse([]byte(file(files, "template.json")))
	if err != nil {
		t.Fatal(err)
	}
	job := personalize.Job{Template: template, AsOf: testkit.Now, Campaign: "Summer", Slug: "summer", Unsubscribe: "https://shop.example/u?e={{ email | url_encode }}", PostalAddress: "1 rue du Test, Paris"}
	result := func(explain, bulk bool) personalize.Result {
		job.Explain = explain
		plan, err := w.Personalize.Prepare(ctx, job, bulk)
		if err != nil {
			return personalize.Result{Err: err}
		}
		id, ok := plan.View().Lookup(email)
		if !ok {
			t.Fatalf("nobody is called %s", email)
		}
		if !bulk {
			r, err := plan.One(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		var r personalize.Result
		if err := plan.Each(ctx, []contact.ID{id}, func(one personalize.Result) error { r = one; return nil }); err != nil {
			t.Fatal(err)
		}
		return r
	}
	seen, sent := result(true, false), result(false, true)
	if seen.Message.Hash() != sent.Message.Hash() || fmt.Sprint(seen.Err) != fmt.Sprint(sent.Err) {
		t.Errorf("what is seen is not what is sent:\n%s %v\n%s %v", seen.Message.HTML, seen.Err, sent.Message.HTML, sent.Err)
	}
	for _, b := range seen.Trace.Blocks {
		if seen.Err != nil {
			break // there is no message for blocks to lie in
		}
		if b.Start < 0 || b.End < b.Start || b.End > len(seen.Message.HTML) {
			t.Errorf("%s lies at %d to %d of %d", b.ID, b.Start, b.End, len(seen.Message.HTML))
		}
	}
	return written(seen)
}

// written writes a result for people to read.
func written(r personalize.Result) string {
	var b bytes.Buffer
	if r.Err != nil {
		fmt.Fprintf(&b, "error: %v\n", r.Err)
	} else {
		fmt.Fprintf(&b, "subject: %s\npreheader: %s\n\n%s", r.Message.Subject, r.Message.Preheader, r.Message.Text)
		for _, part := range r.Message.Blocks {
			fmt.Fprintf(&b, "\n[%s]\n%s\n", part.ID, part.HTML)
		}
	}
	b.WriteString("\ntrace:\n")
	for i := range r.Trace.Blocks {
		r.Trace.Blocks[i].Start, r.Trace.Blocks[i].End = 0, 0
		writeLine(&b, r.Trace.Blocks[i])
	}
	for _, m := range r.Trace.Missing {
		writeLine(&b, m)
	}
	for _, address := range r.Trace.Refused {
		fmt.Fprintf(&b, "refused: %s\n", address)
	}
	return b.String()
}

func writeLine(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // plain structs always encode
}
