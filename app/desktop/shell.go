package desktop

import (
	"context"
	"log/slog"
	"sync/atomic"

	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

// nativeShell opens the system's dialogs once the window is there.
type nativeShell struct {
	window atomic.Pointer[context.Context]
}

func (s *nativeShell) ready(ctx context.Context) { s.window.Store(&ctx) }

// context gives the window's context, which Wails' dialogs need instead of the
// call's.
func (s *nativeShell) context() (context.Context, error) {
	if ctx := s.window.Load(); ctx != nil {
		return *ctx, nil
	}
	return nil, fault.New(fault.Unavailable, "the window is still opening")
}

// OpenFile implements app.Shell.
func (s *nativeShell) OpenFile(_ context.Context, title string, filters []app.FileFilter) (string, error) {
	ctx, err := s.context()
	if err != nil {
		return "", err
	}
	o := wails.OpenDialogOptions{Title: title}
	for _, f := range filters {
		o.Filters = append(o.Filters, wails.FileFilter{DisplayName: f.Name, Pattern: f.Pattern})
	}
	return wails.OpenFileDialog(ctx, o)
}

// SaveFile implements app.Shell.
func (s *nativeShell) SaveFile(_ context.Context, title, defaultName string) (string, error) {
	ctx, err := s.context()
	if err != nil {
		return "", err
	}
	return wails.SaveFileDialog(ctx, wails.SaveDialogOptions{Title: title, DefaultFilename: defaultName})
}

// OpenFolder implements app.Shell.
func (s *nativeShell) OpenFolder(_ context.Context, title string) (string, error) {
	ctx, err := s.context()
	if err != nil {
		return "", err
	}
	return wails.OpenDirectoryDialog(ctx, wails.OpenDialogOptions{Title: title, CanCreateDirectories: true})
}

// OpenURL implements app.Shell.
func (s *nativeShell) OpenURL(_ context.Context, url string) error {
	ctx, err := s.context()
	if err != nil {
		return err
	}
	wails.BrowserOpenURL(ctx, url)
	return nil
}

// quiet passes Wails' log on without its messages' arguments, which may hold
// personal data: only warnings and worse, cut short.
type quiet struct{ log *slog.Logger }

const logged = 200

func cut(s string) string {
	if len(s) > logged {
		return s[:logged] + "…"
	}
	return s
}

func (quiet) Print(string)       {}
func (quiet) Trace(string)       {}
func (quiet) Debug(string)       {}
func (quiet) Info(string)        {}
func (q quiet) Warning(m string) { q.log.Warn(cut(m)) }
func (q quiet) Error(m string)   { q.log.Error(cut(m)) }
func (q quiet) Fatal(m string)   { q.log.Error(cut(m)) }
