package store

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/mailwright/mailwright/internal/fault"
)

// Backup writes a whole copy of the workspace to path while it stays open. The
// copy appears under its name only when it is complete; an existing file there
// is fault.Conflict.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Conflict, "%s exists already; nothing was written", path)
	}
	part := path + ".part"
	_ = os.Remove(part) // a leftover of an earlier try
	if _, err := s.reader.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		_ = os.Remove(part)
		return fault.New(fault.Unavailable, "the copy could not be written to %s: %w", path, err)
	}
	if err := flush(part); err != nil {
		return err
	}
	return os.Rename(part, path)
}

func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
