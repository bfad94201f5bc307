package send

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/render"
)

func TestBodiesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		k := Kept{Message: render.Message{
			Subject: text.Draw(t, "subject"), Preheader: text.Draw(t, "preheader"), HTML: text.Draw(t, "html"), Text: text.Draw(t, "text"),
		}, Unsubscribe: text.Draw(t, "unsubscribe"), Trace: render.Trace{Blocks: []render.BlockTrace{}, Missing: []render.Missing{}, Refused: []string{}}}
		k.Message.Bytes = len(k.Message.HTML)
		end := rapid.IntRange(0, len(k.Message.HTML)).Draw(t, "end")
		start := rapid.IntRange(0, end).Draw(t, "start")
		k.Trace.Blocks = append(k.Trace.Blocks, render.BlockTrace{ID: "a", Start: start, End: end, Missing: []render.Missing{}, Picks: []render.PickTrace{}})
		k.Message.Blocks = []render.BlockPart{{ID: "a", HTML: k.Message.HTML[start:end]}}
		c, err := newCodec(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "dictionary"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		plain, err := plainBody(k)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.unpack(c.pack(plain))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(k, got); d != "" {
			t.Fatal(d)
		}
	})
}

// TestNoFlippedByteIsOverlooked damages each byte of a kept body.
func TestNoFlippedByteIsOverlooked(t *testing.T) {
	c, err := newCodec([]byte("<html><body><p>Dear friend, what everybody gets</p></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	k := Kept{Message: render.Message{Subject: "Hello", HTML: "<html><body><p>Dear Ana, what everybody gets</p></body></html>", Text: "Dear Ana"}, Unsubscribe: "mailto:u@shop.example"}
	plain, err := plainBody(k)
	if err != nil {
		t.Fatal(err)
	}
	body := c.pack(plain)
	for i := range body {
		for bit := range 8 {
			flipped := bytes.Clone(body)
			flipped[i] ^= 1 << bit
			if got, err := c.unpack(flipped); err == nil && (got.Message.Hash() != k.Message.Hash() || got.Unsubscribe != k.Unsubscribe) {
				t.Errorf("bit %d of byte %d: %+v", bit, i, got)
			}
		}
	}
}

// FuzzUnpack reads whatever a damaged file may hold: an error, never more.
func FuzzUnpack(f *testing.F) {
	c, err := newCodec(nil)
	if err != nil {
		f.Fatal(err)
	}
	plain, err := plainBody(Kept{Message: render.Message{Subject: "s", HTML: "<p>h</p>", Text: "t"}, Trace: render.Trace{Blocks: []render.BlockTrace{{ID: "a", Start: 0, End: 8}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, plain []byte) {
		k, err := c.unpack(c.pack(plain))
		if err != nil {
			return
		}
		for _, b := range k.Message.Blocks {
			if !bytes.Contains([]byte(k.Message.HTML), []byte(b.HTML)) {
				t.Error("a block that is not in the message")
			}
		}
	})
}
