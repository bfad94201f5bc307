package audience

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// changes is what the change log says is out of date.
type changes struct {
	contacts, schema, names, consent, allAttributes, allEvents bool

	attributes, events map[string]bool
	ranges             map[string][]idRange // of event types: where the ids of all that changed lie
	unknown            map[string]bool      // event types of which not all ranges are told
	cleared            map[string][]int64   // of event types: people who have none any more

	people map[string]ids // of attributes: whose changed
	came   ids            // who came, went, or whose own columns changed
}

// ids are people who are told; whole where there are others.
type ids struct {
	list  []int64
	whole bool
}

// add adds those whom the details of a change name.
func (s ids) add(details string) ids {
	var d struct{ Contacts []int64 }
	if json.Unmarshal([]byte(details), &d) != nil || len(d.Contacts) == 0 {
		s.whole = true
	}
	s.list = append(s.list, d.Contacts...)
	return s
}

// few reports whether all are told and not too many to be read one by one.
func (s ids) few() bool { return !s.whole && len(s.list) <= mostNews }

func changesSince(ctx context.Context, src Source, seq int64) (changes, int64, error) {
	c := changes{attributes: map[string]bool{}, events: map[string]bool{}, ranges: map[string][]idRange{}, unknown: map[string]bool{},
		cleared: map[string][]int64{}, people: map[string]ids{}}
	now, err := src.Changes(ctx, seq, func(kind, name, details string) {
		switch kind {
		case changedContacts:
			c.contacts = true
			c.came = c.came.add(details)
		case changedSchema:
			c.schema = true
		case changedNames:
			c.names = true
		case changedConsent:
			c.consent = true
		case changedAttribute:
			c.attributes[name] = true
			c.people[name] = c.people[name].add(details)
			c.allAttributes = c.allAttributes || name == ""
		case changedEvents:
			c.event(name, details)
		}
	})
	if err != nil {
		return c, 0, fmt.Errorf("read the change log: %w", err)
	}
	return c, now, nil
}

// event notes that events of a type changed, those whose ids lie in a range where
// the details tell one. An empty range is of an import that brought nothing new.
func (c *changes) event(name, details string) {
	var r struct {
		First, Last int64
		Contacts    []int64
	}
	told := json.Unmarshal([]byte(details), &r) == nil && r.First > 0
	if told && r.Last < r.First {
		return
	}
	c.events[name] = true
	c.allEvents = c.allEvents || name == ""
	if !told && len(r.Contacts) > 0 {
		c.cleared[name] = append(c.cleared[name], r.Contacts...)
	} else if !told {
		c.unknown[name] = true
	} else if of := (idRange{r.First, r.Last}); !slices.Contains(c.ranges[name], of) {
		c.ranges[name] = append(c.ranges[name], of)
	}
}
