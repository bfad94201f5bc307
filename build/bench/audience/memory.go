package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/store"
)

// memoryOf is the argument that makes this program load a workspace and tell how
// much memory it takes: in a process of its own, so that nothing else is counted.
const memoryOf = "memory-of"

// memory is in MB.
type memory struct{ resident, peak int }

func measureMemory(workspace string) (m memory, err error) {
	self, err := os.Executable()
	if err != nil {
		return m, err
	}
	c := exec.Command(self, memoryOf, workspace) //nolint:gosec // this program
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return m, fmt.Errorf("measure memory: %w", err)
	}
	_, err = fmt.Sscan(string(out), &m.resident, &m.peak)
	return m, err
}

// printMemory loads every column and prints what is resident then, and the peak.
func printMemory(workspace string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, workspace, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close(ctx) }()
	engine := audience.New(s.Columns())
	v, err := engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	for _, n := range everything() {
		if _, err := v.Count(ctx, n); err != nil {
			return err
		}
	}
	v.Forget()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	var m memory
	for line := range strings.Lines(string(text)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d", &kb); n == 1 {
			m.resident = kb >> 10
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %d", &kb); n == 1 {
			m.peak = kb >> 10
		}
	}
	fmt.Println(m.resident, m.peak)
	_, err = v.Count(ctx, condition.Node{Kind: condition.Everyone}) // it was all in use
	return err
}

// everything looks at every column there is.
func everything() []condition.Node {
	var list []condition.Node
	for _, a := range attributes {
		list = append(list, condition.Node{Kind: condition.Attribute, Attribute: a.name, Op: condition.IsSet})
	}
	for _, t := range eventTypes {
		n := condition.Node{Kind: condition.Event, Event: t.name, Op: condition.Gte, Value: json.RawMessage("1"), Window: &condition.Window{Last: 90, Unit: condition.Day}}
		for _, p := range t.properties {
			n.Where = append(n.Where, condition.Where{Property: p, Op: condition.IsSet})
		}
		list = append(list, n)
	}
	return append(list, condition.Node{Kind: condition.Consent, Purpose: "marketing", Op: condition.Granted})
}
