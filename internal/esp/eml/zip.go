package eml

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// gathered ends the name of a folder in which a campaign's files wait.
const gathered = ".letters"

func gatheredIn(folder, campaign string) string {
	return filepath.Join(folder, "."+campaign+gathered)
}

// packAll puts the files of every folder that waits into the zip file of its
// campaign; also those that a program which was killed left behind.
func packAll(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return unpacked(err)
	}
	for _, e := range entries {
		campaign, waits := strings.CutSuffix(strings.TrimPrefix(e.Name(), "."), gathered)
		if !e.IsDir() || !waits {
			continue
		}
		waiting := filepath.Join(folder, e.Name())
		if err := pack(filepath.Join(folder, campaign+".zip"), waiting); err != nil {
			return unpacked(err)
		}
		if err := os.RemoveAll(waiting); err != nil {
			return unpacked(err)
		}
	}
	return nil
}

// unpacked is the error of letters that are written but not in their zip file.
func unpacked(err error) error {
	return fault.New(fault.Unavailable, "the zip file cannot be written; its letters wait in the folder beside it: %w", err)
}

// pack writes a zip file anew with what it had and the .eml files of a folder, and
// puts it in its place when it is whole. A letter that is in both is there once.
func pack(path, folder string) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".zip-*.part")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // after the rename there is none
	w := zip.NewWriter(part)
	err = fill(w, path, folder)
	if err = errors.Join(err, w.Close(), part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

func fill(w *zip.Writer, path, folder string) error {
	fresh, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, e := range fresh {
		if names[e.Name()] = strings.HasSuffix(e.Name(), ".eml"); !names[e.Name()] {
			continue
		}
		if err := add(w, filepath.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	old, err := zip.OpenReader(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = old.Close() }()
	for _, f := range old.File {
		if names[f.Name] {
			continue
		}
		if err := w.Copy(f); err != nil {
			return err
		}
	}
	return nil
}

func add(w *zip.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	// A fixed time: the files say their own dates.
	to, err := w.CreateHeader(&zip.FileHeader{Name: filepath.Base(path), Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = io.Copy(to, f)
	return err
}
