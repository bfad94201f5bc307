package ingest

import (
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// identify gives the event its key: a hash of the source's id, or of the content
// and its occurrence number among equal rows of the file. Who, what and when are
// part of what is equal, and stand beside the key in the identity index.
func (w *eventWriter) identify(row *eventRow) {
	var h xxhash.Digest
	h.Reset()
	if row.sourceID != "" {
		_, _ = h.WriteString("id\x00" + row.sourceID)
		row.key = h.Sum64()
		return
	}
	value := ""
	if row.hasValue {
		value = row.value.String()
	}
	_, _ = h.WriteString(value)
	_, _ = h.WriteString("\x00")
	for i := range w.properties {
		// The written cell, not its typed form: a later file may give the
		// column another type, and the event is still the same.
		if cell := strings.TrimSpace(row.rec.Cells[w.properties[i].Index]); cell != "" {
			_, _ = h.WriteString(w.names[i])
			_, _ = h.WriteString("\x00")
			_, _ = h.WriteString(cell)
			_, _ = h.WriteString("\x00")
		}
	}
	content := h.Sum64()
	_, _ = h.WriteString(row.who)
	_, _ = h.WriteString("\x00")
	_, _ = h.WriteString(row.kind)
	_, _ = h.Write(binary.LittleEndian.AppendUint64(nil, uint64(row.at)))
	whole := h.Sum64()
	n := w.seen[whole]
	w.seen[whole] = n + 1
	row.key = content
	if n > 0 {
		h.Reset()
		_, _ = h.Write(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, content), uint64(n)))
		row.key = h.Sum64()
	}
}

// contradicts reports whether a row has the event number of an earlier one of the
// file with other content: which of them is true nobody here can say, and taking
// both in turn would change the event with every import of the file.
func (w *eventWriter) contradicts(row *eventRow) bool {
	if row.sourceID == "" {
		return false
	}
	content := xxhash.New()
	for _, part := range []string{row.who, strconv.FormatInt(row.at, 10), row.value.String(), row.properties} {
		_, _ = content.WriteString(part)
		_, _ = content.WriteString("\x00")
	}
	id := xxhash.Sum64String(row.kind + "\x00" + row.sourceID)
	first, known := w.given[id]
	if !known {
		w.given[id] = content.Sum64()
	}
	return known && first != content.Sum64()
}
