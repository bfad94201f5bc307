// Command bench measures the built programs from outside, as a user would meet
// them, on a made-up shop of 100,000 contacts and 2 million events, and writes
// docs/BENCHMARKS.md. Where there is a peer to compare with, it is measured in the
// same run, on the same data, and must give the same answer. Arguments name parts;
// without any all are run.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// The size of the shop.
const (
	contacts = 100_000
	events   = 2_000_000
)

// now is the instant of every question, so that answers can be compared.
const now = "2026-06-01T12:00:00Z"

const cli = "build/bin/mailwright-cli"

// bench is one run: a folder, the shop, and what was found.
type bench struct {
	folder string
	shop   string
	out    strings.Builder
}

type part struct {
	name string
	run  func(*bench) error
}

func parts() []part {
	return []part{
		{"import", (*bench).imports},
		{"segments", (*bench).segments},
		{"pages", (*bench).pages},
		{"messages", (*bench).messages},
		{"window", (*bench).window},
	}
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(names []string) error {
	folder, err := os.MkdirTemp("", "mailwright-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	b := &bench{folder: folder, shop: filepath.Join(folder, "shop.mailwright")}
	b.head()
	began := time.Now()
	if _, err := b.cli("demo", "--contacts", fmt.Sprint(contacts), "--events", fmt.Sprint(events)); err != nil {
		return err
	}
	b.say("Made with `mailwright-cli demo --contacts %d --events %d` in %.1f s; the file has %d MB.\n", contacts, events, time.Since(began).Seconds(), size(b.shop)>>20)
	for _, p := range parts() {
		if len(names) > 0 && !slices.Contains(names, p.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "==", p.name)
		if err := p.run(b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	fmt.Print(b.out.String())
	if len(names) > 0 {
		return nil // only a whole run is written down
	}
	before, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	_, kept, found := strings.Cut(string(before), ownSection)
	text := strings.TrimRight(b.out.String(), "\n") + "\n"
	if found {
		text += "\n" + ownSection + kept
	}
	return os.WriteFile(document, []byte(text), 0o644) //nolint:gosec // a document
}

const document = "docs/BENCHMARKS.md"

// ownSection begins what `bench audience` writes at the document's end.
const ownSection = "<!-- audience:"

// head says what was measured on.
func (b *bench) head() {
	b.say("# Benchmarks\n\nMeasured by `go run ./build bench` on %s: %s, %d cores, %s. Times are of this machine; the comparison with a peer in the same run is what carries over.\n",
		time.Now().UTC().Format(time.DateOnly), processor(), runtime.NumCPU(), runtime.Version())
	b.say("## The shop\n\n%d contacts, %d events of 8 types, 60 products.\n", contacts, events)
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(&b.out, format+"\n", args...) }

// cli runs the terminal program on the shop and gives its stdout.
func (b *bench) cli(args ...string) ([]byte, error) {
	return b.on(b.shop, args...)
}

func (b *bench) on(workspace string, args ...string) ([]byte, error) {
	c := exec.Command(cli, append([]string{"-w", workspace, "--now", now, "--json"}, args...)...)
	var errs strings.Builder
	c.Stderr = &errs
	c.Env = append(os.Environ(), "MAILWRIGHT_DATA="+b.folder)
	out, err := c.Output()
	if err != nil {
		return out, fmt.Errorf("mailwright-cli %s: %w: %s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return out, nil
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
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

// spread sums up times: the median, the 95th of a hundred, and the largest.
type spread []time.Duration

func (s spread) String() string {
	slices.Sort(s)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f | %.1f | %.1f", ms(s[len(s)/2]), ms(s[len(s)*95/100]), ms(s[len(s)-1]))
}
