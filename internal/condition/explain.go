package condition

import "strings"

// Explanation is why a condition holds for one person or not: the tree with, at
// each node, the answer and what was seen, in words.
type Explanation struct {
	Path     string        `json:"path"`
	Sentence string        `json:"sentence"` // what the node asks: "country is FR or DE"
	Holds    bool          `json:"holds"`
	Seen     string        `json:"seen"` // what was seen: "country is ES", "2 of 3 hold"
	Children []Explanation `json:"children"`
}

// Below gives what of a problem's path lies below its root: ".children[0].op" of
// "root.children[0].op".
func Below(path string) string { return strings.TrimPrefix(path, "root") }
