package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// KeptProof is a check that is kept: what was checked, when, and what came out.
type KeptProof struct {
	ID              int64
	Subject         string // CampaignSubject or TemplateSubject
	Basis           string // campaign.Basis of what was checked; "" for templates
	TemplateVersion int    `db:"template_version"`
	AsOf            int64  `db:"as_of"` // Unix ms
	Total           int    // people to check
	Checked         int    // fewer than Total where it was stopped
	CreatedAt       int64  `db:"created_at"`
	Author          string
	Summary         string // JSON
}

// proofsKept is how many proofs of one subject are kept: the last, and the one it
// is compared with.
const proofsKept = 2

// templatesKept is of how many templates and segments proofs are kept.
const templatesKept = 8

// CampaignSubject names what a campaign's proofs are about.
func CampaignSubject(slug string) string { return "campaign/" + slug }

// TemplateSubject names what the proofs of a template for a segment are about.
func TemplateSubject(slug, segment string) string { return "template/" + slug + "/" + segment }

const proofColumns = `id, subject, basis, template_version, as_of, total, checked, created_at, author, summary`

// AddProof begins to keep a proof and gives its number. Nobody sees it before
// FinishProof; what a process that died left is taken away.
func (tx *Tx) AddProof(p KeptProof) (int64, error) {
	if _, err := tx.Exec(`DELETE FROM proofs WHERE subject = ? AND done = 0`, p.Subject); err != nil {
		return 0, err
	}
	r, err := tx.Exec(`INSERT INTO proofs (subject, basis, template_version, as_of, total, checked, created_at, author, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Subject, p.Basis, p.TemplateVersion, p.AsOf, p.Total, p.Checked, tx.Now().UnixMilli(), p.Author, p.Summary)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// AddProofPeople keeps what was checked of some people; those who were erased
// meanwhile are left out.
func (tx *Tx) AddProofPeople(id int64, people []campaign.Checked) error {
	insert, err := tx.Prepare(`INSERT INTO proof_people (proof_id, contact_id, hash, way) SELECT ?1, id, ?3, ?4 FROM contacts WHERE id = ?2`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for _, p := range people {
		if _, err := insert.Exec(id, p.Contact, p.Hash[:], p.Way); err != nil {
			return fmt.Errorf("keep the check of contact %d: %w", p.Contact, err)
		}
	}
	return nil
}

// SetProofSummary keeps what came out.
func (tx *Tx) SetProofSummary(id int64, summary string) error {
	_, err := tx.Exec(`UPDATE proofs SET summary = ? WHERE id = ?`, summary, id)
	return err
}

// FinishProof makes a proof the last of its subject and forgets what is older than
// the one before it.
func (tx *Tx) FinishProof(id int64) error {
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`UPDATE proofs SET done = 1 WHERE id = ?`, []any{id}},
		{`DELETE FROM proofs WHERE done = 1 AND subject = (SELECT subject FROM proofs WHERE id = ?1)
			AND id NOT IN (SELECT id FROM proofs WHERE done = 1 AND subject = (SELECT subject FROM proofs WHERE id = ?1) ORDER BY id DESC LIMIT ?2)`, []any{id, proofsKept}},
		{`DELETE FROM proofs WHERE subject LIKE 'template/%' AND subject NOT IN
			(SELECT subject FROM proofs WHERE subject LIKE 'template/%' GROUP BY subject ORDER BY MAX(id) DESC LIMIT ?)`, []any{templatesKept}},
	} {
		if _, err := tx.Exec(q.sql, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// LastProof finds the newest proof of a subject, or returns fault.NotFound.
func (tx *Tx) LastProof(subject string) (KeptProof, error) { return tx.proof(subject, 0) }

// ProofBefore finds the proof before the newest one, or returns fault.NotFound.
func (tx *Tx) ProofBefore(subject string) (KeptProof, error) { return tx.proof(subject, 1) }

func (tx *Tx) proof(subject string, back int) (p KeptProof, err error) {
	err = tx.Get(&p, `SELECT `+proofColumns+` FROM proofs WHERE subject = ? AND done = 1 ORDER BY id DESC LIMIT 1 OFFSET ?`, subject, back)
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.New(fault.NotFound, "it has not been checked yet")
	}
	return p, err
}

// DropProofs forgets the proofs of a subject.
func (tx *Tx) DropProofs(subject string) error {
	_, err := tx.Exec(`DELETE FROM proofs WHERE subject = ?`, subject)
	return err
}

// CheckedAmong gives the fingerprints of the messages that some people had in a
// proof; who was not checked is not in it.
func (tx *Tx) CheckedAmong(proof int64, ids []contact.ID) (map[contact.ID]campaign.Fingerprint, error) {
	var rows []struct {
		ContactID int64 `db:"contact_id"`
		Hash      []byte
	}
	err := tx.Select(&rows, `SELECT contact_id, hash FROM proof_people WHERE proof_id = ? AND contact_id IN (SELECT value FROM json_each(?))`, proof, idList(ids))
	all := make(map[contact.ID]campaign.Fingerprint, len(rows))
	for _, r := range rows {
		var f campaign.Fingerprint
		copy(f[:], r.Hash)
		all[contact.ID(r.ContactID)] = f
	}
	return all, err
}

// ProofPeople gives a page of the people of a proof whose messages come out one of
// some ways, by their numbers, and how many there are.
func (tx *Tx) ProofPeople(proof int64, ways []int, offset, limit int) (ids []contact.ID, total int, err error) {
	list, err := json.Marshal(ways)
	if err != nil {
		return nil, 0, err
	}
	return tx.pageOfPeople(`FROM proof_people WHERE proof_id = ?1 AND way IN (SELECT value FROM json_each(?2))`, proof, string(list), offset, limit)
}

// ProofChange is how the people of one proof differ from those of another.
type ProofChange string

// The changes.
const (
	ProofJoined  ProofChange = "joined"  // were not checked before
	ProofLeft    ProofChange = "left"    // are not checked any more
	ProofChanged ProofChange = "changed" // their message is another
)

const (
	onlyIn  = `FROM proof_people WHERE proof_id = ?1 AND contact_id NOT IN (SELECT contact_id FROM proof_people WHERE proof_id = ?2)`
	another = `FROM proof_people n JOIN proof_people o USING (contact_id) WHERE n.proof_id = ?1 AND o.proof_id = ?2 AND n.hash <> o.hash`
)

// ProofChanges gives a page of the people who changed between an older proof and a
// newer one, and how many there are.
func (tx *Tx) ProofChanges(older, newer int64, c ProofChange, offset, limit int) ([]contact.ID, int, error) {
	switch c {
	case ProofJoined:
		return tx.pageOfPeople(onlyIn, newer, older, offset, limit)
	case ProofLeft:
		return tx.pageOfPeople(onlyIn, older, newer, offset, limit)
	case ProofChanged:
		return tx.pageOfPeople(another, newer, older, offset, limit)
	}
	return nil, 0, fault.New(fault.Invalid, "%q is none of joined, left, changed", c)
}

// pageOfPeople is given a constant query that binds ?1 and ?2.
func (tx *Tx) pageOfPeople(from string, one, two any, offset, limit int) (ids []contact.ID, total int, err error) {
	if err := tx.Get(&total, `SELECT COUNT(*) `+from, one, two); err != nil || limit == 0 {
		return nil, total, err
	}
	err = tx.Select(&ids, `SELECT contact_id `+from+` ORDER BY contact_id LIMIT ?3 OFFSET ?4`, one, two, limit, offset)
	return ids, total, err
}
