package dialect

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// Limits of one message. Over a limit Render gives an error; it never waits.
const (
	MaxTime   = 250 * time.Millisecond
	MaxOutput = 2 << 20   // bytes
	MaxSteps  = 100_000   // rounds of loops and partials rendered
	maxResult = 2 << 20   // bytes of one filter's result or one capture
	maxTotal  = 256 << 20 // bytes of all results together, so that many large ones do not fill the memory
	maxDepth  = 100       // partials in partials
)

// errLimit marks the errors of limits, which no template can catch.
var errLimit = errors.New("limit")

type limitError struct{ message string }

func (e *limitError) Error() string        { return e.message }
func (e *limitError) Is(target error) bool { return target == errLimit }

// flow says how a list of nodes ended.
type flow uint8

const (
	onward flow = iota
	breaking
	continuing
)

// frame is one inner scope: a loop's variable, or a partial's arguments.
type frame struct {
	name  string
	value any
	loop  any // *loop or nil: what forloop names
	vars  map[string]any
}

// scope is what a template sees. A {% render %} gets one of its own.
type scope struct {
	bindings map[string]any
	vars     map[string]any // assigned
	frames   []frame        // innermost last
	counters map[string]int64
	isolated bool // include is refused
	cycles   map[string]int
	offsets  map[string]int // where offset:continue goes on
	changed  *string        // what ifchanged wrote last
	loops    []*loop
}

// run is one rendering. It is used by one goroutine.
type run struct {
	scope
	engine *Engine
	src    *source
	ctx    context.Context
	out    []byte
	held   int // bytes written outside of the capture that is being filled
	steps  int
	total  int
	depth  int
	end    time.Time
	chain  *chain // whose missing variables are reported
	report Report
}

// Report is what a rendering found.
type Report struct {
	Missing []Missing // in the order met, each place once
	Steps   int       // rounds of loops and partials
}

// Missing is a variable that had no value where its value was written.
type Missing struct {
	Name    string // as written: last_order.items[0].title
	Place   Place
	Covered bool // a default filter gave something instead
}

// maxMissing bounds the report; a template with more is no less wrong.
const maxMissing = 200

func (r *run) missed(v *variable) {
	c := r.chain
	if c == nil || len(r.report.Missing) >= maxMissing {
		return
	}
	name := v.path()
	place := c.src.place(v.at)
	for _, m := range r.report.Missing {
		if m.Place == place && m.Name == name {
			return
		}
	}
	covered := false
	for _, u := range c.uses {
		if u.variable == v {
			covered = u.covered
		}
	}
	r.report.Missing = append(r.report.Missing, Missing{Name: name, Place: place, Covered: covered})
}

// step counts one round of a loop or one partial and looks at the clock.
func (r *run) step() error {
	r.steps++
	if r.steps > MaxSteps {
		return &limitError{"more than 100,000 rounds of loops; the limit keeps one e-mail from taking for ever"}
	}
	return r.onTime()
}

func (r *run) onTime() error {
	if time.Now().After(r.end) {
		return &limitError{"took longer than 250 milliseconds; the limit keeps one e-mail from holding up the others"}
	}
	return r.ctx.Err()
}

// spend counts what a filter made.
func (r *run) spend(v any) error {
	n := size(v)
	if n > maxResult {
		return &limitError{"a filter's result is larger than 2 MB"}
	}
	if n < 1024 {
		return nil
	}
	if r.total += n; r.total > maxTotal {
		return &limitError{"the filters of this e-mail made more than 256 MB together"}
	}
	return r.onTime()
}

// size estimates the bytes of a value that a filter made, one level deep.
func size(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case HTML:
		return len(v)
	case []any:
		n := 16 * len(v)
		for _, item := range v {
			if s, ok := item.(string); ok {
				n += len(s)
			}
			if n > maxResult {
				break
			}
		}
		return n
	}
	return 0
}

// write adds text to the output.
func (r *run) write(s string) error {
	if r.held+len(r.out)+len(s) > MaxOutput {
		return &limitError{"the output is larger than 2 MB"}
	}
	r.out = append(r.out, s...)
	return nil
}

// put writes a value, escaped where the engine escapes and it is not HTML.
func (r *run) put(v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		for _, item := range v {
			if err := r.put(canon(item)); err != nil {
				return err
			}
		}
		return nil
	case HTML:
		return r.write(string(v))
	}
	s := text(v)
	if r.engine.options.Escape == EscapeHTML && strings.ContainsAny(s, `&<>"'`) {
		s = escapeHTML(s)
	}
	return r.write(s)
}

// escapeHTML escapes the five characters that HTML gives a meaning.
func escapeHTML(s string) string { return htmlEscaper.Replace(s) }

// htmlEscaper is never changed; it is safe for many goroutines.
var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// captured renders nodes into a text of their own.
func (r *run) captured(nodes []node) (string, flow, error) {
	outer := r.out
	r.held += len(outer)
	r.out = nil
	f, err := r.nodes(nodes)
	s := string(r.out)
	r.held -= len(outer)
	r.out = outer
	if err == nil {
		err = r.spend(s)
	}
	return s, f, err
}

// nodes renders a list until its end, an error, or a break or continue.
func (r *run) nodes(list []node) (flow, error) {
	for _, n := range list {
		f, err := n.render(r)
		if err != nil {
			if err = r.failed(n, err); err != nil {
				return onward, err
			}
		}
		if f != onward {
			return f, nil
		}
	}
	return onward, nil
}

// failed gives an error its place, or writes it where the engine shows errors
// in place; limits and a cancelled context always end the rendering.
func (r *run) failed(n node, err error) error {
	var placed *Error
	if !errors.As(err, &placed) {
		if ctx := r.ctx.Err(); ctx != nil && errors.Is(err, ctx) {
			return err
		}
		placed = r.src.errorf(n.offset(), "%s", err)
		placed.Limit = errors.Is(err, errLimit)
	}
	if placed.Limit || !r.engine.options.ErrorsInPlace {
		return placed
	}
	return r.put("Liquid error (" + placed.Place.String() + "): " + placed.Message)
}

// lookup finds a name: inner scopes, what was assigned, counters, bindings.
func (r *run) lookup(name string) any {
	for i := len(r.frames) - 1; i >= 0; i-- {
		f := &r.frames[i]
		if f.name == name && name != "" {
			return f.value
		}
		if f.loop != nil && (name == "forloop" || name == "tablerowloop") {
			if _, table := f.loop.(*tableLoop); table == (name == "tablerowloop") {
				return f.loop
			}
		}
		if v, ok := f.vars[name]; ok {
			return v
		}
	}
	if v, ok := r.vars[name]; ok {
		return v
	}
	if n, ok := r.counters[name]; ok {
		return n
	}
	return canon(r.bindings[name])
}

func (r *run) assign(name string, v any) {
	if r.vars == nil {
		r.vars = map[string]any{}
	}
	r.vars[name] = v
}

// cancelled turns an ended context into a coded error.
func cancelled(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &fault.Error{Code: fault.Cancelled, Message: "rendering was stopped", Cause: err}
	}
	return err
}
