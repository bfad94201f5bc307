package workspace_test

import (
	"context"
	"math/big"
	"sort"
	"strconv"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
)

// TestScoresOfTheRealShop compares everybody's RFM scores with scores worked out
// from the files alone, at several instants: a day in winter, the day after the
// clocks went forward, and one with little behind it.
func TestScoresOfTheRealShop(t *testing.T) {
	all := readShop(t)
	w := openShop(t, all, time.Date(2011, 12, 10, 0, 0, 0, 0, time.UTC))
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{contact.RFMRecency, contact.RFMFrequency, contact.RFMMonetary}
	for _, asOf := range []time.Time{
		time.Date(2011, 11, 15, 12, 50, 0, 0, london), time.Date(2011, 3, 28, 0, 30, 0, 0, london), time.Date(2010, 12, 3, 9, 0, 0, 0, london),
	} {
		v, err := w.Audience.At(context.Background(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Load(context.Background(), names...); err != nil {
			t.Fatal(err)
		}
		want, scored := shopScores(all, asOf, london), 0
		for i, s := range all {
			for m, name := range names {
				got, err := v.Value(contact.ID(s.id), name)
				if err != nil {
					t.Fatal(err)
				}
				if got.String() != want[i][m] {
					t.Fatalf("%s of %s at %s is %q, want %q", name, s.email, asOf, got.String(), want[i][m])
				}
			}
			if want[i][0] != "" {
				scored++
			}
		}
		if scored < 100 {
			t.Errorf("only %d people have scores at %s", scored, asOf)
		}
	}
}

// shopScores scores by ranks: of the people in the order of a measure, those with
// the same value as the first of a fifth and all after belong to it.
func shopScores(all []*shopper, asOf time.Time, zone *time.Location) [][3]string {
	y, m, d := asOf.In(zone).Date()
	today, begin := time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d-365, 0, 0, 0, 0, zone)
	measures := make([][3]*big.Rat, len(all))
	for i, s := range all {
		times := map[int64]*big.Rat{}
		money := new(big.Rat)
		for _, l := range s.lines {
			if l.at.Before(begin) || !l.at.Before(today) {
				continue
			}
			if times[l.at.Unix()] == nil {
				times[l.at.Unix()] = new(big.Rat)
			}
			times[l.at.Unix()].Add(times[l.at.Unix()], l.value)
			money.Add(money, l.value)
		}
		bought, last := int64(0), ""
		for at, sum := range times {
			if sum.Sign() >= 0 {
				bought++
				last = max(last, time.Unix(at, 0).In(zone).Format("20060102"))
			}
		}
		if bought > 0 {
			day, _ := strconv.ParseInt(last, 10, 64) // rises with the date, which is all that ranks need
			measures[i] = [3]*big.Rat{big.NewRat(day, 1), big.NewRat(bought, 1), money}
		}
	}
	out := make([][3]string, len(all))
	for m := range 3 {
		var sorted []*big.Rat
		for i := range all {
			if measures[i][m] != nil {
				sorted = append(sorted, measures[i][m])
			}
		}
		sort.Slice(sorted, func(a, b int) bool { return sorted[a].Cmp(sorted[b]) < 0 })
		for i := range all {
			v := measures[i][m]
			if v == nil {
				continue
			}
			less := sort.Search(len(sorted), func(k int) bool { return sorted[k].Cmp(v) >= 0 })
			out[i][m] = strconv.Itoa(1 + less*5/len(sorted))
		}
	}
	return out
}
