package content

import (
	"encoding/json"
	"sort"
)

// Change is one difference between two versions of a template. A block is known
// by its id, so a moved block is moved and not removed and added.
type Change struct {
	What   string   `json:"what"` // added, removed, changed, moved
	ID     string   `json:"id"`   // the block; "" for the template itself
	Kind   string   `json:"kind"`
	Path   string   `json:"path"`   // in the newer version, or in the older one for removed
	Fields []string `json:"fields"` // changed: which
	Before string   `json:"before"` // JSON of the changed part, "" where there was none
	After  string   `json:"after"`
}

// Diff lists what differs from one version to another: the template's own
// fields first, then top-level blocks in the newer version's order, then the
// removed ones.
func Diff(from, to Template) []Change {
	changes := []Change{}
	if f := fields(bare(from), bare(to)); len(f) > 0 {
		changes = append(changes, Change{What: "changed", Kind: "template", Fields: f, Before: text(bare(from)), After: text(bare(to))})
	}
	before := byID(from.Blocks)
	kept := keptInOrder(from.Blocks, to.Blocks)
	for i, b := range to.Blocks {
		path := index("blocks", i)
		old, was := before[b.ID]
		if !was {
			changes = append(changes, Change{What: "added", ID: b.ID, Kind: string(b.Kind), Path: path, Fields: []string{}, After: text(b)})
			continue
		}
		if f := fields(old, b); len(f) > 0 {
			changes = append(changes, Change{What: "changed", ID: b.ID, Kind: string(b.Kind), Path: path, Fields: f, Before: text(old), After: text(b)})
		}
		if !kept[b.ID] {
			changes = append(changes, Change{What: "moved", ID: b.ID, Kind: string(b.Kind), Path: path, Fields: []string{}})
		}
	}
	after := byID(to.Blocks)
	for i, b := range from.Blocks {
		if _, is := after[b.ID]; !is {
			changes = append(changes, Change{What: "removed", ID: b.ID, Kind: string(b.Kind), Path: index("blocks", i), Fields: []string{}, Before: text(b)})
		}
	}
	return changes
}

func bare(t Template) Template { t.Blocks = nil; return t }

func byID(blocks []Block) map[string]Block {
	m := make(map[string]Block, len(blocks))
	for _, b := range blocks {
		m[b.ID] = b
	}
	return m
}

// keptInOrder gives the ids of a longest common subsequence: the blocks that
// need not be said to have moved.
func keptInOrder(from, to []Block) map[string]bool {
	place := make(map[string]int, len(from))
	for i, b := range from {
		place[b.ID] = i
	}
	// The longest increasing subsequence of old places in the new order.
	var tails, order []int // tails: indices into to, by length
	back := make([]int, len(to))
	for i, b := range to {
		at, was := place[b.ID]
		if !was {
			continue
		}
		n := sort.Search(len(tails), func(k int) bool { return order[k] >= at })
		back[i] = -1
		if n > 0 {
			back[i] = tails[n-1]
		}
		if n == len(tails) {
			tails, order = append(tails, i), append(order, at)
		} else {
			tails[n], order[n] = i, at
		}
	}
	kept := map[string]bool{}
	if len(tails) == 0 {
		return kept
	}
	for i := tails[len(tails)-1]; i >= 0; i = back[i] {
		kept[to[i].ID] = true
	}
	return kept
}

// fields gives the sorted names of the JSON fields in which two values differ.
func fields(a, b any) []string {
	before, after := asMap(a), asMap(b)
	names := []string{}
	for name, v := range before {
		if string(after[name]) != string(v) {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, both := before[name]; !both {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

func asMap(v any) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	_ = json.Unmarshal([]byte(text(v)), &m) // text gives JSON or nothing
	return m
}

func text(v any) string {
	b, err := canonical(v)
	if err != nil {
		return ""
	}
	return string(b)
}
