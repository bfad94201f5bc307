package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strings"
	"time"
)

// server is the program with the shop open, as a browser sees it.
type server struct {
	base   string
	client *http.Client
	proc   *exec.Cmd
}

func (b *bench) serve() (*server, error) {
	c := exec.Command(cli, "-w", b.shop, "--now", now, "--json", "serve")
	c.Env = append(os.Environ(), "MAILWRIGHT_DATA="+b.folder)
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	var said struct{ URL string }
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s := &server{client: &http.Client{Jar: jar}, proc: c}
	s.base, _, _ = strings.Cut(said.URL, "/enter")
	r, err := s.client.Get(said.URL)
	if err != nil {
		return nil, err
	}
	return s, r.Body.Close()
}

func (s *server) stop() {
	_ = s.proc.Process.Signal(os.Interrupt)
	_ = s.proc.Wait()
}

// call asks a service and decodes its answer.
func (s *server) call(method string, answer any, args ...any) (time.Duration, error) {
	body, err := json.Marshal(args)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	r, err := s.client.Post(s.base+"/call/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Body.Close() }()
	text, err := io.ReadAll(r.Body)
	took := time.Since(began)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", method, text)
	}
	if err == nil && answer != nil {
		err = json.Unmarshal(text, answer)
	}
	return took, err
}

// resident gives the process's memory and its peak, in MB.
func (s *server) resident() (is, peak int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.proc.Process.Pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d", &kb); n == 1 {
			is = kb >> 10
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %d", &kb); n == 1 {
			peak = kb >> 10
		}
	}
	return is, peak
}

// pages measures what a page asks for, over HTTP, whole answers.
func (b *bench) pages() error {
	s, err := b.serve()
	if err != nil {
		return err
	}
	defer s.stop()
	r := rand.New(rand.NewPCG(3, 3)) //nolint:gosec // questions
	columns := []string{"first_name", "last_name", "country", "city", "loyalty_tier", "points"}
	page := func(int) []any {
		return []any{map[string]any{"search": "", "segment": "", "condition": nil, "sort": "", "descending": false, "columns": columns, "offset": r.IntN(contacts - 100), "limit": 100}}
	}
	search := func(i int) []any {
		return []any{map[string]any{"search": []string{"mur", "anna", "kelly", "o'b", "müller"}[i%5], "segment": "", "condition": nil, "sort": "last_name", "descending": false, "columns": columns, "offset": 0, "limit": 100}}
	}
	edit := func(i int) []any {
		return []any{map[string]any{"kind": "all", "children": []any{
			map[string]any{"kind": "attribute", "attribute": "country", "op": "is", "value": "Germany"},
			map[string]any{"kind": "event", "event": "order_placed", "measure": "sum", "op": "gte", "value": 50 + i, "window": map[string]any{"last": 90 + i, "unit": "day"}},
		}}}
	}
	preview := func(int) []any {
		return []any{map[string]any{"template": nil, "slug": "seasonal-letter", "version": 0, "campaign": "", "contact_id": 1 + r.IntN(contacts)}}
	}
	b.say("## Pages\n\nMilliseconds over loopback HTTP for whole answers, 100 of each after one to warm up: the median, the 95th of a hundred, the largest.\n")
	b.say("| what | first | median | 95 %% | largest |\n|---|---|---|---|---|")
	for _, c := range []struct {
		name, method string
		args         func(int) []any
	}{
		{"100 rows of the contacts table, anywhere in it", "Contacts.List", page},
		{"search in the contacts, sorted by name", "Contacts.List", search},
		{"count after an edit of a segment (attribute and sum in a window)", "Segments.Count", edit},
		{"preview of a person with why", "Preview.Compose", preview},
	} {
		first, err := s.call(c.method, nil, c.args(0)...)
		if err != nil {
			return err
		}
		var times spread
		for i := range 100 {
			took, err := s.call(c.method, nil, c.args(i+1)...)
			if err != nil {
				return err
			}
			times = append(times, took)
		}
		b.say("| %s | %.0f | %s |", c.name, float64(first.Milliseconds()), times)
	}
	is, peak := s.resident()
	b.say("\nMemory of the process after all of that: %d MB, at its peak %d MB.\n", is, peak)
	return nil
}
