package store

import (
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/mailwright/mailwright/internal/contact"
)

// ServiceAnswer is what a content service said of one contact. It holds for the
// question that was asked: another version of the service, or other values, ask
// anew. Erasing a contact takes it along.
type ServiceAnswer struct {
	Contact  contact.ID `db:"contact_id"`
	Question int64      `db:"question"` // 64 bits of a hash over service and values
	AskedAt  int64      `db:"asked_at"`
	Answer   string     `db:"answer"` // JSON; "" when the service had nothing for the contact
}

// ServiceAnswers gives the answers of a service for some contacts that were asked
// for at or after an instant.
func (tx *Tx) ServiceAnswers(slug string, ids []contact.ID, since time.Time) (map[contact.ID]ServiceAnswer, error) {
	answers := make(map[contact.ID]ServiceAnswer, len(ids))
	if len(ids) == 0 {
		return answers, nil
	}
	query, args, err := sqlx.In(`SELECT contact_id, question, asked_at, answer FROM service_answers
		WHERE service = ? AND asked_at >= ? AND contact_id IN (?)`, slug, since.UnixMilli(), ids)
	if err != nil {
		return nil, err
	}
	var rows []ServiceAnswer
	if err := tx.Select(&rows, query, args...); err != nil {
		return nil, err
	}
	for _, r := range rows {
		answers[r.Contact] = r
	}
	return answers, nil
}

// PutServiceAnswers keeps answers in place of older ones, for contacts that still
// are.
func (tx *Tx) PutServiceAnswers(slug string, answers []ServiceAnswer) error {
	put, err := tx.Prepare(`INSERT INTO service_answers (service, contact_id, question, asked_at, answer)
		SELECT ?1, id, ?3, ?4, ?5 FROM contacts WHERE id = ?2
		ON CONFLICT (service, contact_id) DO UPDATE SET question = excluded.question, asked_at = excluded.asked_at, answer = excluded.answer`)
	if err != nil {
		return err
	}
	defer func() { _ = put.Close() }()
	for _, a := range answers {
		if _, err := put.Exec(slug, a.Contact, a.Question, a.AskedAt, a.Answer); err != nil {
			return err
		}
	}
	return nil
}

// ForgetServiceAnswers drops what a service said, of everybody.
func (tx *Tx) ForgetServiceAnswers(slug string) error {
	_, err := tx.Exec(`DELETE FROM service_answers WHERE service = ?`, slug)
	return err
}
