// Command build is the task runner: `go run ./build TASK`. It needs Go alone;
// what else a task needs is set up by the task.
//
//	setup     installs what is missing: system packages, front-end packages, tools
//	run       builds and opens the window on the demo shop
//	test      runs every check that CI runs and ends with "N passed, N failed"
//	bench     measures and writes docs/BENCHMARKS.md
//	demo      makes a demo workspace: go run ./build demo FILE
//	package   makes the .deb, the tar.gz and the Windows .exe in build/out
//	frontend  builds the pages into frontend/dist
//	bindings  writes the TypeScript client of the services
//	screens   takes the pictures of docs/screens from the real window
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// task is one task of the command line.
type task struct {
	does string
	run  func(args []string) error
}

func tasks() map[string]task {
	return map[string]task{
		"setup":    {"installs what is missing", func([]string) error { return setup(everything) }},
		"run":      {"builds and opens the window on the demo shop", runWindow},
		"test":     {"runs every check that CI runs", test},
		"check":    {"the same as test", test},
		"bench":    {"measures and writes docs/BENCHMARKS.md", bench},
		"demo":     {"makes a demo workspace: demo FILE", demo},
		"package":  {"makes the .deb, the tar.gz and the Windows .exe in build/out", pack},
		"frontend": {"builds the pages into frontend/dist", func([]string) error { return buildFrontend() }},
		"screens":  {"takes the pictures of docs/screens from the real window", screens},
		"bindings": {"writes the TypeScript client of the services", func([]string) error { return bindings() }},
	}
}

func main() {
	if err := start(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func start(args []string) error {
	if err := os.Chdir(root()); err != nil {
		return err
	}
	all := tasks()
	if len(args) == 0 {
		return fmt.Errorf("name a task: %s", names(all))
	}
	t, ok := all[args[0]]
	if !ok {
		return fmt.Errorf("there is no task %q; there are %s", args[0], names(all))
	}
	return t.run(args[1:])
}

func names(all map[string]task) string {
	var list []string
	for n := range all {
		list = append(list, n)
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}

// root gives the checkout's folder: the nearest one above with a go.mod.
func root() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}
