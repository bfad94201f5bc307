package web

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

func fetch(t *testing.T, c Client, url string, mark Mark) (Fetched, string, error) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "copy"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	got, failed := c.Fetch(context.Background(), url, mark, f)
	b, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return got, string(b), failed
}

func TestFetchesWhatHasChanged(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "sku\nA\n")
		_ = z.Close()
	}))
	defer server.Close()
	first, text, err := fetch(t, Client{}, server.URL+"/old", Mark{})
	if err != nil || text != "sku\nA\n" || first.Mark.ETag != `"1"` || first.Bytes != 6 {
		t.Fatalf("%+v %q %v", first, text, err)
	}
	second, text, err := fetch(t, Client{}, server.URL+"/feed", first.Mark)
	if err != nil || !second.Unchanged || text != "" || second.Mark != first.Mark || asked != 3 {
		t.Errorf("%+v %q %v, asked %d times", second, text, err, asked)
	}
}

func TestRefusesAndGivesUp(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			<-r.Context().Done()
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("x", 2000))
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/short":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "sku")
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for _, c := range []struct {
		url, says string
		code      fault.Code
	}{
		{"file:///etc/passwd", "no web address", fault.Invalid},
		{"ftp://shop.example/feed", "only http and https", fault.Invalid},
		{server.URL + "/slow", "within", fault.Unavailable},
		{server.URL + "/large", "larger", fault.Unavailable},
		{server.URL + "/file", "no web address", fault.Unavailable},
		{server.URL + "/round", "sent on", fault.Unavailable},
		{server.URL + "/short", "broke off", fault.Unavailable},
		{"http://127.0.0.1:1/feed", "could not be reached", fault.Unavailable},
		{server.URL + "/gone?key=secret", "404", fault.Unavailable},
	} {
		_, _, err := fetch(t, Client{Timeout: 200 * time.Millisecond, MaxBytes: 1000}, c.url, Mark{})
		if err == nil || !strings.Contains(err.Error(), c.says) || fault.CodeOf(err) != c.code || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s says %v, want %s: %q", c.url, err, c.code, c.says)
		}
	}
}
