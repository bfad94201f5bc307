package conformance

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// described checks that forms, help and docs can be drawn from the kind.
func described(t *testing.T, k esp.Kind) {
	if k.Name == "" || k.Label == "" || k.About == "" || k.Connections < 1 {
		t.Errorf("the kind is not described: %+v", k)
	}
	for _, f := range k.Fields {
		if f.Name == "" || f.Label == "" || f.Type == "" {
			t.Errorf("a setting is not described: %+v", f)
		}
		if f.Type == esp.Choice && !slices.Contains(f.Options, f.Default) {
			t.Errorf("%s: the default %q is no option", f.Name, f.Default)
		}
	}
}

// wrong gives values that a setting of a type does not take.
func wrong(f esp.FieldType) []any {
	never := []any{[]any{"a"}, map[string]any{"a": 1}, "two\nlines"}
	switch f {
	case esp.Number:
		return append(never, "three", true, -1)
	case esp.Boolean:
		return append(never, "perhaps", 1)
	case esp.Choice:
		return append(never, "no such option", 1, true)
	case esp.Secret:
		return append(never, "correct horse battery", 1, true)
	}
	return append(never, 1, true)
}

// refusals changes the settings that work, one at a time.
func refusals(t *testing.T, k esp.Kind, r Remote) {
	refuse(t, k, with(t, r, "no_such_setting", "x"), "no_such_setting")
	for _, f := range k.Fields {
		for _, v := range wrong(f.Type) {
			refuse(t, k, with(t, r, f.Name, v), f.Name)
		}
		if f.Required {
			refuse(t, k, with(t, r, f.Name, nil), f.Name)
			refuse(t, k, with(t, r, f.Name, " "), f.Name)
		}
	}
}

// with gives the settings with one of them changed.
func with(t *testing.T, r Remote, field string, v any) []byte {
	t.Helper()
	var given map[string]any
	if err := json.Unmarshal([]byte(r.Settings), &given); err != nil {
		t.Fatal(err)
	}
	given[field] = v
	body, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func refuse(t *testing.T, k esp.Kind, body []byte, field string) {
	t.Helper()
	_, err := k.Read(body)
	if f, _ := fault.As(err); f == nil || f.Code != fault.Invalid || f.Field != field {
		t.Errorf("%s: want %s refused, got %v", body, field, err)
	}
}
