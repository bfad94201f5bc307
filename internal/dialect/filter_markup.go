package dialect

import (
	"crypto/hmac"
	"crypto/md5" // for pictures by address, which are found that way
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

func markupFilters() map[string]filter {
	return map[string]filter{
		"escape":                 {apply: escape},
		"h":                      {apply: escape},
		"escape_once":            {apply: escapeOnce},
		"newline_to_br":          {apply: newlineToBR},
		"strip_html":             simple(stripHTML),
		"url_encode":             {apply: encodeURL},
		"url_decode":             {apply: decodeURL},
		"url_param":              {min: 2, max: 2, apply: urlParam},
		"base64_encode":          simple(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
		"base64_decode":          {apply: decode64("base64_decode", base64.StdEncoding)},
		"sha256":                 simple(func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }),
		"md5":                    simple(func(s string) string { h := md5.Sum([]byte(s)); return hex.EncodeToString(h[:]) }),
		"hmac_sha256":            {min: 1, max: 1, apply: hmacSHA256},
		"json":                   {apply: toJSON},
		"base64_url_safe_encode": simple(func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) }),
		"base64_url_safe_decode": {apply: decode64("base64_url_safe_decode", base64.URLEncoding)},
	}
}

// escape gives HTML, which is not escaped a second time when written.
func escape(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	s := escapeHTML(text(in.value))
	if in.run.engine.options.Escape == EscapeHTML {
		if h, ok := in.value.(HTML); ok {
			return h, nil
		}
		return HTML(s), nil
	}
	return s, nil
}

// escapeOnce leaves entities that are there already.
func escapeOnce(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	var b strings.Builder
	s := text(in.value)
	for i := 0; i < len(s); i++ {
		if s[i] == '&' && entity(s[i:]) {
			b.WriteByte('&')
			continue
		}
		b.WriteString(escapeHTML(s[i : i+1]))
	}
	if in.run.engine.options.Escape == EscapeHTML {
		return HTML(b.String()), nil
	}
	return b.String(), nil
}

// entity reports whether a text begins with &name; or &#number;.
func entity(s string) bool {
	end := strings.IndexByte(s[:min(len(s), 33)], ';')
	if end < 2 {
		return false
	}
	name, digits := s[1:end], false
	if name[0] == '#' {
		name, digits = name[1:], true
	}
	for i := 0; i < len(name); i++ {
		if digits != isDigit(name[i]) || !isWord(name[i]) || name[i] == '_' {
			return false
		}
	}
	return name != ""
}

// newlineToBR gives HTML: the text is escaped first where the engine escapes.
func newlineToBR(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	s := text(in.value)
	_, isHTML := in.value.(HTML)
	escapes := in.run.engine.options.Escape == EscapeHTML
	if escapes && !isHTML {
		s = escapeHTML(s)
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "<br />\n")
	if escapes {
		return HTML(s), nil
	}
	return s, nil
}

// stripHTML takes away tags, comments, and scripts and styles with what they hold.
func stripHTML(s string) string {
	for _, pair := range [][2]string{{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}} {
		s = cutOut(s, pair[0], pair[1])
	}
	return cutOut(s, "<", ">")
}

func cutOut(s, from, to string) string {
	i := strings.Index(s, from)
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		j := strings.Index(s[i+len(from):], to)
		if j < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i+len(from)+j+len(to):]
		i = strings.Index(s, from)
	}
	b.WriteString(s)
	return b.String()
}

func encodeURL(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	return url.QueryEscape(text(in.value)), nil
}

func decodeURL(in filterInput) (any, error) {
	if in.value == nil {
		return nil, nil
	}
	s := text(in.value)
	d, err := url.QueryUnescape(s)
	if err != nil {
		return s, nil //nolint:nilerr // what is no encoding stays as it is
	}
	if !utf8.ValidString(d) {
		return nil, errors.New("invalid byte sequence in UTF-8")
	}
	return d, nil
}

// urlParam sets a parameter of an address's query, and keeps the rest.
func urlParam(in filterInput) (any, error) {
	s := text(in.value)
	if s == "" {
		return "", nil
	}
	before, fragment, hasFragment := strings.Cut(s, "#")
	path, query, _ := strings.Cut(before, "?")
	name := url.QueryEscape(text(in.arg(0)))
	var kept []string
	for _, p := range strings.Split(query, "&") {
		if n, _, _ := strings.Cut(p, "="); p != "" && n != name {
			kept = append(kept, p)
		}
	}
	if v := in.arg(1); v != nil {
		kept = append(kept, name+"="+url.QueryEscape(text(v)))
	}
	if len(kept) > 0 {
		path += "?" + strings.Join(kept, "&")
	}
	if hasFragment {
		path += "#" + fragment
	}
	return path, nil
}

func decode64(name string, encoding *base64.Encoding) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		if in.value == nil {
			return nil, nil
		}
		s := strings.TrimRight(text(in.value), "=")
		b, err := encoding.WithPadding(base64.NoPadding).DecodeString(s)
		if err != nil || !utf8.Valid(b) {
			return nil, fmt.Errorf("invalid base64 provided to %s", name)
		}
		return string(b), nil
	}
}

func hmacSHA256(in filterInput) (any, error) {
	m := hmac.New(sha256.New, []byte(text(in.arg(0))))
	_, _ = m.Write([]byte(text(in.value))) // a hash never fails
	return hex.EncodeToString(m.Sum(nil)), nil
}

// toJSON writes a value as JSON with <, > and & escaped, so that it can stand
// in a script.
func toJSON(in filterInput) (any, error) {
	b, err := json.Marshal(plain(in.value, 0))
	if err != nil {
		return nil, errors.New("the value has no JSON")
	}
	return string(b), nil
}

// plain turns a value into what encoding/json writes.
func plain(v any, depth int) any {
	if depth > maxCompare {
		return nil
	}
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = plain(canon(item), depth+1)
		}
		return list
	case *Map:
		return ordered{v, depth}
	case nil, bool, string, int64:
		return v
	case float64:
		if s := formatFloat(v); strings.ContainsAny(s, "IN") { // Infinity, NaN
			return nil
		}
		return json.Number(formatFloat(v))
	}
	return text(v)
}

// ordered writes an object's keys in their order.
type ordered struct {
	m     *Map
	depth int
}

// MarshalJSON writes the object.
func (o ordered) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, k := range o.m.Keys() {
		if i > 0 {
			b = append(b, ',')
		}
		name, err := json.Marshal(k)
		if err != nil {
			return nil, err
		}
		v, _ := o.m.Get(k)
		value, err := json.Marshal(plain(canon(v), o.depth+1))
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, name...), ':'), value...)
	}
	return append(b, '}'), nil
}
