package condition_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
)

const inFrance = `{"kind":"attribute","attribute":"country","op":"is","value":"FR"}`

func anyOf(n int, leaf string) string {
	return `{"kind":"any","children":[` + strings.Repeat(leaf+",", n-1) + leaf + `]}`
}

func nested(n int) string {
	return strings.Repeat(`{"kind":"all","children":[`, n-1) + inFrance + strings.Repeat(`]}`, n-1)
}

// What is beyond the bounds of a condition, and what is hostile, is refused with the
// path of what is wrong; what is just within them is read.
func TestBounds(t *testing.T) {
	values := func(n int) string {
		return `{"kind":"attribute","attribute":"country","op":"in","values":[` + strings.Repeat(`"FR",`, n-1) + `"FR"]}`
	}
	where := func(n int) string {
		return `{"kind":"event","event":"order_placed","where":[` + strings.Repeat(`{"any":[`, n-1) + `{"property":"category","op":"is","value":"Tea"}` + strings.Repeat(`]}`, n-1) + `]}`
	}
	text := func(n int) string {
		return `{"kind":"attribute","attribute":"country","op":"is","value":"` + strings.Repeat("a", n) + `"}`
	}
	deepest := "root" + strings.Repeat(".children[0]", condition.MaxDepth)
	for _, c := range []struct{ name, json, path string }{
		{"as deep as may be", nested(condition.MaxDepth), ""},
		{"one deeper", nested(condition.MaxDepth + 1), deepest},
		{"200 deep", nested(200), deepest},
		{"100,000 deep", nested(100_000), deepest},
		{"as many leaves as may be", anyOf(condition.MaxLeaves, inFrance), ""},
		{"one more leaf", anyOf(condition.MaxLeaves+1, inFrance), fmt.Sprintf("root.children[%d]", condition.MaxLeaves)},
		{"as many values as may be", values(condition.MaxValues), ""},
		{"one more value", values(condition.MaxValues + 1), "root.values"},
		{"as long a text as may be", text(condition.MaxText), ""},
		{"a longer text", text(condition.MaxText + 1), "root.value"},
		{"a long name", `{"kind":"attribute","attribute":"` + strings.Repeat("a", condition.MaxName+1) + `","op":"is","value":"x"}`, "root.attribute"},
		{"a long field", `{"kind":"everyone","` + strings.Repeat("a", 100_000) + `":1}`, "root." + strings.Repeat("a", 80) + "…"},
		{"a number of many digits", `{"kind":"attribute","attribute":"points","op":"eq","value":` + strings.Repeat("9", 1000) + `}`, "root.value"},
		{"too large", `{"kind":"everyone"` + strings.Repeat(" ", condition.MaxBytes) + `}`, "root"},
		{"tests nested too deep", where(condition.MaxDepth + 1), "root.where[0]" + strings.Repeat(".any[0]", condition.MaxDepth)},
		{"steps without end", `{"kind":"sequence","steps":[` + strings.Repeat(`{"event":"order_placed"},`, condition.MaxLeaves) + `{"event":"order_placed"}]}`, fmt.Sprintf("root.steps[%d]", condition.MaxLeaves)},
		{"brackets", strings.Repeat("[", 1_000_000), "root" + strings.Repeat("[0]", condition.MaxDepth)},
		{"an array of arrays as value", `{"kind":"attribute","attribute":"country","op":"in","values":[[[["FR"]]]]}`, "root.values[0]"},
		{"null for a node", `{"kind":"all","children":[null]}`, "root.children[0]"},
		{"NaN", `{"kind":"attribute","attribute":"points","op":"eq","value":NaN}`, "root.value"},
		{"infinity", `{"kind":"attribute","attribute":"points","op":"eq","value":-Infinity}`, "root.value"},
		{"a field twice", `{"kind":"all","children":[{"kind":"everyone","kind":"all"}]}`, "root.children[0].kind"},
		{"cut off", `{"kind":"all","children":[{"kind":"everyone"},`, "root.children[1]"},
		{"two conditions", `{"kind":"everyone"}{"kind":"everyone"}`, "root"},
	} {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			_, err := condition.Parse([]byte(c.json))
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			if c.path == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			f, ok := fault.As(err)
			if !ok || f.Code != fault.Invalid || f.Field != c.path {
				t.Errorf("%v, want a refusal at %s", err, c.path)
			}
			if ok && len(f.Error()) > 1000 {
				t.Errorf("a message of %d bytes", len(f.Error()))
			}
		})
	}
}

// Reading, checking, saying and writing a condition of as many leaves as may be
// takes about as long for each leaf as one of a few hundred.
func TestWorkGrowsWithTheLeaves(t *testing.T) {
	work := func(n int, leaf string) time.Duration {
		text := []byte(strings.Repeat(`{"kind":"all","children":[`, 60) + anyOf(n, leaf) + strings.Repeat(`]}`, 60))
		best := time.Hour
		for range 3 {
			begin := time.Now()
			draft, problems, err := condition.ParseDraft(text)
			if err != nil {
				t.Fatal(err)
			}
			condition.Check(draft, schema(), nobody, problems...)
			condition.Describe(draft, schema())
			_ = draft.Key()
			best = min(best, time.Since(begin))
		}
		return best
	}
	for name, leaf := range map[string]string{"good": inFrance, "unfinished": `{"kind":"attribute","attribute":"","op":""}`, "refused": `{"kind":"attribute","attribute":7}`} {
		few, many := work(500, leaf), work(5000, leaf)
		if many > 40*few+100*time.Millisecond {
			t.Errorf("%s: 500 leaves take %s, 5,000 %s", name, few, many)
		}
	}
}
