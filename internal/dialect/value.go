package dialect

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
)

// HTML is text that is HTML already and is not escaped again. Data never is;
// the program makes it, never a template.
type HTML string

// Lazy is a value that is worked out when a template first asks for it. Value
// must be cheap to call again.
type Lazy interface{ Value() any }

// Range is (first..last); it is never laid out in memory.
type Range struct{ First, Last int64 }

// Len gives how many numbers the range has.
func (r Range) Len() int {
	if r.Last < r.First {
		return 0
	}
	n := uint64(r.Last) - uint64(r.First) + 1
	if n == 0 || n > 1<<62 {
		return 1 << 62
	}
	return int(n)
}

// keyValue is empty or blank, which are compared with and never equal themselves.
type keyValue string

const (
	empty keyValue = "empty"
	blank keyValue = "blank"
)

// canon turns a value from Go into one of those the dialect knows: nil, bool,
// string, HTML, int64, float64, decimal.Decimal, time.Time, civil.Date, []any,
// *Map, Range, and its own loop objects. What it does not know becomes nil, so
// that no template sees a program's insides.
func canon(v any) any {
	switch v := v.(type) {
	case nil, bool, string, HTML, int64, float64, decimal.Decimal, time.Time, civil.Date, []any, *Map, Range, keyValue, *loop, *tableLoop:
		return v
	case map[string]any:
		return &Map{values: v}
	case int:
		return int64(v)
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list
	case []map[string]any:
		list := make([]any, len(v))
		for i, m := range v {
			list[i] = m
		}
		return list
	case map[string]string:
		m := make(map[string]any, len(v))
		for k, s := range v {
			m[k] = s
		}
		return &Map{values: m}
	case Lazy:
		return canon(v.Value())
	case float32:
		return float64(v)
	}
	return canonReflect(reflect.ValueOf(v))
}

func canonReflect(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int:
		return v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if u := v.Uint(); u <= 1<<63-1 {
			return int64(u)
		}
		return float64(v.Uint())
	case reflect.Int64:
		return v.Int()
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return canon(v.Elem().Interface())
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = v.Index(i).Interface()
		}
		return list
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return nil
		}
		m := make(map[string]any, v.Len())
		for _, k := range v.MapKeys() {
			m[k.String()] = v.MapIndex(k).Interface()
		}
		return &Map{values: m}
	}
	return nil
}

// Map is an object. Its keys keep an order: the one they were read in, or the
// alphabet for a Go map.
type Map struct {
	values map[string]any
	keys   []string // nil: sorted when needed
}

// Get looks a key up.
func (m *Map) Get(key string) (any, bool) {
	v, ok := m.values[key]
	return v, ok
}

// Keys gives the keys in their order.
func (m *Map) Keys() []string {
	if m.keys != nil {
		return m.keys
	}
	keys := make([]string, 0, len(m.values))
	for k := range m.values {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// text gives a value as a template writes it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case HTML:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return formatFloat(v)
	case bool:
		return strconv.FormatBool(v)
	case decimal.Decimal:
		return v.String()
	case time.Time:
		return v.Format("2006-01-02 15:04:05 -0700")
	case civil.Date:
		return v.String()
	case Range:
		return fmt.Sprintf("%d..%d", v.First, v.Last)
	case keyValue:
		return ""
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(text(canon(item)))
			if b.Len() > maxResult {
				break // the caller's limit refuses it
			}
		}
		return b.String()
	case *Map:
		return inspect(v)
	case *loop:
		return "Liquid::ForloopDrop"
	case *tableLoop:
		return "Liquid::TablerowloopDrop"
	}
	return ""
}

// inspect writes a value as it stands within an object.
func inspect(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		return strconv.Quote(v)
	case HTML:
		return strconv.Quote(string(v))
	case []any:
		parts := make([]string, 0, len(v))
		for _, item := range v {
			parts = append(parts, inspect(canon(item)))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *Map:
		parts := make([]string, 0, len(v.values))
		for _, k := range v.Keys() {
			parts = append(parts, strconv.Quote(k)+" => "+inspect(canon(v.values[k])))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return text(v)
}

// formatFloat writes a float with at least one decimal, and with an exponent
// only where it is very large or very small, as Ruby does.
func formatFloat(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	switch s {
	case "+Inf":
		return "Infinity"
	case "-Inf":
		return "-Infinity"
	case "NaN":
		return s
	}
	if a := max(f, -f); a != 0 && (a < 1e-4 || a >= 1e16) {
		s = strconv.FormatFloat(f, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(s, "e")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		return mantissa + "e" + exponent
	}
	s = strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// truthy: everything but nil and false.
func truthy(v any) bool { return v != nil && v != false }

// isEmpty: an empty text, list or object.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case HTML:
		return v == ""
	case []any:
		return len(v) == 0
	case *Map:
		return len(v.values) == 0
	case Range:
		return v.Len() == 0
	}
	return false
}

// isBlank: nil, false, empty, or nothing but white space.
func isBlank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return strings.TrimFunc(v, unicode.IsSpace) == ""
	case HTML:
		return strings.TrimFunc(string(v), unicode.IsSpace) == ""
	}
	return isEmpty(v)
}
