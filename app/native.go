package app

import (
	"context"
	"net/url"
	"runtime"

	"github.com/mailwright/mailwright/internal/fault"
)

// Native opens dialogs and links in the system's own way where there is a
// window; in a browser it says so, and the page asks in its own way.
type Native struct{ app *App }

// Native gives the service.
func (a *App) Native() *Native { return &Native{app: a} }

// Capabilities is what the surroundings can do.
type Capabilities struct {
	NativeDialogs bool   `json:"native_dialogs"`
	Platform      string `json:"platform"` // linux, windows, darwin
}

// Capabilities says whether native dialogs are there.
func (s *Native) Capabilities(context.Context) (Capabilities, error) {
	return Capabilities{NativeDialogs: s.app.options.Shell != nil, Platform: runtime.GOOS}, nil
}

// OpenFileRequest describes a dialog that opens a file.
type OpenFileRequest struct {
	Title   string       `json:"title"`
	Filters []FileFilter `json:"filters"`
}

// SaveFileRequest describes a dialog that asks where to write.
type SaveFileRequest struct {
	Title       string `json:"title"`
	DefaultName string `json:"default_name"`
}

// OpenFile asks for a file to read; "" when the user gave up.
func (s *Native) OpenFile(ctx context.Context, r OpenFileRequest) (string, error) {
	sh, err := s.shell()
	if err != nil {
		return "", err
	}
	return sh.OpenFile(ctx, r.Title, r.Filters)
}

// SaveFile asks where to write; "" when the user gave up.
func (s *Native) SaveFile(ctx context.Context, r SaveFileRequest) (string, error) {
	sh, err := s.shell()
	if err != nil {
		return "", err
	}
	return sh.SaveFile(ctx, r.Title, r.DefaultName)
}

// OpenFolder asks for a folder; "" when the user gave up.
func (s *Native) OpenFolder(ctx context.Context, title string) (string, error) {
	sh, err := s.shell()
	if err != nil {
		return "", err
	}
	return sh.OpenFolder(ctx, title)
}

// OpenURL opens an http, https or mailto address outside the program and
// refuses every other scheme.
func (s *Native) OpenURL(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto") {
		return fault.New(fault.Denied, "only web and mail addresses are opened")
	}
	sh, err := s.shell()
	if err != nil {
		return err
	}
	return sh.OpenURL(ctx, u.String())
}

func (s *Native) shell() (Shell, error) {
	if s.app.options.Shell == nil {
		return nil, fault.New(fault.Unavailable, "there are no native dialogs here; type the path instead")
	}
	return s.app.options.Shell, nil
}
