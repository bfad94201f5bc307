// Package review reads a template before anybody gets it and says what is wrong
// or unwise in it, each finding with its place: names that nothing has, Liquid
// that cannot run, pictures without a description, buttons that lead nowhere,
// variants that nobody can get.
//
// Template is pure: what the workspace knows comes in as Known. Refusing what
// breaks the laws of blocks is content's work, and is done before.
package review

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/rule"
)

// Severity says what a finding means.
type Severity string

// The severities, worst first.
const (
	Error   Severity = "error"   // messages fail or come out wrong
	Warning Severity = "warning" // some people get something unwise
	Note    Severity = "note"    // could be better
)

// Finding is one thing to mend, at a place.
type Finding struct {
	Severity Severity
	Block    string // the id of the block; "" for the template itself
	Place    string // subject, blocks[1].variants.vip.url
	Message  string
	Line     int // in the text at the place, from 1; 0 when it speaks of all of it
	Column   int
}

// Known is what the workspace has. A nil function means that nothing of its
// kind is looked up.
type Known struct {
	Schema   contact.Schema
	Segments condition.Segments
	Block    func(slug string) ([]content.Block, bool)
	Rule     func(slug string) (rule.Rule, bool)
	Asset    func(name string) bool
	Filled   map[string]int // how many contacts have each attribute; nil when not known
	Total    int            // contacts
}

// Template lists what is wrong or unwise, in the order of the template.
func Template(t content.Template, k Known) []Finding {
	r := &reviewer{known: k, roots: map[string]bool{}, seen: map[string]bool{}}
	r.subject(t)
	r.liquid("", "preheader", t.Preheader)
	if strings.TrimSpace(t.Preheader) == "" {
		r.add(Note, "", "preheader", "There is no preheader: mail programs show the first words of the e-mail beside the subject instead")
	}
	if len(t.Blocks) == 0 {
		r.add(Error, "", "blocks", "The e-mail has no blocks yet")
	}
	r.blocks(t.Blocks, "blocks")
	if len(t.Blocks) > 0 && !r.roots["unsubscribe_url"] && !r.roots["preferences_url"] {
		r.add(Warning, "", "blocks", "There is no link to unsubscribe: add one with {{ unsubscribe_url }}, for example in the last block")
	}
	return r.found
}

// Blocks reviews a reusable block on its own.
func Blocks(blocks []content.Block, k Known) []Finding {
	r := &reviewer{known: k, roots: map[string]bool{}, seen: map[string]bool{}}
	r.blocks(blocks, "blocks")
	return r.found
}

type reviewer struct {
	known Known
	found []Finding
	roots map[string]bool // names used anywhere, in reusable blocks too
	seen  map[string]bool // reusable blocks that are being gone through
}

func (r *reviewer) add(s Severity, block, place, format string, args ...any) {
	r.found = append(r.found, Finding{Severity: s, Block: block, Place: place, Message: fmt.Sprintf(format, args...)})
}

// longSubject is where phones begin to cut subjects, in characters.
const longSubject = 60

// braces matches what Liquid takes the place of.
var braces = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}`)

func (r *reviewer) subject(t content.Template) {
	if strings.TrimSpace(t.Subject) == "" {
		r.add(Error, "", "subject", "The subject is empty")
		return
	}
	r.liquid("", "subject", t.Subject)
	// A value is reckoned as seven letters, as first names have.
	if n := utf8.RuneCountInString(braces.ReplaceAllString(t.Subject, "Matilda")); n > longSubject {
		r.add(Note, "", "subject", "The subject has about %d characters; phones show some %d", n, longSubject)
	}
}

func (r *reviewer) blocks(blocks []content.Block, path string) {
	_ = content.Walk(blocks, func(at string, b content.Block) error {
		r.block(b, path+strings.TrimPrefix(at, "blocks"))
		return nil
	})
}

func (r *reviewer) block(b content.Block, path string) {
	for _, t := range b.Texts() {
		r.liquid(b.ID, path+"."+t.Field, t.Text)
	}
	switch b.Kind {
	case content.Heading, content.Text, content.HTML:
		if strings.TrimSpace(b.Content) == "" {
			r.add(Note, b.ID, path+".content", "The block is empty")
		}
		if b.Kind == content.HTML && strings.Contains(strings.ToLower(b.Content), "<script") {
			r.add(Warning, b.ID, path+".content", "Mail programs drop scripts, and some treat the e-mail as dangerous")
		}
	case content.Image:
		r.image(b, path)
	case content.Button:
		if strings.TrimSpace(b.URL) == "" {
			r.add(Error, b.ID, path+".url", "The button leads nowhere: give it a link")
		}
		if strings.TrimSpace(b.Label) == "" {
			r.add(Error, b.ID, path+".label", "The button has no words on it")
		}
	case content.Products:
		if b.Fallback == nil && b.Source != "newest" && !strings.HasPrefix(b.Source, "skus:") {
			r.add(Warning, b.ID, path, "People for whom there are no products would fail: give the block a fallback")
		}
	case content.Choice:
		r.choice(b, path)
	case content.Ref:
		r.reference(b, path)
	}
}

func (r *reviewer) image(b content.Block, path string) {
	if strings.TrimSpace(b.Source) == "" {
		r.add(Error, b.ID, path+".source", "The image has no picture yet")
	}
	if name, ok := strings.CutPrefix(b.Source, "asset:"); ok && r.known.Asset != nil && !r.known.Asset(name) {
		r.add(Error, b.ID, path+".source", "There is no picture “%s” in this workspace", name)
	}
	if strings.TrimSpace(b.Alt) == "" {
		r.add(Warning, b.ID, path+".alt", "The image has no description: it is read aloud, and shown where pictures are off")
	}
}

// reference goes into a reusable block for the names it uses, and says when
// there is no such block or it holds itself.
func (r *reviewer) reference(b content.Block, path string) {
	if r.known.Block == nil {
		return
	}
	blocks, ok := r.known.Block(b.Block)
	switch {
	case !ok:
		r.add(Error, b.ID, path+".block", "There is no reusable block “%s”", b.Block)
		return
	case r.seen[b.Block]:
		r.add(Error, b.ID, path+".block", "The reusable block “%s” holds itself", b.Block)
		return
	}
	r.seen[b.Block] = true
	defer delete(r.seen, b.Block)
	_ = content.Walk(blocks, func(_ string, inner content.Block) error {
		for _, t := range inner.Texts() {
			if uses, err := dialect.Scan("", t.Text); err == nil {
				for _, name := range uses.Roots() {
					r.roots[name] = true
				}
			}
		}
		if inner.Kind == content.Ref {
			r.reference(content.Block{ID: b.ID, Block: inner.Block}, path)
		}
		return nil
	})
}
