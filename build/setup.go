package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// need is something of the system that a task cannot do without.
type need struct {
	what     string
	packages []string // Debian and Ubuntu
	missing  func() bool
}

// Sets of needs. The window's program is built with cgo against WebKitGTK; the
// tests drive a browser and a window on a virtual screen.
var (
	toBuild = []need{
		{"a C compiler", []string{"gcc", "libc6-dev"}, without("cc")},
		{"pkg-config", []string{"pkg-config"}, without("pkg-config")},
		{"GTK 3", []string{"libgtk-3-dev"}, withoutLibrary("gtk+-3.0")},
		{"WebKitGTK 4.1", []string{"libwebkit2gtk-4.1-dev"}, withoutLibrary("webkit2gtk-4.1")},
	}
	toTest = []need{
		{"git", []string{"git"}, without("git")},
		{"a virtual screen", []string{"xvfb", "xauth"}, without("Xvfb")},
		{"window tools", []string{"x11-utils", "xdotool"}, without("xdotool")},
		{"pictures of the screen", []string{"imagemagick"}, without("import")},
		{"Chromium", []string{"chromium"}, without("chromium")},
		{"a typeface", []string{"fonts-dejavu-core"}, func() bool {
			_, err := os.Stat("/usr/share/fonts/truetype/dejavu")
			return err != nil
		}},
	}
	everything = append(append([]need{}, toBuild...), toTest...)
)

func without(program string) func() bool { return func() bool { return !has(program) } }

func withoutLibrary(name string) func() bool {
	return func() bool { return exec.Command("pkg-config", "--exists", name).Run() != nil }
}

// setup brings what is missing of the given needs, and the front end's packages.
func setup(needs []need) error {
	if err := checkNode(); err != nil {
		return err
	}
	if runtime.GOOS == "linux" {
		if err := install(needs); err != nil {
			return err
		}
	}
	return npmPackages()
}

// checkNode wants Node 20 or newer, with npm.
func checkNode() error {
	out, err := cmd("node", "--version").output()
	major, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(out), "v"), ".")
	n, convErr := strconv.Atoi(major)
	if err != nil || convErr != nil || n < 20 || !has("npm") {
		return fmt.Errorf("node 20 or newer with npm is needed to build the pages; install it from https://nodejs.org or your system's packages, then run this again")
	}
	return nil
}

func install(needs []need) error {
	var what, packages []string
	for _, n := range needs {
		if n.missing() {
			what, packages = append(what, n.what), append(packages, n.packages...)
		}
	}
	if len(packages) == 0 {
		return nil
	}
	if !has("apt-get") {
		return fmt.Errorf("missing: %s; install what your system calls the Debian packages %s, then run this again",
			strings.Join(what, ", "), strings.Join(packages, " "))
	}
	say("installing %s", strings.Join(what, ", "))
	apt := []string{"apt-get"}
	if os.Geteuid() != 0 {
		if !has("sudo") {
			return fmt.Errorf("missing: %s; run as root: apt-get install %s", strings.Join(what, ", "), strings.Join(packages, " "))
		}
		apt = []string{"sudo", "apt-get"}
	}
	if err := cmd(slices.Concat(apt, []string{"update", "-q"})...).run(); err != nil {
		return err
	}
	install := []string{"install", "-y", "-q", "--no-install-recommends"}
	return cmd(slices.Concat(apt, install, packages)...).with("DEBIAN_FRONTEND=noninteractive").run()
}

// npmPackages installs the front end's packages as package-lock.json pins them,
// when that file is newer than what is installed.
func npmPackages() error {
	lock, err := os.Stat("frontend/package-lock.json")
	if err != nil {
		return err
	}
	installed, err := os.Stat(filepath.Join("frontend", "node_modules", ".package-lock.json"))
	if err == nil && !installed.ModTime().Before(lock.ModTime()) {
		return nil
	}
	say("installing the front end's packages")
	return cmd("npm", "ci", "--no-audit", "--no-fund").inFrontend().run()
}

func buildFrontend() error {
	if err := setup(nil); err != nil {
		return err
	}
	say("building the pages")
	if err := cmd("npm", "run", "--silent", "build", "--", "--logLevel", "warn").inFrontend().run(); err != nil {
		return err
	}
	// Vite empties the folder; a fresh clone needs it to exist to be vetted.
	return os.WriteFile("frontend/dist/.gitkeep", nil, 0o644)
}

func bindings() error { return cmd("go", "run", "./build/bindings").with("CGO_ENABLED=0").run() }

func say(format string, args ...any) { fmt.Printf("==> "+format+"\n", args...) }
