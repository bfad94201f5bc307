package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

// runtime is what a command runs in.
type runtime struct {
	ctx     context.Context
	globals *globals
	json    bool
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	app     *app.App
	lingers bool // the command serves until it is stopped
}

// now gives the clock: the real one, or the instant --now fixes.
func (rt *runtime) now() (func() time.Time, error) {
	if rt.globals.Now == "" {
		return time.Now, nil
	}
	t, err := time.Parse(time.RFC3339, rt.globals.Now)
	if err != nil {
		return nil, fault.At(fault.Invalid, "--now", "%q is no instant of the form 2026-03-01T12:00:00Z", rt.globals.Now)
	}
	return func() time.Time { return t }, nil
}

// services gives the App without opening a workspace.
func (rt *runtime) services() (*app.App, error) {
	if rt.app != nil {
		return rt.app, nil
	}
	now, err := rt.now()
	if err != nil {
		return nil, err
	}
	rt.app = app.New(app.Options{Now: now, Actor: "cli", DataDir: os.Getenv("MAILWRIGHT_DATA"), Lingers: rt.lingers})
	return rt.app, nil
}

// path gives the workspace's path, or says how to name one.
func (rt *runtime) path() (string, error) {
	if rt.globals.Workspace == "" {
		return "", fault.At(fault.Invalid, "-w", "name the workspace with -w FILE or MAILWRIGHT_WORKSPACE")
	}
	return rt.globals.Workspace, nil
}

// open gives the App with the named workspace open.
func (rt *runtime) open() (*app.App, error) {
	path, err := rt.path()
	if err != nil {
		return nil, err
	}
	a, err := rt.services()
	if err != nil {
		return nil, err
	}
	return a, a.OpenWorkspace(rt.ctx, path)
}

func (rt *runtime) close() {
	if rt.app == nil {
		return
	}
	if err := rt.app.Close(); err != nil {
		_, _ = fmt.Fprintln(rt.stderr, "mailwright: closing the workspace:", err)
	}
}

// print writes one answer: v as JSON with --json, else what people writes.
func (rt *runtime) print(v any, people func(w io.Writer)) error {
	if !rt.json {
		people(rt.stdout)
		return nil
	}
	return rt.line(v)
}

// line writes one JSON value on a line of its own.
func (rt *runtime) line(v any) error {
	e := json.NewEncoder(rt.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// list writes one JSON object a line with --json, else a table with a header.
func list[T any](rt *runtime, rows []T, header []string, cells func(T) []string) error {
	if rt.json {
		for _, r := range rows {
			if err := rt.line(r); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(rt.stdout, 0, 8, 2, ' ', 0)
	if header != nil { // a later part of a long table has none
		_, _ = fmt.Fprintln(w, strings.Join(header, "\t"))
	}
	for _, r := range rows {
		_, _ = fmt.Fprintln(w, strings.Join(cells(r), "\t"))
	}
	return w.Flush()
}

// listOf opens the workspace, asks it for rows and lists them.
func listOf[T any](rt *runtime, ask func(*app.App) ([]T, error), header []string, cells func(T) []string) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	rows, err := ask(a)
	if err != nil {
		return err
	}
	return list(rt, rows, header, cells)
}

// fileFor reads a file, or stdin for "-", and opens the workspace that it is for.
func (rt *runtime) fileFor(file string) ([]byte, *app.App, error) {
	body, err := rt.input(file)
	if err != nil {
		return nil, nil, err
	}
	a, err := rt.open()
	return body, a, err
}

// wait waits for a job with its progress on stderr, and decodes its result into
// result where that is not nil.
func (rt *runtime) wait(a *app.App, started app.JobStarted, result any) error {
	done := make(chan struct{})
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		rt.progress(a, started.Job, done)
	}()
	j, err := a.WaitJob(rt.ctx, started.Job)
	close(done)
	<-shown
	if len(j.Result) > 0 && result != nil {
		if e := json.Unmarshal(j.Result, result); e != nil && err == nil {
			err = e
		}
	}
	return err
}

// progress shows a bar on a terminal, and a line every few seconds elsewhere.
func (rt *runtime) progress(a *app.App, id string, done <-chan struct{}) {
	terminal := isTerminal(rt.stderr)
	every := 5 * time.Second
	if terminal {
		every = 200 * time.Millisecond
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-done:
			if terminal {
				_, _ = fmt.Fprint(rt.stderr, "\r\x1b[K")
			}
			return
		case <-tick.C:
		}
		jobs, err := a.Jobs().List(rt.ctx)
		if err != nil {
			continue
		}
		for _, j := range jobs {
			if j.ID == id {
				showProgress(rt.stderr, j, terminal)
			}
		}
	}
}

func showProgress(w io.Writer, j app.Job, terminal bool) {
	text := fmt.Sprintf("%s: %d %s, %.0f a second", j.Title, j.Done, j.Unit, j.Rate)
	if j.Total > 0 {
		const width = 24
		full := int(min(j.Done*width/j.Total, width))
		text = fmt.Sprintf("%s [%s%s] %d of %d %s, %.0f a second", j.Title,
			strings.Repeat("#", full), strings.Repeat(".", width-full), j.Done, j.Total, j.Unit, j.Rate)
	}
	if terminal {
		_, _ = fmt.Fprint(w, "\r\x1b[K", text)
		return
	}
	_, _ = fmt.Fprintln(w, text)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// code prints a command's error in the asked form and gives the exit code.
func (rt *runtime) code(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errPartly) {
		return exitPartly
	}
	if errors.Is(err, errFound) {
		return exitFailed
	}
	rt.complain(app.ProblemOf(err))
	switch fault.CodeOf(err) {
	case fault.Invalid:
		return exitInvalid
	case fault.NotFound:
		return exitNotFound
	case fault.Conflict:
		return exitConflict
	}
	return exitFailed
}

func (rt *runtime) usage(err error) int {
	rt.complain(app.Problem{Code: "usage", Message: err.Error()})
	return exitUsage
}

func (rt *runtime) complain(p app.Problem) {
	if rt.json {
		_ = rt.line(map[string]app.Problem{"error": p})
		return
	}
	text := p.Message
	if p.Field != "" {
		text = p.Field + ": " + text
	}
	_, _ = fmt.Fprintln(rt.stderr, "mailwright:", text)
}

// unreadable codes a failure to read a named file.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, "there is no file %s", path)
	}
	return fault.New(fault.Unavailable, "%s cannot be read: %w", path, err)
}

// removed takes a named thing away and says so.
func removed(rt *runtime, noun, slug string, remove func(*app.App) error) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if err := remove(a); err != nil {
		return err
	}
	return rt.print(map[string]string{"removed": slug}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Removed the %s %s.\n", noun, slug)
	})
}

// existing gives what there is under a name, the zero value (whose version is 0)
// where there is nothing yet.
func existing[T any](v T, err error) (T, error) {
	if fault.Is(err, fault.NotFound) {
		var none T
		return none, nil
	}
	return v, err
}
