package envelope_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/envelope"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/mailhtml"
)

func letter() envelope.Letter {
	return envelope.Letter{
		Key: "k1", Date: time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC), FromName: "Tilda & Fern, Töpferei", FromEmail: "hello@shop.example",
		ReplyTo: "reply@shop.example", To: "ana@post.example", Subject: "Été: 20 % für dich 🎁",
		HTML: "<p>Grüße,\n<b>Tilda</b></p>", Text: "Grüße,\nTilda\n", Unsubscribe: "https://shop.example/u?x=1", Campaign: "summer",
	}
}

// parts decodes the leaves of a message by content type.
func parts(t testing.TB, raw []byte) (mail.Header, map[string][]byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	leaves := map[string][]byte{}
	walk(t, m.Header.Get("Content-Type"), "", m.Body, leaves)
	return m.Header, leaves
}

func walk(t testing.TB, contentType, encoding string, body io.Reader, leaves map[string][]byte) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		r := multipart.NewReader(body, params["boundary"])
		for {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			walk(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, leaves)
		}
	}
	switch encoding {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	leaves[kind] = b
}

func TestWhatWentInComesOut(t *testing.T) {
	l := letter()
	picture := catalog.Asset{Name: "mug one.png", MediaType: "image/png", Bytes: bytes.Repeat([]byte{0, 1, 0xff}, 200)}
	l.HTML += `<img src="cid:` + mailhtml.ContentID(picture.Name) + `">`
	l.Pictures = []catalog.Asset{picture}
	raw, err := envelope.MIME(l)
	if err != nil {
		t.Fatal(err)
	}
	h, leaves := parts(t, raw)
	subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	if err != nil || subject != l.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := mail.ParseAddress(h.Get("From"))
	if err != nil || from.Name != l.FromName || from.Address != l.FromEmail {
		t.Errorf("from %+v, %v", from, err)
	}
	for name, want := range map[string]string{
		"To": l.To, "Reply-To": l.ReplyTo, "Message-ID": "<k1@shop.example>", "List-Unsubscribe": "<https://shop.example/u?x=1>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Date": "Mon, 15 Jun 2026 10:00:00 +0000",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if string(leaves["text/html"]) != l.HTML || string(leaves["text/plain"]) != l.Text {
		t.Errorf("parts changed: %q %q", leaves["text/html"], leaves["text/plain"])
	}
	if !bytes.Equal(leaves["image/png"], picture.Bytes) {
		t.Error("the picture changed")
	}
	again, err := envelope.MIME(l)
	if err != nil || !bytes.Equal(raw, again) {
		t.Error("the same letter gave other bytes")
	}
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line that SMTP refuses: %d bytes %q", len(line), line[:min(len(line), 60)])
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, change := range map[string]func(*envelope.Letter){
		"line break in the sender's name": func(l *envelope.Letter) { l.FromName = "Shop\r\nBcc: all@example.org" },
		"line break in an address":        func(l *envelope.Letter) { l.To = "a@b.example\r\nBcc: c@d.example" },
		"no address":                      func(l *envelope.Letter) { l.To = "nobody" },
		"line break in the unsubscribe":   func(l *envelope.Letter) { l.Unsubscribe = "https://x.example/\r\nX: y" },
	} {
		l := letter()
		change(&l)
		if raw, err := envelope.MIME(l); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v\n%s", name, err, raw)
		}
	}
}

// TestHeadersSayWhatTheyWereGiven decodes texts that are easily changed on the way.
func TestHeadersSayWhatTheyWereGiven(t *testing.T) {
	for name, text := range map[string]string{
		"words that look encoded":     "=?utf-8?q?x?= is what it says",
		"one word without end":        strings.Repeat("a", 3000),
		"many words":                  strings.Repeat("word ", 400) + "end",
		"two spaces":                  "a  b",
		"spaces at the ends":          " a ",
		"long and outside ASCII":      strings.Repeat("längere Wörter ", 40) + "🎁",
		"characters of four bytes":    strings.Repeat("🎁", 100),
		"quotes, commas and brackets": `"Tilda", <Fern> (Ltd.)`,
	} {
		t.Run(name, func(t *testing.T) {
			l := letter()
			l.Subject, l.FromName = text, text
			raw, err := envelope.MIME(l)
			if err != nil {
				t.Fatal(err)
			}
			h, _ := parts(t, raw)
			subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
			if err != nil || subject != text {
				t.Errorf("subject %q, %v", subject, err)
			}
			from, err := h.AddressList("From")
			if err != nil || len(from) != 1 || from[0].Name != text || from[0].Address != l.FromEmail {
				t.Errorf("from %+v, %v", from, err)
			}
			head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
			for line := range bytes.SplitSeq(head, []byte("\r\n")) {
				if len(line) > 120 || len(bytes.TrimSpace(line)) == 0 {
					t.Errorf("a header line of %d bytes: %q", len(line), line)
				}
			}
		})
	}
}

func TestUnsubscribe(t *testing.T) {
	for _, c := range []struct{ address, header, post string }{
		{"https://x.example/u?who=a%40b", "<https://x.example/u?who=a%40b>", "List-Unsubscribe=One-Click"},
		{"mailto:u@x.example?subject=stop it", "<mailto:u@x.example?subject=stop%20it>", ""},
		{"https://x.example/é>,<mailto:evil@x.example", "<https://x.example/%C3%A9%3E,%3Cmailto:evil@x.example>", "List-Unsubscribe=One-Click"},
		{"", "", ""},
	} {
		l := letter()
		l.Unsubscribe = c.address
		raw, err := envelope.MIME(l)
		if err != nil {
			t.Fatal(err)
		}
		h, _ := parts(t, raw)
		if got := h.Get("List-Unsubscribe"); got != c.header {
			t.Errorf("%q gives %q", c.address, got)
		}
		if got := h.Get("List-Unsubscribe-Post"); got != c.post {
			t.Errorf("%q gives the post header %q", c.address, got)
		}
	}
}

func FuzzMIME(f *testing.F) {
	f.Add("Hello", "Shop", "<p>x</p>", "x")
	f.Add("Été\r\nBcc: x@y.example", "=?utf-8?q?x?=", "\r\n.\r\n", "--mw\x00")
	f.Add(strings.Repeat("längere Wörter ", 40), "\"", "=\n", strings.Repeat("a", 3000))
	f.Add("a\x7fb", "\\", "\xff", " ")
	f.Fuzz(func(t *testing.T, subject, name, html, text string) {
		l := letter()
		l.Subject, l.FromName, l.HTML, l.Text = subject, name, html, text
		raw, err := envelope.MIME(l)
		if strings.ContainsAny(subject+name, "\r\n\x00") {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("a line break in a header: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		h, leaves := parts(t, raw)
		if string(leaves["text/html"]) != html || string(leaves["text/plain"]) != text {
			t.Fatalf("parts changed: %q → %q, %q → %q", html, leaves["text/html"], text, leaves["text/plain"])
		}
		got, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
		if want := strings.ToValidUTF8(subject, "\uFFFD"); err != nil || got != want {
			t.Fatalf("subject %q → %q, %v", want, got, err)
		}
		from, err := h.AddressList("From")
		if want := strings.ToValidUTF8(name, "\uFFFD"); err != nil || len(from) != 1 || from[0].Name != want || from[0].Address != l.FromEmail {
			t.Fatalf("from %q → %+v, %v", want, from, err)
		}
		if h.Get("Bcc") != "" || h.Get("To") != l.To {
			t.Fatal("a header came in through a value")
		}
	})
}
