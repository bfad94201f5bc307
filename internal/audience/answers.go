package audience

import (
	"container/list"
	"strconv"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
)

// keptAnswers is how many answers of leaves are kept: 64 MB at a million people.
const keptAnswers = 512

// answers keeps the newest answers of leaves. Frames hand them on; each says of
// which data and instant it is.
type answers struct {
	mu    sync.Mutex
	byKey map[string]*list.Element
	order *list.List // of *answer, newest first
}

// answer is who a leaf was true for in the data at a position of the change log,
// at an instant.
type answer struct {
	key  string
	seq  int64
	asOf time.Time
	b    Bitmap
}

func newAnswers() *answers { return &answers{byKey: map[string]*list.Element{}, order: list.New()} }

func (a *answers) get(key string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.byKey[key]
	if !ok {
		return nil
	}
	a.order.MoveToFront(e)
	return e.Value.(*answer)
}

// put keeps an answer in the place of an older one of its key.
func (a *answers) put(n *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.byKey[n.key]; ok {
		if old := e.Value.(*answer); old.seq <= n.seq {
			e.Value = n
		}
		a.order.MoveToFront(e)
		return
	}
	a.byKey[n.key] = a.order.PushFront(n)
	if a.order.Len() > keptAnswers {
		oldest := a.order.Back()
		a.order.Remove(oldest)
		delete(a.byKey, oldest.Value.(*answer).key)
	}
}

func (a *answers) drop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.byKey, a.order = map[string]*list.Element{}, list.New()
}

// leafOver answers a leaf for everybody: from the answer that is kept, where that is
// of these data and this instant; else from it and those whom the changes since and
// the time that passed may concern; else from the columns.
func (e *evaluation) leafOver(c *condition.Checked) Bitmap {
	kept := e.frame.answers
	key, exact := c.Node.Key(), e.exact(c)
	old := kept.get(exact)
	if old != nil && old.seq == e.frame.seq {
		return old.b
	}
	if old == nil {
		old = kept.get(key)
	}
	b, ok := e.renewed(c, old)
	if !ok {
		b = e.fill(e.leaf(c))
	}
	kept.put(&answer{exact, e.frame.seq, e.asOf, b})
	kept.put(&answer{key, e.frame.seq, e.asOf, b})
	return b
}

// exact is the key of a node's answer at the instant.
func (e *evaluation) exact(c *condition.Checked) string {
	return c.Node.Key() + "@" + strconv.FormatInt(e.asOf.UnixMilli(), 10)
}

// renewable is the largest part of everybody, as a divisor, whom it pays to ask
// one by one.
const renewable = 16

// renewed brings an older answer up to date; false when it must be made anew.
func (e *evaluation) renewed(c *condition.Checked, old *answer) (Bitmap, bool) {
	if old == nil {
		return nil, false
	}
	kinds, ok := e.kinds(c)
	if !ok {
		return nil, false
	}
	who, ok := e.frame.changedSince(old.seq, kinds...)
	if !ok {
		return nil, false
	}
	n := e.frame.people.n
	if !old.asOf.Equal(e.asOf) {
		if who, ok = e.passed(c, old.asOf, who); !ok {
			return nil, false
		}
	}
	total := 0
	for _, list := range who {
		total += len(list)
	}
	if total > n/renewable+partSize {
		return nil, false
	}
	if total == 0 && len(old.b) == (n+63)/64 {
		return old.b, true
	}
	b := newBitmap(n)
	copy(b, old.b)
	one := e.scope
	one.bulk = false
	holds := one.leaf(c).make()
	for _, list := range who {
		for _, i := range list {
			if e.frame.people.alive.Has(int(i)) && holds(int(i)) {
				b.set(int(i))
			} else {
				b.unset(int(i))
			}
		}
	}
	return b, true
}
