package dialect

import "strings"

// Used is a variable, filter or tag that a source uses, with its place.
type Used struct {
	Name  string // a variable as written: last_order.items[0].title
	Place Place

	// Of variables:
	Root    string // the first name: last_order
	Local   bool   // made by the source: assigned, captured, a loop's, a partial's
	Written bool   // its value is written, not only asked for
	Covered bool   // a default filter gives something where it is missing
	Guarded bool   // within an if, unless or case that asks for it, or a loop over it
}

// Uses is all that a source uses, in the order of the source.
type Uses struct {
	Variables []Used
	Filters   []Used
	Tags      []Used
	Partials  []Used // named by a text; others are known when rendering only
}

// Roots gives the names that a source needs bound, without repeats.
func (u Uses) Roots() []string {
	seen := map[string]bool{}
	roots := []string{}
	for _, v := range u.Variables {
		if !v.Local && !seen[v.Root] {
			seen[v.Root] = true
			roots = append(roots, v.Root)
		}
	}
	return roots
}

// Scan lists what a source uses, for checks and for knowing what a profile must
// load. Unknown filters are listed, not refused; broken syntax is refused.
func Scan(name, text string) (Uses, error) {
	t, err := New(Options{}).lenient().Parse(name, text)
	if err != nil {
		return Uses{}, err
	}
	return t.Uses(), nil
}

// lenient gives an engine that knows no filters and so refuses none, with the
// syntax held as strictly as ever.
func (e *Engine) lenient() *Engine { e.filters = nil; return e }

// Uses lists what the template uses.
func (t *Template) Uses() Uses {
	s := &scanner{src: t.src, local: map[string]int{}, asked: map[string]int{}}
	s.nodes(t.nodes)
	return s.found
}

type scanner struct {
	src   *source
	found Uses
	local map[string]int // names the source made, by how often they are in scope
	asked map[string]int // roots and paths that an enclosing condition asks for
}

func (s *scanner) nodes(list []node) {
	for _, n := range list {
		s.node(n)
	}
}

func (s *scanner) node(n node) {
	switch n := n.(type) {
	case *outputNode:
		s.chain(n.chain, true)
	case *inlined:
		s.nodes(n.nodes)
	case *assignNode:
		s.tag("assign", n.offset())
		s.chain(n.chain, false)
		s.local[n.name]++
	case *captureNode:
		s.tag("capture", n.offset())
		s.nodes(n.body)
		s.local[n.name]++
	case *countNode:
		s.tag("increment", n.offset())
		s.local[n.name]++
	case *cycleNode:
		s.tag("cycle", n.offset())
		s.uses(n.uses, true)
	case *changedNode:
		s.tag("ifchanged", n.offset())
		s.nodes(n.body)
	case *ifNode:
		s.branches(n)
	case *caseNode:
		s.tag("case", n.offset())
		s.uses(n.uses, false)
		s.within(n.uses, func() {
			for _, b := range n.branches {
				s.nodes(b.body)
			}
		})
	case *forNode:
		s.tag("for", n.offset())
		s.looping(n.looping, "forloop", n.body)
		s.nodes(n.otherwise)
	case *tableNode:
		s.tag("tablerow", n.offset())
		s.looping(n.looping, "tablerowloop", n.body)
	case *partialNode:
		s.partial(n)
	}
}

func (s *scanner) tag(name string, at int) {
	s.found.Tags = append(s.found.Tags, Used{Name: name, Place: s.src.place(at)})
}

func (s *scanner) chain(c *chain, written bool) {
	s.uses(c.uses, written)
	for _, f := range c.calls {
		s.found.Filters = append(s.found.Filters, Used{Name: f.name, Place: s.src.place(f.at)})
	}
}

func (s *scanner) uses(list []use, written bool) {
	for _, u := range list {
		v := u.variable
		if v.name == "" {
			continue
		}
		path := v.path()
		s.found.Variables = append(s.found.Variables, Used{
			Name: path, Root: v.name, Place: s.src.place(v.at),
			Local: s.local[v.name] > 0, Written: written, Covered: u.covered,
			Guarded: s.guarded(v.name, path),
		})
	}
}

// guarded reports whether an enclosing condition asks for the variable or for
// something it stands in.
func (s *scanner) guarded(root, path string) bool {
	if s.asked[path] > 0 || s.asked[root] > 0 {
		return true
	}
	for i := strings.LastIndexAny(path, ".["); i > 0; i = strings.LastIndexAny(path[:i], ".[") {
		if s.asked[path[:i]] > 0 {
			return true
		}
	}
	return false
}

// within scans with the variables of a condition counted as asked for.
func (s *scanner) within(uses []use, scan func()) {
	for _, u := range uses {
		s.asked[u.variable.path()]++
	}
	scan()
	for _, u := range uses {
		s.asked[u.variable.path()]--
	}
}

func (s *scanner) branches(n *ifNode) {
	s.tag("if", n.offset())
	var all []use
	for _, b := range n.branches {
		if b.test != nil {
			s.uses(b.test.uses, false)
			all = append(all, b.test.uses...)
		}
		s.within(all, func() { s.nodes(b.body) })
	}
}

func (s *scanner) looping(l looping, object string, body []node) {
	s.uses(l.uses, false)
	s.local[l.variable]++
	s.local[object]++
	s.nodes(body)
	s.local[l.variable]--
	s.local[object]--
}

func (s *scanner) partial(n *partialNode) {
	name := "include"
	if n.isolated {
		name = "render"
	}
	s.tag(name, n.offset())
	s.uses(n.uses, false)
	if l, ok := n.name.(literal); ok {
		s.found.Partials = append(s.found.Partials, Used{Name: text(l.value), Place: s.src.place(n.offset())})
	}
}
