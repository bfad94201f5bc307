// Package envelope writes a composed message as an e-mail: headers, a plain-text
// part, an HTML part and the pictures it shows, as RFC 5322 and MIME (RFC 2045 to
// 2047, 2387) have it. It is pure: equal letters give equal bytes, so that a
// message can be written again and is the same.
package envelope

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/mailhtml"
)

// Letter is what goes into the envelope.
type Letter struct {
	Key         string // idempotency key; the Message-ID comes from it
	Date        time.Time
	FromName    string
	FromEmail   string
	ReplyTo     string
	To          string
	Subject     string
	HTML        string
	Text        string
	Unsubscribe string // a mailto: or https: address; "" for none
	Campaign    string // slug, for a header that finds the message again
	Pictures    []catalog.Asset
}

// MIME gives the e-mail's bytes with CRLF line ends. It returns fault.Invalid for a
// header value with a line break, and for an address that is none.
func MIME(l Letter) ([]byte, error) {
	var b bytes.Buffer
	if err := l.headers(&b); err != nil {
		return nil, err
	}
	outer := multipart.NewWriter(&b)
	if err := outer.SetBoundary(boundary(l.Key, "alternative")); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=%q\r\n\r\n", outer.Boundary())
	if err := text(outer, "text/plain", l.Text); err != nil {
		return nil, err
	}
	if err := l.shown(outer); err != nil {
		return nil, err
	}
	err := outer.Close()
	return b.Bytes(), err
}

// shown writes the HTML part, together with its pictures where it has some.
func (l Letter) shown(outer *multipart.Writer) error {
	if len(l.Pictures) == 0 {
		return text(outer, "text/html", l.HTML)
	}
	inside := boundary(l.Key, "related")
	h := textproto.MIMEHeader{"Content-Type": {`multipart/related; type="text/html"; boundary="` + inside + `"`}}
	w, err := outer.CreatePart(h)
	if err != nil {
		return err
	}
	related := multipart.NewWriter(w)
	if err := related.SetBoundary(inside); err != nil {
		return err
	}
	if err := text(related, "text/html", l.HTML); err != nil {
		return err
	}
	for _, p := range l.Pictures {
		if err := picture(related, p); err != nil {
			return err
		}
	}
	return related.Close()
}

// text writes a part of text as quoted-printable.
func text(m *multipart.Writer, kind, s string) error {
	w, err := m.CreatePart(textproto.MIMEHeader{"Content-Type": {kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
	if err != nil {
		return err
	}
	q := quotedprintable.NewWriter(w)
	q.Binary = true // line ends are encoded, so that decoding gives the composed bytes
	if _, err := q.Write([]byte(s)); err != nil {
		return err
	}
	return q.Close()
}

const base64Line = 76

func picture(m *multipart.Writer, p catalog.Asset) error {
	w, err := m.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {mime.FormatMediaType(p.MediaType, map[string]string{"name": p.Name})},
		"Content-Transfer-Encoding": {"base64"},
		"Content-Disposition":       {mime.FormatMediaType("inline", map[string]string{"filename": p.Name})},
		"Content-Id":                {"<" + mailhtml.ContentID(p.Name) + ">"},
	})
	if err != nil {
		return err
	}
	encoded := base64.StdEncoding.EncodeToString(p.Bytes)
	for len(encoded) > 0 {
		n := min(base64Line, len(encoded))
		if _, err := w.Write([]byte(encoded[:n] + "\r\n")); err != nil {
			return err
		}
		encoded = encoded[n:]
	}
	return nil
}

// boundary gives a separator that belongs to the letter; being a hash, it is in no
// part by chance.
func boundary(key, part string) string {
	sum := sha256.Sum256([]byte(part + "\x00" + key))
	return "mw" + hex.EncodeToString(sum[:15])
}
