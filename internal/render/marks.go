package render

import (
	"strconv"
	"strings"
)

// Marks tell where a block begins and ends in the HTML while it is put together;
// they never leave this package. They are written with two private-use characters
// and the block's number in the trace.
const (
	markOpen  = "\uE0F1"
	markClose = "\uE0F2"
)

// mark puts marks around a block, when the trace is to explain.
func (r *composer) mark(at int, out rendered) rendered {
	if r.context.Explain && out.html != "" {
		n := strconv.Itoa(at)
		out.html = markOpen + n + markClose + out.html + markOpen + "/" + n + markClose
	}
	return out
}

// unmark takes the marks out of a top-level block's HTML and notes in the trace
// where each block lies; start is where the HTML will stand in the message. What
// only looks like a mark stays.
func (r *composer) unmark(html string, start int) string {
	var clean strings.Builder
	for {
		before, rest, found := strings.Cut(html, markOpen)
		clean.WriteString(before)
		if !found {
			return clean.String()
		}
		number, after, whole := strings.Cut(rest, markClose)
		n, err := strconv.Atoi(strings.TrimPrefix(number, "/"))
		if !whole || err != nil || n < 0 || n >= len(r.trace.Blocks) {
			clean.WriteString(markOpen)
			html = rest
			continue
		}
		b := &r.trace.Blocks[n]
		if strings.HasPrefix(number, "/") {
			b.End = start + clean.Len()
		} else {
			b.Start = start + clean.Len()
		}
		html = after
	}
}
