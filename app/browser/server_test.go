package browser_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app/browser"
)

func serve(t *testing.T) *browser.Server {
	t.Helper()
	s, err := browser.Listen(0, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "the shop's data")
	}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s
}

func get(t *testing.T, c *http.Client, url string, change func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b)
}

func TestOnlyTheOneWhoWasToldTheTokenGetsIn(t *testing.T) {
	s := serve(t)
	enter := s.URL()
	base, _, _ := strings.Cut(enter, "/enter")
	jar, _ := cookiejar.New(nil)
	owner, stranger := &http.Client{Jar: jar}, &http.Client{}

	if code, body := get(t, stranger, base+"/", nil); code != http.StatusForbidden || strings.Contains(body, "shop") {
		t.Errorf("without a cookie: %d %s", code, body)
	}
	if code, _ := get(t, stranger, base+"/enter?token=guess", nil); code != http.StatusForbidden {
		t.Errorf("a guessed token: %d", code)
	}
	if code, _ := get(t, owner, enter, nil); code != http.StatusOK {
		t.Errorf("the token: %d", code)
	}
	if code, body := get(t, owner, base+"/", nil); code != http.StatusOK || body != "the shop's data" {
		t.Errorf("with the cookie: %d %s", code, body)
	}
	if code, _ := get(t, stranger, enter, nil); code != http.StatusForbidden {
		t.Errorf("the token a second time: %d", code)
	}
	if code, _ := get(t, owner, base+"/", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }); code != http.StatusForbidden {
		t.Errorf("another site's call: %d", code)
	}
	if code, _ := get(t, owner, base+"/", func(r *http.Request) { r.Host = "evil.example" }); code != http.StatusMisdirectedRequest {
		t.Errorf("a rebound host name: %d", code)
	}
}
