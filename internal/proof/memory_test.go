package proof_test

import (
	"encoding/binary"
	"runtime"
	"testing"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/proof"
)

// TestAHundredThousandPeopleTakeLittleMemory: of each person some bytes are kept, of
// messages nothing.
func TestAHundredThousandPeopleTakeLittleMemory(t *testing.T) {
	const people, bound = 100_000, 16 << 20
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	c := proof.NewCollector(outline)
	for i := range people {
		r := result(contact.ID(i+1), []string{"branches[0]", "branches[1]", "default", ""}[i%4], []string{"country", "city", "phone"}[i%3])
		binary.BigEndian.PutUint32(r.Hash[:], uint32(i))
		c.Add(r)
	}
	p := c.Proof()
	if used := int64(heap()) - int64(before); used > bound {
		t.Errorf("%d people take %d KB", people, used>>10)
	}
	if len(p.Ways) != 12 || p.Messages != people {
		t.Errorf("%d ways of %d messages", len(p.Ways), p.Messages)
	}
	runtime.KeepAlive(c)
}
