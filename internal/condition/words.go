package condition

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
)

// verb is how people speak of an event.
type verb struct {
	did, do   string // bought, buy
	one, many string // order, orders
}

// verbOf gives the words for an event. The events that every shop has are said as
// people say them.
func verbOf(event string) verb {
	switch event {
	case "order_placed":
		return verb{"bought", "buy", "order", "orders"}
	case "order_returned":
		return verb{"returned something", "return anything", "return", "returns"}
	case "product_viewed":
		return verb{"viewed a product", "view a product", "product view", "product views"}
	case "cart_updated":
		return verb{"changed the cart", "change the cart", "change of the cart", "changes of the cart"}
	case "site_visited":
		return verb{"visited the site", "visit the site", "visit", "visits"}
	case "review_written":
		return verb{"wrote a review", "write a review", "review", "reviews"}
	case "email_opened":
		return verb{"opened an e-mail", "open an e-mail", "opened e-mail", "opened e-mails"}
	case "email_clicked":
		return verb{"clicked in an e-mail", "click in an e-mail", "click", "clicks"}
	case "":
		return verb{"did …", "do …", "…", "…"}
	}
	name := quote(dots(event))
	return verb{"did " + name, "do " + name, name, name + " events"}
}

// daysAgo turns a comparison of days into a time: "more than 30 days ago".
func daysAgo(compare string) string { return strings.TrimPrefix(compare, "is ") + " days ago" }

// times says a count the way people do.
func (d describer) times(n Node, w verb, tail string) string {
	v, did := string(n.Value), w.did
	switch {
	case n.once():
		return did + tail
	case n.Op == Eq && v == "0", n.Op == Lt && v == "1", n.Op == Lte && v == "0":
		return d.never(w, n, tail)
	}
	say := func(raw json.RawMessage) string {
		if string(raw) == "1" {
			return "once"
		}
		return d.literal(raw, contact.Number) + " times"
	}
	words := map[Op]string{Eq: "exactly", Ne: "not exactly", Lt: "less than", Lte: "at most", Gt: "more than", Gte: "at least"}
	if n.Op == Between {
		return fmt.Sprintf("%s between %s and %s%s", did, d.literal(n.Value, contact.Number), say(n.To), tail)
	}
	word, ok := words[n.Op]
	if !ok {
		return did + " …" + tail
	}
	return did + " " + word + " " + say(n.Value) + tail
}

// once reports whether the node counts events and wants one at least.
func (n Node) once() bool {
	v := string(n.Value)
	return n.Kind == Event && (n.Measure == "" || n.Measure == Count) &&
		(n.Op == "" && n.Value == nil || n.Op == Gte && v == "1" || n.Op == Gt && v == "0")
}

// never says that something did not happen: "never bought" for all time, "did not
// buy in the last 90 days" for a window.
func (d describer) never(w verb, n Node, tail string) string {
	if n.Window == nil {
		return "never " + w.did + tail
	}
	return "did not " + w.do + tail
}

// Nouns gives the words for one event of a type and for several: order, orders.
func Nouns(event string) (one, many string) {
	v := verbOf(event)
	if v.one == quote(dots(event)) {
		return v.one + " event", v.many
	}
	return v.one, v.many
}
