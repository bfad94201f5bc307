package workspace_test

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

const day = 24 * time.Hour

// agreed tells, from a shopper's number alone, whether they have agreed at an
// instant: all agree when first seen; every third withdraws 60 days later, and what
// every fifth agreed to ends after 100 days.
func agreed(s *shopper, at time.Time) bool {
	since := at.Sub(s.seen)
	return since >= 0 && (s.id%3 != 0 || since < 60*day) && (s.id%5 != 0 || since < 100*day)
}

// addPermissions writes the ledger that agreed tells of, and a segment.
func addPermissions(tx *store.Tx, all []*shopper) error {
	for _, s := range all {
		e := consent.Entry{Contact: contact.ID(s.id), Purpose: "marketing", State: consent.Granted, Source: "test", At: s.seen}
		if s.id%5 == 0 {
			e.ExpiresAt = s.seen.Add(100 * day)
		}
		if err := tx.AddConsent(e); err != nil {
			return err
		}
		if s.id%3 == 0 {
			if err := tx.AddConsent(consent.Entry{Contact: contact.ID(s.id), Purpose: "marketing", State: consent.Withdrawn, Source: "test", At: s.seen.Add(60 * day)}); err != nil {
				return err
			}
		}
	}
	if err := tx.LogChange(store.ChangedConsent, "", ""); err != nil {
		return err
	}
	_, err := tx.PutDefinition(store.Definition{Kind: store.SegmentKind, Slug: "recent", Name: "Recent",
		Body: `{"kind":"event","event":"order_placed","window":{"last":45,"unit":"day"}}`}, 0, "", "")
	return err
}

// permissionCases are the kinds of nodes that look at more than one kind of thing.
func permissionCases(asOf time.Time) []shopCase {
	past := func(l line) bool { return !l.at.After(asOf) }
	recent := func(s *shopper) bool {
		return count(s, func(l line) bool { return past(l) && !l.at.Before(asOf.Add(-45*day)) }) > 0
	}
	bucket := func(s *shopper) int {
		sum := sha256.Sum256([]byte("spring\x00" + strconv.FormatInt(s.id, 10)))
		return int(binary.BigEndian.Uint64(sum[:8]) % 10000)
	}
	return []shopCase{
		{"agreed", `{"kind":"consent","purpose":"marketing","op":"granted"}`, func(s *shopper) bool { return agreed(s, asOf) }},
		{"not agreed, but buys", `{"kind":"all","children":[{"kind":"consent","purpose":"marketing","op":"not_granted"},{"kind":"segment","segment":"recent","op":"in"}]}`,
			func(s *shopper) bool { return !agreed(s, asOf) && recent(s) }},
		{"out of a segment", `{"kind":"segment","segment":"recent","op":"not_in"}`, func(s *shopper) bool { return !recent(s) }},
		{"a random third", `{"kind":"bucket","salt":"spring","from":3333,"to":6667}`,
			func(s *shopper) bool { return bucket(s) >= 3333 && bucket(s) < 6667 }},
		{"everyone but those", `{"kind":"all","children":[{"kind":"everyone"},{"kind":"none","children":[{"kind":"bucket","salt":"spring","from":0,"to":5000}]}]}`,
			func(s *shopper) bool { return bucket(s) >= 5000 }},
		{"bought, and nothing in the month after", `{"kind":"sequence","steps":[{"event":"order_placed"},{"event":"order_placed","op":"did_not","within":{"last":30,"unit":"day"}}]}`,
			func(s *shopper) bool {
				return count(s, func(a line) bool {
					end := a.at.Add(30 * day)
					return !end.After(asOf) && past(a) && count(s, func(b line) bool { return b.at.After(a.at) && !b.at.After(end) }) == 0
				}) > 0
			}},
		{"dear, then cheap within two days, this quarter", `{"kind":"sequence","window":{"last":90,"unit":"day"},"steps":[
			{"event":"order_placed","where":[{"property":"unit_price","op":"gte","value":8}]},
			{"event":"order_placed","within":{"last":2,"unit":"day"},"where":[{"property":"unit_price","op":"lt","value":0.3}]}]}`,
			func(s *shopper) bool {
				inside := func(l line) bool { return past(l) && !l.at.Before(asOf.Add(-90*day)) }
				return count(s, func(a line) bool {
					high, _ := a.price.Float64()
					return inside(a) && high >= 8 && count(s, func(b line) bool {
						low, _ := b.price.Float64()
						return inside(b) && low < 0.3 && !b.at.Before(a.at) && b.at.Sub(a.at) <= 2*day
					}) > 0
				}) > 0
			}},
	}
}
