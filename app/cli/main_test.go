package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asProgram makes the test's own binary be the program, so that a test can start
// and kill it as a process.
const asProgram = "MAILWRIGHT_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// terminal runs commands on one workspace.
type terminal struct {
	t    *testing.T
	path string
}

// newTerminal gives a terminal for a workspace that is not made yet.
func newTerminal(t *testing.T) terminal {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("MAILWRIGHT_DATA", filepath.Join(dir, "data"))
	return terminal{t, filepath.Join(dir, "shop.mailwright")}
}

// run gives the exit code, stdout and stderr of a command.
func (x terminal) run(stdin string, args ...string) (int, string, string) {
	x.t.Helper()
	var out, complaints bytes.Buffer
	code := run(context.Background(), append([]string{"-w", x.path}, args...), strings.NewReader(stdin), &out, &complaints)
	return code, out.String(), complaints.String()
}

// do runs a command that must succeed and gives its stdout.
func (x terminal) do(args ...string) string { return x.put("", args...) }

// put runs a command with something on stdin.
func (x terminal) put(stdin string, args ...string) string {
	x.t.Helper()
	code, out, complaints := x.run(stdin, args...)
	if code != exitDone {
		x.t.Fatalf("%v: exit %d\n%s%s", args, code, out, complaints)
	}
	return out
}

// answer decodes the JSON of a command into v.
func (x terminal) answer(v any, args ...string) {
	x.t.Helper()
	if err := json.Unmarshal([]byte(x.do(append([]string{"--json"}, args...)...)), v); err != nil {
		x.t.Fatal(err)
	}
}

// lines decodes the JSON lines of a list.
func lines[T any](x terminal, args ...string) (all []T) {
	x.t.Helper()
	for line := range strings.Lines(x.do(append([]string{"--json"}, args...)...)) {
		var one T
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			x.t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}
