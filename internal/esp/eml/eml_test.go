package eml_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/esp/conformance"
	"github.com/mailwright/mailwright/internal/esp/eml"
)

// arrival reads the key out of a letter's header.
func arrival(t *testing.T, letter []byte) conformance.Arrival {
	t.Helper()
	_, after, found := bytes.Cut(letter, []byte("X-Mailwright-Key: "))
	key, _, _ := bytes.Cut(after, []byte("\r\n"))
	if !found {
		t.Errorf("no whole letter: %q", letter)
	}
	return conformance.Arrival{Key: string(key), MIME: letter}
}

func TestConformanceAsFolder(t *testing.T) {
	dir := t.TempDir()
	conformance.Run(t, eml.Kind(), conformance.Remote{Settings: `{"adapter":"eml","directory":"out"}`, Folder: dir, Arrived: func(t *testing.T) (all []conformance.Arrival) {
		entries, err := os.ReadDir(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(dir, "out", e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, arrival(t, b))
		}
		return all
	}})
}

func zipped(t *testing.T, path string) (all []conformance.Arrival) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, arrival(t, b))
	}
	return all
}

func TestConformanceAsZip(t *testing.T) {
	dir := t.TempDir()
	conformance.Run(t, eml.Kind(), conformance.Remote{Settings: `{"adapter":"eml","directory":"out","form":"zip"}`, Folder: dir, Arrived: func(t *testing.T) []conformance.Arrival {
		entries, err := os.ReadDir(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() != "autumn.zip" {
				t.Errorf("left behind: %s", e.Name())
			}
		}
		return zipped(t, filepath.Join(dir, "out", "autumn.zip"))
	}})
}

func TestWhatAKilledProgramGatheredIsPackedLater(t *testing.T) {
	dir := t.TempDir()
	r := conformance.Remote{Settings: `{"adapter":"eml","directory":"out","form":"zip"}`, Folder: dir}
	dead := conformance.Open(t, eml.Kind(), r)
	if o := dead.Deliver(context.Background(), conformance.Letter(1)); o.State != esp.Accepted {
		t.Fatal(o)
	}
	// Killed here: it is never closed.
	next := conformance.Open(t, eml.Kind(), r)
	if o := next.Deliver(context.Background(), conformance.Letter(2)); o.State != esp.Accepted {
		t.Fatal(o)
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	if all := zipped(t, filepath.Join(dir, "out", "autumn.zip")); len(all) != 2 {
		t.Errorf("the zip holds %v", all)
	}
}

func TestNamesStayInsideTheFolder(t *testing.T) {
	dir := t.TempDir()
	a := conformance.Open(t, eml.Kind(), conformance.Remote{Settings: `{"adapter":"eml","directory":"out"}`, Folder: dir})
	l := conformance.Letter(1)
	l.To = `../../"evil"/` + strings.Repeat("x", 300) + `@post.example`
	if o := a.Deliver(context.Background(), l); o.State != esp.Accepted {
		t.Fatal(o)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil || len(entries) != 1 || strings.ContainsAny(entries[0].Name(), `/\"`) {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestAFullOrMissingFolderStopsTheRun(t *testing.T) {
	dir := t.TempDir()
	a := conformance.Open(t, eml.Kind(), conformance.Remote{Settings: `{"adapter":"eml","directory":"out"}`, Folder: dir})
	if err := os.Remove(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "out"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if o := a.Deliver(context.Background(), conformance.Letter(1)); o.State != esp.Stop {
		t.Errorf("%+v", o)
	}
}
