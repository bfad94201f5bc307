package dialect

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Escape says what becomes of values where they are written.
type Escape uint8

// How values are written.
const (
	EscapeNone Escape = iota // subjects and texts: as they are
	EscapeHTML               // HTML parts: & < > " ' are escaped, the template's own text is not
)

// Options say how an engine writes values. The zero Options are UTC, no
// currency, English, no escaping.
type Options struct {
	Zone     *time.Location   // of dates without an offset, and of those shown; UTC when nil
	Currency contact.Currency // of the money filter
	Locale   string           // BCP 47: names of months, marks in numbers; "" is English
	Escape   Escape

	// Now is what 'now' means to the date filter where the bindings have no time
	// under the name now. Rendering for people binds the instant; nil makes
	// 'now' an error otherwise.
	Now func() time.Time

	// Partials gives the source of what include and render name. Nothing else
	// is ever read: a nil Partials has none. It must be safe for many goroutines
	// and give the same answer while the engine lives.
	Partials func(name string) (string, bool)

	// Lax lets unknown filters pass their input through, and tolerates some
	// broken expressions, as older Liquid does.
	Lax bool

	// ErrorsInPlace writes errors into the output and goes on, as a draft's
	// preview may want. Errors of limits still end the rendering.
	ErrorsInPlace bool
}

// Engine parses templates. It may be used by many goroutines.
type Engine struct {
	options  Options
	filters  map[string]*filter
	tags     map[string]tagParser
	partials sync.Map // name → *parsedPartial
}

type parsedPartial struct {
	template *Template
	err      error
}

// New makes an engine. It is cheap enough to make one for a campaign, not for
// every message.
func New(o Options) *Engine {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return &Engine{options: o, filters: filters(), tags: tags()}
}

// Template is a parsed template. It is immutable and may be rendered by many
// goroutines at once.
type Template struct {
	engine *Engine
	src    *source
	nodes  []node
}

// Parse reads a template. The name stands in messages: a block's path, a slug.
// Errors are fault.Invalid with an *Error as cause.
func (e *Engine) Parse(name, text string) (*Template, error) {
	if len(text) > maxSource {
		return nil, fault.At(fault.Invalid, name, "the template has %d bytes; %d is the most", len(text), maxSource)
	}
	t, err := e.parse(&source{name: name, text: text})
	if err != nil {
		return nil, coded(err)
	}
	return t, nil
}

// maxSource is the longest source, in bytes.
const maxSource = 1 << 20

func (e *Engine) parse(src *source) (*Template, *Error) {
	b := &builder{engine: e, src: src, lex: &lexer{src: src}}
	nodes, end, err := b.body()
	if err != nil {
		return nil, err
	}
	if end != nil {
		return nil, b.stray(end)
	}
	return &Template{engine: e, src: src, nodes: nodes}, nil
}

// Render renders the template with the bindings, which are only read. What it
// cannot render is a fault.Invalid with its place; a context that ended is
// fault.Cancelled. The report is filled in either way. A missing variable
// renders as nothing.
func (t *Template) Render(ctx context.Context, bindings map[string]any) (out string, report Report, err error) {
	r := &run{engine: t.engine, src: t.src, ctx: ctx, end: time.Now().Add(MaxTime)}
	r.bindings = bindings
	r.out = make([]byte, 0, len(t.src.text)+len(t.src.text)/4)
	defer func() {
		// A defect in a filter must cost one message, not the program with
		// everything that is being sent.
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, "rendering %q failed: %v\n%s", t.src.name, p, debug.Stack())
		}
		report = r.report
		report.Steps = r.steps
	}()
	if _, err := r.nodes(t.nodes); err != nil {
		var placed *Error
		if errors.As(err, &placed) {
			return "", r.report, coded(placed)
		}
		return "", r.report, cancelled(err)
	}
	return string(r.out), r.report, nil
}

// partial gives a parsed partial; it is parsed when first asked for.
func (e *Engine) partial(name string) (*Template, error) {
	if p, ok := e.partials.Load(name); ok {
		parsed := p.(*parsedPartial)
		return parsed.template, parsed.err
	}
	if e.options.Partials == nil {
		return nil, fmt.Errorf("Could not find partial '%s'", name) //nolint:staticcheck // Liquid's words
	}
	text, ok := e.options.Partials(name)
	if !ok {
		return nil, fmt.Errorf("Could not find partial '%s'", name) //nolint:staticcheck // Liquid's words
	}
	parsed := &parsedPartial{}
	if t, err := e.parse(&source{name: name, text: text}); err != nil {
		parsed.err = err
	} else {
		parsed.template = t
	}
	e.partials.Store(name, parsed)
	return parsed.template, parsed.err
}
