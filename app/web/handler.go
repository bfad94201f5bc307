package web

import (
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

// pagePolicy is the Content-Security-Policy of the program's own page: nothing
// from outside, no inline script, no plugin, no form to elsewhere.
const pagePolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// maxUpload is how many bytes a browser may bring as a file.
const maxUpload = 2 << 30

// Options say what a handler serves.
type Options struct {
	App     *app.App
	Assets  fs.FS  // the built front end: index.html and what it needs
	Uploads string // folder for files that a browser brings; "" refuses them
	Log     *slog.Logger
}

// Handler serves the pages and calls of one App.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	calls := newDispatcher(o.App.Services(), o.Log)
	mux.Handle("POST /call/{method}", onlyJSON(calls))
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) { upload(w, r, o.Uploads) })
	mux.HandleFunc("GET /preview/{id}", message(o.App))
	mux.HandleFunc("GET /asset/{name}", picture(o.App))
	mux.Handle("GET /", pages(o.Assets))
	return mux
}

// onlyJSON refuses bodies that a page of another origin could send without a
// preflight.
func onlyJSON(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if kind != "application/json" {
			answerError(w, fault.New(fault.Denied, "calls are application/json"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func pages(assets fs.FS) http.Handler {
	files := http.FileServerFS(assets)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			h.Set("Cache-Control", "max-age=31536000, immutable") // names carry a hash
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		files.ServeHTTP(w, r)
	})
}

// upload keeps the body as a file of the given name and answers its path, for
// pages in a browser, which have no native dialog.
func upload(w http.ResponseWriter, r *http.Request, folder string) {
	if folder == "" {
		answerError(w, fault.New(fault.Unavailable, "files are chosen with the native dialog here"))
		return
	}
	path, err := keepUpload(folder, filepath.Base(filepath.Clean("/"+r.URL.Query().Get("name"))), http.MaxBytesReader(w, r.Body, maxUpload))
	if err != nil {
		answerError(w, fault.New(fault.Unavailable, "the file could not be kept: %w", err))
		return
	}
	answer(w, http.StatusOK, map[string]string{"path": path})
}

func keepUpload(folder, name string, body io.Reader) (string, error) {
	dir, err := os.MkdirTemp(folder, "upload-")
	if err != nil {
		return "", err
	}
	if name == "/" || name == "." {
		name = "upload"
	}
	path := filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, body)
	if e := f.Close(); err == nil {
		err = e
	}
	return path, err
}
