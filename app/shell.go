package app

import "context"

// Shell is what only a native window can do. A browser has none; its page asks
// for a typed path or an upload instead.
type Shell interface {
	// OpenFile asks for a file to read; "" when the user gave up.
	OpenFile(ctx context.Context, title string, filters []FileFilter) (string, error)
	// SaveFile asks where to write; "" when the user gave up.
	SaveFile(ctx context.Context, title, defaultName string) (string, error)
	// OpenFolder asks for a folder; "" when the user gave up.
	OpenFolder(ctx context.Context, title string) (string, error)
	// OpenURL opens an http, https or mailto address in the system's browser.
	OpenURL(ctx context.Context, url string) error
}

// FileFilter is one choice of kinds of file in a dialog.
type FileFilter struct {
	Name    string `json:"name"`    // "Tables"
	Pattern string `json:"pattern"` // "*.csv;*.tsv"
}
