package rule

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Bounds of one rule.
const (
	MaxDepth    = 16  // of rules in rules
	MaxBranches = 500 // in all
)

// Parse reads a rule strictly: unknown fields are refused by name, and Check
// holds.
func Parse(data []byte) (Rule, error) {
	if len(data) > condition.MaxBytes {
		return Rule{}, fault.New(fault.Invalid, "the rule is larger than %d MB", condition.MaxBytes>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var r Rule
	if err := dec.Decode(&r); err != nil {
		return Rule{}, unreadable(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Rule{}, fault.New(fault.Invalid, "there is more after the end of the rule")
	}
	return r, r.Check()
}

func unreadable(err error) error {
	if f, ok := fault.As(err); ok {
		return fault.At(fault.Invalid, f.Field, "%s", f.Message)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fault.At(fault.Invalid, strings.Trim(name, `"`), "a rule has no field %s", name)
	}
	return fault.New(fault.Invalid, "the rule is not JSON of a rule: %w", err)
}

// Check holds the laws of rules: a branch either chooses or holds a nested rule,
// and the bounds are kept. It gives fault.Invalid with the path.
func (r Rule) Check() error {
	count := 0
	return r.check("", 1, &count)
}

func (r Rule) check(path string, depth int, count *int) error {
	if depth > MaxDepth {
		return fault.At(fault.Invalid, strings.TrimSuffix(path, "."), "rules are nested deeper than %d levels", MaxDepth)
	}
	for i, b := range r.Branches {
		at := fmt.Sprintf("%sbranches[%d]", path, i)
		*count++
		switch {
		case *count > MaxBranches:
			return fault.At(fault.Invalid, at, "the rule has more than %d branches", MaxBranches)
		case b.When.Kind == "":
			return fault.At(fault.Invalid, at+".when", "the branch has no condition")
		case b.Then == nil && b.Choose == "":
			return fault.At(fault.Invalid, at+".choose", "the branch chooses nothing and holds no rule")
		case b.Then != nil && b.Choose != "":
			return fault.At(fault.Invalid, at+".choose", "the branch both chooses and holds a rule")
		case b.Then != nil:
			if err := b.Then.check(at+".then.", depth+1, count); err != nil {
				return err
			}
		}
	}
	return nil
}

// Validate checks every condition of the rule for a schema.
func (r Rule) Validate(s contact.Schema, segments condition.Segments) error {
	return r.validate("", s, segments)
}

func (r Rule) validate(path string, s contact.Schema, segments condition.Segments) error {
	for i, b := range r.Branches {
		at := fmt.Sprintf("%sbranches[%d]", path, i)
		if _, problems := condition.Check(b.When, s, segments); len(problems) > 0 {
			p := problems[0]
			return fault.At(fault.Invalid, at+".when"+condition.Below(p.Path), "%s", p.Message)
		}
		if b.Then == nil {
			continue
		}
		if err := b.Then.validate(at+".then.", s, segments); err != nil {
			return err
		}
	}
	return nil
}

// Describe says a rule in English, in one line.
func Describe(r Rule, s contact.Schema) string {
	var parts []string
	for _, b := range r.Branches {
		then := b.Choose
		if b.Then != nil {
			then = "(" + Describe(*b.Then, s) + ")"
		}
		parts = append(parts, "if "+condition.Describe(b.When, s)+": "+then)
	}
	if r.Default != "" {
		parts = append(parts, "otherwise: "+r.Default)
	}
	return strings.Join(parts, "; ")
}
