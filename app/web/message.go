package web

import (
	"net/http"
	"strconv"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

// A message is HTML that anybody may have written. Its frame has no scripts, and
// this policy forbids them once more; pictures from elsewhere are loaded only
// when the person asks.
const (
	messagePolicy       = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; img-src data:"
	messagePolicyRemote = messagePolicy + " https: http:"
)

// message serves a message that was looked at.
func message(a *app.App) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		look := app.PreviewLook{
			Dark: q.Get("dark") == "1", Text: q.Get("part") == "text", Images: q.Get("images") != "0", Remote: q.Get("remote") == "1", Block: -1,
		}
		if n, err := strconv.Atoi(q.Get("block")); err == nil {
			look.Block = n
		}
		page, err := a.PreviewPage(r.Context(), r.PathValue("id"), look)
		if err != nil {
			answerError(w, err)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", messagePolicy)
		if look.Remote {
			h.Set("Content-Security-Policy", messagePolicyRemote)
		}
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte(page))
	}
}

// pictures are the media types that are served from the workspace; another would
// be a document in our own origin.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true}

// picture serves a picture of the workspace.
func picture(a *app.App) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		asset, err := a.AssetFile(r.Context(), r.PathValue("name"))
		if err == nil && !pictures[asset.MediaType] {
			err = fault.New(fault.Denied, "%s is no picture", asset.Name)
		}
		if err != nil {
			answerError(w, err)
			return
		}
		h := w.Header()
		h.Set("Content-Type", asset.MediaType)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		h.Set("Cache-Control", "private, max-age=60")
		_, _ = w.Write(asset.Bytes)
	}
}
