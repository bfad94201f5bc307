// Package internal_test holds the direction of imports: app → workspace →
// actors → edges and engines → nouns → fault, never sideways or up.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/mailwright/mailwright/"

// layers lists the packages from the ground up. A package may import what is in
// lower layers, and within its own layer only where mates says so.
var layers = [][]string{
	{"internal/fault", "internal/civil", "internal/spelling"},
	{"internal/job", "internal/secret"},
	{ // nouns
		"internal/contact", "internal/consent", "internal/catalog", "internal/condition", "internal/segment",
		"internal/rule", "internal/content", "internal/campaign", "internal/batch", "internal/audit", "internal/service",
	},
	{ // engines: pure
		"internal/audience", "internal/recommend", "internal/dialect", "internal/mailhtml", "internal/profile",
		"internal/envelope", "internal/render", "internal/review",
	},
	{"internal/store", "internal/source", "internal/esp", "internal/remote"}, // edges
	{"internal/personalize"}, // render for many
	{"internal/ingest", "internal/proof", "internal/send", "internal/membership"}, // actors
	{"internal/demo"}, // uses the above to make a shop
	{"internal/workspace"},
	{"app"},     // services
	{"app/web"}, // pages and calls
	{"frontend", "app/browser", "app/desktop"},
	{"main", "app/cli", "build"}, // programs
}

// mates are imports allowed within a layer: nouns that speak of others, and
// engines that build on engines.
var mates = map[string][]string{
	"internal/consent":   {"internal/contact"},
	"internal/catalog":   {"internal/contact"},
	"internal/condition": {"internal/contact"},
	"internal/segment":   {"internal/condition", "internal/contact"},
	"internal/rule":      {"internal/condition", "internal/contact"},
	"internal/content":   {"internal/catalog", "internal/rule", "internal/condition", "internal/contact"},
	"internal/campaign":  {"internal/consent", "internal/contact"},
	"internal/batch":     {"internal/contact", "internal/consent"},
	"internal/audit":     {"internal/contact"},
	"internal/mailhtml":  {"internal/dialect"},
	"internal/envelope":  {"internal/mailhtml"},
	"internal/profile":   {"internal/recommend", "internal/dialect"},
	"internal/render":    {"internal/dialect", "internal/mailhtml", "internal/profile", "internal/recommend"},
	"internal/review":    {"internal/dialect"},
	"internal/demo":      {},
}

// forbidden are imports that the layers would allow and the design does not.
var forbidden = map[string][]string{
	"internal/store":  {"internal/audience", "internal/recommend", "internal/dialect", "internal/mailhtml", "internal/render", "internal/envelope"},
	"internal/source": {"internal/audience", "internal/recommend", "internal/dialect", "internal/mailhtml", "internal/render"},
	"internal/esp":    {"internal/audience", "internal/recommend", "internal/dialect", "internal/mailhtml", "internal/render"},
}

// toolsOnly are for tests and may be imported by tests alone.
const toolsOnly = "internal/testkit"

func TestImportsPointDown(t *testing.T) {
	for _, p := range listed(t) {
		from := place(p.ImportPath)
		if from == toolsOnly || from == "internal" { // this test's own folder
			continue
		}
		level := levelOf(from)
		if level < 0 {
			t.Errorf("%s has no layer; DESIGN's shape and this test must know it", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/wailsapp/") && from != "app/desktop" {
				t.Errorf("%s imports Wails; only app/desktop may", p.ImportPath)
			}
			if !strings.HasPrefix(i, module) {
				continue
			}
			if to := place(i); !allowed(from, to, level) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
		}
	}
}

func TestSiblingsNeverMeet(t *testing.T) {
	for _, p := range listed(t) {
		path := strings.TrimPrefix(p.ImportPath, module)
		for _, family := range []string{"internal/source/", "internal/esp/"} {
			if !strings.HasPrefix(path, family) {
				continue
			}
			for _, i := range p.Imports {
				if strings.HasPrefix(i, module+family) {
					t.Errorf("%s imports its sibling %s", p.ImportPath, i)
				}
			}
		}
	}
}

func allowed(from, to string, level int) bool {
	if from == to {
		return true
	}
	if to == toolsOnly {
		return false
	}
	for _, f := range forbidden[from] {
		if to == f {
			return false
		}
	}
	if levelOf(to) < level {
		return levelOf(to) >= 0
	}
	for _, m := range mates[from] {
		if to == m {
			return true
		}
	}
	return false
}

func levelOf(path string) int {
	for i, l := range layers {
		for _, p := range l {
			if p == path {
				return i
			}
		}
	}
	return -1
}

// place gives the layered folder a package belongs to: internal/esp for
// internal/esp/smtp.
func place(importPath string) string {
	path := strings.TrimPrefix(importPath, module)
	if path+"/" == module {
		return "main"
	}
	for p := path; p != "."; {
		if levelOf(p) >= 0 || p == toolsOnly {
			return p
		}
		cut := strings.LastIndexByte(p, '/')
		if cut < 0 {
			break
		}
		p = p[:cut]
	}
	return path
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listed(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
