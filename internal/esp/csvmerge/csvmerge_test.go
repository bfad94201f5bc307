package csvmerge_test

import (
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/esp/conformance"
	"github.com/mailwright/mailwright/internal/esp/csvmerge"
)

const settings = `{"adapter":"csvmerge","directory":"out","pictures":"https://cdn.example/"}`

func rows(t *testing.T, dir string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "out", "autumn", "merge.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestConformance(t *testing.T) {
	dir := t.TempDir()
	conformance.Run(t, csvmerge.Kind(), conformance.Remote{Settings: settings, Folder: dir, Arrived: func(t *testing.T) (all []conformance.Arrival) {
		for i, r := range rows(t, dir) {
			if i > 0 {
				all = append(all, conformance.Arrival{Key: r[1]})
			}
		}
		return all
	}})
}

func deliver(t *testing.T, dir string, numbers ...int) esp.Outcome {
	t.Helper()
	a := conformance.Open(t, csvmerge.Kind(), conformance.Remote{Settings: settings, Folder: dir})
	var o esp.Outcome
	for _, n := range numbers {
		o = a.Deliver(context.Background(), conformance.Letter(n))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// TestTheTemplateFilledInIsTheLetter holds the promise of the merge file: all logic
// has happened already.
func TestTheTemplateFilledInIsTheLetter(t *testing.T) {
	dir := t.TempDir()
	deliver(t, dir, 1)
	template, err := os.ReadFile(filepath.Join(dir, "out", "autumn", "template.html"))
	if err != nil {
		t.Fatal(err)
	}
	all := rows(t, dir)
	got := string(template)
	for i, column := range all[0] {
		got = strings.ReplaceAll(got, "{{ "+column+" }}", all[1][i])
	}
	want := "<title>=Hello &amp; welcome, 1</title><i>New &lt;here&gt;</i><body><p>Dear 1,\n\"quoted\"</p><img src=\"https://cdn.example/logo.png\"><p>bye</p></body>"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if picture, err := os.ReadFile(filepath.Join(dir, "out", "autumn", "logo.png")); err != nil || string(picture) != "PNG" {
		t.Errorf("the picture: %q, %v", picture, err)
	}
	if all[1][2] != "=Hello & welcome, 1" {
		t.Errorf("the subject was changed: %q", all[1][2])
	}
}

// TestARowThatWasCutIsWrittenAgain cuts the file at every byte, as a kill might.
func TestARowThatWasCutIsWrittenAgain(t *testing.T) {
	dir := t.TempDir()
	deliver(t, dir, 1, 2)
	path := filepath.Join(dir, "out", "autumn", "merge.csv")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if o := deliver(t, dir, 1, 2); o.State != esp.Accepted {
			t.Fatalf("cut at %d: %+v", cut, o)
		}
		if again, err := os.ReadFile(path); err != nil || string(again) != string(whole) {
			t.Fatalf("cut at %d (%q): %q, %v", cut, whole[max(0, cut-20):cut], again, err)
		}
	}
}

func TestAFileThatSomebodyChangedIsLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"other columns": "a,b\n1,2\n",
		"a broken row in the middle": "email,key,subject,preheader,text,subject_html,preheader_html,block_1_greet,block_2_foot\n" +
			"x\n" + strings.Repeat("a@b.example,k,s,p,t,s,p,1,2\n", 10),
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out", "autumn", "merge.csv")
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if o := deliver(t, dir, 1); o.State != esp.Stop {
			t.Errorf("%s: %+v", name, o)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != text {
			t.Errorf("%s: the file was changed: %q, %v", name, b, err)
		}
	}
}

func TestTheTagMustNameItsColumn(t *testing.T) {
	k := csvmerge.Kind()
	s, err := k.Read([]byte(`{"adapter":"csvmerge","directory":"out","tag":"*|NAME|*"}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Open(context.Background(), s, esp.Env{Folder: t.TempDir()}); err == nil {
		t.Error("a tag without COLUMN was taken")
	}
}
