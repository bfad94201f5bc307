package spelling_test

import (
	"fmt"
	"testing"

	"github.com/mailwright/mailwright/internal/spelling"
)

func ExampleHint() {
	fmt.Println("unknown filter “capitalise”" + spelling.Hint("capitalise", []string{"capitalize", "upcase"}))
	// Output: unknown filter “capitalise”, did you mean “capitalize”?
}

func TestNearest(t *testing.T) {
	known := []string{"first_name", "last_name", "country", "city"}
	for _, c := range []struct{ name, word, want string }{
		{"one letter", "first_nme", "first_name"},
		{"swapped neighbours", "frist_name", "first_name"},
		{"case", "Country", "country"},
		{"short word", "cty", "city"},
		{"nothing near", "birthday", ""},
		{"empty", "", ""},
		{"the word itself is no suggestion", "city", ""},
	} {
		if got, _ := spelling.Nearest(c.word, known); got != c.want {
			t.Errorf("%s: %q gave %q, want %q", c.name, c.word, got, c.want)
		}
	}
}
