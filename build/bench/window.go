package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// window opens the shop in the real window on a virtual screen; the test that
// drives it says when something was first painted.
func (b *bench) window() error {
	c := exec.Command("go", "test", "-tags", "window", "-count=1", "-run", "TestFirstPaint", "-v", "./app/desktop")
	c.Env = append(os.Environ(), "MAILWRIGHT_WINDOW_WORKSPACE="+b.shop)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	b.say("## Window\n")
	for line := range strings.Lines(string(out)) {
		if _, said, ok := strings.Cut(line, "measured: "); ok {
			b.say("- %s", strings.TrimSpace(said))
		}
	}
	b.say("")
	return nil
}
