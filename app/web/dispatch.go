// Package web serves the window's pages and the services behind them as one
// http.Handler: calls to services, previews, images of the workspace, uploads
// and the built front end. The Wails window asks it through its asset server and
// the browser adapter through loopback HTTP, so both speak the same protocol:
//
//	POST /call/Segments.Count   body: a JSON array of arguments
//	200 RESULT                  or 4xx {"error":{"code","message","field"}}
//
// Who may connect is left to the adapter.
package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"runtime/debug"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

// maxCall is how many bytes the arguments of one call may have.
const maxCall = 16 << 20

// dispatcher calls methods of services by name.
type dispatcher struct {
	methods map[string]method
	log     *slog.Logger
}

// method is one callable method: func(context.Context, args…) ([result,] error).
type method struct {
	call   reflect.Value
	params []reflect.Type // without the context
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

// newDispatcher lists the methods of services; a method of another shape is a
// defect of the program and panics at start.
func newDispatcher(services []any, log *slog.Logger) *dispatcher {
	d := &dispatcher{methods: map[string]method{}, log: log}
	for _, s := range services {
		v := reflect.ValueOf(s)
		for i := range v.NumMethod() {
			name := v.Type().Elem().Name() + "." + v.Type().Method(i).Name
			d.methods[name] = methodOf(name, v.Method(i))
		}
	}
	return d
}

func methodOf(name string, call reflect.Value) method {
	t := call.Type()
	outs := t.NumOut()
	if t.NumIn() == 0 || t.In(0) != contextType || outs < 1 || outs > 2 || t.Out(outs-1) != errorType || t.IsVariadic() {
		panic(fmt.Sprintf("service method %s is %s; want func(context.Context, …) ([result,] error)", name, t))
	}
	m := method{call: call}
	for i := 1; i < t.NumIn(); i++ {
		m.params = append(m.params, t.In(i))
	}
	return m
}

// ServeHTTP answers one call.
func (d *dispatcher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	m, ok := d.methods[name]
	if !ok {
		answerError(w, fault.New(fault.NotFound, "there is no call %s", name))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
	if err != nil {
		answerError(w, fault.New(fault.Invalid, "the arguments of %s cannot be read: %w", name, err))
		return
	}
	args, err := m.arguments(name, body)
	if err != nil {
		answerError(w, err)
		return
	}
	result, err := d.invoke(r.Context(), name, m, args)
	if err != nil {
		if r.Context().Err() != nil { // the page went on; nobody waits for this
			err = fault.New(fault.Cancelled, "%s was given up", name)
		}
		if fault.CodeOf(err) == fault.Internal {
			d.log.Error("call failed", "call", name, "error", err)
		}
		answerError(w, err)
		return
	}
	answer(w, http.StatusOK, result)
}

func (m method) arguments(name string, body []byte) ([]reflect.Value, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil || len(raw) != len(m.params) {
		return nil, fault.New(fault.Invalid, "%s takes a JSON array of %d arguments", name, len(m.params))
	}
	args := make([]reflect.Value, len(raw))
	for i, r := range raw {
		p := reflect.New(m.params[i])
		dec := json.NewDecoder(bytes.NewReader(r))
		dec.DisallowUnknownFields()
		if err := dec.Decode(p.Interface()); err != nil {
			return nil, fault.At(fault.Invalid, fmt.Sprintf("arguments[%d]", i), "%s: %w", name, err)
		}
		args[i] = p.Elem()
	}
	return args, nil
}

// invoke calls the method; a panic becomes an error, so that no page waits for
// ever on an answer.
func (d *dispatcher) invoke(ctx context.Context, name string, m method, args []reflect.Value) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			d.log.Error("call panicked", "call", name, "panic", p, "stack", string(debug.Stack()))
			err = fault.New(fault.Internal, "a defect of the program stopped this; nothing was changed half-way")
		}
	}()
	outs := m.call.Call(append([]reflect.Value{reflect.ValueOf(ctx)}, args...))
	if e, ok := outs[len(outs)-1].Interface().(error); ok {
		return nil, e
	}
	if len(outs) == 1 {
		return nil, nil
	}
	return outs[0].Interface(), nil
}

var statuses = map[fault.Code]int{
	fault.Invalid:     http.StatusBadRequest,
	fault.Denied:      http.StatusForbidden,
	fault.NotFound:    http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.Cancelled:   499, // the caller went away (nginx's convention)
}

func answerError(w http.ResponseWriter, err error) {
	status, ok := statuses[fault.CodeOf(err)]
	if !ok {
		status = http.StatusInternalServerError
	}
	answer(w, status, map[string]app.Problem{"error": app.ProblemOf(err)})
}

func answer(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		status = http.StatusInternalServerError
		b = []byte(`{"error":{"code":"internal","message":"the answer cannot be written","field":""}}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b)
}
