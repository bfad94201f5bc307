package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
)

// command is a program to run in the checkout, with its output shown.
type command struct {
	dir  string
	env  []string
	args []string
}

func cmd(args ...string) command { return command{args: args} }

// inFrontend runs it in the front end's folder.
func (c command) inFrontend() command { c.dir = "frontend"; return c }

// with adds environment variables.
func (c command) with(env ...string) command {
	c.env = append(append([]string{}, c.env...), env...)
	return c
}

func (c command) exec() *exec.Cmd {
	x := exec.Command(c.args[0], c.args[1:]...)
	x.Dir = c.dir
	x.Env = append(os.Environ(), c.env...)
	return x
}

// run runs it with its output on ours.
func (c command) run() error {
	x := c.exec()
	x.Stdout, x.Stderr = os.Stdout, os.Stderr
	return x.Run()
}

// output runs it and gives both its outputs together.
func (c command) output() (string, error) {
	var b bytes.Buffer
	x := c.exec()
	x.Stdout, x.Stderr = &b, &b
	err := x.Run()
	return b.String(), err
}

func has(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// tools is where pinned tools are built, outside the tree that git knows.
const tools = ".cache/bin"

// goTool builds a pinned tool from the Go module proxy when it is not there yet,
// and gives its path.
func goTool(name, module, version string) (string, error) {
	dir, err := filepath.Abs(filepath.Join(tools, name+"-"+version))
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	say("building %s %s", name, version)
	return path, cmd("go", "install", module+"@"+version).with("GOBIN="+dir, "CGO_ENABLED=0").run()
}
