package store_test

import (
	"testing"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/store"
)

// A fixed bug: 2.5 was kept as 2.
func TestNumberCellKeepsDecimals(t *testing.T) {
	for in, want := range map[string]any{"2.5": "2.5", "0.3": "0.3", "2.0": int64(2), "-7": int64(-7), "0.000000001": "0.000000001"} {
		if got := store.NumberCell(decimal.MustParse(in)); got != want {
			t.Errorf("NumberCell(%s) = %v, want %v", in, got, want)
		}
	}
}
