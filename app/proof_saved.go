package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
)

// keptProof is a proof as it is kept, with the one before it.
type keptProof struct {
	proof  proof.Proof
	asOf   int64
	before *keptProof
	change changed
}

// changed counts the people who differ between a proof and the one before it.
type changed struct {
	Joined, Left, Changed int
}

// keptSummary is what is kept of a proof beside its people.
type keptSummary struct {
	proof.Proof
	Change changed `json:"change"`
}

// peopleAtOnce is how many people of a proof one transaction keeps.
const peopleAtOnce = 20_000

// keepProof keeps a proof and gives it as it is shown. A process that dies meanwhile
// leaves the proof before it as it was.
func (a *App) keepProof(ctx context.Context, v *audience.View, k store.KeptProof, found proof.Proof, people []campaign.Checked, c campaign.Campaign) (Proof, error) {
	w, err := a.current()
	if err != nil {
		return Proof{}, err
	}
	k.Total, k.Checked, k.Author, k.Summary = found.Total, found.Messages, a.options.Actor, "{}"
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		k.ID, err = tx.AddProof(k)
		return err
	})
	for from := 0; from < len(people) && err == nil; from += peopleAtOnce {
		err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
			return tx.AddProofPeople(k.ID, people[from:min(from+peopleAtOnce, len(people))])
		})
	}
	if err != nil {
		return Proof{}, fmt.Errorf("keep the check: %w", err)
	}
	shown := keptProof{}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		last, err := tx.LastProof(k.Subject)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		s := keptSummary{Proof: found}
		if err == nil {
			if s.Change, err = changes(tx, last, k); err != nil {
				return err
			}
		}
		body, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if err := tx.SetProofSummary(k.ID, string(body)); err != nil {
			return err
		}
		if err := tx.FinishProof(k.ID); err != nil {
			return err
		}
		shown, err = readProof(tx, k.Subject)
		return err
	})
	if err != nil {
		return Proof{}, err
	}
	return a.shownProof(ctx, v, shown, c)
}

// changes counts who differs. Of a check that was stopped it is not known who joined
// or left.
func changes(tx *store.Tx, older, newer store.KeptProof) (c changed, err error) {
	if _, c.Changed, err = tx.ProofChanges(older.ID, newer.ID, store.ProofChanged, 0, 0); err != nil {
		return c, err
	}
	if older.Checked == older.Total {
		if _, c.Joined, err = tx.ProofChanges(older.ID, newer.ID, store.ProofJoined, 0, 0); err != nil {
			return c, err
		}
	}
	if newer.Checked == newer.Total {
		_, c.Left, err = tx.ProofChanges(older.ID, newer.ID, store.ProofLeft, 0, 0)
	}
	return c, err
}

// readProof reads the newest proof of a subject with the one before it.
func readProof(tx *store.Tx, subject string) (k keptProof, err error) {
	last, err := tx.LastProof(subject)
	if err != nil {
		return k, err
	}
	if k, err = unpackProof(last); err != nil {
		return k, err
	}
	before, err := tx.ProofBefore(subject)
	if fault.Is(err, fault.NotFound) {
		return k, nil
	}
	if err == nil {
		var b keptProof
		b, err = unpackProof(before)
		k.before = &b
	}
	return k, err
}

func unpackProof(k store.KeptProof) (keptProof, error) {
	var s keptSummary
	if err := json.Unmarshal([]byte(k.Summary), &s); err != nil {
		return keptProof{}, fmt.Errorf("read the check of %s: %w", k.Subject, err)
	}
	return keptProof{proof: s.Proof, asOf: k.AsOf, change: s.Change}, nil
}

// shownProof gives people their addresses and names, and says what was decided about
// problems. People who are not there any more are left out of lists.
func (a *App) shownProof(ctx context.Context, v *audience.View, k keptProof, c campaign.Campaign) (Proof, error) {
	p := k.proof
	r := Proof{
		Total: p.Total, Messages: p.Messages, Failed: p.Failed, BytesMax: p.BytesMax, MS: float64(p.Took.Microseconds()) / 1000, At: k.asOf,
		Groups: []ProofGroup{}, Variants: []ProofVariant{}, Specimens: []Specimen{}, Twins: []ProofTwins{}, Problems: []string{}, Others: p.Others, Alike: p.Alike,
	}
	if p.Messages > 0 && p.Took > 0 {
		r.BytesMean = int(p.BytesSum) / p.Messages
		r.PerSecond = float64(p.Messages) / p.Took.Seconds()
	}
	was := proof.Before{}
	if k.before != nil {
		was = proof.CountsOf(k.before.proof)
		r.Before = &ProofBefore{At: k.before.asOf, Joined: k.change.Joined, Left: k.change.Left, Changed: k.change.Changed, Gone: []ProofGroup{}}
		for _, g := range was.Gone(p) {
			r.Before.Gone = append(r.Before.Gone, ProofGroup{Kind: string(g.Kind), Place: g.Place, Message: g.Message, Was: g.Count, Contacts: []ContactHit{}})
		}
	}
	for _, g := range p.Groups {
		hits, err := presentHits(ctx, v, g.Contacts)
		if err != nil {
			return r, err
		}
		one := ProofGroup{Kind: string(g.Kind), Place: g.Place, Message: g.Message, Count: g.Count, Was: -1, Contacts: hits, Item: g.Item}
		if k.before != nil {
			one.Was = was.Group(g.Problem)
		}
		d := c.Decide(g.Problem)
		one.Do, one.By, one.DecidedAt = string(d.Do), d.By, d.At
		if d.Do == campaign.Stop {
			r.Problems = append(r.Problems, stopSentence(g))
		}
		r.Groups = append(r.Groups, one)
	}
	r.Skipped, r.Sends = decidedOf(p, c)
	return r, a.showRows(ctx, v, k, was, &r)
}

func stopSentence(g proof.Group) string {
	if g.Count == 1 {
		return fmt.Sprintf("1 person has what nothing is to be sent with: %s", g.Problem)
	}
	return fmt.Sprintf("%d people have what nothing is to be sent with: %s", g.Count, g.Problem)
}

// showRows adds coverage, specimens and twins.
func (a *App) showRows(ctx context.Context, v *audience.View, k keptProof, was proof.Before, r *Proof) error {
	for _, x := range k.proof.Rows {
		hits, err := presentHits(ctx, v, x.Contacts)
		if err != nil {
			return err
		}
		one := ProofVariant{Sort: string(x.Sort), Block: x.Block, Path: x.Path, Variant: x.Variant, Branch: x.Branch, Name: x.Name, Count: x.Count, Was: -1, Contacts: hits, Item: x.Item}
		if k.before != nil {
			one.Was = was.Row(x)
		}
		r.Variants = append(r.Variants, one)
	}
	for _, way := range k.proof.Ways {
		hits, err := presentHits(ctx, v, []contact.ID{way.Contact})
		if err != nil {
			return err
		}
		if len(hits) == 0 { // erased; another person of the way is found by CheckPeople
			hits = []ContactHit{{}}
		}
		r.Specimens = append(r.Specimens, Specimen{Contact: hits[0], Count: way.Count, Ways: way.Words, Way: way.Number, Adds: way.Adds})
	}
	for _, t := range k.proof.Twins {
		hits, err := presentHits(ctx, v, t.Contacts)
		if err != nil {
			return err
		}
		r.Twins = append(r.Twins, ProofTwins{t.Count, hits})
	}
	return nil
}

// presentHits gives the people who are still there.
func presentHits(ctx context.Context, v *audience.View, ids []contact.ID) ([]ContactHit, error) {
	there := make([]contact.ID, 0, len(ids))
	for _, id := range ids {
		if v.Email(id) != "" {
			there = append(there, id)
		}
	}
	return contactHits(ctx, v, there)
}

// decidedOf counts who is left out by what was decided, and who gets a message.
func decidedOf(p proof.Proof, c campaign.Campaign) (skipped, sends int) {
	out, failed := map[int]bool{}, map[int]bool{}
	for _, g := range p.Groups {
		out[g.Item] = c.Decide(g.Problem).Do == campaign.Skip
		failed[g.Item] = g.Kind == campaign.NotMade
	}
	sends = p.Others
	for _, way := range p.Ways {
		switch {
		case slices.ContainsFunc(way.Items, func(item int) bool { return out[item] }):
			skipped += way.Count
		case !slices.ContainsFunc(way.Items, func(item int) bool { return failed[item] }):
			sends += way.Count
		}
	}
	return skipped, sends
}
