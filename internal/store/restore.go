package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// Restore puts a whole copy of the workspace at from in the place of the one at
// path, which nobody may have open, and gives where the replaced one was put;
// "" when there was none. What cannot be opened as a workspace is refused, and
// nothing is replaced before the copy is complete.
func Restore(ctx context.Context, from, path string, now func() time.Time) (kept string, err error) {
	part := path + ".restoring"
	_ = os.Remove(part) // a leftover of an earlier try
	if err := copyOf(ctx, from, part, now); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	if kept, err = putAside(ctx, path, now); err != nil {
		return "", err
	}
	if err := os.Rename(part, path); err != nil {
		if kept != "" {
			err = errors.Join(err, os.Rename(kept, path))
		}
		return "", fault.New(fault.Unavailable, "the copy cannot be put at %s: %w", path, err)
	}
	return kept, nil
}

// copyOf writes a copy of a workspace. The source is only read.
func copyOf(ctx context.Context, from, to string, now func() time.Time) error {
	if _, err := inspect(from); err != nil {
		return err
	}
	s, err := connect(ctx, from, now, true)
	if err != nil {
		return err
	}
	id, version, err := s.marks(ctx)
	switch {
	case err != nil:
		err = fault.New(fault.Invalid, "%s cannot be read as a workspace: %w", from, err)
	case id != applicationID:
		err = fault.New(fault.Invalid, "%s is no Mailwright workspace", from)
	case version > newest():
		err = newer(from)
	default:
		err = s.Backup(ctx, to)
	}
	return errors.Join(err, s.Close(ctx))
}

// putAside renames the workspace at path, whole and with nothing beside it. What
// still has a log after it was closed is open elsewhere.
func putAside(ctx context.Context, path string, now func() time.Time) (string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if s, err := Open(ctx, path, now); err == nil {
		if s.ReadOnly() {
			_ = s.Close(ctx)
			return "", fault.New(fault.Denied, "%s cannot be written; nothing was changed", path)
		}
		if err := s.Close(ctx); err != nil {
			return "", err
		}
	}
	// A damaged workspace is what backups are for: it is put aside as it is.
	if _, err := os.Stat(path + "-wal"); err == nil {
		return "", fault.New(fault.Conflict, "%s is open in another program; close it there first. Nothing was changed", path)
	}
	_ = os.Remove(path + "-shm")
	stamp := now().UTC().Format("20060102-150405")
	for i := 0; ; i++ {
		kept := fmt.Sprintf("%s.before-restore-%s", path, stamp)
		if i > 0 {
			kept = fmt.Sprintf("%s-%d", kept, i)
		}
		if _, err := os.Stat(kept); err == nil {
			continue
		}
		if err := os.Rename(path, kept); err != nil {
			return "", fault.New(fault.Unavailable, "%s cannot be put aside: %w", path, err)
		}
		return kept, nil
	}
}
