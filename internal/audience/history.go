package audience

import "slices"

// history tells whose data of one kind changed. Frames hand theirs on, so that an
// answer of an earlier frame can be brought up to date by asking about those people
// alone. Immutable: a step is added to a copy.
type history struct {
	from  int64  // nothing is told of changes up to this position of the log
	steps []step // by position
}

// step is the people whose data changed at a position of the log, ascending.
type step struct {
	seq int64
	who []int32
}

// since adds those who changed after a position to a list; false when that is not
// told.
func (h history) since(seq int64, to [][]int32) ([][]int32, bool) {
	if seq < h.from {
		return to, false
	}
	for i := len(h.steps) - 1; i >= 0 && h.steps[i].seq > seq; i-- {
		to = append(to, h.steps[i].who)
	}
	return to, true
}

// toldSteps is how many steps a history keeps.
const toldSteps = 256

// with gives the history with another step.
func (h history) with(s step) history {
	if len(h.steps) >= toldSteps {
		h.from = h.steps[toldSteps/2].seq
		h.steps = slices.Clone(h.steps[toldSteps/2+1:])
	}
	h.steps = append(h.steps, s)
	return h
}

// The names of histories.
const (
	peopleHistory  = "people"
	consentHistory = "consent"
)

func attributeHistory(name string) string { return "attribute " + name }
func eventHistory(name string) string     { return "events " + name }

// changedSince gives those whose data of some kinds changed after a position of
// the log; false when that is not known.
func (f *frame) changedSince(seq int64, kinds ...string) (who [][]int32, ok bool) {
	if seq < f.born || seq > f.seq {
		return nil, false
	}
	for _, k := range kinds {
		h, changed := f.histories[k]
		if !changed {
			continue
		}
		if who, ok = h.since(seq, who); !ok {
			return nil, false
		}
	}
	return who, true
}
