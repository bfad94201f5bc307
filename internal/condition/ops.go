package condition

import (
	"slices"

	"github.com/mailwright/mailwright/internal/contact"
)

// The ops of attributes and of event properties.
const (
	Is          Op = "is"
	IsNot       Op = "is_not"
	Contains    Op = "contains"
	NotContains Op = "not_contains"
	StartsWith  Op = "starts_with"
	EndsWith    Op = "ends_with"
	In          Op = "in"
	NotIn       Op = "not_in"
	IsSet       Op = "is_set"
	IsUnset     Op = "is_unset"

	Eq      Op = "eq"
	Ne      Op = "ne"
	Lt      Op = "lt"
	Lte     Op = "lte"
	Gt      Op = "gt"
	Gte     Op = "gte"
	Between Op = "between"

	IsTrue  Op = "is_true"
	IsFalse Op = "is_false"

	Before            Op = "before"
	After             Op = "after"
	On                Op = "on"
	InLast            Op = "in_last"
	NotInLast         Op = "not_in_last"
	InNext            Op = "in_next"
	AnniversaryInNext Op = "anniversary_in_next"

	Has    Op = "has"
	HasNot Op = "has_not"
	HasAny Op = "has_any"
	HasAll Op = "has_all"

	Granted    Op = "granted"
	NotGranted Op = "not_granted"
	Did        Op = "did"
	DidNot     Op = "did_not"
)

// Arity says which values an op takes.
type Arity string

// How many values an op takes.
const (
	NoValue   Arity = "none"
	OneValue  Arity = "one"    // value
	ManyValue Arity = "many"   // values
	OneOrMany Arity = "either" // value, or values that mean any of them
	Range     Arity = "range"  // value and to, both included
	Period    Arity = "period" // value, a whole number, and unit
)

// OpInfo describes one op of a type, for windows and messages.
type OpInfo struct {
	Op       Op     `json:"op"`
	Label    string `json:"label"` // "contains"
	Arity    Arity  `json:"arity"`
	Negative bool   `json:"negative"` // the complement of another op: true when unset
}

// Units lists the units of windows and periods.
var Units = []Unit{Minute, Hour, Day, Week, Month}

// Ops gives the ops that values of a type have, in the order in which windows
// offer them; none for an unknown type.
func Ops(t contact.Type) []OpInfo {
	set := []OpInfo{{IsSet, "is set", NoValue, false}, {IsUnset, "is not set", NoValue, true}}
	switch t {
	case contact.Text:
		return append([]OpInfo{
			{Is, "is", OneOrMany, false}, {IsNot, "is not", OneOrMany, true},
			{Contains, "contains", OneOrMany, false}, {NotContains, "does not contain", OneOrMany, true},
			{StartsWith, "starts with", OneOrMany, false}, {EndsWith, "ends with", OneOrMany, false},
			{In, "is one of", ManyValue, false}, {NotIn, "is none of", ManyValue, true},
		}, set...)
	case contact.Number, contact.Money:
		return append(numberOps(), set...)
	case contact.Boolean:
		return append([]OpInfo{{IsTrue, "is true", NoValue, false}, {IsFalse, "is false", NoValue, false}}, set...)
	case contact.DateType, contact.Datetime:
		return append([]OpInfo{
			{Before, "is before", OneValue, false}, {After, "is after", OneValue, false},
			{On, "is on", OneValue, false}, {Between, "is between", Range, false},
			{InLast, "is in the last", Period, false}, {NotInLast, "is not in the last", Period, true},
			{InNext, "is in the next", Period, false},
			{AnniversaryInNext, "has its anniversary in the next", Period, false},
		}, set...)
	case contact.List:
		return append([]OpInfo{
			{Has, "has", OneOrMany, false}, {HasNot, "does not have", OneOrMany, true},
			{HasAny, "has any of", ManyValue, false}, {HasAll, "has all of", ManyValue, false},
		}, set...)
	}
	return nil
}

func numberOps() []OpInfo {
	return []OpInfo{
		{Eq, "is exactly", OneValue, false}, {Ne, "is not", OneValue, true},
		{Lt, "is less than", OneValue, false}, {Lte, "is at most", OneValue, false},
		{Gt, "is more than", OneValue, false}, {Gte, "is at least", OneValue, false},
		{Between, "is between", Range, false},
	}
}

// EventOps gives the ops that compare a measure.
func EventOps() []OpInfo { return numberOps() }

func infoOf(infos []OpInfo, op Op) (OpInfo, bool) {
	i := slices.IndexFunc(infos, func(o OpInfo) bool { return o.Op == op })
	if i < 0 {
		return OpInfo{}, false
	}
	return infos[i], true
}

// MeasureInfo describes one measure, for windows and messages.
type MeasureInfo struct {
	Measure       Measure `json:"measure"`
	Label         string  `json:"label"`
	NeedsProperty bool    `json:"needs_property"` // a property may or must be named
}

// Measures gives every measure, in the order in which windows offer them.
func Measures() []MeasureInfo {
	return []MeasureInfo{
		{Count, "number of times", false},
		{Sum, "total", true}, {Avg, "average", true}, {Min, "smallest", true}, {Max, "largest", true},
		{Distinct, "number of different", true},
		{DaysSinceLast, "days since the last", false}, {DaysSinceFirst, "days since the first", false},
	}
}

func measures() []Measure {
	names := make([]Measure, 0, 8)
	for _, m := range Measures() {
		names = append(names, m.Measure)
	}
	return names
}

// opsOfKind gives every op that nodes of a kind may have, whatever the type.
func opsOfKind(k Kind) []Op {
	switch k {
	case Segment:
		return []Op{In, NotIn}
	case Consent:
		return []Op{Granted, NotGranted}
	case Event:
		return opNames(EventOps())
	}
	var ops []Op
	for _, t := range contact.Types {
		ops = append(ops, opNames(Ops(t))...)
	}
	return ops
}

func opNames(infos []OpInfo) []Op {
	ops := make([]Op, 0, len(infos))
	for _, i := range infos {
		ops = append(ops, i.Op)
	}
	return ops
}
