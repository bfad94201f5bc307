// Package eml writes each letter as an .eml file, named by its campaign, recipient
// and key, into a folder or into one zip file for each campaign: a way to look at
// everything without sending, and to hand letters to programs that take files.
//
// A file appears under its name only when it is whole, so a letter is there once or
// not at all. For a zip the files gather in a folder beside it, whose name begins
// with a dot, and are put into it when the run ends (zip.go).
package eml

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// The forms in which letters are kept.
const (
	asFolder = "folder"
	asZip    = "zip"
)

// Kind describes the adapter.
func Kind() esp.Kind {
	return esp.Kind{
		Name: "eml", Label: "Folder of .eml files", About: "Writes each e-mail as a file. Nothing is sent.",
		Fields: []esp.Field{
			{Name: "directory", Label: "Folder", Type: esp.Folder, Required: true, Help: "A folder without a leading / is beside the workspace."},
			{Name: "form", Label: "As", Type: esp.Choice, Options: []string{asFolder, asZip}, Default: asFolder, Help: "A file for each e-mail in the folder, or one zip file for each campaign."},
		},
		TakesMIME: true, Idempotent: true, Connections: 4,
		Open: open,
	}
}

type adapter struct {
	folder string
	zip    bool

	mu    sync.Mutex
	fresh []string // files that a power cut may still take
}

func open(_ context.Context, s esp.Settings, env esp.Env) (esp.Adapter, error) {
	folder := s["directory"]
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(env.Folder, folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the user's own folder, for programs that take the files
		return nil, fault.At(fault.Unavailable, "directory", "the folder %s cannot be made: %w", folder, err)
	}
	return &adapter{folder: folder, zip: s["form"] == asZip}, nil
}

// Deliver writes the file.
func (a *adapter) Deliver(_ context.Context, l esp.Letter) esp.Outcome {
	folder := a.folder
	if a.zip {
		folder = gatheredIn(a.folder, esp.FileName(l.Campaign))
	}
	name := fileName(l)
	if err := place(folder, name, l); err != nil {
		return esp.Outcome{State: esp.Stop, Answer: "the file cannot be written: " + err.Error()}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fresh = append(a.fresh, filepath.Join(folder, name))
	return esp.Outcome{State: esp.Accepted, Answer: name}
}

// place writes a file beside its name and moves it there when it is whole.
func place(folder, name string, l esp.Letter) error {
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // as above
		return err
	}
	part := filepath.Join(folder, "."+esp.FileName(l.Key)+".part")
	err := os.WriteFile(part, l.MIME, 0o600)
	if err == nil {
		err = os.Rename(part, filepath.Join(folder, name))
	}
	if err != nil {
		_ = os.Remove(part)
	}
	return err
}

// Sync makes the files safe from a power cut, and their names. Many at once cost
// little more than one.
func (a *adapter) Sync() error {
	a.mu.Lock()
	fresh := a.fresh
	a.fresh = nil
	a.mu.Unlock()
	folders := map[string]bool{}
	for _, path := range fresh {
		folders[filepath.Dir(path)] = true
		if err := flush(path, os.O_RDWR); err != nil {
			return unwritable(err)
		}
	}
	if runtime.GOOS == "windows" { // where a folder cannot be opened, and NTFS keeps names in its journal
		return nil
	}
	for folder := range folders {
		if err := flush(folder, os.O_RDONLY); err != nil {
			return unwritable(err)
		}
	}
	return nil
}

// flush has the system write down what it holds of a file or folder.
func flush(path string, flag int) error {
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func unwritable(err error) error {
	return fault.New(fault.Unavailable, "the letters cannot be written: %w", err)
}

// fileName has nothing of a path in it, whatever the address is.
func fileName(l esp.Letter) string {
	return esp.FileName(l.Campaign) + "-" + esp.FileName(strings.ToLower(l.To)) + "-" + esp.FileName(l.Key) + ".eml"
}

// Test says whether the folder can be written.
func (a *adapter) Test(context.Context) (string, error) {
	probe, err := os.CreateTemp(a.folder, ".mailwright-*")
	if err != nil {
		return "", fault.At(fault.Unavailable, "directory", "the folder %s cannot be written: %w", a.folder, err)
	}
	return "Letters will be written to " + a.folder, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// Close makes what was written safe, and puts what was gathered into its zip file.
func (a *adapter) Close() error {
	if err := a.Sync(); err != nil || !a.zip {
		return err
	}
	return packAll(a.folder)
}
