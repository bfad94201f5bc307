package ingest

import (
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/source/csv"
)

// repeats knows which people a file of contacts has more rows of than one, by a
// hash of what they are known by, and the line of each one's last row. It takes
// about 40 bytes a row while the file is looked at, and keeps those who repeat.
type repeats struct {
	column int  // of the key; -1 for none
	email  bool // the key is an address
	once   map[uint64]struct{}
	lines  map[uint64]int
}

// repeatsIn prepares to look at the rows of a file whose columns have targets.
func repeatsIn(req Request, targets []Target) *repeats {
	r := &repeats{column: -1}
	if req.Kind != batch.Contacts {
		return r
	}
	r.once, r.lines = map[uint64]struct{}{}, map[uint64]int{}
	wanted := []Target{"email", "external_id"}
	if req.Key == "external_id" {
		wanted = wanted[1:]
	}
	for _, want := range wanted {
		for i, t := range targets {
			if t == want {
				r.column, r.email = i, want == "email"
				return r
			}
		}
	}
	return r
}

// key gives the hash of whom a row is about; 0 for nobody.
func (r *repeats) key(rec csv.Record) uint64 {
	if r == nil || r.column < 0 {
		return 0
	}
	written := strings.TrimSpace(rec.Cells[r.column])
	if written == "" {
		return 0
	}
	if r.email {
		written = spelling(written)
	}
	return xxhash.Sum64String(written)
}

// spelling gives one form to the writings of an address. Those in plain letters,
// nearly all, only differ in their case.
func spelling(written string) string {
	for i := range len(written) {
		if written[i] >= 0x80 {
			if email, err := contact.NormalizeEmail(written); err == nil {
				return email
			}
			break
		}
	}
	return strings.TrimPrefix(strings.ToLower(written), "mailto:")
}

// see takes a row into account.
func (r *repeats) see(rec csv.Record) {
	k := r.key(rec)
	if k == 0 {
		return
	}
	if _, again := r.once[k]; again {
		r.lines[k] = rec.Line
		return
	}
	r.once[k] = struct{}{}
}

// done drops what only looking needed.
func (r *repeats) done() { r.once = nil }

// last gives the hash of whom a row is about and the line of their last row; 0
// for who has no other row.
func (r *repeats) last(rec csv.Record) (key uint64, line int) {
	if r == nil || len(r.lines) == 0 {
		return 0, 0
	}
	k := r.key(rec)
	return k, r.lines[k]
}
