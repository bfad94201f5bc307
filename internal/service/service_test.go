package service

import (
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
)

func TestParse(t *testing.T) {
	s, err := Parse([]byte(`{"name":"Weather","url":"https://weather.example/ask","fields":["city"]}`))
	if err != nil || s.Batch != DefaultBatch || s.Timeout().Seconds() != 2 || s.Kept().Minutes() != 60 {
		t.Fatalf("%+v, %v", s, err)
	}
	for field, body := range map[string]string{
		"url":          `{"url":"http://weather.example/ask"}`,
		"batch":        `{"url":"https://a.example","batch":0}`,
		"timeout_ms":   `{"url":"https://a.example","timeout_ms":60000}`,
		"keep_minutes": `{"url":"https://a.example","keep_minutes":-1}`,
		"fields":       `{"url":"https://a.example","fields":[""]}`,
		"headers":      `{"url":"https://a.example","headers":{}}`,
		"":             `{"url":"https://a.example"} {}`,
	} {
		_, err := Parse([]byte(body))
		if e, ok := fault.As(err); !ok || e.Code != fault.Invalid || e.Field != field {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, url := range []string{"http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]:9/x"} {
		if _, err := Parse([]byte(`{"url":"` + url + `"}`)); err != nil {
			t.Errorf("%s on this machine is refused: %v", url, err)
		}
	}
	for _, url := range []string{"https://me:pass@a.example", "ftp://a.example", "weather"} {
		if _, err := Parse([]byte(`{"url":"` + url + `"}`)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", url, err)
		}
	}
}
