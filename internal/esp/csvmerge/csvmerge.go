// Package csvmerge writes a campaign as a merge file for providers that send from
// a list: merge.csv with a row for each contact (email, key, subject, preheader,
// text, and the final HTML of each block in a column of its own), template.html
// with a merge tag for each column, and the pictures. All logic has already
// happened: with the tags replaced by a row's cells, the template is that person's
// HTML to the byte, but for the addresses of pictures of the workspace.
//
// Rows are appended one by one and written as they are, also those that look like
// formulas: the file is for programs. After a crash a row that was cut is taken off,
// and the keys that are there tell who was written.
package csvmerge

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// Kind describes the adapter.
func Kind() esp.Kind {
	return esp.Kind{
		Name: "csvmerge", Label: "Merge file (CSV)", About: "A row for each contact and a template with merge tags, for any provider that sends from a list.",
		Fields: []esp.Field{
			{Name: "directory", Label: "Folder", Type: esp.Folder, Required: true, Help: "A folder without a leading / is beside the workspace."},
			{Name: "tag", Label: "Merge tag", Type: esp.Text, Default: "{{ COLUMN }}", Help: "How the provider writes a column into its template: {{ COLUMN }}, *|COLUMN|*, [[COLUMN]] …"},
			{Name: "pictures", Label: "Address of the pictures", Type: esp.Text, Help: "Where you put the pictures of the folder; without it they are named by their file alone."},
		},
		Idempotent: true, Connections: 1,
		Open: open,
	}
}

// column stands for a column's name in the setting of the merge tag.
const column = "COLUMN"

// fixed are the columns before the blocks'. Those that end in _html are the same
// texts as HTML has to have them, for the template.
var fixed = []string{"email", "key", "subject", "preheader", "text", "subject_html", "preheader_html"}

type adapter struct {
	folder   string
	tag      string
	pictures string

	mu      sync.Mutex
	file    *os.File
	columns []string
	written map[string]bool
	shown   map[string]bool
}

func open(_ context.Context, s esp.Settings, env esp.Env) (esp.Adapter, error) {
	if !strings.Contains(s["tag"], column) {
		return nil, fault.At(fault.Invalid, "tag", "the merge tag must hold the word %s", column)
	}
	folder := s["directory"]
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(env.Folder, folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the user's own folder, to be brought elsewhere
		return nil, fault.At(fault.Unavailable, "directory", "the folder %s cannot be made: %w", folder, err)
	}
	return &adapter{folder: folder, tag: s["tag"], pictures: s["pictures"], written: map[string]bool{}, shown: map[string]bool{}}, nil
}

func (a *adapter) tagOf(name string) string { return strings.ReplaceAll(a.tag, column, name) }

// begin opens the campaign's merge file: a new one with its header, or one that
// was begun, up to its last whole row.
func (a *adapter) begin(l esp.Letter) error {
	a.columns = slices.Clone(fixed)
	for i, b := range l.Blocks {
		a.columns = append(a.columns, columnName(i, b.ID))
	}
	if err := os.MkdirAll(a.dir(l), 0o755); err != nil { //nolint:gosec // as above
		return err
	}
	path := filepath.Join(a.dir(l), "merge.csv")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	end, err := a.resume(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	a.file = f
	if end == 0 {
		if err := a.row(a.columns); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(a.dir(l), "template.html"), []byte(a.template(l)), 0o600)
}

// dir is the campaign's folder.
func (a *adapter) dir(l esp.Letter) string { return filepath.Join(a.folder, esp.FileName(l.Campaign)) }

// resume reads the keys that are there and gives where the last whole row ends.
func (a *adapter) resume(f io.Reader) (int64, error) {
	tail := &lastByte{r: f}
	r := csv.NewReader(tail)
	var end int64
	for {
		row, err := r.Read()
		at := r.InputOffset()
		switch {
		case errors.Is(err, io.EOF):
			return end, nil
		case errors.Is(err, csv.ErrFieldCount) || errors.Is(err, csv.ErrQuote):
			if !tail.ended || end == 0 {
				return 0, fault.New(fault.Conflict, "the merge file was changed by another program at byte %d; move it away", at)
			}
			return end, nil // the row that was being written when the program was killed
		case err != nil:
			return 0, err
		case tail.ended && at == tail.read && tail.last != '\n':
			return end, nil // as above, cut inside its last cell
		case end == 0 && !slices.Equal(row, a.columns):
			return 0, fault.New(fault.Conflict, "the folder holds a merge file with other columns; choose an empty folder")
		case end > 0:
			a.written[row[1]] = true
		}
		end = at
	}
}

// lastByte remembers how a file ended.
type lastByte struct {
	r     io.Reader
	read  int64
	last  byte
	ended bool
}

// Read implements io.Reader.
func (l *lastByte) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if n > 0 {
		l.last = p[n-1]
	}
	l.read += int64(n)
	l.ended = l.ended || errors.Is(err, io.EOF)
	return n, err
}

func columnName(i int, id string) string {
	safe := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(id))
	return fmt.Sprintf("block_%d_%s", i+1, safe)
}

func (a *adapter) template(l esp.Letter) string {
	var blocks strings.Builder
	for _, name := range a.columns[len(fixed):] {
		blocks.WriteString(a.tagOf(name))
	}
	return l.Frame.Head + a.tagOf("subject_html") + l.Frame.Middle + a.tagOf("preheader_html") + l.Frame.Body + blocks.String() + l.Frame.Foot
}

// row writes one row with one write, so that a kill leaves it whole or cut at its
// end, where resume finds it.
func (a *adapter) row(cells []string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write(cells); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	_, err := a.file.WriteString(b.String())
	return err
}

// Deliver writes the row.
func (a *adapter) Deliver(_ context.Context, l esp.Letter) esp.Outcome {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.deliver(l); err != nil {
		return esp.Outcome{State: esp.Stop, Answer: "the merge file cannot be written: " + err.Error()}
	}
	return esp.Outcome{State: esp.Accepted, Answer: "a row of merge.csv"}
}

func (a *adapter) deliver(l esp.Letter) error {
	if a.file == nil {
		if err := a.begin(l); err != nil {
			return err
		}
	}
	if a.written[l.Key] {
		return nil
	}
	cells := []string{l.To, l.Key, l.Subject, l.Preheader, l.Text, html.EscapeString(l.Subject), html.EscapeString(l.Preheader)}
	for _, b := range l.Blocks {
		cells = append(cells, b.HTML)
	}
	for _, p := range l.Pictures {
		name := esp.FileName(p.Name)
		for i := len(fixed); i < len(cells); i++ {
			cells[i] = strings.ReplaceAll(cells[i], `src="`+p.Reference+`"`, `src="`+a.pictures+name+`"`)
		}
		if err := a.keep(l, name, p.Bytes); err != nil {
			return err
		}
	}
	if len(cells) != len(a.columns) {
		return fault.New(fault.Conflict, "the letter has %d blocks and the file %d", len(cells)-len(fixed), len(a.columns)-len(fixed))
	}
	if err := a.row(cells); err != nil {
		return err
	}
	a.written[l.Key] = true
	return nil
}

// keep writes a picture beside the file, once.
func (a *adapter) keep(l esp.Letter, name string, data []byte) error {
	if a.shown[name] {
		return nil
	}
	a.shown[name] = true
	return os.WriteFile(filepath.Join(a.dir(l), name), data, 0o600)
}

// Sync makes the rows safe from a power cut.
func (a *adapter) Sync() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file == nil {
		return nil
	}
	if err := a.file.Sync(); err != nil {
		return fault.New(fault.Unavailable, "the merge file cannot be written: %w", err)
	}
	return nil
}

// Test says whether the folder can be written.
func (a *adapter) Test(context.Context) (string, error) {
	probe, err := os.CreateTemp(a.folder, ".mailwright-*")
	if err != nil {
		return "", fault.At(fault.Unavailable, "directory", "the folder %s cannot be written: %w", a.folder, err)
	}
	return "The merge file will be written to " + a.folder, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// Close makes what was written safe.
func (a *adapter) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file == nil {
		return nil
	}
	f := a.file
	a.file = nil
	return errors.Join(f.Sync(), f.Close())
}
