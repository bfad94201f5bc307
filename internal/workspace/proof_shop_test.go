package workspace_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
)

// gaps is a letter with every sort of gap: a country that some do not have, a branch
// whose Liquid fails, a product without a picture, a branch that nobody takes.
const gaps = `{"name":"Gaps","subject":"News for {{ country | default: 'you' }}","blocks":[
	{"id":"greet","kind":"text","content":"<p>Hello in {{ country }}</p>"},
	{"id":"offer","kind":"choice","rule":{"branches":[
		{"name":"France","when":{"kind":"attribute","attribute":"country","op":"is","value":"France"},"choose":"broken"},
		{"name":"Germany","when":{"kind":"attribute","attribute":"country","op":"is","value":"Germany"},"choose":"bare"},
		{"name":"Atlantis","when":{"kind":"attribute","attribute":"country","op":"is","value":"Atlantis"},"choose":"bare"},
		{"name":"Spain","when":{"kind":"attribute","attribute":"country","op":"is","value":"Spain"},"choose":"sold"}],"default":"whole"},
	 "variants":{
		"broken":{"kind":"text","content":"<p>{{ 10 | divided_by: 0 }}</p>"},
		"bare":{"kind":"products","source":"skus:BARE"},
		"sold":{"kind":"products","source":"skus:NOTHING","fallback":{"kind":"text","content":"<p>Our latest</p>"}},
		"whole":{"kind":"products","source":"skus:WHOLE"}}}]}`

// TestTheProofOfARealShopFindsEveryGap, with expectations computed from the files.
func TestTheProofOfARealShopFindsEveryGap(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the real shop, which takes a minute under the race detector")
	}
	all := readShop(t)
	asOf := time.Date(2011, 11, 15, 12, 50, 0, 0, all[0].seen.Location())
	w := openShop(t, all, asOf)
	ctx := context.Background()
	for i, s := range all {
		if i%7 == 3 {
			s.country = ""
		}
	}
	err := w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if _, err := tx.Exec(`DELETE FROM contact_values WHERE (contact_id - 1) % 7 = 3`); err != nil {
			return err
		}
		for _, sku := range []string{"BARE", "WHOLE"} {
			image := ""
			if sku == "WHOLE" {
				image = "https://shop.example/whole.png"
			}
			if _, err := tx.Exec(`INSERT INTO products (sku, title, url, image, created_at, updated_at) VALUES (?1, ?1, 'https://shop.example/' || ?1, ?2, 0, 0)`, sku, image); err != nil {
				return err
			}
		}
		return tx.LogChange(store.ChangedContacts, "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	template, err := content.Parse([]byte(gaps))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := w.Personalize.Prepare(ctx, personalize.Job{Template: template, AsOf: asOf}, true)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := plan.View().Members(ctx, condition.Node{Kind: condition.Everyone})
	if err != nil {
		t.Fatal(err)
	}
	p, people, err := proof.Run(ctx, plan, ids, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Total != len(all) || p.Messages != len(all) || len(people) != len(all) {
		t.Fatalf("%d of %d checked, the shop has %d people", p.Messages, p.Total, len(all))
	}
	groupsAre(t, p, all)
	rowsAre(t, p, all)
	waysAre(t, plan, p, people, all)
}

func who(all []*shopper, f func(*shopper) bool) (ids []contact.ID) {
	for _, s := range all {
		if f(s) {
			ids = append(ids, contact.ID(s.id))
		}
	}
	return ids
}

func in(countries ...string) func(*shopper) bool {
	return func(s *shopper) bool { return slices.Contains(countries, s.country) }
}

func groupsAre(t *testing.T, p proof.Proof, all []*shopper) {
	t.Helper()
	want := map[string][]contact.ID{
		"error divided by 0":                  who(all, in("France")),
		"missing country":                     who(all, in("")),
		"default country":                     who(all, in("")),
		"picture a product without a picture": who(all, in("Germany")),
		"fallback there is nothing to show":   who(all, in("Spain")),
	}
	for _, g := range p.Groups {
		name := string(g.Kind) + " " + g.Message
		ids := want[name]
		if g.Count != len(ids) || g.Count == 0 || !slices.Equal(g.Contacts, ids[:min(len(ids), len(g.Contacts))]) {
			t.Errorf("%s in %q: %d people, want %d", name, g.Place, g.Count, len(ids))
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	if p.Failed != len(who(all, in("France"))) {
		t.Errorf("%d fail", p.Failed)
	}
}

func rowsAre(t *testing.T, p proof.Proof, all []*shopper) {
	t.Helper()
	others := func(s *shopper) bool { return !in("France", "Germany", "Spain")(s) }
	want := map[string]int{"France": len(who(all, in("France"))), "Germany": len(who(all, in("Germany"))), "Atlantis": 0, "Spain": len(who(all, in("Spain"))), "": len(who(all, others))}
	sum, rows := 0, 0
	for _, r := range p.Rows {
		if r.Block != "offer" {
			continue
		}
		rows++
		sum += r.Count
		if r.Count != want[r.Name] {
			t.Errorf("%s %q: %d people, want %d", r.Sort, r.Name, r.Count, want[r.Name])
		}
	}
	if sum != len(all) || rows != len(want) {
		t.Errorf("%d rows have %d people; the audience has %d", rows, sum, len(all))
	}
}

// waysAre holds that each specimen is a person who gets it so, that each way has the
// people whom the files say, and that composing one alone gives what was checked.
func waysAre(t *testing.T, plan *personalize.Plan, p proof.Proof, people []campaign.Checked, all []*shopper) {
	t.Helper()
	kind := func(s *shopper) string {
		switch s.country {
		case "France", "Germany", "Spain", "":
			return cmp.Or(s.country, "nowhere")
		}
		return "elsewhere"
	}
	words := map[string]string{
		"France": "offer: broken; no message: divided by 0", "Germany": "offer: bare (Germany); a product without a picture",
		"Spain": "offer: sold; the fallback", "nowhere": "offer: whole; a default for country in subject; no country in greet", "elsewhere": "offer: whole",
	}
	counts, members := map[string]int{}, map[int]map[string]bool{}
	for i, s := range all {
		counts[kind(s)]++
		if members[people[i].Way] == nil {
			members[people[i].Way] = map[string]bool{}
		}
		members[people[i].Way][kind(s)] = true
	}
	if len(p.Ways) != len(counts) || p.Others != 0 {
		t.Errorf("%d ways, want %d", len(p.Ways), len(counts))
	}
	sum := 0
	for i, w := range p.Ways {
		sum += w.Count
		is := kind(all[w.Contact-1])
		said := strings.Join(w.Words, "; ")
		for _, part := range strings.Split(words[is], "; ") {
			if !strings.Contains(said, part) {
				t.Errorf("somebody in %s: %q does not say %q", is, said, part)
			}
		}
		if w.Count != counts[is] || len(members[w.Number]) != 1 || i > 0 && p.Ways[i-1].Count > w.Count {
			t.Errorf("%q has %d people of %v, want %d", said, w.Count, members[w.Number], counts[is])
		}
		alone, err := plan.One(context.Background(), w.Contact)
		if err != nil {
			t.Fatal(err)
		}
		if campaign.Fingerprint(alone.Hash[:16]) != people[w.Contact-1].Hash {
			t.Errorf("%s: composed alone it is another message", fmt.Sprint(w.Words))
		}
	}
	if sum != len(all) {
		t.Errorf("the ways have %d people of %d", sum, len(all))
	}
}
