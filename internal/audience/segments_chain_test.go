package audience_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
)

// Forty segments, each of which names the one before twice, are answered at once for
// everybody and for one; a circle of them is refused and named.
func TestSegmentsThatNameSegments(t *testing.T) {
	ctx := context.Background()
	data, asOf := shopOf()
	data.segments["s0"] = `{"kind":"attribute","attribute":"country","op":"is","value":"FR"}`
	for i := 1; i <= 40; i++ {
		data.segments[fmt.Sprintf("s%d", i)] = fmt.Sprintf(`{"kind":"any","children":[{"kind":"segment","segment":"s%d"},{"kind":"segment","segment":"s%d","op":"in"}]}`, i-1, i-1)
	}
	v, err := audience.New(data).At(ctx, asOf)
	if err != nil {
		t.Fatal(err)
	}
	n, err := condition.Parse([]byte(`{"kind":"segment","segment":"s40","op":"not_in"}`))
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	count, err := v.Count(ctx, n)
	if err != nil || count != 1 {
		t.Fatal(count, err)
	}
	if holds, err := v.Holds(ctx, n, 1); err != nil || !holds {
		t.Fatal(holds, err)
	}
	e, err := v.Explain(ctx, n, 1)
	if err != nil || e.Flip.Sentence != "country would have to be FR" {
		t.Fatalf("%+v, %v", e.Flip, err)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	data.segments["a"], data.segments["b"] = `{"kind":"segment","segment":"b"}`, `{"kind":"segment","segment":"a"}`
	v, err = audience.New(data).At(ctx, asOf)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Count(ctx, condition.Node{Kind: condition.Segment, Segment: "a", Op: condition.In}); err == nil || !strings.Contains(err.Error(), "a → b → a") {
		t.Errorf("a circle: %v", err)
	}
}
