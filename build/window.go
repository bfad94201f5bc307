package main

import (
	"fmt"
	"path/filepath"
	"runtime"
)

// productionTags select Wails' real window and WebKitGTK 4.1.
const productionTags = "desktop,production,webkit2_41"

// window is where the built window program lies.
func window() string {
	name := "mailwright"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join("build", "bin", name)
}

// buildWindow builds the pages and the window's program.
func buildWindow() error {
	if err := setup(toBuild); err != nil {
		return err
	}
	if err := buildFrontend(); err != nil {
		return err
	}
	say("building the window (the first time takes a minute or two)")
	return cmd("go", "build", "-trimpath", "-tags", productionTags, "-ldflags", "-s -w", "-o", window(), ".").run()
}

func runWindow(args []string) error {
	if err := buildWindow(); err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--demo"}
	}
	return cmd(append([]string{window()}, args...)...).run()
}

// buildCLI builds the terminal program, without cgo.
func buildCLI() (string, error) {
	path := filepath.Join("build", "bin", "mailwright-cli")
	return path, cmd("go", "build", "-trimpath", "-o", path, "./app/cli").with("CGO_ENABLED=0").run()
}

func demo(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the file to make: go run ./build demo shop.mailwright")
	}
	cli, err := buildCLI()
	if err != nil {
		return err
	}
	return cmd(cli, "-w", args[0], "demo").run()
}

// screens takes the pictures that the docs show.
func screens([]string) error {
	if err := setup(everything); err != nil {
		return err
	}
	if err := buildWindow(); err != nil {
		return err
	}
	folder, err := filepath.Abs(filepath.Join("docs", "screens"))
	if err != nil {
		return err
	}
	return cmd("go", "test", "-tags", "window", "-count=1", "-run", "TestScreens", "./app/desktop").with("MAILWRIGHT_SCREENS=" + folder).run()
}
