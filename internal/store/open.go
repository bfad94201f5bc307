package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Options say what a new workspace is like and which clock a store goes by.
type Options struct {
	Name     string           // for people
	Zone     string           // IANA name; the workspace's zone
	Currency string           // ISO 4217
	Now      func() time.Time // time.Now when nil
}

// Create makes an empty workspace at path and opens it. It returns
// fault.Conflict when something is there already, and removes what it began
// when it fails.
func Create(ctx context.Context, path string, o Options) (*Store, error) {
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" {
		return nil, fault.At(fault.Invalid, "timezone", "%q is not a time zone such as Europe/Paris", o.Zone)
	}
	currency, err := contact.ParseCurrency(o.Currency)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fault.New(fault.Conflict, "%s exists already; nothing was changed", path)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "a workspace cannot be made at %s: %w", path, err)
	}
	_ = f.Close()
	s, err := connect(ctx, path, o.Now, false)
	if err == nil {
		err = s.found(ctx, o.Name, o.Zone, currency)
	}
	if err != nil {
		if s != nil {
			_ = s.Close(ctx)
		}
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(path + suffix)
		}
		return nil, err
	}
	return s, nil
}

// Open opens the workspace at path. What is no workspace, or a newer one, is
// refused and left untouched; an older one is copied beside itself and migrated.
// A file that cannot be written is opened for reading.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	readOnly, err := inspect(path)
	if err != nil {
		return nil, err
	}
	s, err := connect(ctx, path, now, readOnly)
	if err != nil {
		return nil, err
	}
	if err := s.upgrade(ctx); err != nil {
		_ = s.Close(ctx)
		return nil, err
	}
	return s, nil
}

// ReadOnly reports whether the file can only be read.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Close writes everything into the one file and closes it.
func (s *Store) Close(ctx context.Context) error {
	err := s.reader.Close()
	if !s.readOnly {
		_, e := s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		err = errors.Join(err, e)
	}
	return errors.Join(err, s.writer.Close())
}

// header is how a SQLite file begins; the application's id and the schema's
// number are at fixed places in it (https://www.sqlite.org/fileformat.html).
const (
	header          = "SQLite format 3\x00"
	applicationID   = 0x4d57_5254 // "MWRT"
	atUserVersion   = 60
	atApplicationID = 68
	headerSize      = 100
)

// inspect looks at the file without SQLite, which would make what is missing.
func inspect(path string) (readOnly bool, err error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, fault.New(fault.NotFound, "there is no workspace at %s", path)
	case err != nil:
		return false, fault.New(fault.Unavailable, "%s cannot be read: %w", path, err)
	}
	defer func() { _ = f.Close() }()
	var head [headerSize]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:len(header)]) != header {
		return false, fault.New(fault.Invalid, "%s is no Mailwright workspace; it was not touched", path)
	}
	// A workspace that was never checkpointed has its first page in the WAL only.
	if id := binary.BigEndian.Uint32(head[atApplicationID:]); id != applicationID && id != 0 {
		return false, fault.New(fault.Invalid, "%s belongs to another program; it was not touched", path)
	}
	if v := binary.BigEndian.Uint32(head[atUserVersion:]); int(v) > newest() {
		return false, newer(path)
	}
	w, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return true, nil
	}
	return false, w.Close()
}

func newer(path string) error {
	return fault.New(fault.Conflict, "%s was made by a newer Mailwright; install the newest version to open it. It was not touched", path)
}

func connect(ctx context.Context, path string, now func() time.Time, readOnly bool) (*Store, error) {
	if now == nil {
		now = time.Now
	}
	s := &Store{path: path, now: now, readOnly: readOnly}
	mode := readWrite
	if readOnly {
		mode = readOnlyFile
	}
	var err error
	if s.writer, err = open(path, mode, 1); err != nil {
		return nil, err
	}
	if s.reader, err = open(path, mode.forReaders(), readers); err != nil {
		_ = s.writer.Close()
		return nil, err
	}
	if err := s.writer.PingContext(ctx); err != nil {
		_ = s.reader.Close()
		_ = s.writer.Close()
		return nil, asFault(err)
	}
	return s, nil
}

// found writes the first rows of a new workspace.
func (s *Store) found(ctx context.Context, name, zone string, currency contact.Currency) error {
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return s.Write(ctx, Full, func(tx *Tx) error {
		if _, err := tx.Exec(`INSERT INTO workspace (id, uuid, name, timezone, currency, created_at) VALUES (1, ?, ?, ?, ?, ?)`,
			newUUID(), name, zone, currency.Code, tx.Now().UnixMilli()); err != nil {
			return err
		}
		for _, a := range contact.BuiltIn {
			if _, err := tx.Exec(`INSERT INTO attributes (name, label, type, built_in) VALUES (?, ?, ?, 1)`, a.Name, a.Label, a.Type); err != nil {
				return err
			}
		}
		return nil
	})
}

// Info is what a workspace says of itself.
type Info struct {
	UUID      string
	Name      string
	Zone      *time.Location
	Currency  contact.Currency
	CreatedAt time.Time
}

// Info reads what the workspace says of itself.
func (tx *Tx) Info() (Info, error) {
	var row struct {
		UUID, Name, Timezone, Currency string
		CreatedAt                      int64 `db:"created_at"`
	}
	err := tx.Get(&row, `SELECT uuid, name, timezone, currency, created_at FROM workspace`)
	if errors.Is(err, sql.ErrNoRows) {
		return Info{}, fault.New(fault.Invalid, "the file is no Mailwright workspace")
	}
	if err != nil {
		return Info{}, err
	}
	zone, err := time.LoadLocation(row.Timezone)
	if err != nil {
		return Info{}, fmt.Errorf("the workspace's time zone: %w", err)
	}
	currency, err := contact.ParseCurrency(row.Currency)
	return Info{UUID: row.UUID, Name: row.Name, Zone: zone, Currency: currency, CreatedAt: time.UnixMilli(row.CreatedAt).UTC()}, err
}
