package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// How much a finding matters.
const (
	QualityOK   = "ok"
	QualityLook = "look" // worth a look
	QualityMend = "mend" // e-mails will be worse, or fewer, for it
)

// Quality is how good the data is for writing to people.
type Quality struct {
	Contacts int              `json:"contacts"`
	Findings []QualityFinding `json:"findings"` // the gravest first
}

// QualityFinding is one thing that was looked at.
type QualityFinding struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Message   string          `json:"message"`
	Count     int             `json:"count"`
	Share     float64         `json:"share"`                                // of what was looked at, 0 to 1
	Severity  string          `json:"severity"`                             // ok, look, mend
	Condition json.RawMessage `json:"condition" ts_type:"Condition | null"` // whom a segment can show
}

// gravity orders severities, the gravest first.
func gravity(severity string) int {
	return slices.Index([]string{QualityMend, QualityLook, QualityOK}, severity)
}

// check is one thing to look at about people, as a condition.
type check struct {
	id, title string
	message   string  // with %s for how many people
	mend      float64 // the share from which it is to be mended; any is worth a look
	node      condition.Node
}

// misspelt are ends of addresses that are slips of well-known ones.
var misspelt = []string{
	"@gmial.com", "@gmai.com", "@gamil.com", "@gnail.com", "@gmail.co", "@gmail.con", "@gmal.com", "@hotmial.com", "@hotmai.com", "@hotmail.con",
	"@yaho.com", "@yahooo.com", "@yahoo.con", "@outlok.com", "@outlook.con", "@iclud.com", "@icloud.con", ".invalid", ".test", ".localhost",
}

func unset(attribute string) condition.Node {
	return condition.Node{Kind: condition.Attribute, Attribute: attribute, Op: condition.IsUnset}
}

func endsWith(ends []string) condition.Node {
	return condition.Node{Kind: condition.Attribute, Attribute: "email", Op: condition.EndsWith, Values: jsonTexts(ends)}
}

func jsonTexts(texts []string) []json.RawMessage {
	list := make([]json.RawMessage, len(texts))
	for i, t := range texts {
		list[i], _ = json.Marshal(t) // texts always marshal
	}
	return list
}

// peopleChecks are cheap: each looks at one column.
func peopleChecks() []check {
	return []check{
		{"no_first_name", "No first name", "%s no first name; greetings fall back for them.", 0.2, unset("first_name")},
		{"no_country", "No country", "%s no country, so that segments by country leave them out.", 0.5, unset("country")},
		{"misspelt_address", "Addresses that look misspelt", "%s an address with a slip in it, such as @gmial.com; mail to it will bounce.", 0.001, endsWith(misspelt)},
		{"no_consent", "No consent to marketing", "%s not agreed to marketing; campaigns leave them out.", 0.5,
			condition.Node{Kind: condition.Consent, Purpose: string(consent.Marketing), Op: condition.NotGranted}},
	}
}

// Quality looks at everything: people, what they did, and the catalogue.
func (s *Data) Quality(ctx context.Context) (Quality, error) { return s.quality(ctx, true) }

// quality looks at what is cheap, and at the properties of events too when deep.
func (s *Data) quality(ctx context.Context, deep bool) (Quality, error) {
	q := Quality{}
	err := s.app.withView(ctx, func(v *audience.View) error {
		q = Quality{Contacts: v.Total(), Findings: []QualityFinding{}}
		if err := q.checkPeople(ctx, v, peopleChecks()); err != nil {
			return err
		}
		if err := q.checkTwins(ctx, v); err != nil || !deep {
			return err
		}
		return q.checkEvents(ctx, v)
	})
	if err != nil {
		return q, err
	}
	if err := s.checkCatalogue(ctx, &q, deep); err != nil {
		return q, err
	}
	q.order()
	return q, nil
}

func (q *Quality) add(f QualityFinding, of int, mend float64) {
	if of > 0 {
		f.Share = float64(f.Count) / float64(of)
	}
	switch {
	case f.Count == 0:
		f.Severity = QualityOK
	case f.Share >= mend:
		f.Severity = QualityMend
	default:
		f.Severity = QualityLook
	}
	q.Findings = append(q.Findings, f)
}

func (q *Quality) checkPeople(ctx context.Context, v *audience.View, checks []check) error {
	for _, c := range checks {
		n, err := v.Count(ctx, c.node)
		if err != nil {
			return fmt.Errorf("look for %s: %w", c.id, err)
		}
		q.add(QualityFinding{ID: c.id, Title: c.title, Message: fmt.Sprintf(c.message, people(n)), Count: n, Condition: c.node.AppendJSON(nil)}, v.Total(), c.mend)
	}
	return nil
}

// people says how many have something.
func people(n int) string {
	switch n {
	case 0:
		return "Nobody has"
	case 1:
		return "1 person has"
	}
	return fmt.Sprintf("%d people have", n)
}

// shownTwins is how many people a condition names one by one.
const shownTwins = 500

// checkTwins looks for one person under two addresses: the same names and
// birthday, or the same telephone number.
func (q *Quality) checkTwins(ctx context.Context, v *audience.View) error {
	found := map[contact.ID]bool{}
	var ids []contact.ID
	for _, alike := range [][]string{{"first_name", "last_name", "birthday"}, {"phone"}} {
		list, err := v.Alike(ctx, alike...)
		if err != nil {
			return err
		}
		for _, id := range list {
			if !found[id] {
				found[id] = true
				ids = append(ids, id)
			}
		}
	}
	f := QualityFinding{ID: "twins", Title: "People who may be in twice", Count: len(ids),
		Message: fmt.Sprintf("%s the same names and birthday, or the same telephone, as somebody else.", people(len(ids)))}
	if len(ids) > 0 {
		var emails []string
		for _, id := range ids[:min(len(ids), shownTwins)] {
			emails = append(emails, v.Email(id))
		}
		f.Condition = condition.Node{Kind: condition.Attribute, Attribute: "email", Op: condition.In, Values: jsonTexts(emails)}.AppendJSON(nil)
	}
	q.add(f, v.Total(), 0.05)
	return nil
}

// productEvents are those that recommendations and product blocks read.
var productEvents = []string{orderEvent, "cart_updated", "product_viewed"}

// checkEvents looks for events without what is read from them.
func (q *Quality) checkEvents(ctx context.Context, v *audience.View) error {
	schema := v.Schema()
	for _, event := range productEvents {
		e, known := schema.Events[event]
		if !known {
			continue
		}
		n := condition.Node{Kind: condition.Event, Event: event}
		if _, ok := e.Property("sku"); ok {
			n.Where = []condition.Where{{Property: "sku", Op: condition.IsUnset}}
		}
		c := check{"no_sku_" + event, "Events without a product: " + event, "%s such events that do not say which product it was; recommendations pass over them.", 0.05, n}
		if err := q.checkPeople(ctx, v, []check{c}); err != nil {
			return err
		}
	}
	return nil
}

// unknownListed is how many of the products people bought are looked up.
const unknownListed = 100_000

// checkCatalogue looks at the products and at the rows imports gave back.
func (s *Data) checkCatalogue(ctx context.Context, q *Quality, deep bool) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	var gaps store.Gaps
	var skus map[string]bool
	if err := w.Store.Read(ctx, func(tx *store.Tx) error {
		if gaps, err = tx.Gaps(); err != nil {
			return err
		}
		skus, err = tx.SKUs()
		return err
	}); err != nil {
		return err
	}
	if gaps.Products > 0 {
		for _, c := range []struct {
			id, title, message string
			n                  int64
			mend               float64
		}{
			{"no_image", "Products without a picture", "%d of %d products have no picture; product blocks show only their names.", gaps.NoImage, 0.1},
			{"no_price", "Products without a price", "%d of %d products have no price.", gaps.NoPrice, 0.3},
			{"no_url", "Products without a page", "%d of %d products have no web address, so that nothing can be clicked.", gaps.NoURL, 0.1},
		} {
			q.add(QualityFinding{ID: c.id, Title: c.title, Message: fmt.Sprintf(c.message, c.n, gaps.Products), Count: int(c.n)}, int(gaps.Products), c.mend)
		}
	}
	q.add(QualityFinding{ID: "rejected_rows", Title: "Rows that imports gave back", Count: int(gaps.Rejected),
		Message: fmt.Sprintf("%d rows could not be taken; save them from the import's report, mend them and import them again.", gaps.Rejected)}, q.Contacts, 0.05)
	if !deep || len(skus) == 0 {
		return nil
	}
	return s.checkSold(ctx, q, skus)
}

// checkSold looks for products that people bought and the catalogue lacks.
func (s *Data) checkSold(ctx context.Context, q *Quality, skus map[string]bool) error {
	return s.app.withView(ctx, func(v *audience.View) error {
		if _, ok := v.Schema().Events[orderEvent].Property("sku"); !ok {
			return nil
		}
		sold, err := v.PropertyValues(ctx, orderEvent, "sku", "", unknownListed)
		if err != nil {
			return err
		}
		n := 0
		for _, x := range sold {
			if !skus[x.Value] {
				n++
			}
		}
		q.add(QualityFinding{ID: "unknown_products", Title: "Bought, but not in the catalogue", Count: n,
			Message: fmt.Sprintf("%d products that people bought are not in the catalogue; import the catalogue again.", n)}, len(sold), 0.2)
		return nil
	})
}

// order puts the gravest first, and among equals those that are about more.
func (q *Quality) order() {
	slices.SortStableFunc(q.Findings, func(a, b QualityFinding) int {
		return cmp.Or(cmp.Compare(gravity(a.Severity), gravity(b.Severity)), cmp.Compare(b.Share, a.Share))
	})
}
