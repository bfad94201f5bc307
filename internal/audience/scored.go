package audience

import (
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"weak"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// attribute gives a loaded column, or makes that of a scored attribute, which is
// that of the local day of the scope's instant.
func (s scope) attribute(name string) *column {
	switch name {
	case contact.RFMRecency, contact.RFMFrequency, contact.RFMMonetary, contact.RFMRegion:
		return s.rfm(s.frame.schema.Scores.RFM).column(name)
	case contact.EngagementScore:
		return s.engagement(s.frame.schema.Scores.Engagement).score
	}
	return s.frame.attribute(name)
}

// column is scope.attribute for those who ask person by person.
func (v *View) column(name string) *column {
	if !contact.IsScored(name) {
		return v.frame.attribute(name)
	}
	if c, ok := v.made.Load(name); ok {
		return c.(*column)
	}
	c := v.scope().attribute(name)
	v.made.Store(name, c)
	return c
}

// scored puts in the place of scored attributes the events that they are made of.
func (n *needs) scored(schema contact.Schema) {
	for _, a := range contact.Scored {
		if !n.attributes[a.Name] {
			continue
		}
		delete(n.attributes, a.Name)
		if a.Name == contact.EngagementScore {
			n.engagement(schema.Scores.Engagement, schema)
		} else {
			n.rfm(schema.Scores.RFM, schema)
		}
	}
}

func (n *needs) rfm(r contact.RFM, schema contact.Schema) {
	typ, ok := schema.Events[r.Event]
	if !ok {
		return
	}
	n.event(r.Event)
	if _, ok := typ.Property(r.Property); ok {
		n.events[r.Event][r.Property] = true
	}
}

func (n *needs) engagement(g contact.Engagement, schema contact.Schema) {
	for _, w := range g.Weights {
		if _, ok := schema.Events[w.Event]; ok && w.Weight > 0 {
			n.event(w.Event)
		}
	}
}

// today gives the local day of the scope's instant, and its first millisecond.
func (s scope) today() (civil.Date, int64) {
	d := civil.DateOf(s.asOf, s.frame.schema.Zone)
	return d, d.Start(s.frame.schema.Zone).UnixMilli()
}

// keptScores is how many makings of scores are kept: both of today, those of a
// draft that is compared, and those of a day in the past.
const keptScores = 6

// scorings keeps the newest makings of scores. They are handed from frame to
// frame and stay true while the columns they were made of are the same.
type scorings struct {
	mu   sync.Mutex
	list []*scoring // newest first
}

// scoring is scores that were made, or are being made, of some columns.
type scoring struct {
	key    string
	people weak.Pointer[people]
	events []weak.Pointer[eventColumn]
	values weak.Pointer[column]

	once   sync.Once
	result any
}

func (a *scoring) same(b *scoring) bool {
	return a.key == b.key && a.people == b.people && a.values == b.values && slices.Equal(a.events, b.events)
}

// make gives the scores of a model on a local day, made once.
func (k *scorings) make(model any, day civil.Date, of *scoring, f func() any) any {
	text, _ := json.Marshal(model) // of plain numbers and texts: never fails
	of.key = strconv.Itoa(int(day)) + string(text)
	k.mu.Lock()
	if i := slices.IndexFunc(k.list, of.same); i >= 0 {
		of = k.list[i]
		k.list = slices.Delete(k.list, i, i+1)
	}
	k.list = slices.Insert(k.list, 0, of)
	if len(k.list) > keptScores {
		k.list = slices.Delete(k.list, keptScores, len(k.list))
	}
	k.mu.Unlock()
	of.once.Do(func() { of.result = f() })
	return of.result
}
