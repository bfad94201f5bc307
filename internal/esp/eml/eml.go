// Package eml writes each letter as an .eml file into a folder, named by its
// campaign, recipient and key: a way to look at everything without sending, and to
// hand letters to programs that take files. A file appears under its name only
// when it is whole, so a letter is there once or not at all.
package eml

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// Kind describes the adapter.
func Kind() esp.Kind {
	return esp.Kind{
		Name: "eml", Label: "Folder of .eml files", About: "Writes each e-mail as a file. Nothing is sent.",
		Fields: []esp.Field{
			{Name: "directory", Label: "Folder", Type: esp.Folder, Required: true, Help: "A folder without a leading / is beside the workspace."},
		},
		TakesMIME: true, Idempotent: true, Connections: 4,
		Open: open,
	}
}

type adapter struct{ folder string }

func open(_ context.Context, s esp.Settings, env esp.Env) (esp.Adapter, error) {
	folder := s["directory"]
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(env.Folder, folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the user's own folder, for programs that take the files
		return nil, fault.At(fault.Unavailable, "directory", "the folder %s cannot be made: %w", folder, err)
	}
	return &adapter{folder}, nil
}

// Deliver writes the file.
func (a *adapter) Deliver(_ context.Context, l esp.Letter) esp.Outcome {
	name := filepath.Join(a.folder, fileName(l))
	part := filepath.Join(a.folder, "."+l.Key+".part")
	err := write(part, l.MIME)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		_ = os.Remove(part)
		return esp.Outcome{State: esp.Stop, Answer: "the file cannot be written: " + err.Error()}
	}
	return esp.Outcome{State: esp.Accepted, Answer: filepath.Base(name)}
}

func write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// fileName has nothing of a path in it, whatever the address is.
func fileName(l esp.Letter) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '@', r == '.', r == '-', r == '_', r == '+':
			return r
		}
		return '_'
	}, strings.ToLower(l.To))
	if len(safe) > 100 {
		safe = safe[:100]
	}
	return l.Campaign + "-" + safe + "-" + l.Key + ".eml"
}

// Test says whether the folder can be written.
func (a *adapter) Test(context.Context) (string, error) {
	probe := filepath.Join(a.folder, ".mailwright-probe")
	if err := os.WriteFile(probe, nil, 0o600); err != nil {
		return "", fault.At(fault.Unavailable, "directory", "the folder %s cannot be written: %w", a.folder, err)
	}
	if err := os.Remove(probe); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return "Letters will be written to " + a.folder, nil
}

// Close does nothing: every file is whole.
func (a *adapter) Close() error { return nil }
