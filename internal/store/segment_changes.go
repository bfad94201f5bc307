package store

import (
	"database/sql"
	"errors"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/segment"
)

// listedMoves is how many people a change may have for each to be listed in
// segment_moves. Larger ones are few (first counts, edits, imports), and a
// person's history looks into each of them.
const listedMoves = 256

// SegmentCurrent says for which data and instant a segment's members are known.
type SegmentCurrent struct {
	Basis       string
	AsOf        int64 // Unix ms
	DataVersion int64
	Size        int
	Problem     string
	Day         int64 // the local day of AsOf, since 1970
}

// KeepSegment notes that a segment was answered, and that its size did not change.
func (tx *Tx) KeepSegment(id int64, c SegmentCurrent) error {
	if _, err := tx.Exec(`UPDATE segments SET basis = ?, as_of = ?, data_version = ?, size = ?, problem = ? WHERE id = ?`,
		c.Basis, c.AsOf, c.DataVersion, c.Size, c.Problem, id); err != nil || c.Problem != "" {
		return err
	}
	_, err := tx.Exec(`INSERT INTO segment_days (segment_id, day, size) VALUES (?, ?, ?)
		ON CONFLICT (segment_id, day) DO UPDATE SET size = excluded.size WHERE size <> excluded.size`, id, c.Day, c.Size)
	return err
}

// RecordSegmentChange notes who joined and left a segment and gives the change's
// number. It is to be followed by KeepSegment.
func (tx *Tx) RecordSegmentChange(id int64, day int64, c segment.Change) (int64, error) {
	joined, left := c.Joined.Len(), c.Left.Len()
	large := joined+left > listedMoves
	r, err := tx.Exec(`INSERT INTO segment_changes (segment_id, at, cause, version, size, large, joined, "left") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id, c.At, c.Cause, c.Version, c.Size, large, c.Joined.Bytes(), c.Left.Bytes())
	if err != nil {
		return 0, err
	}
	change, err := r.LastInsertId()
	if err != nil {
		return 0, err
	}
	if !large {
		if err := tx.listMoves(change, c); err != nil {
			return 0, err
		}
	}
	if _, err := tx.Exec(`UPDATE segments SET change_id = ? WHERE id = ?`, change, id); err != nil {
		return 0, err
	}
	edited := c.Cause == segment.Definition
	if edited || c.Cause == segment.First {
		joined, left = 0, 0
	}
	_, err = tx.Exec(`INSERT INTO segment_days (segment_id, day, size, joined, "left", edited) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (segment_id, day) DO UPDATE SET size = excluded.size, joined = joined + excluded.joined,
			"left" = "left" + excluded."left", edited = MAX(edited, excluded.edited)`, id, day, c.Size, joined, left, edited)
	return change, err
}

func (tx *Tx) listMoves(change int64, c segment.Change) error {
	insert, err := tx.Prepare(`INSERT INTO segment_moves (contact_id, change_id, joined) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for _, side := range []struct {
		people segment.People
		joined bool
	}{{c.Joined, true}, {c.Left, false}} {
		for _, who := range side.people.IDs() {
			if _, err := insert.Exec(who, change, side.joined); err != nil {
				return err
			}
		}
	}
	return nil
}

// SnapshotSegment keeps the members as they are after the segment's newest
// change, so that reading them need not go further back.
func (tx *Tx) SnapshotSegment(id, change int64, members segment.People) error {
	_, err := tx.Exec(`INSERT INTO segment_snapshots (segment_id, change_id, members) VALUES (?, ?, ?)
		ON CONFLICT (segment_id) DO UPDATE SET change_id = excluded.change_id, members = excluded.members`, id, change, members.Bytes())
	return err
}

// SegmentMembers gives who is in a segment by what was recorded, and how many
// changes had to be read for it.
func (tx *Tx) SegmentMembers(id int64) (members segment.People, changes int, err error) {
	var snapshot struct {
		ChangeID int64 `db:"change_id"`
		Members  []byte
	}
	err = tx.Get(&snapshot, `SELECT change_id, members FROM segment_snapshots WHERE segment_id = ?`, id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return members, 0, err
	}
	if members, err = segment.ParsePeople(snapshot.Members); err != nil {
		return members, 0, err
	}
	err = tx.eachChange(`WHERE segment_id = ? AND id > ? ORDER BY id`, []any{id, snapshot.ChangeID}, func(_ int64, c segment.Change) (bool, error) {
		members = members.After(c.Joined, c.Left)
		changes++
		return true, nil
	})
	return members, changes, err
}

// SegmentChanges calls f with the changes of a segment, the newest first, until
// it gives false.
func (tx *Tx) SegmentChanges(id int64, f func(segment.Change) bool) error {
	return tx.eachChange(`WHERE segment_id = ? ORDER BY id DESC`, []any{id}, func(_ int64, c segment.Change) (bool, error) { return f(c), nil })
}

// eachChange calls f with changes and the segments they are of.
func (tx *Tx) eachChange(where string, args []any, f func(segmentID int64, c segment.Change) (bool, error)) error {
	rows, err := tx.Queryx(`SELECT id, segment_id, at, cause, version, size, joined, "left" FROM segment_changes `+where, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c segment.Change
		var of int64
		var joined, left []byte
		if err := rows.Scan(&c.ID, &of, &c.At, &c.Cause, &c.Version, &c.Size, &joined, &left); err != nil {
			return err
		}
		if c.Joined, err = segment.ParsePeople(joined); err != nil {
			return err
		}
		if c.Left, err = segment.ParsePeople(left); err != nil {
			return err
		}
		if more, err := f(of, c); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}

// SegmentDays gives how segments moved day by day since a day, by segment's
// number, the oldest day first.
func (tx *Tx) SegmentDays(since int64) (map[int64][]segment.Day, error) {
	rows, err := tx.Queryx(`SELECT segment_id, day, size, joined, "left", edited FROM segment_days WHERE day >= ? ORDER BY segment_id, day`, since)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[int64][]segment.Day{}
	for rows.Next() {
		var id int64
		var d segment.Day
		if err := rows.Scan(&id, &d.Date, &d.Size, &d.Joined, &d.Left, &d.Edited); err != nil {
			return nil, err
		}
		all[id] = append(all[id], d)
	}
	return all, rows.Err()
}

// MovesOf gives when a person joined and left segments, the newest first.
func (tx *Tx) MovesOf(id contact.ID) ([]segment.Move, error) {
	var moves []segment.Move
	slugs, err := tx.segmentSlugs()
	if err != nil {
		return nil, err
	}
	err = tx.eachChange(`WHERE large = 1 OR id IN (SELECT change_id FROM segment_moves WHERE contact_id = ?) ORDER BY id DESC`, []any{id},
		func(of int64, c segment.Change) (bool, error) {
			joined := c.Joined.Has(id)
			if joined || c.Left.Has(id) {
				moves = append(moves, segment.Move{Segment: slugs[of], Contact: id, At: c.At, Joined: joined, Cause: c.Cause})
			}
			return true, nil
		})
	return moves, err
}

func (tx *Tx) segmentSlugs() (map[int64]string, error) {
	var list []struct {
		ID   int64
		Slug string
	}
	if err := tx.Select(&list, `SELECT id, slug FROM segments`); err != nil {
		return nil, err
	}
	slugs := make(map[int64]string, len(list))
	for _, s := range list {
		slugs[s.ID] = s.Slug
	}
	return slugs, nil
}

// eraseFromSegments takes a person out of every segment's members, fixed list
// and history. Sizes of the past stay.
func (tx *Tx) eraseFromSegments(id contact.ID) error {
	const theirs = ` WHERE large = 1 OR id IN (SELECT change_id FROM segment_moves WHERE contact_id = ?1)`
	for _, sets := range []struct{ read, write string }{
		{`SELECT id, frozen FROM segments WHERE ?1 > 0`, `UPDATE segments SET frozen = ? WHERE id = ?`},
		{`SELECT segment_id, members FROM segment_snapshots WHERE ?1 > 0`, `UPDATE segment_snapshots SET members = ? WHERE segment_id = ?`},
		{`SELECT id, joined FROM segment_changes` + theirs, `UPDATE segment_changes SET joined = ? WHERE id = ?`},
		{`SELECT id, "left" FROM segment_changes` + theirs, `UPDATE segment_changes SET "left" = ? WHERE id = ?`},
	} {
		if err := tx.eraseFromSets(sets.read, sets.write, id); err != nil {
			return err
		}
	}
	for _, q := range []string{`DELETE FROM segment_moves WHERE contact_id = ?1`, `UPDATE segments SET revision = revision + 1 WHERE ?1 > 0`} {
		if _, err := tx.Exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// eraseFromSets takes a person out of the sets that read gives with their keys.
func (tx *Tx) eraseFromSets(read, write string, id contact.ID) error {
	rows, err := tx.Queryx(read, id)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	without := map[int64][]byte{}
	for rows.Next() {
		var key int64
		var set []byte
		if err := rows.Scan(&key, &set); err != nil {
			return err
		}
		people, err := segment.ParsePeople(set)
		if err != nil {
			return err
		}
		if people.Has(id) {
			without[key] = people.Without(id).Bytes()
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for key, set := range without {
		if _, err := tx.Exec(write, set, key); err != nil {
			return err
		}
	}
	return nil
}
