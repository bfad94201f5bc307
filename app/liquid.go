package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/dialect"
)

// Liquid renders a source with data, a JSON object ("" for none), in UTC: the
// dialect alone, without a workspace.
func Liquid(ctx context.Context, source string, data []byte, escape bool) (string, error) {
	bindings := map[string]any{}
	if len(data) > 0 {
		var err error
		if bindings, err = dialect.DecodeJSON(data); err != nil {
			return "", err
		}
	}
	o := dialect.Options{Escape: dialect.EscapeNone}
	if escape {
		o.Escape = dialect.EscapeHTML
	}
	t, err := dialect.New(o).Parse("stdin", source)
	if err != nil {
		return "", err
	}
	out, _, err := t.Render(ctx, bindings)
	return out, err
}
