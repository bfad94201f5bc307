package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // rows are written straight into the file, and SQLite is a peer

	"github.com/mailwright/mailwright/internal/store"
)

// asOf is the instant of every question, in the zone of the workspace.
var asOf = time.Date(2026, 6, 1, 14, 0, 0, 0, paris)

var paris = mustZone("Europe/Paris")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

const day = int64(86_400_000)

// eventType is a type of event of the made-up crowd: its share of all events in
// thousandths, whether they have a value, and which properties.
type eventType struct {
	name       string
	share      int
	money      bool
	properties []string
}

var eventTypes = []eventType{
	{"order_placed", 125, true, []string{"sku", "category", "quantity"}},
	{"product_viewed", 300, false, []string{"sku"}},
	{"email_sent", 200, false, nil},
	{"email_opened", 175, false, nil},
	{"email_clicked", 50, false, nil},
	{"cart_updated", 100, true, nil},
	{"site_visited", 40, false, nil},
	{"order_returned", 10, true, nil},
}

var (
	countries  = []string{"France", "Germany", "Spain", "Italy", "Austria", "Belgium", "Poland", "Sweden", "Norway", "Portugal", "Greece", "Iceland"}
	tiers      = []string{"bronze", "silver", "gold", "platinum"}
	tagNames   = []string{"vip", "wholesale", "press", "friend", "newsletter", "trial"}
	categories = []string{"Tea", "Coffee", "Cups", "Sweets", "Books", "Gifts", "Spices", "Kettles", "Filters", "Candles", "Linen", "Cards"}
)

const skus = 3000

// attributes are those of the crowd that a workspace does not have from the
// beginning. Names are columns of the peers' tables too.
var attributes = []struct{ name, kind string }{
	{"first_name", "text"}, {"country", "text"}, {"city", "text"}, {"birthday", "date"},
	{"tier", "text"}, {"points", "number"}, {"spent", "money"}, {"last_seen", "datetime"}, {"tags", "list"}, {"subscriber", "boolean"},
}

// crowd is a workspace of a size, and the same as files of comma-separated values.
type crowd struct {
	contacts, events int
	workspace        string
	folder           string // of contacts.csv, consents.csv and one file for each type of event
}

// makeCrowd writes both. The same size always gives the same rows.
func makeCrowd(folder string, contacts, events int) (*crowd, error) {
	c := &crowd{contacts, events, filepath.Join(folder, "crowd.mailwright"), folder}
	if _, err := os.Stat(c.workspace); err == nil {
		return c, nil
	}
	s, err := store.Create(context.Background(), c.workspace, store.Options{Name: "Crowd", Zone: paris.String(), Currency: "EUR"})
	if err != nil {
		return nil, err
	}
	if err := s.Close(context.Background()); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+c.workspace+"?_pragma=synchronous(OFF)&_pragma=cache_size(-524288)&_pragma=journal_mode(OFF)&_pragma=threads(2)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if err := c.schema(db); err != nil {
		return nil, err
	}
	if err := c.people(db); err != nil {
		return nil, err
	}
	if err := c.happenings(db); err != nil {
		return nil, err
	}
	_, err = db.Exec(`PRAGMA journal_mode=WAL; ANALYZE events_identity`)
	return c, err
}

func (c *crowd) schema(db *sql.DB) error {
	for _, a := range attributes[4:] {
		if _, err := db.Exec(`INSERT INTO attributes (name, label, type) VALUES (?1, ?1, ?2)`, a.name, a.kind); err != nil {
			return err
		}
	}
	for _, t := range eventTypes {
		value := ""
		if t.money {
			value = "money"
		}
		if _, err := db.Exec(`INSERT INTO event_types (name, value_type) VALUES (?, ?)`, t.name, value); err != nil {
			return err
		}
		for _, p := range t.properties {
			kind := "text"
			if p == "quantity" {
				kind = "number"
			}
			if _, err := db.Exec(`INSERT INTO event_properties (type_id, name, type) VALUES ((SELECT id FROM event_types WHERE name = ?), ?, ?)`, t.name, p, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// rows writes many rows of a table, in one transaction.
type rows struct {
	tx    *sql.Tx
	many  *sql.Stmt
	head  string
	width int
	args  []any
}

const rowsAtOnce = 100

func newRows(db *sql.DB, head string, width int) (*rows, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	r := &rows{tx: tx, head: head, width: width}
	r.many, err = tx.Prepare(r.statement(rowsAtOnce))
	return r, err
}

func (r *rows) statement(n int) string {
	row := "(?" + strings.Repeat(",?", r.width-1) + ")"
	return r.head + " VALUES " + row + strings.Repeat(","+row, n-1)
}

func (r *rows) add(args ...any) error {
	r.args = append(r.args, args...)
	if len(r.args) < rowsAtOnce*r.width {
		return nil
	}
	_, err := r.many.Exec(r.args...)
	r.args = r.args[:0]
	return err
}

func (r *rows) end() error {
	if n := len(r.args) / r.width; n > 0 {
		if _, err := r.tx.Exec(r.statement(n), r.args...); err != nil {
			return err
		}
	}
	return r.tx.Commit()
}

// file writes lines of comma-separated values; none of ours needs quotes.
func (c *crowd) file(name string) (*os.File, *bufio.Writer, error) {
	f, err := os.Create(filepath.Join(c.folder, name))
	if err != nil {
		return nil, nil, err
	}
	return f, bufio.NewWriterSize(f, 1<<20), nil
}

func closed(f *os.File, w *bufio.Writer, err error) error {
	if e := w.Flush(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// person is one contact's values by attribute, nil where unset; a list is given
// by its items.
func person(r *rand.Rand) [10]any {
	var v [10]any
	maybe := func(percent int, value any) any {
		if r.IntN(100) < percent {
			return value
		}
		return nil
	}
	v[0] = maybe(95, "Name"+strconv.Itoa(r.IntN(5000)))
	v[1] = maybe(90, countries[min(r.IntN(20), r.IntN(12))%12])
	v[2] = maybe(80, "City "+strconv.Itoa(r.IntN(2000)))
	v[3] = maybe(60, int64(-5000+r.IntN(18_000)))
	v[4] = maybe(70, tiers[min(r.IntN(4), r.IntN(4))])
	v[5] = maybe(90, int64(r.IntN(10_000)))
	v[6] = maybe(85, int64(r.IntN(100_000)))
	v[7] = maybe(75, asOf.UnixMilli()-int64(r.ExpFloat64()*100*float64(day)))
	if r.IntN(100) < 40 {
		first := r.IntN(len(tagNames))
		v[8] = tagNames[first : first+1+r.IntN(min(2, len(tagNames)-first))]
	}
	v[9] = maybe(50, int64(r.IntN(2)))
	return v
}

func (c *crowd) people(db *sql.DB) error {
	values := make([][10]any, c.contacts)
	r := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // made-up people
	f, w, err := c.file("contacts.csv")
	if err != nil {
		return err
	}
	to, err := newRows(db, `INSERT INTO contacts (id, email, source, created_at, updated_at)`, 5)
	if err != nil {
		return closed(f, w, err)
	}
	for i := range values {
		values[i] = person(r)
		email := "person." + strconv.Itoa(i*7919%c.contacts) + "@example" + strconv.Itoa(i%47) + ".org"
		if err := to.add(i+1, email, "import", asOf.UnixMilli()-day*int64(i%1500), 0); err != nil {
			return closed(f, w, err)
		}
		_, _ = fmt.Fprintf(w, "%d,%s", i+1, email)
		for _, v := range values[i] {
			switch v := v.(type) {
			case nil:
				_ = w.WriteByte(',')
			case []string:
				_, _ = fmt.Fprintf(w, ",[%s]", strings.Join(v, ";"))
			default:
				_, _ = fmt.Fprintf(w, ",%v", v)
			}
		}
		_ = w.WriteByte('\n')
	}
	if err := closed(f, w, to.end()); err != nil {
		return err
	}
	for a := range attributes {
		if err := c.attribute(db, a, values); err != nil {
			return err
		}
	}
	return c.consents(db, r)
}

func (c *crowd) attribute(db *sql.DB, a int, values [][10]any) error {
	var id int64
	if err := db.QueryRow(`SELECT id FROM attributes WHERE name = ?`, attributes[a].name).Scan(&id); err != nil {
		return err
	}
	to, err := newRows(db, `INSERT INTO contact_values (attribute_id, contact_id, value)`, 3)
	if err != nil {
		return err
	}
	for i := range values {
		v := values[i][a]
		if list, ok := v.([]string); ok {
			v = `["` + strings.Join(list, `","`) + `"]`
		}
		if v == nil {
			continue
		}
		if err := to.add(id, i+1, v); err != nil {
			return err
		}
	}
	return to.end()
}

func (c *crowd) consents(db *sql.DB, r *rand.Rand) error {
	f, w, err := c.file("consents.csv")
	if err != nil {
		return err
	}
	to, err := newRows(db, `INSERT INTO consent_entries (contact_id, purpose, state, source, at, expires_at)`, 6)
	if err != nil {
		return closed(f, w, err)
	}
	for i := range c.contacts {
		at := asOf.UnixMilli() - day*int64(100+r.IntN(900)) - int64(r.IntN(int(day)))
		for n := range r.IntN(3) {
			state, expires := "granted", any(nil)
			if n == 1 {
				state = []string{"withdrawn", "confirmed", "withdrawn"}[r.IntN(3)]
			} else if r.IntN(10) == 0 {
				expires = at + day*int64(r.IntN(1000))
			}
			at += int64(n) * day * int64(1+r.IntN(100))
			if err := to.add(i+1, "marketing", state, "import", at, expires); err != nil {
				return closed(f, w, err)
			}
			if expires == nil {
				expires = ""
			}
			_, _ = fmt.Fprintf(w, "%d,%s,%d,%v\n", i+1, state, at, expires)
		}
	}
	return closed(f, w, to.end())
}

// happenings writes the events, type after type, each in the order of time over
// three years and a little beyond now, as files of a shop's history come. The
// index is made at the end, which is faster than keeping it.
func (c *crowd) happenings(db *sql.DB) error {
	const index = `CREATE UNIQUE INDEX events_identity ON events (type_id, contact_id, occurred_at, key, value)`
	if _, err := db.Exec(`DROP INDEX events_identity`); err != nil {
		return err
	}
	to, err := newRows(db, `INSERT INTO events (type_id, contact_id, occurred_at, value, properties, key)`, 6)
	if err != nil {
		return err
	}
	for i, t := range eventTypes {
		if err := c.kind(to, i, t); err != nil {
			return err
		}
	}
	if err := to.end(); err != nil {
		return err
	}
	if _, err := db.Exec(`UPDATE workspace SET events = (SELECT COUNT(*) FROM events)`); err != nil {
		return err
	}
	_, err = db.Exec(index)
	return err
}

func (c *crowd) kind(to *rows, number int, t eventType) error {
	f, w, err := c.file(t.name + ".csv")
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(2, uint64(number))) //nolint:gosec // made-up events
	n := c.events / 1000 * t.share
	span := float64(3*365*day + day)
	line := make([]byte, 0, 200)
	for k := range n {
		e := happening(r, c.contacts, t)
		e.at = asOf.UnixMilli() + day - int64(span*(1-float64(k)/float64(n))) + int64(r.IntN(60_000))
		var properties, value any
		line = strconv.AppendInt(line[:0], e.contact, 10)
		line = append(line, ',')
		line = strconv.AppendInt(line, e.at, 10)
		if t.money {
			value = e.value
			line = append(line, ',')
			line = strconv.AppendInt(line, e.value, 10)
		}
		if len(t.properties) > 0 {
			properties = e.json(t)
			line = append(line, ","+e.sku...)
		}
		if len(t.properties) > 1 {
			line = append(line, ","+e.category+","...)
			line = strconv.AppendInt(line, e.quantity, 10)
		}
		if err := to.add(number+1, e.contact, e.at, value, properties, int64(r.Uint64())); err != nil {
			return closed(f, w, err)
		}
		_, _ = w.Write(append(line, '\n'))
	}
	return closed(f, w, nil)
}

// made is one made-up event.
type made struct {
	contact, at, value, quantity int64
	sku, category                string
}

// happening makes an event up. Few people do much and many do little.
func happening(r *rand.Rand, contacts int, t eventType) made {
	rank := int64(float64(contacts) * math.Pow(r.Float64(), 1.5))
	e := made{contact: rank*48_271%int64(contacts) + 1}
	if t.money {
		e.value = int64(r.IntN(20_000))
	}
	if len(t.properties) > 0 {
		n := r.IntN(skus)
		e.sku, e.category, e.quantity = "S-"+strconv.Itoa(n), categories[n%len(categories)], int64(1+r.IntN(9))
	}
	return e
}

// json writes the properties of an event.
func (e made) json(t eventType) string {
	if len(t.properties) == 1 {
		return `{"sku":"` + e.sku + `"}`
	}
	return `{"sku":"` + e.sku + `","category":"` + e.category + `","quantity":` + strconv.FormatInt(e.quantity, 10) + `}`
}
