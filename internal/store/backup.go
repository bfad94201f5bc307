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
	// SQLite takes an empty file, which is made first so that nobody else may read it.
	if err := os.WriteFile(part, nil, 0o600); err != nil {
		return fault.New(fault.Unavailable, "the copy could not be written to %s: %w", path, err)
	}
	if err := s.copyTo(ctx, part); err != nil {
		_ = os.Remove(part)
		return fault.New(fault.Unavailable, "the copy could not be written to %s: %w", path, err)
	}
	if err := flush(part); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// copyTo runs on one of the readers, so that writing goes on meanwhile. The
// reader may write for as long as it takes: SQLite refuses to write even the
// copy on a connection that only queries.
func (s *Store) copyTo(ctx context.Context, path string) error {
	conn, err := s.reader.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM INTO ?`, path)
	// Also when ctx has ended: the connection goes back among the readers.
	_, restored := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`)
	return errors.Join(err, restored)
}

func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
