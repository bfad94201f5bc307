package dialect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/mailwright/mailwright/internal/fault"
)

// DecodeJSON reads bindings from a JSON object. Objects within keep the order of
// their keys, whole numbers stay whole.
func DecodeJSON(data []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	v, err := decodeValue(dec, 0)
	if err == nil {
		if _, end := dec.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("something follows the end")
		}
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "the data is not JSON (near byte %d): %w", dec.InputOffset(), err)
	}
	m, ok := v.(*Map)
	if !ok {
		return nil, fault.New(fault.Invalid, "the data must be a JSON object { }")
	}
	return m.values, nil
}

// maxJSON is how deep data may nest.
const maxJSON = 200

func decodeValue(dec *json.Decoder, depth int) (any, error) {
	if depth > maxJSON {
		return nil, fmt.Errorf("more than %d levels", maxJSON)
	}
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Number:
		if n, err := t.Int64(); err == nil {
			return n, nil
		}
		return t.Float64()
	case json.Delim:
		if t == '[' {
			return decodeList(dec, depth)
		}
		return decodeMap(dec, depth)
	}
	return t, nil
}

func decodeList(dec *json.Decoder, depth int) (any, error) {
	list := []any{}
	for dec.More() {
		v, err := decodeValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := dec.Token()
	return list, err
}

func decodeMap(dec *json.Decoder, depth int) (any, error) {
	m := &Map{values: map[string]any{}, keys: []string{}}
	for dec.More() {
		k, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := k.(string)
		v, err := decodeValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		if _, twice := m.values[name]; !twice {
			m.keys = append(m.keys, name)
		}
		m.values[name] = v
	}
	_, err := dec.Token()
	return m, err
}
