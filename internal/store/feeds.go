package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
)

// feedRow is a feed as the table holds it.
type feedRow struct {
	Slug         string
	Definition   string
	ETag         string
	LastModified string `db:"last_modified"`
	State        string
	Message      string
	TriedAt      int64 `db:"tried_at"`
	FetchedAt    int64 `db:"fetched_at"`
	Products     int
	BatchID      int64 `db:"batch_id"`
}

// KeptFeed is a feed and what fetching it told.
type KeptFeed struct {
	catalog.Feed
	catalog.FeedState
}

func (r feedRow) feed() (KeptFeed, error) {
	k := KeptFeed{FeedState: catalog.FeedState{ETag: r.ETag, LastModified: r.LastModified, State: r.State, Message: r.Message, Products: r.Products, Batch: r.BatchID}}
	if r.TriedAt > 0 {
		k.TriedAt = time.UnixMilli(r.TriedAt).UTC()
	}
	if r.FetchedAt > 0 {
		k.FetchedAt = time.UnixMilli(r.FetchedAt).UTC()
	}
	return k, json.Unmarshal([]byte(r.Definition), &k.Feed)
}

// Feeds gives all feeds, by their slugs.
func (tx *Tx) Feeds() ([]KeptFeed, error) {
	var rows []feedRow
	if err := tx.Select(&rows, `SELECT * FROM feeds ORDER BY slug`); err != nil {
		return nil, err
	}
	list := make([]KeptFeed, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.feed(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Feed gives one feed, or fault.NotFound.
func (tx *Tx) Feed(slug string) (KeptFeed, error) {
	var row feedRow
	err := tx.Get(&row, `SELECT * FROM feeds WHERE slug = ?`, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return KeptFeed{}, fault.New(fault.NotFound, "there is no feed %q", slug)
	}
	if err != nil {
		return KeptFeed{}, err
	}
	return row.feed()
}

// PutFeed saves a feed. One whose address is another is fetched as if for the
// first time.
func (tx *Tx) PutFeed(f catalog.Feed) error {
	definition, err := json.Marshal(f)
	if err != nil {
		return err
	}
	old, err := tx.Feed(f.Slug)
	if err == nil && old.URL != f.URL {
		if _, err := tx.Exec(`UPDATE feeds SET etag = '', last_modified = '', state = '', message = '', tried_at = 0, products = 0 WHERE slug = ?`, f.Slug); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`INSERT INTO feeds (slug, definition) VALUES (?, ?) ON CONFLICT DO UPDATE SET definition = excluded.definition`, f.Slug, string(definition))
	return err
}

// SetFeedState keeps what fetching a feed told.
func (tx *Tx) SetFeedState(slug string, s catalog.FeedState) error {
	ms := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMilli()
	}
	_, err := tx.Exec(`UPDATE feeds SET etag = ?, last_modified = ?, state = ?, message = ?, tried_at = ?, fetched_at = ?, products = ?, batch_id = ? WHERE slug = ?`,
		s.ETag, s.LastModified, s.State, s.Message, ms(s.TriedAt), ms(s.FetchedAt), s.Products, s.Batch, slug)
	return err
}

// RemoveFeed forgets a feed; its products stay. It returns fault.NotFound when
// there is none.
func (tx *Tx) RemoveFeed(slug string) error {
	r, err := tx.Exec(`DELETE FROM feeds WHERE slug = ?`, slug)
	if err != nil {
		return err
	}
	if n, _ := r.RowsAffected(); n == 0 {
		return fault.New(fault.NotFound, "there is no feed %q", slug)
	}
	return nil
}

// MarkGone notes the products of a feed that are not among the SKUs it has now as
// gone, as part of a batch, and gives how many there are.
func (tx *Tx) MarkGone(batchID int64, feed string, has map[string]bool) (n int64, err error) {
	var rows []productRow
	if err := tx.Select(&rows, `SELECT `+productColumns+` FROM products WHERE feed = ? AND gone = 0`, feed); err != nil {
		return 0, err
	}
	for _, had := range rows {
		if has[had.SKU] {
			continue
		}
		after := had
		after.Gone = true
		if err := tx.noteProduct(batchID, had, after); err != nil {
			return n, err
		}
		after.UpdatedAt = tx.Now().UnixMilli()
		if err := tx.writeProduct(after); err != nil {
			return n, err
		}
		n++
	}
	if n > 0 {
		err = tx.LogChange(ChangedProducts, "", "")
	}
	return n, err
}
