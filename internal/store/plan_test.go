package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// What is asked of one person, or of some, must stay a look-up when there are millions of
// events: SQLite's plan is looked at, since it is right and slow when it is wrong.
func TestWhatIsAskedOfSomePeopleIsLookedUp(t *testing.T) {
	s := testkit.Store(t)
	for what, query := range map[string]string{
		"timeline":               `SELECT e.id FROM event_types t CROSS JOIN events e INDEXED BY events_identity ON e.type_id = t.id AND e.contact_id = ?1 AND e.occurred_at < ?2 AND e.occurred_at >= ?3 ORDER BY e.occurred_at DESC`,
		"many people's events":   `SELECT e.id FROM json_each(?1) j CROSS JOIN events e ON e.type_id = ?2 AND e.contact_id = j.value AND e.occurred_at <= ?3`,
		"many people's values":   `SELECT v.value FROM json_each(?1) j CROSS JOIN contact_values v ON v.attribute_id = ?2 AND v.contact_id = j.value`,
		"events of the source's": `SELECT e.id FROM json_each(?1) j CROSS JOIN events e ON e.type_id = ?2 AND e.source_id = j.value AND e.source_id IS NOT NULL`,
		"person":                 `SELECT a.name, v.value FROM attributes a CROSS JOIN contact_values v ON v.attribute_id = a.id AND v.contact_id = ?1`,
		"erasure":                `DELETE FROM events WHERE type_id IN (SELECT id FROM event_types) AND contact_id = ?1`,
		"values":                 `DELETE FROM contact_values WHERE attribute_id IN (SELECT id FROM attributes) AND contact_id = ?1`,
		"changes":                `DELETE FROM batch_changes WHERE batch_id IN (SELECT id FROM batches) AND entity IN ('value', 'external_id') AND entity_id = ?1`,
		"existing":               `SELECT 1 FROM events e WHERE e.type_id = ?1 AND e.contact_id = ?2 AND e.occurred_at = ?3 AND e.key = 4`,
	} {
		t.Run(what, func(t *testing.T) {
			var plan []string
			err := s.Read(context.Background(), func(tx *store.Tx) error {
				rows, err := tx.Query(`EXPLAIN QUERY PLAN `+query, 1, 2, 3)
				if err != nil {
					return err
				}
				defer func() { _ = rows.Close() }()
				for rows.Next() {
					var id, parent, unused int
					var detail string
					if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
						return err
					}
					plan = append(plan, detail)
				}
				return rows.Err()
			})
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(plan, "\n")
			if !strings.Contains(text, "contact_id=?") && !strings.Contains(text, "entity_id=?") && !strings.Contains(text, "source_id=?") {
				t.Errorf("the plan is no look-up:\n%s", text)
			}
		})
	}
}
