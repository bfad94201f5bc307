//go:build window

package desktop_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// program is the built window, from this folder.
const program = "../../build/bin/mailwright"

// realWindow is the program running on a screen of its own.
type realWindow struct {
	*inspector
	display string
	began   time.Time
	pid     int
}

// openWindow starts the program on a virtual screen and waits for its page.
func openWindow(t *testing.T, args ...string) *realWindow {
	t.Helper()
	display := virtualScreen(t, 1280, 800)
	address := freeAddress(t)
	home := t.TempDir()
	c := exec.Command(program, append([]string{"--data", filepath.Join(home, "data")}, args...)...)
	c.Env = append(os.Environ(), "DISPLAY="+display, "WEBKIT_INSPECTOR_HTTP_SERVER="+address,
		"XDG_DATA_HOME="+filepath.Join(home, "share"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"), "GDK_BACKEND=x11")
	log, err := os.Create(filepath.Join(home, "log"))
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout, c.Stderr = log, log
	w := &realWindow{display: display, began: time.Now()}
	if err := c.Start(); err != nil {
		t.Fatalf("%v; build the window first: go run ./build test", err)
	}
	w.pid = c.Process.Pid
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = c.Process.Kill()
			t.Error("the window did not end within 10 s")
		}
		if t.Failed() {
			text, _ := os.ReadFile(log.Name())
			t.Logf("the program said:\n%s", text)
		}
	})
	w.inspector = dialInspector(t, address)
	return w
}

// virtualScreen starts Xvfb and gives the display it chose.
func virtualScreen(t *testing.T, width, height int) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{write}
	if err := c.Start(); err != nil {
		t.Fatalf("a virtual screen is needed: %v", err)
	}
	_ = write.Close()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	var n int
	if _, err := fmt.Fscan(read, &n); err != nil {
		t.Fatalf("the virtual screen did not start: %v", err)
	}
	return ":" + strconv.Itoa(n)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// artefacts is the folder of what tests leave behind.
const artefacts = "../../build/out"

// picture takes the screen into a folder.
func (w *realWindow) picture(t *testing.T, folder, name string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("import", "-window", "root", filepath.Join(folder, name+".png"))
	c.Env = append(os.Environ(), "DISPLAY="+w.display)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("the screen cannot be taken: %v %s", err, out)
	}
}

// TestFirstPaint opens a workspace (the demo shop unless another is named) and
// says when the window first showed something, and when what it shows was there.
func TestFirstPaint(t *testing.T) {
	args := []string{"--demo"}
	if path := os.Getenv("MAILWRIGHT_WINDOW_WORKSPACE"); path != "" {
		args = []string{path}
	}
	w := openWindow(t, args...)
	w.await(t, "a painted page", `performance.getEntriesByName('first-contentful-paint').length > 0`)
	var origin, paint float64
	w.evaluate(t, `performance.timeOrigin`, &origin)
	w.evaluate(t, `performance.getEntriesByName('first-contentful-paint')[0].startTime`, &paint)
	shown := time.UnixMicro(int64((origin + paint) * 1000)).Sub(w.began)
	w.await(t, "the workspace's name", `document.querySelector('nav') !== null`)
	fmt.Printf("measured: first paint %d ms after the program was started\n", shown.Milliseconds())
	fmt.Printf("measured: memory of the program's own process then: %d MB\n", resident(t, w.pid))
	if shown <= 0 || shown > time.Minute {
		t.Errorf("the first paint came after %v", shown)
	}
}

// resident gives a process's memory in MB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	var pages, kept int
	if _, err := fmt.Sscan(string(text), &pages, &kept); err != nil {
		t.Fatal(err)
	}
	return kept * os.Getpagesize() >> 20
}

// TestTheRealWindow opens the demo shop, builds a segment and looks at one
// person's e-mail, in the program as it is shipped. The pictures are kept.
func TestTheRealWindow(t *testing.T) {
	w := openWindow(t, "--demo")
	w.await(t, "the demo shop", `document.body.innerText.includes('Tilda & Fern') && document.body.innerText.includes('Contacts')`)
	w.picture(t, artefacts, "window-home")

	w.evaluate(t, `location.hash = '#/segments'`, nil)
	w.click(t, "button", "New segment")
	w.click(t, "[role=dialog] button", "Best customers")
	const count = `(document.querySelector('[aria-label="Who that is"] [role=status]')?.innerText.replace(/\D.*/s, '') ?? '')`
	w.await(t, "a count", count+` !== ''`)
	var before, after string
	w.evaluate(t, count, &before)
	w.fill(t, `input[aria-label="Value"]`, "1")
	w.await(t, "another count after the edit", count+` !== '' && `+count+` !== `+strconv.Quote(before))
	w.evaluate(t, count, &after)
	if before == after || after == "0" {
		t.Errorf("the top fifth by money counts %s people and everybody who spent anything %s", before, after)
	}
	w.picture(t, artefacts, "window-segment")
	w.click(t, "button", "Save")
	w.await(t, "the saved segment", `location.hash.endsWith('best-customers')`)

	w.evaluate(t, `location.hash = '#/content/templates/seasonal-letter'`, nil)
	w.await(t, "the preview's frame", `document.querySelector('iframe[src*="/preview/"]')`)
	var sandbox *string
	w.evaluate(t, `document.querySelector('iframe[src*="/preview/"]').getAttribute('sandbox')`, &sandbox)
	if sandbox == nil || *sandbox != "" {
		t.Errorf("the frame of a message has the sandbox %v, and must have the strictest", sandbox)
	}
	w.evaluate(t, `fetch(document.querySelector('iframe[src*="/preview/"]').src).then((r) => r.text()).then((text) => { window.shownMessage = text; })`, nil)
	w.await(t, "the message in the frame", `(window.shownMessage ?? '').includes('Warm things for cold evenings')`)
	w.await(t, "why", `document.body.innerText.includes('offer')`)
	w.picture(t, artefacts, "window-content")
}
