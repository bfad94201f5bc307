// Package condition is the language behind segments, rules, triggers and
// filters (docs/conditions.md): its tree, its JSON, what makes a tree valid for
// a workspace's schema, and the sentence that says it in English.
//
// A condition is parsed once (Parse, which refuses what is not of the language,
// by its path), checked against a schema (Check, which reads its literals and
// names what is wrong or unfinished, or Validate for the first of these), and
// then only read. Describe says it in English. Answering it is the work of
// package audience. One tree has one canonical JSON (AppendJSON), so equal
// bytes mean equal conditions.
package condition

import "encoding/json"

// Kind names a kind of node.
type Kind string

// The kinds of nodes.
const (
	Everyone  Kind = "everyone"
	All       Kind = "all"
	Any       Kind = "any"
	None      Kind = "none"
	Attribute Kind = "attribute"
	Event     Kind = "event"
	Sequence  Kind = "sequence"
	Segment   Kind = "segment"
	Consent   Kind = "consent"
	Bucket    Kind = "bucket"

	// Fixed is who is on the list that a segment was frozen as. Only programs make
	// it (package segment); Parse refuses it.
	Fixed Kind = "fixed"
)

// Op compares what a node looks at with the values it is given.
type Op string

// Measure is what an event node computes over the matching events.
type Measure string

// The measures.
const (
	Count          Measure = "count"
	Sum            Measure = "sum"
	Avg            Measure = "avg"
	Min            Measure = "min"
	Max            Measure = "max"
	Distinct       Measure = "distinct"
	DaysSinceLast  Measure = "days_since_last"
	DaysSinceFirst Measure = "days_since_first"
)

// Node is one node of the tree. Which fields a kind may have is told by the
// table of fields in parse.go; Parse refuses the others by their path.
type Node struct {
	Kind     Kind   `json:"kind"`
	Children []Node `json:"children,omitempty"`

	Attribute string            `json:"attribute,omitempty"`
	Event     string            `json:"event,omitempty"`
	Measure   Measure           `json:"measure,omitempty"`
	Property  string            `json:"property,omitempty"`
	Op        Op                `json:"op,omitempty"`
	Value     json.RawMessage   `json:"value,omitempty"` // a JSON scalar
	Values    []json.RawMessage `json:"values,omitempty"`
	To        json.RawMessage   `json:"to,omitempty"` // the upper end of between
	Unit      Unit              `json:"unit,omitempty"`
	Window    *Window           `json:"window,omitempty"`
	Where     []Where           `json:"where,omitempty"`
	Steps     []Step            `json:"steps,omitempty"`
	Segment   string            `json:"segment,omitempty"`
	Purpose   string            `json:"purpose,omitempty"`
	Salt      string            `json:"salt,omitempty"`
	From      *int              `json:"from,omitempty"` // bucket: see BucketTo
	BucketTo  *int              `json:"-"`              // bucket's "to", which shares its name with between's
}

// Unit is a unit of windows: minute, hour, day and week are exact durations,
// month steps by calendar in the workspace's zone.
type Unit string

// The units of time.
const (
	Minute Unit = "minute"
	Hour   Unit = "hour"
	Day    Unit = "day"
	Week   Unit = "week"
	Month  Unit = "month"
)

// Window limits which events count: one of Last, From/To or BeforeLast. A nil
// Window is all time up to the instant.
type Window struct {
	Last       int    `json:"last,omitempty"`
	BeforeLast int    `json:"before_last,omitempty"`
	Unit       Unit   `json:"unit,omitempty"`
	From       string `json:"from,omitempty"` // local dates, both included whole
	To         string `json:"to,omitempty"`
}

// Where is one test on an event's properties, or a nested any or none of tests.
type Where struct {
	Property string            `json:"property,omitempty"`
	Op       Op                `json:"op,omitempty"`
	Value    json.RawMessage   `json:"value,omitempty"`
	Values   []json.RawMessage `json:"values,omitempty"`
	To       json.RawMessage   `json:"to,omitempty"`
	Unit     Unit              `json:"unit,omitempty"`
	Any      []Where           `json:"any,omitempty"`
	None     []Where           `json:"none,omitempty"`
}

// Step is one step of a sequence. Op is "did" (also when empty) or "did_not".
type Step struct {
	Event  string  `json:"event"`
	Op     Op      `json:"op,omitempty"`
	Within *Window `json:"within,omitempty"`
	Where  []Where `json:"where,omitempty"`
}
