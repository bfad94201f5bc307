package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"sync"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/mailhtml"
	"github.com/mailwright/mailwright/internal/render"
	"github.com/mailwright/mailwright/internal/store"
)

// shownMessage is a message that a frame may ask for.
type shownMessage struct {
	html, text string
	trace      render.Trace
}

// previewsKept is how many messages are kept for frames.
const previewsKept = 64

// previews keeps the messages that were looked at last.
type previews struct {
	mu    sync.Mutex
	order []string
	byID  map[string]shownMessage
}

func (p *previews) put(m shownMessage) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byID == nil {
		p.byID = map[string]shownMessage{}
	}
	id := rand.Text()
	p.byID[id] = m
	p.order = append(p.order, id)
	if len(p.order) > previewsKept {
		delete(p.byID, p.order[0])
		p.order = p.order[1:]
	}
	return id
}

func (p *previews) get(id string) (shownMessage, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, ok := p.byID[id]
	return m, ok
}

// PreviewLook says how a preview is shown.
type PreviewLook struct {
	Dark   bool
	Text   bool
	Images bool
	Remote bool // pictures from elsewhere too
	Block  int  // the block of the trace to outline; -1 for none
}

// PreviewPage gives a message that was looked at, as a page for a frame. It is
// untrusted HTML: it must be served with a policy that lets nothing run.
func (a *App) PreviewPage(ctx context.Context, id string, look PreviewLook) (string, error) {
	m, ok := a.previews.get(id)
	if !ok {
		return "", fault.New(fault.NotFound, "this preview is not kept any more; look at the message again")
	}
	if look.Text {
		return mailhtml.TextPage(m.text, look.Dark), nil
	}
	p := mailhtml.Preview{Dark: look.Dark, Images: look.Images, Remote: look.Remote, Asset: func(name string) string {
		asset, err := a.AssetFile(ctx, name)
		if err != nil {
			return ""
		}
		return "data:" + asset.MediaType + ";base64," + base64.StdEncoding.EncodeToString(asset.Bytes)
	}}
	if look.Block >= 0 && look.Block < len(m.trace.Blocks) {
		p.Start, p.End = m.trace.Blocks[look.Block].Start, m.trace.Blocks[look.Block].End
	}
	return p.Page(m.html), nil
}

// AssetFile gives a picture of the workspace.
func (a *App) AssetFile(ctx context.Context, name string) (asset catalog.Asset, err error) {
	w, err := a.current()
	if err != nil {
		return asset, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		asset, err = tx.Asset(name)
		return err
	})
	return asset, err
}
