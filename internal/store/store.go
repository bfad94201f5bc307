// Package store keeps a workspace: all SQL is here, one file per noun, each
// statement beside its scan. It imports nouns only.
//
// A Store has one writer connection and a few query-only readers over one
// SQLite file in WAL mode. Write runs a function in one immediate transaction;
// Read runs one in a snapshot that sees no later write. Other processes may
// have the same file open; SQLite serialises the writes, leases (lease.go) keep
// long work from running twice, and the change log (changes.go) tells what
// others changed.
package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/mailwright/mailwright/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// readers is how many read connections there are: enough for two loading
// columns while the window reads.
const readers = 4

// Store is an open workspace file. Its methods may be used by many goroutines.
type Store struct {
	path   string
	writer *sqlx.DB
	reader *sqlx.DB
	now    func() time.Time

	readOnly bool
}

// Durability says how hard a write is flushed.
type Durability string

// The durabilities.
const (
	Normal Durability = "NORMAL" // survives a crash of the program
	Full   Durability = "FULL"   // survives a power cut too: outbox, consent, audit
	Bulk   Durability = "BULK"   // as Normal, for many large transactions in a row: the log grows longer before it is copied into the file
)

// pragmas gives what a connection is set to before a write. Pages that bulk writes
// touch again and again are copied from the log once in a while, not at every
// commit, and more of them stay in memory.
func (d Durability) pragmas() string {
	if d == Bulk {
		return "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=32768; PRAGMA cache_size=-131072"
	}
	return "PRAGMA synchronous=" + string(d) + "; PRAGMA wal_autocheckpoint=1000; PRAGMA cache_size=-65536"
}

// Tx is one transaction.
type Tx struct {
	*sqlx.Tx
	ctx context.Context
	now time.Time
}

// Context gives the context the transaction runs under.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now gives the transaction's instant, from the store's clock.
func (tx *Tx) Now() time.Time { return tx.now }

// Path gives the file's path.
func (s *Store) Path() string { return s.path }

// Now gives the instant of the store's clock.
func (s *Store) Now() time.Time { return s.now() }

// Write runs f in one immediate write transaction and commits it, or rolls back
// all of it when f fails.
func (s *Store) Write(ctx context.Context, d Durability, f func(*Tx) error) error {
	conn, err := s.writer.Connx(ctx)
	if err != nil {
		return asFault(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, d.pragmas()); err != nil {
		return asFault(err)
	}
	return s.run(ctx, conn, f)
}

// Read runs f in one read transaction.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	conn, err := s.reader.Connx(ctx)
	if err != nil {
		return asFault(err)
	}
	defer func() { _ = conn.Close() }()
	return s.run(ctx, conn, f)
}

func (s *Store) run(ctx context.Context, conn *sqlx.Conn, f func(*Tx) error) error {
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return asFault(err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := f(&Tx{Tx: tx, ctx: ctx, now: s.now()}); err != nil {
		return asFault(err)
	}
	return asFault(tx.Commit())
}

// mode is how a connection uses the file.
type mode int

const (
	readWrite    mode = iota
	readOnlyPart      // a reader of a file that others write
	readOnlyFile      // the file cannot be written at all
)

// forReaders gives the mode of the read connections beside a writer's.
func (m mode) forReaders() mode {
	if m == readWrite {
		return readOnlyPart
	}
	return m
}

// dsn gives the driver's name for a file.
func dsn(path string, m mode) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") { // C:/…
		abs = "/" + abs
	}
	q := "_dqs=0&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)"
	switch m {
	case readWrite:
		q += "&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_txlock=immediate"
	case readOnlyPart:
		q += "&_pragma=query_only(1)"
	case readOnlyFile:
		q += "&mode=ro"
	}
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: abs}).EscapedPath(), q)
}

func open(path string, m mode, conns int) (*sqlx.DB, error) {
	db, err := sqlx.Open("sqlite", dsn(path, m))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(0)
	return db, nil
}

// asFault codes what SQLite says where a user can do something about it; coded
// and nil errors pass.
func asFault(err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) || fault.CodeOf(err) != fault.Internal {
		return err
	}
	switch e.Code() & 0xff { // extended codes keep the primary one in the low byte
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.New(fault.Conflict, "another program is writing to the workspace; nothing was changed, try again: %w", err)
	case sqlite3.SQLITE_FULL:
		return fault.New(fault.Unavailable, "the disk is full; nothing of this step was kept, everything before it was: %w", err)
	case sqlite3.SQLITE_READONLY:
		return fault.New(fault.Denied, "the workspace cannot be written; nothing was changed: %w", err)
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		return fault.New(fault.Unavailable, "the workspace's disk does not answer; nothing of this step was kept: %w", err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.New(fault.Invalid, "the workspace's file is damaged; restore a backup: %w", err)
	}
	return err
}

// newUUID gives a random UUID, version 4 (RFC 9562).
func newUUID() string { return uuid.NewString() }
