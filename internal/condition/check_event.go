package condition

import (
	"fmt"
	"maps"
	"slices"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/contact"
)

func propertyNames(e contact.EventType) []string {
	names := make([]string, len(e.Properties))
	for i, p := range e.Properties {
		names[i] = p.Name
	}
	return names
}

// eventType finds an event's type and reports when there is none.
func (c *checker) eventType(name, path string) (contact.EventType, bool) {
	t, ok := c.schema.Events[name]
	switch {
	case name == "":
		c.problem(path+".event", "choose an event")
	case !ok:
		c.problem(path+".event", "there is no event %q%s", name, meant(name, slices.Sorted(maps.Keys(c.schema.Events))))
	}
	return t, ok && name != ""
}

func (c *checker) event(out *Checked, n Node, path string) {
	typ, ok := c.eventType(n.Event, path)
	if !ok {
		return
	}
	e := EventTest{Type: typ, Measure: n.Measure, Property: n.Property, Op: n.Op}
	if e.Measure == "" {
		e.Measure = Count
	}
	c.measured(&e, path)
	if field, message := n.Window.problem(); message != "" {
		c.problem(path+".window"+field, "%s", message)
	}
	e.Where = c.where(n.Where, typ, path+".where")
	if e.Measure == Count && n.Op == "" && n.Value == nil && n.To == nil {
		e.Op, e.Nums[0] = Gte, decimal.One
		out.Event = e
		return
	}
	info, ok := infoOf(EventOps(), n.Op)
	if !ok {
		c.problem(path+".op", "choose how to compare")
		return
	}
	o := operands{op: n.Op, value: n.Value, to: n.To}
	t := Test{Type: contact.Number, Op: n.Op}
	if o.fits(info.Arity, c.at(path)) {
		t.read(0, n.Value, c.schema.Zone, sub(c.at(path), ".value"))
		if info.Arity == Range {
			t.read(1, n.To, c.schema.Zone, sub(c.at(path), ".to"))
		}
	}
	e.Nums = t.Nums
	out.Event = e
}

// measured finds the type of what is measured and refuses what has no meaning.
func (c *checker) measured(e *EventTest, path string) {
	switch e.Measure {
	case Count, DaysSinceLast, DaysSinceFirst:
		if e.Property != "" {
			c.problem(path+".property", "%q looks at the events themselves, not at a property", e.Measure)
		}
		return
	}
	e.Of = e.Type.ValueType
	if e.Property != "" {
		p, ok := e.Type.Property(e.Property)
		if !ok {
			c.problem(path+".property", "%s has no property %q%s", e.Type.Name, e.Property, meant(e.Property, propertyNames(e.Type)))
			return
		}
		e.Of = p.Type
	}
	number := e.Of == contact.Number || e.Of == contact.Money
	switch {
	case e.Property == "" && e.Of == "":
		e.Of = contact.Number // no event of the type has a value: there is nothing to measure
	case e.Measure == Distinct && e.Of == contact.List:
		c.problem(path+".property", "%q is a list, and lists are not counted by difference", e.Property)
	case e.Measure != Distinct && !number:
		c.problem(path+".property", "%q is of type %s; %s needs a number or money", e.Property, e.Of, e.Measure)
	}
}

func (c *checker) where(list []Where, typ contact.EventType, path string) []WhereTest {
	tests := make([]WhereTest, 0, len(list))
	for i, w := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case w.Any != nil || w.None != nil:
			if len(w.Any)+len(w.None) == 0 {
				c.problem(at, "a group of tests needs at least one")
			}
			tests = append(tests, WhereTest{Any: c.whereGroup(w.Any, typ, at+".any"), None: c.whereGroup(w.None, typ, at+".none")})
		case w.Property == "":
			c.problem(at+".property", "choose a property")
		default:
			p, ok := typ.Property(w.Property)
			if !ok {
				c.problem(at+".property", "%s has no property %q%s", typ.Name, w.Property, meant(w.Property, propertyNames(typ)))
				continue
			}
			o := operands{w.Op, w.Value, w.Values, w.To, w.Unit}
			tests = append(tests, WhereTest{Property: w.Property, Test: o.test(p.Type, c.schema.Zone, c.at(at))})
		}
	}
	return tests
}

func (c *checker) whereGroup(list []Where, typ contact.EventType, path string) []WhereTest {
	if len(list) == 0 {
		return nil
	}
	return c.where(list, typ, path)
}

func (c *checker) sequence(out *Checked, n Node, path string) {
	if len(n.Steps) < 2 {
		c.problem(path+".steps", "a sequence needs at least two steps")
	}
	if field, message := n.Window.problem(); message != "" {
		c.problem(path+".window"+field, "%s", message)
	}
	for i, s := range n.Steps {
		at := fmt.Sprintf("%s.steps[%d]", path, i)
		typ, ok := c.eventType(s.Event, at)
		if !ok {
			continue
		}
		step := StepTest{Type: typ, Not: s.Op == DidNot, Within: s.Within, Where: c.where(s.Where, typ, at+".where")}
		switch {
		case step.Not && i == 0:
			c.problem(at+".op", "the first step must be something that was done")
		case step.Not && s.Within == nil:
			c.problem(at+".within", "say within which time it was not done")
		case i == 0 && s.Within != nil:
			c.problem(at+".within", "the first step has no step before it")
		case s.Within != nil && (s.Within.Last == 0 || s.Within.BeforeLast != 0 || s.Within.From != "" || s.Within.To != ""):
			c.problem(at+".within", "give a number and a unit, such as {\"last\":1,\"unit\":\"hour\"}")
		}
		if field, message := s.Within.problem(); message != "" {
			c.problem(at+".within"+field, "%s", message)
		}
		out.Steps = append(out.Steps, step)
	}
}
