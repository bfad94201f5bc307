package store

import (
	"database/sql"
	"fmt"
	"strings"
)

// rowsPerStatement is how many rows one statement carries: enough to make the
// cost of a call small beside that of its rows.
const rowsPerStatement = 64

// bulk writes rows of one table many to a statement, in the order in which they
// come. Nothing is sure to be written before flush. It belongs to one transaction.
type bulk struct {
	tx         *Tx
	head, tail string // INSERT INTO … VALUES, and what follows the rows
	row        string // (?,?,…)
	width      int
	args       []any
	many       *sql.Stmt
}

func (tx *Tx) bulk(head, row, tail string) *bulk {
	return &bulk{tx: tx, head: head, row: row, tail: tail, width: strings.Count(row, "?")}
}

func (b *bulk) statement(n int) string {
	return b.head + " " + b.row + strings.Repeat(","+b.row, n-1) + " " + b.tail
}

// add takes a row.
func (b *bulk) add(args ...any) (err error) {
	b.args = append(b.args, args...)
	if len(b.args) < rowsPerStatement*b.width {
		return nil
	}
	if b.many == nil {
		if b.many, err = b.tx.Prepare(b.statement(rowsPerStatement)); err != nil {
			return err
		}
	}
	_, err = b.many.Exec(b.args...)
	b.args = b.args[:0]
	return err
}

// flush writes what is left.
func (b *bulk) flush() error {
	if len(b.args) == 0 {
		return nil
	}
	_, err := b.tx.Exec(b.statement(len(b.args)/b.width), b.args...)
	b.args = b.args[:0]
	if err != nil {
		return fmt.Errorf("%s: %w", b.head, err)
	}
	return nil
}
