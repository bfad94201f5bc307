package audience

import "math/bits"

// Bitmap is a set of ordinals. Bitmaps that leave this package are never
// changed again.
type Bitmap []uint64

func newBitmap(n int) Bitmap { return make(Bitmap, (n+63)/64) }

// Has reports whether the ordinal is in the set.
func (b Bitmap) Has(i int) bool {
	w := i >> 6
	return w < len(b) && b[w]&(1<<(i&63)) != 0
}

func (b Bitmap) set(i int) { b[i>>6] |= 1 << (i & 63) }

// Count gives the number of ordinals in the set.
func (b Bitmap) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// Each calls f with every ordinal of the set in order, until f gives false.
func (b Bitmap) Each(f func(i int) bool) {
	for w, word := range b {
		for word != 0 {
			if !f(w<<6 + bits.TrailingZeros64(word)) {
				return
			}
			word &= word - 1
		}
	}
}

func (b Bitmap) and(c Bitmap) {
	for i := range b {
		b[i] &= c[i]
	}
}

func (b Bitmap) or(c Bitmap) {
	for i := range b {
		b[i] |= c[i]
	}
}

// within gives the complement of b within c.
func (b Bitmap) within(c Bitmap) Bitmap {
	out := make(Bitmap, len(b))
	for i := range b {
		out[i] = c[i] &^ b[i]
	}
	return out
}

func (b Bitmap) clone() Bitmap { return append(Bitmap(nil), b...) }

func (b Bitmap) unset(i int) { b[i>>6] &^= 1 << (i & 63) }
