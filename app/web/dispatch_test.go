package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
)

type Shop struct{}

type Order struct {
	SKU string `json:"sku"`
}

func (Shop) Sell(_ context.Context, o Order, n int) (int, error) { return n * len(o.SKU), nil }
func (Shop) Refuse(context.Context) error {
	return fault.At(fault.Conflict, "stock", "the last one is gone")
}
func (Shop) Break(context.Context) error { panic("a defect with a customer's name in it") }

func TestCalls(t *testing.T) {
	var logged strings.Builder
	mux := http.NewServeMux()
	mux.Handle("POST /call/{method}", onlyJSON(newDispatcher([]any{&Shop{}}, slog.New(slog.NewTextHandler(&logged, nil)))))
	for _, c := range []struct {
		name, method, kind, body string
		status                   int
		want                     string
	}{
		{"a call", "Shop.Sell", "application/json", `[{"sku":"A1"},3]`, 200, `6`},
		{"no result", "Shop.Refuse", "application/json", `[]`, 409, `{"error":{"code":"conflict","message":"the last one is gone","field":"stock"}}`},
		{"unknown method", "Shop.Steal", "application/json", `[]`, 404, `there is no call Shop.Steal`},
		{"too few arguments", "Shop.Sell", "application/json", `[{"sku":"A1"}]`, 400, `array of 2 arguments`},
		{"an unknown field is refused by name", "Shop.Sell", "application/json", `[{"skew":"A1"},3]`, 400, `skew`},
		{"not JSON", "Shop.Sell", "application/json", `sku=A1`, 400, `invalid`},
		{"a form of another site", "Shop.Sell", "application/x-www-form-urlencoded", `[{"sku":"A1"},3]`, 403, `denied`},
		{"a panic is an answer", "Shop.Break", "application/json", `[]`, 500, `a defect of the program`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/call/"+c.method, strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.kind)
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, r)
			body, _ := io.ReadAll(w.Body)
			if w.Code != c.status || !strings.Contains(string(body), c.want) {
				t.Errorf("%d %s, want %d %s", w.Code, body, c.status, c.want)
			}
		})
	}
	if !strings.Contains(logged.String(), "Shop.Break") {
		t.Error("the panic was not logged")
	}
}

func TestKeepUploadStaysInItsFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"../../etc/passwd", "/", "orders.csv", ""} {
		r := httptest.NewRequest(http.MethodPost, "/upload?name="+name, strings.NewReader("a,b"))
		w := httptest.NewRecorder()
		upload(w, r, dir)
		if w.Code != 200 || !strings.Contains(w.Body.String(), dir) || strings.Contains(w.Body.String(), "..") {
			t.Errorf("upload %q: %d %s", name, w.Code, w.Body)
		}
	}
}
