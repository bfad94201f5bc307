package send

import (
	"context"
	"sync"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/envelope"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/mailhtml"
	"github.com/mailwright/mailwright/internal/store"
)

// letters makes letters out of kept messages. It may be used by many goroutines.
type letters struct {
	store    *store.Store
	run      campaign.Run
	document esp.Frame

	mu     sync.Mutex
	assets map[string]catalog.Asset
}

// frame reads the document around the blocks of the run's template.
func (l *letters) frame(ctx context.Context) error {
	return l.store.Read(ctx, func(tx *store.Tx) error {
		v, err := tx.DefinitionVersion(store.TemplateKind, l.run.Campaign.Template, l.run.TemplateVersion)
		if err != nil {
			return err
		}
		t, err := content.Parse([]byte(v.Body))
		if err != nil {
			return err
		}
		l.document = esp.Frame(mailhtml.FrameOf(mailhtml.LookOf(t.Style), ""))
		return nil
	})
}

// of gives a kept message as a letter. A message whose parts do not have the hash
// that was kept when it was planned is fault.Invalid.
func (l *letters) of(ctx context.Context, c *codec, r store.OutboxRow, wholeMail bool) (esp.Letter, error) {
	kept, err := unpack(c, r)
	if err != nil {
		return esp.Letter{}, err
	}
	if kept.Message.Hash() != r.Hash {
		return esp.Letter{}, fault.New(fault.Invalid, "the kept message is not what was planned, and is not sent")
	}
	letter := esp.Letter{
		Key: r.Key, Campaign: l.run.Slug, Date: l.run.CreatedAt, From: l.run.Campaign.From.Email, To: r.Email,
		Subject: kept.Message.Subject, Preheader: kept.Message.Preheader, HTML: kept.Message.HTML, Text: kept.Message.Text, Frame: l.document,
	}
	for _, b := range kept.Message.Blocks {
		letter.Blocks = append(letter.Blocks, esp.Block{ID: b.ID, HTML: b.HTML})
	}
	var assets []catalog.Asset
	for _, name := range mailhtml.Pictures(kept.Message.HTML) {
		asset, err := l.asset(ctx, name)
		if err != nil {
			return letter, err
		}
		assets = append(assets, asset)
		letter.Pictures = append(letter.Pictures, esp.Picture{Name: name, Reference: "cid:" + mailhtml.ContentID(name), Bytes: asset.Bytes})
	}
	if wholeMail {
		letter.MIME, err = mimeOf(letter, l.run.Campaign, kept.Unsubscribe, assets)
	}
	return letter, err
}

func mimeOf(l esp.Letter, c campaign.Campaign, unsubscribe string, assets []catalog.Asset) ([]byte, error) {
	return envelope.MIME(envelope.Letter{
		Key: l.Key, Date: l.Date, FromName: c.From.Name, FromEmail: c.From.Email, ReplyTo: c.ReplyTo, To: l.To,
		Subject: l.Subject, HTML: l.HTML, Text: l.Text, Unsubscribe: unsubscribe, Campaign: l.Campaign, Pictures: assets,
	})
}

// asset reads a picture, once for the run.
func (l *letters) asset(ctx context.Context, name string) (catalog.Asset, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.assets[name]; ok {
		return a, nil
	}
	var a catalog.Asset
	err := l.store.Read(ctx, func(tx *store.Tx) (err error) {
		a, err = tx.Asset(name)
		return err
	})
	if err != nil {
		return a, err
	}
	if l.assets == nil {
		l.assets = map[string]catalog.Asset{}
	}
	l.assets[name] = a
	return a, nil
}
