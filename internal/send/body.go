package send

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/render"
	"github.com/mailwright/mailwright/internal/store"
)

// Kept is a message as the outbox has it.
type Kept struct {
	Message     render.Message
	Trace       render.Trace
	Unsubscribe string
}

// codec packs and unpacks the bodies of one run. They are compressed against what
// the run's template has in common for everybody, which holds nothing of a person.
// It may be used by many goroutines.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// dictionaryID tells our raw dictionaries from no dictionary.
const dictionaryID = 1

// maxBody bounds what a body may unpack to, in bytes.
const maxBody = 64 << 20

func newCodec(dictionary []byte) (*codec, error) {
	write, read := []zstd.EOption{zstd.WithEncoderLevel(zstd.SpeedFastest)}, []zstd.DOption{zstd.WithDecoderMaxMemory(maxBody)}
	if len(dictionary) > 0 {
		write, read = append(write, zstd.WithEncoderDictRaw(dictionaryID, dictionary)), append(read, zstd.WithDecoderDictRaw(dictionaryID, dictionary))
	}
	enc, err := zstd.NewWriter(nil, write...)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, read...)
	return &codec{enc, dec}, err
}

func (c *codec) close() {
	_ = c.enc.Close()
	c.dec.Close()
}

// plainBody writes the parts one after the other, each with its length before it.
func plainBody(k Kept) ([]byte, error) {
	trace, err := json.Marshal(k.Trace)
	if err != nil {
		return nil, err
	}
	var b []byte
	for _, s := range []string{k.Message.Subject, k.Message.Preheader, k.Message.HTML, k.Message.Text, k.Unsubscribe, string(trace)} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b, nil
}

func (c *codec) pack(plain []byte) []byte { return c.enc.EncodeAll(plain, nil) }

func (c *codec) unpack(body []byte) (Kept, error) {
	plain, err := c.dec.DecodeAll(body, nil)
	if err != nil {
		return Kept{}, damaged(err)
	}
	var k Kept
	var trace string
	for _, to := range []*string{&k.Message.Subject, &k.Message.Preheader, &k.Message.HTML, &k.Message.Text, &k.Unsubscribe, &trace} {
		n, used := binary.Uvarint(plain)
		if used <= 0 || n > uint64(len(plain)-used) {
			return Kept{}, damaged(errors.New("it ends too soon"))
		}
		*to, plain = string(plain[used:used+int(n)]), plain[used+int(n):]
	}
	if err := json.Unmarshal([]byte(trace), &k.Trace); err != nil {
		return Kept{}, damaged(err)
	}
	k.Message.Bytes = len(k.Message.HTML)
	k.Message.Blocks, err = blocks(k)
	return k, err
}

// unpack gives a kept message's parts; those of an erased person are gone, which is
// fault.NotFound.
func unpack(c *codec, row store.OutboxRow) (Kept, error) {
	if len(row.Body) == 0 {
		return Kept{}, fault.New(fault.NotFound, "what this message said is not kept any more: the person was erased")
	}
	return c.unpack(row.Body)
}

// blocks finds the top-level blocks by the places that the trace tells.
func blocks(k Kept) ([]render.BlockPart, error) {
	var list []render.BlockPart
	for _, b := range k.Trace.Blocks {
		if b.Depth > 0 {
			continue
		}
		if b.Start < 0 || b.End < b.Start || b.End > len(k.Message.HTML) {
			return nil, damaged(fmt.Errorf("the block %q lies outside", b.ID))
		}
		list = append(list, render.BlockPart{ID: b.ID, HTML: k.Message.HTML[b.Start:b.End]})
	}
	return list, nil
}

func damaged(err error) error {
	return fault.New(fault.Invalid, "the kept message is damaged and is not sent: %w", err)
}
