package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
)

func TestCodeSurvivesWrapping(t *testing.T) {
	inner := fault.At(fault.Invalid, "root.children[0]", "unknown attribute %q: %w", "coutry", io.EOF)
	err := fmt.Errorf("save segment vip: %w", inner)
	if got := fault.CodeOf(err); got != fault.Invalid {
		t.Errorf("CodeOf = %q, want invalid", got)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
	if got, want := inner.Error(), `root.children[0]: unknown attribute "coutry": EOF`; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

func TestUncodedErrorsAreInternal(t *testing.T) {
	if got := fault.CodeOf(io.EOF); got != fault.Internal {
		t.Errorf("CodeOf(io.EOF) = %q", got)
	}
	if got := fault.CodeOf(nil); got != "" {
		t.Errorf("CodeOf(nil) = %q", got)
	}
	if fault.Is(nil, fault.Internal) {
		t.Error("nil is no failure")
	}
}
