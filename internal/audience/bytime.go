package audience

import (
	"math"
	"slices"
	"sync"
)

// timeIndex tells who did something around an instant: the people of a column's
// events in buckets of equal length. It is made when first asked and then shared
// by all columns that grow out of the first, whose own events it holds.
type timeIndex struct {
	first  int64
	width  int64
	starts []uint32
	who    []int32
}

// Buckets are small enough that those at the edge of a window are few people.
const (
	eventsPerBucket = 32
	mostBuckets     = 1 << 16
)

// lazyIndex is a time index that is made once.
type lazyIndex struct {
	once sync.Once
	*timeIndex
}

func (l *lazyIndex) get(e *eventColumn) *timeIndex {
	l.once.Do(func() { l.timeIndex = newTimeIndex(e) })
	return l.timeIndex
}

func newTimeIndex(e *eventColumn) *timeIndex {
	n := e.assembled
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, t := range e.times[:n] {
		first, last = min(first, t), max(last, t)
	}
	x := &timeIndex{first: first}
	buckets := min(max(n/eventsPerBucket, 1), mostBuckets)
	x.width = max(last-first, 0)/int64(buckets) + 1
	x.starts = make([]uint32, buckets+2)
	for _, t := range e.times[:n] {
		x.starts[x.bucket(t)+2]++
	}
	for i := 2; i < len(x.starts); i++ {
		x.starts[i] += x.starts[i-1]
	}
	x.who = make([]int32, n)
	for ordinal := range len(e.offsets) - 1 {
		for p := e.offsets[ordinal]; p < e.offsets[ordinal+1]; p++ {
			at := &x.starts[x.bucket(e.times[p])+1]
			x.who[*at] = int32(ordinal)
			*at++
		}
	}
	return x
}

func (x *timeIndex) bucket(t int64) int { return int((t - x.first) / x.width) }

// during adds the people who have events in any of the spans, and maybe others, to
// lists; false where they would be too many.
func (e *eventColumn) during(spans []span, who [][]int32) ([][]int32, bool) {
	if len(e.times) == 0 {
		return who, true
	}
	x := e.index.get(e)
	for _, s := range spans {
		from, to := max(s.from, x.first), min(s.to, x.last())
		if from <= to {
			list := x.who[x.starts[x.bucket(from)]:x.starts[x.bucket(to)+1]]
			if len(list) > len(e.offsets)/renewable+partSize {
				return nil, false
			}
			who = append(who, list)
		}
		if e.tail != nil {
			who = append(who, e.tail.during(s))
		}
	}
	return who, true
}

// last gives the end of the last bucket.
func (x *timeIndex) last() int64 {
	return x.first + int64(len(x.starts)-2)*x.width - 1
}

func (t *tail) during(s span) (who []int32) {
	for _, run := range t.runs {
		i, _ := slices.BinarySearchFunc(run, s.from, func(l late, at int64) int {
			if l.at < at {
				return -1
			}
			return 1
		})
		for ; i < len(run) && run[i].at <= s.to; i++ {
			who = append(who, run[i].who)
		}
	}
	return who
}
