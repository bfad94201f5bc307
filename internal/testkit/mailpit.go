package testkit

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// mailpitModule is the mail server that tests send to.
const mailpitModule = "github.com/axllent/mailpit@v1.27.11"

// Mailpit is a running mail server with a way to read what it got.
type Mailpit struct {
	Host string
	Port int // of SMTP
	url  string
}

// StartMailpit starts a mail server on free ports of this machine and ends it with
// the test; flags are more of its own. The program is built from its module once and
// kept in the user's cache.
func StartMailpit(t testing.TB, flags ...string) *Mailpit {
	t.Helper()
	program := mailpit(t)
	port, web := freePort(t), freePort(t)
	m := &Mailpit{Host: "127.0.0.1", Port: port, url: fmt.Sprintf("http://127.0.0.1:%d", web)}
	c := exec.Command(program, append([]string{"--smtp", fmt.Sprintf("127.0.0.1:%d", port), "--listen", fmt.Sprintf("127.0.0.1:%d", web),
		"--max", "0", "--quiet", "--disable-version-check", "--database", filepath.Join(t.TempDir(), "mailpit.db")}, flags...)...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	for range 100 {
		if _, err := m.get("/api/v1/info"); err == nil {
			return m
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("mailpit does not answer")
	return nil
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// mailpit gives the program, and builds it where it is not there yet. It appears
// under its name only when it is whole: tests of several packages run at once.
func mailpit(t testing.TB) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	file := "mailpit"
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	dir := filepath.Join(cache, "mailwright-tests", filepath.Base(mailpitModule))
	program := filepath.Join(dir, file)
	if _, err := os.Stat(program); err == nil {
		return program
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	fresh, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(fresh) }()
	c := exec.Command("go", "install", mailpitModule)
	c.Env = append(os.Environ(), "GOBIN="+fresh, "GOFLAGS=", "CGO_ENABLED=0")
	c.Dir = t.TempDir() // outside any module
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("mailpit cannot be built: %v\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(fresh, file), program); err != nil {
		t.Fatal(err)
	}
	return program
}

func (m *Mailpit) get(path string) ([]byte, error) {
	r, err := http.Get(m.url + path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, r.Status)
	}
	return io.ReadAll(r.Body)
}

// Letter is a letter that mailpit got.
type Letter struct {
	ID string
	To []struct{ Address string }
}

// Letters lists what it got, newest first.
func (m *Mailpit) Letters(t testing.TB) (all []Letter) {
	t.Helper()
	for {
		b, err := m.get(fmt.Sprintf("/api/v1/messages?start=%d&limit=500", len(all)))
		if err != nil {
			t.Fatal(err)
		}
		var page struct{ Messages []Letter }
		if err := json.Unmarshal(b, &page); err != nil {
			t.Fatal(err)
		}
		if len(page.Messages) == 0 {
			return all
		}
		all = append(all, page.Messages...)
	}
}

// Raw gives a letter as it came.
func (m *Mailpit) Raw(t testing.TB, id string) []byte {
	t.Helper()
	b, err := m.get("/api/v1/message/" + id + "/raw")
	if err != nil {
		t.Fatal(err)
	}
	return b
}
