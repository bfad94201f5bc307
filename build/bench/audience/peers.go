package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// duckFolder has the package of DuckDB's client with its pinned versions; it is
// installed into a folder of the cache, and is no part of the program.
const (
	duckFolder = "build/bench/duckdb"
	duckCache  = ".cache/duckdb"
)

// duck is DuckDB in a process of its own, with the crowd in tables in memory.
type duck struct {
	proc *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
}

// installDuck installs the client where it is not.
func installDuck() error {
	if err := os.MkdirAll(duckCache, 0o755); err != nil { //nolint:gosec // a cache
		return err
	}
	for _, name := range []string{"package.json", "package-lock.json", "peer.mjs"} {
		b, err := os.ReadFile(filepath.Join(duckFolder, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(duckCache, name), b, 0o644); err != nil { //nolint:gosec // no secret
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(duckCache, "node_modules")); err == nil {
		return nil
	}
	// Not ci: the lock file names the library of the platform it was written on.
	c := exec.Command("npm", "install", "--no-save", "--no-audit", "--no-fund")
	c.Dir, c.Stderr = duckCache, os.Stderr
	return c.Run()
}

func startDuck(c *crowd) (*duck, error) {
	if err := installDuck(); err != nil {
		return nil, fmt.Errorf("install DuckDB: %w", err)
	}
	d := &duck{proc: exec.Command("node", "peer.mjs")}
	d.proc.Dir, d.proc.Stderr = duckCache, os.Stderr
	var err error
	if d.in, err = d.proc.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := d.proc.StdoutPipe()
	if err != nil {
		return nil, err
	}
	d.out = bufio.NewReader(out)
	if err := d.proc.Start(); err != nil {
		return nil, err
	}
	return d, d.fill(c)
}

// fill makes the tables: contacts with a column for each attribute, and one for
// each type of event, in the order of contacts and times, which suits the questions.
func (d *duck) fill(c *crowd) error {
	types := map[string]string{"text": "VARCHAR", "date": "BIGINT", "number": "BIGINT", "money": "BIGINT", "datetime": "BIGINT", "boolean": "BIGINT", "list": "VARCHAR"}
	columns := `'id': 'BIGINT', 'email': 'VARCHAR'`
	for _, a := range attributes {
		columns += fmt.Sprintf(`, '%s': '%s'`, a.name, types[a.kind])
	}
	load := func(table, file, columns, chosen, order string) error {
		_, err := d.ask(fmt.Sprintf(`CREATE TABLE %s AS SELECT %s FROM read_csv('%s', header = false, columns = {%s}) %s`,
			table, chosen, filepath.Join(c.folder, file), columns, order), 0)
		return err
	}
	if err := load("contacts", "contacts.csv", columns, `* REPLACE (string_split(trim(tags, '[]'), ';') AS tags)`, "ORDER BY id"); err != nil {
		return err
	}
	if err := load("consents", "consents.csv", `'contact': 'BIGINT', 'state': 'VARCHAR', 't': 'BIGINT', 'expires': 'BIGINT'`, "*", "ORDER BY contact, t"); err != nil {
		return err
	}
	for _, t := range eventTypes {
		columns := `'contact': 'BIGINT', 't': 'BIGINT'`
		if t.money {
			columns += `, 'value': 'BIGINT'`
		}
		for _, p := range t.properties {
			kind := "VARCHAR"
			if p == "quantity" {
				kind = "BIGINT"
			}
			columns += fmt.Sprintf(`, '%s': '%s'`, p, kind)
		}
		if err := load(t.name, t.name+".csv", columns, "*", "ORDER BY contact, t"); err != nil {
			return err
		}
	}
	return nil
}

// peerAnswer is a count and the times it took, the first not warmed up.
type peerAnswer struct {
	Count int       `json:"count"`
	MS    []float64 `json:"ms"`
	Error string    `json:"error"`
}

func (d *duck) ask(query string, repeat int) (a peerAnswer, err error) {
	line, err := json.Marshal(map[string]any{"sql": query, "repeat": repeat})
	if err != nil {
		return a, err
	}
	if _, err := d.in.Write(append(line, '\n')); err != nil {
		return a, err
	}
	text, err := d.out.ReadBytes('\n')
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return a, err
	}
	if a.Error != "" {
		return a, fmt.Errorf("DuckDB: %s: %s", a.Error, query)
	}
	return a, nil
}

func (d *duck) stop() {
	_ = d.in.Close()
	_ = d.proc.Wait()
}

// sqlite is SQLite on the workspace's own file.
type sqlite struct {
	db         *sql.DB
	attributes map[string]int
}

func openSQLite(c *crowd) (*sqlite, error) {
	db, err := sql.Open("sqlite", "file:"+c.workspace+"?mode=ro&_pragma=cache_size(-1048576)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &sqlite{db: db, attributes: map[string]int{}}
	rows, err := db.Query(`SELECT name, id FROM attributes`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		var id int
		if err := rows.Scan(&name, &id); err != nil {
			return nil, err
		}
		s.attributes[name] = id
	}
	return s, rows.Err()
}

// patience is how long a peer's first answer may take to be asked for again.
const patience = 1500 * time.Millisecond

func (s *sqlite) ask(q question) (a peerAnswer, err error) {
	text := q.sqlite
	if text == "" {
		text = q.sql
	}
	text = forSQLite(text, s.attributes)
	for range 3 {
		began := time.Now()
		if err := s.db.QueryRow(text).Scan(&a.Count); err != nil {
			return a, fmt.Errorf("SQLite: %w: %s", err, text)
		}
		took := time.Since(began)
		a.MS = append(a.MS, milliseconds(took))
		if took > patience {
			break
		}
	}
	return a, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }
