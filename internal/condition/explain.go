package condition

import "strings"

// Explanation is why a condition holds for one person or not: the tree with, at
// each node, the answer and what was seen, in words.
type Explanation struct {
	Path     string        `json:"path"`
	Sentence string        `json:"sentence"` // what the node asks: "country is FR or DE"
	Holds    bool          `json:"holds"`
	Seen     string        `json:"seen"`   // what was seen: "ES", "2 of 3 true", "orders in the last 90 days: 1"
	Wanted   string        `json:"wanted"` // what a leaf compared that with: "at least 2"; "" for groups
	Flip     *Flip         `json:"flip" ts_type:"Flip | null"`
	Children []Explanation `json:"children"`
}

// Flip is the smallest change that would turn an answer round. It is given for
// the whole and for every leaf; groups inside have none.
type Flip struct {
	Sentence string    `json:"sentence"`                            // "one more order in the last 90 days"; "nothing to change: …"
	Changes  []Change  `json:"changes"`                             // needed together; none where nothing can be changed
	ByItself *ByItself `json:"by_itself" ts_type:"ByItself | null"` // when time alone turns the answer round first
}

// Change is one leaf that turns round.
type Change struct {
	Path string `json:"path"`
	What string `json:"what"` // "country would have to be FR or DE"
}

// ByItself is the instant at which time alone turns an answer round.
type ByItself struct {
	At       int64  `json:"at"`       // Unix ms
	Why      string `json:"why"`      // "the order of 14 May 2026 falls out of the window"
	Sentence string `json:"sentence"` // "leaves by itself on 12 August 2026 10:42, when …"
}

// Below gives what of a problem's path lies below its root: ".children[0].op" of
// "root.children[0].op".
func Below(path string) string { return strings.TrimPrefix(path, "root") }
