package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func duckVersion() string {
	var p struct{ Version string }
	b, err := os.ReadFile(filepath.Join(duckCache, "node_modules/@duckdb/node-api/package.json"))
	if err != nil || json.Unmarshal(b, &p) != nil {
		return "?"
	}
	return p.Version
}

// thousands writes 1,000,000.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// write says what was found at one size.
func (f *findings) write(out *strings.Builder) {
	say := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	say("\n### %s contacts, %s events\n", thousands(f.contacts), thousands(f.events))
	say("The workspace was made in %.0f s and has %d MB. The people are read in %.0f ms when it is opened. Load of the machine while it was asked, with what else ran on it: %s (%d cores).\n", f.made.Seconds(), f.fileMB, float64(f.opened.Milliseconds()), f.busy, runtime.NumCPU())
	say("Milliseconds for an exact count. Cold: no column loaded. Warm: columns loaded, no kept answer. Kept: asked again. DuckDB: a table for each type of event, in memory, sorted by person and time. Of these three the best of %d. SQLite, on the workspace's own file: the best of 3, or the only one where it took longer than 1.5 s.\n", warmRuns)
	say("| question | people | cold | warm | kept | DuckDB | SQLite |\n|---|---|---|---|---|---|---|")
	for _, a := range f.answers {
		lite := "–"
		if a.sqlite > 0 {
			lite = fmt.Sprintf("%.1f", a.sqlite)
		}
		say("| %s | %s | %.0f | %.2f | %.3f | %.2f | %s |", a.name, thousands(a.count), a.cold, a.warm, a.kept, a.duck, lite)
	}
	say("")
	for _, r := range f.others() {
		say("- %s: %s", r[0], r[1])
	}
}

// others are the measures beside questions, by name.
func (f *findings) others() [][2]string {
	ms := func(v float64) string { return fmt.Sprintf("%.2f ms", v) }
	return [][2]string{
		{"why one person is in a nested condition (the median of 100)", ms(f.explain)},
		{fmt.Sprintf("overlap of %d segments", overlapped), ms(f.overlap)},
		{fmt.Sprintf("%s new events of 8 types written to the file", thousands(newEvents)), ms(f.written)},
		{fmt.Sprintf("%d live segments current after that, a minute later", liveSegments), ms(f.applied)},
		{"memory with all columns loaded", fmt.Sprintf("%d MB", f.memory.resident)},
		{"memory at its peak, while they were loaded", fmt.Sprintf("%d MB", f.memory.peak)},
	}
}

// growth sets the sizes beside each other.
func growth(out *strings.Builder, found []*findings) {
	fmt.Fprint(out, "\n### How it grows\n\n| |")
	for _, f := range found {
		fmt.Fprintf(out, " %s / %s |", thousands(f.contacts), thousands(f.events))
	}
	fmt.Fprint(out, "\n|---|"+strings.Repeat("---|", len(found))+"\n")
	row := func(name string, value func(f *findings) string) {
		fmt.Fprintf(out, "| %s |", name)
		for _, f := range found {
			fmt.Fprintf(out, " %s |", value(f))
		}
		fmt.Fprintln(out)
	}
	over := func(take func(answer) float64) func(f *findings) []float64 {
		return func(f *findings) (list []float64) {
			for _, a := range f.answers {
				list = append(list, take(a))
			}
			return list
		}
	}
	for _, m := range []struct {
		name string
		of   func(f *findings) []float64
	}{
		{"cold", over(func(a answer) float64 { return a.cold })},
		{"warm", over(func(a answer) float64 { return a.warm })},
		{"kept", over(func(a answer) float64 { return a.kept })},
		{"DuckDB", over(func(a answer) float64 { return a.duck })},
	} {
		row(m.name+": the median and the slowest of the questions", func(f *findings) string {
			return fmt.Sprintf("%.2f ms, %.2f ms", median(m.of(f)), slices.Max(m.of(f)))
		})
	}
	row("questions where DuckDB is faster", func(f *findings) string {
		n := 0
		for _, a := range f.answers {
			if a.duck <= a.warm {
				n++
			}
		}
		return fmt.Sprintf("%d of %d", n, len(f.answers))
	})
	for i, r := range found[0].others() {
		row(r[0], func(f *findings) string { return f.others()[i][1] })
	}
}

const document = "docs/BENCHMARKS.md"

// The section of this program in the document, which other parts leave alone.
const (
	sectionBegins = "<!-- audience: written by its own part of the benchmark -->"
	sectionEnds   = "<!-- /audience -->"
)

// keepSection puts the section into the document, in the place of an earlier one.
func keepSection(text string) error {
	b, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	before, after, found := strings.Cut(string(b), sectionBegins)
	if found {
		_, after, _ = strings.Cut(after, sectionEnds)
	}
	text = strings.TrimRight(before, "\n") + "\n\n" + sectionBegins + "\n" + text + "\n" + sectionEnds + "\n" + strings.TrimLeft(after, "\n")
	return os.WriteFile(document, []byte(text), 0o644) //nolint:gosec // a document
}
