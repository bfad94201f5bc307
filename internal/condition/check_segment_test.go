package condition_test

import (
	"testing"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// A rule's example in the documents names a segment without an op.
func TestABareSegmentMeansItsMembers(t *testing.T) {
	n, err := condition.Parse([]byte(`{"kind":"segment","segment":"vip"}`))
	if err != nil {
		t.Fatal(err)
	}
	checked, problems := condition.Check(n, contact.Schema{}, func(string) (condition.Node, bool) {
		return condition.Node{Kind: condition.Everyone}, true
	})
	if len(problems) > 0 || checked.Node.Op != condition.In {
		t.Errorf("op %q, problems %v", checked.Node.Op, problems)
	}
}
