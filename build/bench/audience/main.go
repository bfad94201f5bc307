// Command audience measures the audience engine on made-up workspaces of two
// sizes: how long exact answers take cold, warm and kept, beside DuckDB and SQLite
// answering the same questions in the same run with equal counts; why, overlap and
// new events under live segments; and memory. It writes its own section of
// docs/BENCHMARKS.md; with a size as arguments, 100000 2000000, it only prints, and
// a folder after that is where the workspace is left for another run.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// The sizes: the second is the design's bar.
var sizes = [][2]int{{100_000, 2_000_000}, {1_000_000, 20_000_000}}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench audience:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch len(args) {
	case 0:
		return all()
	case 2, 3:
		if args[0] == memoryOf {
			return printMemory(args[1])
		}
		contacts, err := strconv.Atoi(args[0])
		events, err2 := strconv.Atoi(args[1])
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		f, err := measureSize(contacts, events, strings.Join(args[2:], ""))
		if err != nil {
			return err
		}
		var out strings.Builder
		f.write(&out)
		fmt.Print(out.String())
		return nil
	}
	return errors.New("give no arguments, or a number of contacts one of events, and a folder to keep them in")
}

// all measures both sizes and writes the section.
func all() error {
	var found []*findings
	for _, s := range sizes {
		f, err := measureSize(s[0], s[1], "")
		if err != nil {
			return err
		}
		found = append(found, f)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "## Audience engine\n\nMeasured by `go run ./build bench audience` on %s: %s, %d cores, %s, DuckDB %s, SQLite %s (modernc). "+
		"Events of 8 types over three years; few people do much and many do little. Every question was asked of all three, and all counts are equal.\n",
		time.Now().UTC().Format(time.DateOnly), processor(), runtime.NumCPU(), runtime.Version(), found[0].duckVersion, found[0].sqliteVersion)
	growth(&out, found)
	for _, f := range found {
		f.write(&out)
	}
	fmt.Print(out.String())
	return keepSection(out.String())
}

func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}

// load gives how many programs wanted to run in the last five minutes, on average:
// where that is more than cores and this one's, times say what a busy machine gives.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 1 {
		return fields[1]
	}
	return "not known"
}
