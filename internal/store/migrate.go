package store

import (
	"context"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/fault"
)

// migration is one numbered file.
type migration struct {
	number int
	sql    string
}

// all gives the migrations in order. Their names are part of the program, so a
// wrong one is a defect and panics at the first start.
func all() []migration {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	sort.Strings(names)
	list := make([]migration, len(names))
	for i, n := range names {
		digits, _, _ := strings.Cut(strings.TrimPrefix(n, "migrations/"), "_")
		number, err := strconv.Atoi(digits)
		if err != nil || number != i+1 {
			panic("migration " + n + " is not number " + strconv.Itoa(i+1))
		}
		text, err := fs.ReadFile(migrations, n)
		if err != nil {
			panic(err)
		}
		list[i] = migration{number, string(text)}
	}
	return list
}

// newest is the schema number this program writes.
func newest() int { return len(all()) }

// upgrade brings an opened workspace to this program's schema, with a copy of
// the file before the first step.
func (s *Store) upgrade(ctx context.Context) error {
	id, version, err := s.marks(ctx)
	if err != nil {
		return fault.New(fault.Invalid, "%s cannot be read as a workspace: %w. It was not touched; restore a backup", s.path, err)
	}
	switch {
	case id != applicationID:
		return fault.New(fault.Invalid, "%s is no Mailwright workspace; it was not touched", s.path)
	case version > newest():
		return newer(s.path)
	case version == newest():
		return nil
	case s.readOnly:
		return fault.New(fault.Denied, "%s must be brought up to date first, and cannot be written", s.path)
	}
	if err := s.Backup(ctx, fmt.Sprintf("%s.before-%d", s.path, newest())); err != nil {
		return err
	}
	return s.migrate(ctx)
}

func (s *Store) marks(ctx context.Context) (id, version int, err error) {
	if err = s.writer.GetContext(ctx, &id, "PRAGMA application_id"); err != nil {
		return 0, 0, err
	}
	err = s.writer.GetContext(ctx, &version, "PRAGMA user_version")
	return id, version, err
}

// migrate runs the pending migrations, one transaction each.
func (s *Store) migrate(ctx context.Context) error {
	for _, m := range all() {
		err := s.Write(ctx, Full, func(tx *Tx) error {
			var version int
			if err := tx.Get(&version, "PRAGMA user_version"); err != nil || version >= m.number {
				return err
			}
			if _, err := tx.Exec(m.sql); err != nil {
				return err
			}
			// Both pragmas are part of the transaction; neither takes parameters.
			_, err := tx.Exec(fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, m.number))
			return err
		})
		if err != nil {
			return fmt.Errorf("migration %d: %w", m.number, err)
		}
	}
	return nil
}
