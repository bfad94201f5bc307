package esp_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// shelf is an adapter that puts letters on a shelf, the least that one can do.
type shelf struct{ letters map[string]esp.Letter }

func (s *shelf) Deliver(_ context.Context, l esp.Letter) esp.Outcome {
	s.letters[l.Key] = l
	return esp.Outcome{State: esp.Accepted, Answer: "on the shelf"}
}

func (s *shelf) Close() error { return nil }

func kind() esp.Kind {
	return esp.Kind{
		Name: "shelf", Label: "Shelf", About: "Puts letters on a shelf.", Connections: 1, Idempotent: true,
		Fields: []esp.Field{
			{Name: "board", Label: "Board", Type: esp.Number, Default: "3"},
			{Name: "side", Label: "Side", Type: esp.Choice, Options: []string{"left", "right"}, Default: "left"},
			{Name: "lock", Label: "Locked", Type: esp.Boolean, Default: "false"},
			{Name: "key", Label: "Key", Type: esp.Secret},
			{Name: "room", Label: "Room", Type: esp.Text, Required: true},
		},
		Open: func(context.Context, esp.Settings, esp.Env) (esp.Adapter, error) {
			return &shelf{map[string]esp.Letter{}}, nil
		},
	}
}

// A new way of sending is a Kind that describes its settings and opens an Adapter.
func Example() {
	k := kind()
	settings, err := k.Read([]byte(`{"adapter":"shelf","room":"attic"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := k.Open(context.Background(), settings, esp.Env{})
	if err != nil {
		fmt.Println(err)
		return
	}
	o := a.Deliver(context.Background(), esp.Letter{Key: "1", To: "ana@post.example"})
	fmt.Println(settings["room"], settings.Number("board"), o.Answer, a.Close())
	// Output: attic 3 on the shelf <nil>
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ body, field string }{
		"no room":               {`{}`, "room"},
		"an unknown setting":    {`{"room":"a","colour":"red"}`, "colour"},
		"a number in words":     {`{"room":"a","board":"three"}`, "board"},
		"a negative number":     {`{"room":"a","board":-1}`, "board"},
		"no such choice":        {`{"room":"a","side":"middle"}`, "side"},
		"neither true or false": {`{"room":"a","lock":"yes"}`, "lock"},
		"a password":            {`{"room":"a","key":"correct horse"}`, "key"},
		"a list":                {`{"room":["a"]}`, "room"},
		"a line break":          {`{"room":"a\r\nb"}`, "room"},
		"no object":             {`[]`, ""},
	} {
		_, err := kind().Read([]byte(c.body))
		if f, ok := fault.As(err); !ok || f.Code != fault.Invalid || f.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, err := kind().Read([]byte(`{"adapter":"shelf","room":" attic ","board":7,"lock":true,"key":"attic-key","side":null}`))
	if err != nil || s["room"] != "attic" || s.Number("board") != 7 || s["lock"] != "true" || s["key"] != "attic-key" || s["side"] != "left" {
		t.Errorf("%v, %v", s, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"adapter":"shelf","room":"attic","board":7,"lock":true}`))
	f.Add([]byte(`{"room":1e999,"board":"0x1p-2"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := kind().Read(body)
		var coded *fault.Error
		if err != nil && (!errors.As(err, &coded) || coded.Code != fault.Invalid) {
			t.Fatal(err)
		}
		if err == nil && (s["room"] == "" || s["side"] == "" || s.Number("board") < 0) {
			t.Fatalf("%v", s)
		}
	})
}
