package store

import "github.com/mailwright/mailwright/internal/contact"

// TestPeople gives the contacts for whom a template or a block must always come
// out, by ascending id. The list goes with the definition, and a contact's place
// in it with the contact.
func (tx *Tx) TestPeople(kind, slug string) (ids []contact.ID, err error) {
	err = tx.Select(&ids, `SELECT contact_id FROM test_people WHERE kind = ? AND slug = ? ORDER BY contact_id`, kind, slug)
	return ids, err
}

// PutTestPeople makes ids, which must be contacts, the list of a definition.
func (tx *Tx) PutTestPeople(kind, slug string, ids []contact.ID) error {
	if _, err := tx.Exec(`DELETE FROM test_people WHERE kind = ? AND slug = ?`, kind, slug); err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.Exec(`INSERT INTO test_people (kind, slug, contact_id) VALUES (?, ?, ?)`, kind, slug, id); err != nil {
			return err
		}
	}
	return nil
}
