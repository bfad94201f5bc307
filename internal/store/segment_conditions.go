package store

import (
	"context"
	"database/sql/driver"

	"github.com/jmoiron/sqlx"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/segment"
)

// SegmentConditions calls f with every segment, by name, and the condition of who
// counts in it (segment.Effective), or why its condition cannot be read.
func (c *Columns) SegmentConditions(ctx context.Context, f func(slug, name string, n condition.Node, problem error)) (int64, error) {
	return c.transaction(ctx, func(conn *sqlx.Conn) error {
		earlier := map[string][]string{}
		err := each(ctx, conn, `SELECT body FROM definitions WHERE kind = 'group'`, nil, func(row []driver.Value) {
			g, err := segment.ParseGroup([]byte(text(row[0])))
			if err != nil {
				return // a group that cannot be read orders nothing
			}
			for _, slug := range g.Segments {
				earlier[slug], _ = g.Before(slug)
			}
		})
		if err != nil {
			return err
		}
		return each(ctx, conn, `SELECT d.slug, d.name, d.body, s.frozen_at FROM definitions d LEFT JOIN segments s ON s.slug = d.slug
			WHERE d.kind = 'segment' ORDER BY d.name, d.slug`, nil, func(row []driver.Value) {
			slug := text(row[0])
			n, err := condition.Parse([]byte(text(row[2])))
			f(slug, text(row[1]), segment.Effective(slug, n, integer(row[3]), earlier[slug]), err)
		})
	})
}

// FixedMembers calls f with the contacts on the list that a segment was frozen
// as, by ascending id.
func (c *Columns) FixedMembers(ctx context.Context, slug string, f func(id int64)) (int64, error) {
	var list []byte
	seq, err := c.pass(ctx, `SELECT frozen FROM segments WHERE slug = ?`, []any{slug}, func(row []driver.Value) {
		b, _ := row[0].([]byte)
		list = append(list, b...)
	})
	if err != nil {
		return seq, err
	}
	people, err := segment.ParsePeople(list)
	people.Each(func(id contact.ID) bool {
		f(int64(id))
		return true
	})
	return seq, err
}
