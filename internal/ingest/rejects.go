package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"strconv"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// SaveRejects writes a batch's rejected rows as CSV: the file's own columns as
// they were, and two of ours, which an import passes over. The file appears under
// its name only when it is whole.
func SaveRejects(ctx context.Context, s *store.Store, id int64, path string) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.At(fault.Unavailable, "path", "%s cannot be written: %w", path, err)
	}
	w := csv.NewWriter(f)
	err = s.Read(ctx, func(tx *store.Tx) error {
		var report Report
		if _, err := tx.Batch(id, &report); err != nil {
			return err
		}
		if err := w.Write(append(report.Header, "mailwright_line", "mailwright_reason")); err != nil {
			return err
		}
		return tx.EachReject(id, func(r store.Reject) error {
			cells := r.Cells
			for len(cells) < len(report.Header) {
				cells = append(cells, "")
			}
			return w.Write(append(cells, strconv.Itoa(r.Line), r.Reason))
		})
	})
	w.Flush()
	err = errors.Join(err, w.Error(), f.Close())
	if err != nil {
		_ = os.Remove(part)
		return err
	}
	return os.Rename(part, path)
}

// Label says a target in words.
func (t Target) Label(schema contact.Schema) string {
	if name, ok := t.Attribute(); ok {
		if a, known := schema.Attributes[name]; known {
			return a.Label
		}
		return name
	}
	if name, ok := t.Property(); ok {
		return name
	}
	if purpose, ok := t.Consent(); ok {
		return "Agreed to " + purpose
	}
	if label, ok := labels[t]; ok {
		return label
	}
	return string(t)
}

var labels = map[Target]string{
	"email": "E-mail address", "external_id": "Customer number", "created_at": "Customer since", "event": "What happened",
	"occurred_at": "When", "value": "Value", "event_id": "The event's own number", "sku": "Product number", "title": "Title",
	"url": "Web address", "image": "Picture", "price": "Price", "category": "Category", "stock": "Stock",
	"availability": "Whether it can be had", "sale_price": "Sale price", Ignore: "Leave out",
}
