// Package proof renders a message for everybody of an audience before anything
// leaves, with the renderer that will send it, and sums up what came out: which
// variants and fallbacks people get, which variables are missing for whom, which
// messages fail and why, and one real person for each distinct way the e-mail
// comes out.
//
// A Proof is made by a Collector, which is handed one result after another and
// keeps counts and the first few people of each group, never messages.
package proof

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/render"
)

// Kind is what a group of findings is about.
type Kind string

// The kinds of findings.
const (
	Failed   Kind = "error"    // the message cannot be made; it will not be sent
	Missing  Kind = "missing"  // a variable has no value, and nothing stands in
	Refused  Kind = "link"     // an address that may not stand in a message was taken out
	Oversize Kind = "oversize" // Gmail cuts messages above 102 KB
	Fallback Kind = "fallback" // a block took its fallback
	Empty    Kind = "subject"  // the subject is empty
)

// order is how grave each kind is, worst first.
var order = []Kind{Failed, Empty, Missing, Refused, Oversize, Fallback}

// CutAt is the size in bytes of HTML above which Gmail shows only a part.
const CutAt = 102 << 10

// shown is how many people of a group are kept.
const shown = 50

// maxSpecimens bounds how many distinct ways are kept.
const maxSpecimens = 500

// Group is the people with the same finding.
type Group struct {
	Kind     Kind
	Place    string // the block, or subject or preheader
	Message  string
	Count    int
	Contacts []contact.ID // the first of them
}

// Variant counts who gets what of a choice, and of fallbacks.
type Variant struct {
	Block    string
	Path     string
	Variant  string // "" is nothing, of a rule that chose nothing
	Branch   string // the path in the rule
	Count    int
	Contacts []contact.ID
}

// Specimen is one distinct way the e-mail comes out: the same branches, the same
// fallbacks, the same gaps.
type Specimen struct {
	Ways    []string // what sets it apart, in words
	Count   int
	Contact contact.ID // one person who gets it
}

// Proof is what rendering everybody showed.
type Proof struct {
	Messages  int // rendered, the failed among them
	Failed    int
	Groups    []Group
	Variants  []Variant
	Specimens []Specimen // rarest first
	BytesMax  int
	BytesSum  int64
	Took      time.Duration
}

// Collector sums results up. It is used by one goroutine.
type Collector struct {
	proof     Proof
	groups    map[groupKey]int
	variants  map[variantKey]int
	specimens map[string]int
	key       strings.Builder
}

type groupKey struct {
	kind           Kind
	place, message string
}

type variantKey struct{ path, variant, branch string }

// NewCollector gives an empty collector.
func NewCollector() *Collector {
	return &Collector{groups: map[groupKey]int{}, variants: map[variantKey]int{}, specimens: map[string]int{}}
}

// Add takes one result in.
func (c *Collector) Add(r personalize.Result) {
	c.proof.Messages++
	c.proof.BytesMax = max(c.proof.BytesMax, r.Message.Bytes)
	c.proof.BytesSum += int64(r.Message.Bytes)
	c.key.Reset()
	if r.Err != nil {
		c.proof.Failed++
		place, message := cause(r.Err)
		c.group(r.Contact, Failed, place, message)
	} else if strings.TrimSpace(r.Message.Subject) == "" {
		c.group(r.Contact, Empty, "subject", "the subject is empty")
	}
	if r.Message.Bytes > CutAt {
		c.group(r.Contact, Oversize, "", "the message is larger than 102 KB, and Gmail would cut it")
	}
	for _, m := range r.Trace.Gaps() {
		c.group(r.Contact, Missing, m.Where, m.Name)
	}
	for _, address := range r.Trace.Refused {
		c.group(r.Contact, Refused, "", address)
	}
	for i := range r.Trace.Blocks {
		c.block(r.Contact, &r.Trace.Blocks[i])
	}
	c.specimen(r.Contact)
}

// cause gives the place and the message of an error, so that equal causes group.
func cause(err error) (place, message string) {
	if f, ok := fault.As(err); ok {
		return f.Field, f.Message
	}
	return "", err.Error()
}

func (c *Collector) block(id contact.ID, b *render.BlockTrace) {
	if b.Fallback {
		c.group(id, Fallback, b.ID, b.Reason)
	}
	if b.Rule == nil {
		return
	}
	k := variantKey{b.Path, b.Variant, b.Rule.Path}
	at, known := c.variants[k]
	if !known {
		at = len(c.proof.Variants)
		c.variants[k] = at
		c.proof.Variants = append(c.proof.Variants, Variant{Block: b.ID, Path: b.Path, Variant: b.Variant, Branch: b.Rule.Path})
	}
	v := &c.proof.Variants[at]
	v.Count++
	v.Contacts = keep(v.Contacts, id)
	chosen := b.Variant
	if chosen == "" {
		chosen = "nothing"
	}
	c.way(b.ID + ": " + chosen)
}

func (c *Collector) group(id contact.ID, kind Kind, place, message string) {
	k := groupKey{kind, place, message}
	at, known := c.groups[k]
	if !known {
		at = len(c.proof.Groups)
		c.groups[k] = at
		c.proof.Groups = append(c.proof.Groups, Group{Kind: kind, Place: place, Message: message})
	}
	g := &c.proof.Groups[at]
	g.Count++
	g.Contacts = keep(g.Contacts, id)
	c.way(inWords(kind, place, message))
}

// inWords says a finding as what sets a message apart.
func inWords(kind Kind, place, message string) string {
	block, _, _ := strings.Cut(place, ",") // without the line
	switch kind {
	case Failed:
		return strings.TrimSuffix("no message: "+message+" in "+block, " in ")
	case Missing:
		return block + ": no " + message
	case Refused:
		return "without the link " + message
	case Oversize:
		return "too large for Gmail"
	case Fallback:
		return block + ": fallback"
	case Empty:
		return "no subject"
	}
	return string(kind) + " " + place + " " + message
}

func (c *Collector) way(w string) {
	c.key.WriteString(w)
	c.key.WriteByte('\n')
}

func (c *Collector) specimen(id contact.ID) {
	k := c.key.String()
	at, known := c.specimens[k]
	switch {
	case known:
		c.proof.Specimens[at].Count++
	case len(c.proof.Specimens) < maxSpecimens:
		c.specimens[strings.Clone(k)] = len(c.proof.Specimens)
		c.proof.Specimens = append(c.proof.Specimens, Specimen{Ways: ways(k), Count: 1, Contact: id})
	}
}

func ways(key string) []string {
	list := []string{}
	for w := range strings.Lines(key) {
		list = append(list, strings.TrimSpace(w))
	}
	return list
}

func keep(list []contact.ID, id contact.ID) []contact.ID {
	if len(list) < shown {
		return append(list, id)
	}
	return list
}

// Proof gives what was found so far, the gravest and largest groups first.
func (c *Collector) Proof() Proof {
	p := c.proof
	p.Groups, p.Variants, p.Specimens = slices.Clone(p.Groups), slices.Clone(p.Variants), slices.Clone(p.Specimens)
	slices.SortStableFunc(p.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Place, b.Place))
	})
	slices.SortStableFunc(p.Variants, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(b.Count, a.Count))
	})
	slices.SortStableFunc(p.Specimens, func(a, b Specimen) int { return cmp.Compare(a.Count, b.Count) })
	return p
}
