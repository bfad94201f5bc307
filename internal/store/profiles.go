package store

import (
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/profile"
)

// EventRowsOf gives the events of a type for contacts up to an instant, by
// contact, each contact's in time order: one statement for the whole chunk.
func (tx *Tx) EventRowsOf(event string, ids []contact.ID, upTo int64, currency contact.Currency) (map[contact.ID][]profile.Row, error) {
	var types []struct {
		ID        int64
		ValueType contact.Type `db:"value_type"`
	}
	if err := tx.Select(&types, `SELECT id, value_type FROM event_types WHERE name = ?`, event); err != nil || len(types) == 0 {
		return nil, err
	}
	rows, err := tx.Query(`SELECT e.contact_id, e.occurred_at, e.value, COALESCE(e.properties, '')
		FROM json_each(?) j CROSS JOIN events e ON e.type_id = ? AND e.contact_id = j.value AND e.occurred_at <= ?
		ORDER BY e.contact_id, e.occurred_at, e.key`, idList(ids), types[0].ID, upTo)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := make(map[contact.ID][]profile.Row, len(ids))
	for rows.Next() {
		var id contact.ID
		var r profile.Row
		var value any
		if err := rows.Scan(&id, &r.At, &value, &r.Properties); err != nil {
			return nil, err
		}
		if r.Value, err = ReadCell(value, types[0].ValueType, currency); err != nil {
			return nil, err
		}
		all[id] = append(all[id], r)
	}
	return all, rows.Err()
}
