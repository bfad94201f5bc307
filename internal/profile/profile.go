// Package profile makes what a template sees of one person out of columns and
// rows: attributes by their names, orders, the cart, segments, products. It is
// pure; the rows are handed in by whoever has loaded them in bulk.
package profile

import (
	"encoding/json"
	"sort"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
)

// Profile is what rendering knows of one contact.
type Profile struct {
	ID         contact.ID
	Email      string
	ExternalID string
	Attributes map[string]contact.Value
	Orders     []Order // newest first
	Cart       []Line  // what lies in the cart since the last order
	Segments   []string
	Picks      []Pick            // recommendations, best first
	Lists      map[string][]Pick // products by the source that a block names, best first
	Services   []Answer          // of content services, by slug; nil when none is asked
}

// Order is what a contact bought at once: events of one order id, or one event.
type Order struct {
	ID    string
	At    time.Time
	Total decimal.Decimal
	Lines []Line
}

// Line is one line of an order or a cart.
type Line struct {
	Properties map[string]any // as the event has them
	Value      decimal.Decimal
}

// Pick is a recommended product and why.
type Pick struct {
	Product catalog.Product
	Reason  string
}

// Row is an event as rendering reads it.
type Row struct {
	At         int64 // Unix ms
	Value      contact.Value
	Properties string // JSON object
}

// Orders groups the lines of orders: events with the same order_id, newest first.
// An event without one is an order of its own. Lines that came back (negative
// quantities) are lines like the others.
func Orders(rows []Row) []Order {
	byID := map[string]int{}
	var orders []Order
	for _, r := range rows {
		p := properties(r.Properties)
		id, _ := p["order_id"].(string)
		if id == "" {
			id = number(p["order_id"])
		}
		at, known := byID[id]
		if !known || id == "" {
			at = len(orders)
			byID[id] = at
			orders = append(orders, Order{ID: id, At: time.UnixMilli(r.At).UTC()})
		}
		o := &orders[at]
		if t := time.UnixMilli(r.At).UTC(); t.After(o.At) {
			o.At = t
		}
		o.Total, _ = o.Total.Add(r.Value.Decimal())
		o.Lines = append(o.Lines, Line{Properties: p, Value: r.Value.Decimal()})
	}
	sort.SliceStable(orders, func(i, j int) bool { return orders[i].At.After(orders[j].At) })
	return orders
}

func number(v any) string {
	if d, ok := v.(decimal.Decimal); ok {
		return d.String()
	}
	return ""
}

// Cart gives what the newest cart event after the last order put there: its list
// of items where it has one, else the event itself.
func Cart(carts []Row, orders []Order) []Line {
	if len(carts) == 0 {
		return nil
	}
	newest := carts[0]
	for _, r := range carts {
		if r.At >= newest.At {
			newest = r
		}
	}
	if len(orders) > 0 && !time.UnixMilli(newest.At).After(orders[0].At) {
		return nil
	}
	var lines []Line
	for _, r := range carts {
		// Lines of one cart are events of the same instant.
		if r.At == newest.At {
			lines = append(lines, Line{Properties: properties(r.Properties), Value: r.Value.Decimal()})
		}
	}
	return lines
}

// properties decodes an event's properties; numbers become exact decimals.
func properties(text string) map[string]any {
	m := map[string]any{}
	if text == "" {
		return m
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &raw) != nil {
		return m
	}
	for name, r := range raw {
		m[name] = scalar(r)
	}
	return m
}

func scalar(r json.RawMessage) any {
	if len(r) > 0 && (r[0] == '-' || (r[0] >= '0' && r[0] <= '9')) {
		if d, err := decimal.Parse(string(r)); err == nil {
			return d
		}
	}
	var v any
	_ = json.Unmarshal(r, &v) // it is part of an object that was decoded
	return v
}
