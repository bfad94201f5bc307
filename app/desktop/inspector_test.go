//go:build window

package desktop_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// inspector drives the page of a real window through WebKit's remote inspector.
type inspector struct {
	conn   *websocket.Conn
	target string
	next   int
}

// dialInspector waits for the window's page to show up at address.
func dialInspector(t *testing.T, address string) *inspector {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if path := inspectable(address); path != "" {
			conn, _, err := websocket.DefaultDialer.Dial("ws://"+address+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = conn.Close() })
			i := &inspector{conn: conn}
			i.awaitTarget(t)
			return i
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no window opened within 20 s")
	return nil
}

func inspectable(address string) string {
	r, err := http.Get("http://" + address + "/")
	if err != nil {
		return ""
	}
	defer func() { _ = r.Body.Close() }()
	b, _ := io.ReadAll(r.Body)
	_, after, ok := strings.Cut(string(b), "window.location.host + '")
	if !ok {
		return ""
	}
	path, _, _ := strings.Cut(after, "'")
	return path
}

type inspectorMessage struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

func (i *inspector) read(t *testing.T) inspectorMessage {
	t.Helper()
	_ = i.conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	var m inspectorMessage
	if err := i.conn.ReadJSON(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

func (i *inspector) awaitTarget(t *testing.T) {
	t.Helper()
	for {
		m := i.read(t)
		if m.Method != "Target.targetCreated" {
			continue
		}
		var p struct {
			TargetInfo struct {
				TargetID string `json:"targetId"`
			} `json:"targetInfo"`
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			t.Fatal(err)
		}
		i.target = p.TargetInfo.TargetID
		return
	}
}

// evaluate runs an expression in the page and decodes its value.
func (i *inspector) evaluate(t *testing.T, expression string, value any) {
	t.Helper()
	i.next++
	id := i.next
	inner, err := json.Marshal(map[string]any{
		"id": id, "method": "Runtime.evaluate",
		"params": map[string]any{"expression": expression, "returnByValue": true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.conn.WriteJSON(map[string]any{
		"id": 1_000_000 + id, "method": "Target.sendMessageToTarget",
		"params": map[string]any{"targetId": i.target, "message": string(inner)},
	}); err != nil {
		t.Fatal(err)
	}
	for {
		m := i.read(t)
		if m.Method != "Target.dispatchMessageFromTarget" {
			continue
		}
		var p struct{ Message string }
		if err := json.Unmarshal(m.Params, &p); err != nil {
			t.Fatal(err)
		}
		var answer inspectorMessage
		if err := json.Unmarshal([]byte(p.Message), &answer); err != nil || answer.ID != id {
			continue
		}
		if answer.Error != nil {
			t.Fatalf("%s: %s", expression, answer.Error.Message)
		}
		var r struct {
			Result struct {
				Value       json.RawMessage `json:"value"`
				Description string          `json:"description"`
			} `json:"result"`
			WasThrown bool `json:"wasThrown"`
		}
		if err := json.Unmarshal(answer.Result, &r); err != nil {
			t.Fatal(err)
		}
		if r.WasThrown {
			t.Fatalf("%s threw %s", expression, r.Result.Description)
		}
		if value != nil {
			if err := json.Unmarshal(r.Result.Value, value); err != nil {
				t.Fatalf("%s: %v", expression, err)
			}
		}
		return
	}
}

// await waits until a boolean expression holds.
func (i *inspector) await(t *testing.T, what, expression string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		var ok bool
		// While the page is still coming, what is asked for may not be there to ask.
		i.evaluate(t, "(() => { try { return Boolean("+expression+"); } catch { return false; } })()", &ok)
		if ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	var text string
	i.evaluate(t, "document.body.innerText.slice(0, 2000)", &text)
	t.Fatalf("%s did not come within 20 s; the page says:\n%s", what, text)
}

// click clicks the first element that matches a selector and, where text is not
// empty, holds that text.
func (i *inspector) click(t *testing.T, selector, text string) {
	t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%s)].find(e => e.textContent.includes(%s))`, strconv.Quote(selector), strconv.Quote(text))
	i.await(t, selector+" "+text, find)
	i.evaluate(t, find+".click()", nil)
}

// fill types into an input as React sees it.
func (i *inspector) fill(t *testing.T, selector, text string) {
	t.Helper()
	i.await(t, selector, "document.querySelector("+strconv.Quote(selector)+")")
	i.evaluate(t, fmt.Sprintf(`(() => { const e = document.querySelector(%s);
		Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'value').set.call(e, %s);
		e.dispatchEvent(new Event('input', { bubbles: true })); })()`, strconv.Quote(selector), strconv.Quote(text)), nil)
}
