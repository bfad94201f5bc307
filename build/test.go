package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// tally counts what passed and failed over all checks.
type tally struct {
	passed, failed int
	skipped        []string
}

// check is one thing CI looks at.
type check struct {
	name string
	run  func(*tally) error
}

const (
	lintModule  = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint"
	lintVersion = "v2.15.0"

	mailpitModule  = "github.com/axllent/mailpit"
	mailpitVersion = "v1.27.11"
)

// test runs every check, goes on after a failure, and ends with a line of the
// form "N passed, N failed".
func test([]string) error {
	if err := setup(everything); err != nil {
		return err
	}
	t := &tally{}
	for _, c := range []check{
		{"go files are formatted", formatted},
		{"the TypeScript client is what the services say", bindingsAreCurrent},
		{"pages build", func(*tally) error { return buildFrontend() }},
		{"go vet", quietly("go", "vet", "./...")},
		{"golangci-lint", lint},
		{"pages type-check", npm("check")},
		{"pages lint", npm("lint")},
		{"page tests", vitest("test")},
		{"go tests", goTests("./...")},
		{"go tests under the race detector", goTests("-race", "-short", "./app/...", "./internal/...")},
		{"terminal program without cgo, Windows window", crossBuilds},
		{"pages in Chromium, from import to sent mail", endToEnd},
		{"the real window", windowTests},
	} {
		t.run(c)
	}
	for _, s := range t.skipped {
		fmt.Println("skipped:", s)
	}
	fmt.Printf("%d passed, %d failed\n", t.passed, t.failed)
	if t.failed > 0 {
		return fmt.Errorf("%d failed", t.failed)
	}
	return nil
}

func (t *tally) run(c check) {
	say("%s", c.name)
	began := time.Now()
	before := *t
	err := c.run(t)
	if t.passed == before.passed && t.failed == before.failed { // the check counts as one
		if err == nil {
			t.passed++
		}
	}
	if err != nil {
		if t.failed == before.failed {
			t.failed++
		}
		fmt.Printf("FAILED %s: %v\n", c.name, err)
		return
	}
	fmt.Printf("    ok, %.1f s\n", time.Since(began).Seconds())
}

// quietly runs a command and shows its output only when it fails.
func quietly(args ...string) func(*tally) error {
	return func(*tally) error {
		out, err := cmd(args...).output()
		if err != nil {
			fmt.Print(out)
		}
		return err
	}
}

func npm(script string) func(*tally) error {
	return func(*tally) error {
		out, err := cmd("npm", "run", "--silent", script).inFrontend().output()
		if err != nil {
			fmt.Print(out)
		}
		return err
	}
}

func formatted(*tally) error {
	out, err := cmd("git", "ls-files", "*.go").output()
	if err != nil {
		return err
	}
	out, err = cmd(append([]string{"gofmt", "-l"}, strings.Fields(out)...)...).output()
	if err != nil {
		return err
	}
	if list := strings.Fields(out); len(list) > 0 {
		return fmt.Errorf("not formatted: %s", list)
	}
	return nil
}

// bindingsAreCurrent generates the client again and wants the same bytes.
func bindingsAreCurrent(*tally) error {
	const file = "frontend/src/lib/generated/api.ts"
	before, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := bindings(); err != nil {
		return err
	}
	after, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if string(before) != string(after) {
		return fmt.Errorf("%s was out of date; it has been written again: commit it", file)
	}
	return nil
}

func lint(*tally) error {
	path, err := goTool("golangci-lint", lintModule, lintVersion)
	if err != nil {
		return err
	}
	out, err := cmd(path, "run", "--allow-parallel-runners").output()
	if err != nil {
		fmt.Print(out)
	}
	return err
}

// goTests runs go test and counts each test that has no subtests, and each subtest.
func goTests(args ...string) func(*tally) error {
	return func(t *tally) error {
		x := cmd(append([]string{"go", "test", "-json", "-timeout", "15m"}, args...)...).exec()
		out, err := x.StdoutPipe()
		if err != nil {
			return err
		}
		x.Stderr = os.Stderr
		if err := x.Start(); err != nil {
			return err
		}
		t.readGoTests(out)
		return x.Wait()
	}
}

// goEvent is a line of go test -json.
type goEvent struct {
	Action, Package, Test, Output string
}

func (t *tally) readGoTests(out interface{ Read([]byte) (int, error) }) {
	said := map[string][]string{}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e goEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text())
			continue
		}
		id := e.Package + " " + e.Test
		switch e.Action {
		case "output":
			said[id] = append(said[id], e.Output)
		case "pass":
			if e.Test != "" {
				t.passed++
			}
			delete(said, id)
		case "skip":
			if e.Test != "" {
				t.skipped = append(t.skipped, id+": "+reason(said[id]))
			}
			delete(said, id)
		case "fail":
			t.failed++
			fmt.Printf("FAIL %s\n%s", id, strings.Join(said[id], ""))
		case "build-output":
			fmt.Print(e.Output)
		}
	}
}

// reason gives the line in which a skipped test says why.
func reason(said []string) string {
	for _, s := range said {
		if strings.Contains(s, ".go:") {
			return strings.TrimSpace(s)
		}
	}
	return "no reason given"
}

// vitest runs an npm script that prints vitest's JSON report into a file.
func vitest(script string) func(*tally) error {
	return func(t *tally) error {
		report, err := os.CreateTemp("", "vitest-*.json")
		if err != nil {
			return err
		}
		defer func() { _ = os.Remove(report.Name()) }()
		_ = report.Close()
		out, err := cmd("npm", "run", "--silent", script, "--", "--reporter=default", "--reporter=json", "--outputFile.json="+report.Name()).inFrontend().output()
		if err != nil {
			fmt.Print(out)
		}
		var r struct {
			NumPassedTests, NumFailedTests int
		}
		b, readErr := os.ReadFile(report.Name())
		if readErr == nil && json.Unmarshal(b, &r) == nil {
			t.passed += r.NumPassedTests
			t.failed += r.NumFailedTests
		}
		return err
	}
}

// endToEnd drives the pages in Chromium over the browser adapter.
func endToEnd(t *tally) error {
	if _, err := buildCLI(); err != nil {
		return err
	}
	mailpit, err := goTool("mailpit", mailpitModule, mailpitVersion)
	if err != nil {
		return err
	}
	if err := os.Setenv("MAILWRIGHT_MAILPIT", mailpit); err != nil {
		return err
	}
	return vitest("e2e")(t)
}

// windowTests drive the production program on a virtual screen.
func windowTests(t *tally) error {
	if err := buildWindow(); err != nil {
		return err
	}
	return goTests("-tags", "window", "-count=1", "./app/desktop/...")(t)
}

func crossBuilds(*tally) error {
	if _, err := buildCLI(); err != nil {
		return err
	}
	out, err := cmd("go", "vet", "-tags", "desktop,production", ".").with("GOOS=windows", "CGO_ENABLED=0").output()
	if err != nil {
		fmt.Print(out)
	}
	return err
}
