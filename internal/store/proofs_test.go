package store_test

import (
	"context"
	"slices"
	"testing"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// keepProof keeps a proof in which each person's message is told by a byte.
func keepProof(t *testing.T, s *store.Store, subject string, finish bool, hashes map[contact.ID]byte) (id int64) {
	t.Helper()
	err := s.Write(context.Background(), store.Normal, func(tx *store.Tx) (err error) {
		if id, err = tx.AddProof(store.KeptProof{Subject: subject, Total: len(hashes), Checked: len(hashes), Summary: "{}"}); err != nil {
			return err
		}
		var people []campaign.Checked
		for who, h := range hashes {
			people = append(people, campaign.Checked{Contact: who, Hash: campaign.Fingerprint{h}, Way: int(h)})
		}
		if err := tx.AddProofPeople(id, people); err != nil || !finish {
			return err
		}
		return tx.FinishProof(id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestTwoProofsAreKeptAndCompared(t *testing.T) {
	s := testkit.Store(t)
	var p [4]contact.ID
	people(t, s, func(all *store.People) (err error) {
		for i, email := range []string{"a@x.example", "b@x.example", "c@x.example", "d@x.example"} {
			if p[i], err = all.Create(contact.Contact{Email: email}); err != nil {
				return err
			}
		}
		return nil
	})
	subject := store.CampaignSubject("letter")
	keepProof(t, s, subject, true, map[contact.ID]byte{p[0]: 9})
	older := keepProof(t, s, subject, true, map[contact.ID]byte{p[0]: 1, p[1]: 2, p[2]: 3})
	keepProof(t, s, subject, false, map[contact.ID]byte{p[0]: 1}) // its process died
	newer := keepProof(t, s, subject, true, map[contact.ID]byte{p[0]: 1, p[1]: 4, p[3]: 3, 999: 3})
	read(t, s, func(tx *store.Tx) error {
		last, err := tx.LastProof(subject)
		if err != nil || last.ID != newer {
			t.Errorf("the last is %d, want %d, %v", last.ID, newer, err)
		}
		before, err := tx.ProofBefore(subject)
		if err != nil || before.ID != older {
			t.Errorf("the one before is %d, want %d, %v", before.ID, older, err)
		}
		for change, want := range map[store.ProofChange][]contact.ID{store.ProofJoined: {p[3]}, store.ProofLeft: {p[2]}, store.ProofChanged: {p[1]}} {
			ids, n, err := tx.ProofChanges(older, newer, change, 0, 10)
			if err != nil || n != len(want) || !slices.Equal(ids, want) {
				t.Errorf("%s: %v of %d, want %v, %v", change, ids, n, want, err)
			}
		}
		ids, n, err := tx.ProofPeople(newer, []int{3, 4}, 1, 1)
		if err != nil || n != 2 || !slices.Equal(ids, []contact.ID{p[3]}) {
			t.Errorf("the second page of the ways 3 and 4: %v of %d, %v", ids, n, err)
		}
		var kept int
		if err := tx.Get(&kept, `SELECT COUNT(*) FROM proofs`); err != nil || kept != 2 {
			t.Errorf("%d proofs are kept, %v", kept, err)
		}
		return nil
	})
	people(t, s, func(all *store.People) error { return all.Erase(p[1]) })
	read(t, s, func(tx *store.Tx) error {
		got, err := tx.CheckedAmong(newer, p[:])
		if _, there := got[p[1]]; err != nil || there || len(got) != 2 || got[p[0]] != (campaign.Fingerprint{1}) {
			t.Errorf("after an erasure: %v, %v", got, err)
		}
		return nil
	})
}

func TestProofsOfTemplatesAreBounded(t *testing.T) {
	s := testkit.Store(t)
	keepProof(t, s, store.CampaignSubject("letter"), true, nil)
	for i := range 20 {
		keepProof(t, s, store.TemplateSubject("t", string(rune('a'+i))), true, nil)
	}
	read(t, s, func(tx *store.Tx) error {
		var kept int
		if err := tx.Get(&kept, `SELECT COUNT(*) FROM proofs WHERE subject LIKE 'template/%'`); err != nil || kept != 8 {
			t.Errorf("%d proofs of templates are kept, %v", kept, err)
		}
		if _, err := tx.LastProof(store.CampaignSubject("letter")); err != nil {
			t.Error(err)
		}
		if _, err := tx.LastProof(store.TemplateSubject("t", "a")); !fault.Is(err, fault.NotFound) {
			t.Errorf("the oldest is still kept: %v", err)
		}
		return nil
	})
}

func people(t *testing.T, s *store.Store, f func(*store.People) error) {
	t.Helper()
	err := s.Write(context.Background(), store.Normal, func(tx *store.Tx) error {
		p, err := tx.People("test")
		if err != nil {
			return err
		}
		return f(p)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}
