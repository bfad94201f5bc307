package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process starts the program as a process.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "MAILWRIGHT_DATA="+t.TempDir())
	return cmd
}

// outcome runs the program to its end and gives its exit code and what it printed.
func outcome(t *testing.T, args ...string) (int, string) {
	t.Helper()
	cmd := process(t, args...)
	cmd.Stderr = nil
	out, err := cmd.Output()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// clock fixes the program's clock, so that two ways to one end can be compared.
var clock = []string{"--json", "--now", "2026-06-15T10:00:00Z"}

func at(workspace string, args ...string) []string {
	return append(append([]string{"-w", workspace}, clock...), args...)
}

// orderFile writes order lines of people who are not known yet; two to a second.
func orderFile(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "orders.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(w, "email,at,value,sku")
	for i := range n {
		_, _ = fmt.Fprintf(w, "p%04d@shop.example,2026-01-%02d 10:00:%02d,%d.50,S%d\n", i*7%2000, 1+i%28, i/2%60, i%90, i%50)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// everything exports some people, byte for byte.
func everything(t *testing.T, workspace string) string {
	t.Helper()
	var b strings.Builder
	for _, who := range []string{"p0000", "p0007", "p0999", "p1993"} {
		code, text := outcome(t, at(workspace, "contact", "export", who+"@shop.example")...)
		if code != 0 {
			t.Fatalf("export of %s: exit %d, %s", who, code, text)
		}
		b.WriteString(text)
	}
	_, segment := outcome(t, at(workspace, "contact", "list")...)
	b.WriteString(segment)
	return b.String()
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func TestAnImportKilledAtAnyMomentIsFinishedByTheSameFile(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	const rows = 220_000
	file, dir := orderFile(t, rows), t.TempDir()
	start := func(name string) string {
		path := filepath.Join(dir, name)
		if code, text := outcome(t, at(path, "init")...); code != 0 {
			t.Fatalf("init: exit %d, %s", code, text)
		}
		return path
	}
	imports := func(path string) []string { return at(path, "import", "events", file, "--event", "order_placed") }
	whole := start("whole.mailwright")
	began := time.Now()
	if code, text := outcome(t, imports(whole)...); code != 0 {
		t.Fatalf("import: exit %d, %s", code, text)
	}
	took := time.Since(began)
	want := everything(t, whole)
	killed := 0
	for round := range 4 {
		path := start(fmt.Sprintf("killed%d.mailwright", round))
		cmd := process(t, imports(path)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if round%2 == 1 { // when the first chunk is being written, or after
			for deadline := time.Now().Add(5 * took); time.Now().Before(deadline) && sizeOf(path+"-wal") < 4<<20; {
				time.Sleep(5 * time.Millisecond)
			}
			time.Sleep(time.Duration(rand.Int64N(int64(took) / 4)))
		} else {
			time.Sleep(took/10 + time.Duration(rand.Int64N(int64(took)*8/10)))
		}
		_ = cmd.Process.Signal(syscall.SIGKILL)
		if err := cmd.Wait(); err != nil {
			killed++
		}
		code, text := outcome(t, at(path, "doctor")...)
		var health struct {
			Checks []struct {
				Check, Message string
				OK             bool
			}
		}
		if err := json.Unmarshal([]byte(text), &health); err != nil {
			t.Fatalf("doctor after a kill: exit %d, %v: %s", code, err, text)
		}
		for _, c := range health.Checks {
			if !c.OK && c.Check != "imports" { // that the import was cut off is said
				t.Errorf("after a kill, %s: %s", c.Check, c.Message)
			}
		}
		code, text = outcome(t, imports(path)...)
		var report struct{ Read, Created, Unchanged int64 }
		if err := json.Unmarshal([]byte(text), &report); err != nil || code != 0 || report.Created+report.Unchanged != rows {
			t.Fatalf("the import again: exit %d, %s", code, text)
		}
		t.Logf("killed with %d of %d in", report.Unchanged, rows)
		if got := everything(t, path); got != want {
			t.Errorf("round %d: the end is not that of an import in one go", round)
		}
		if code, text := outcome(t, at(path, "doctor")...); code != 0 {
			t.Errorf("doctor at the end: exit %d, %s", code, text)
		}
	}
	if killed == 0 {
		t.Error("no import was killed before its end")
	}
}
