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
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver

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
}

// Durability says how hard a write is flushed.
type Durability string

const (
	Normal Durability = "NORMAL" // survives a crash of the program
	Full   Durability = "FULL"   // survives a power cut too: outbox, consent, audit
)

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
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous="+string(d)); err != nil {
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

// dsn gives the driver's name for a file; see docs/decisions for the pragmas.
func dsn(path string, write bool) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") { // C:/…
		abs = "/" + abs
	}
	q := "_dqs=0&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)"
	if write {
		q += "&_txlock=immediate"
	} else {
		q += "&_pragma=query_only(1)"
	}
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: abs}).EscapedPath(), q)
}

func open(path string, write bool, conns int) (*sqlx.DB, error) {
	db, err := sqlx.Open("sqlite", dsn(path, write))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(0)
	return db, nil
}

// asFault codes what SQLite says; coded and nil errors pass.
func asFault(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	return err
}
