package profile

import (
	"encoding/json"
	"slices"
	"strings"
)

// Answer is what a content service said of a person, and how it came.
type Answer struct {
	Service string          `json:"service"` // slug
	State   string          `json:"state"`
	AskedAt int64           `json:"asked_at"` // Unix ms
	Message string          `json:"message"`  // why there is none, for people
	Value   json.RawMessage `json:"value"`    // an object; null when the service had nothing
}

// States of answers.
const (
	AnswerFresh  = "asked"  // for this message
	AnswerKept   = "kept"   // for an earlier one, and it still holds
	AnswerFailed = "failed" // the service did not answer: its values are missing
)

// Answered keeps what a service said, in the order of slugs.
func (p *Profile) Answered(slug string, a Answer) {
	a.Service = slug
	if len(a.Value) == 0 {
		a.Value = json.RawMessage("null")
	}
	at, _ := slices.BinarySearchFunc(p.Services, slug, func(a Answer, slug string) int { return strings.Compare(a.Service, slug) })
	p.Services = slices.Insert(p.Services, at, a)
}

// said lays the answers out as Liquid sees them; numbers are exact decimals.
func (p Profile) said() map[string]any {
	all := make(map[string]any, len(p.Services))
	for _, a := range p.Services {
		var raw map[string]json.RawMessage
		if json.Unmarshal(a.Value, &raw) == nil && raw != nil {
			all[a.Service] = object(raw)
		}
	}
	return all
}

func object(raw map[string]json.RawMessage) map[string]any {
	m := make(map[string]any, len(raw))
	for name, r := range raw {
		m[name] = nested(r)
	}
	return m
}

// nested is scalar for what may hold more.
func nested(r json.RawMessage) any {
	switch {
	case len(r) > 0 && r[0] == '{':
		var raw map[string]json.RawMessage
		_ = json.Unmarshal(r, &raw) // it is part of an object that was decoded
		return object(raw)
	case len(r) > 0 && r[0] == '[':
		var raw []json.RawMessage
		_ = json.Unmarshal(r, &raw)
		list := make([]any, len(raw))
		for i, x := range raw {
			list[i] = nested(x)
		}
		return list
	}
	return scalar(r)
}
