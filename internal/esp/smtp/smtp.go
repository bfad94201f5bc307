// Package smtp sends letters to an SMTP server (RFC 5321) with STARTTLS or TLS and
// a password, over a few connections that stay open, at a bounded rate.
//
// What becomes of a letter is decided by how far the talk came. Before the final
// dot of DATA nobody has it: it is refused, or sent later. Once the dot is on its
// way only the server's answer tells: without one the letter's fate is unknown.
package smtp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/wneessen/go-mail/smtp"
	"golang.org/x/time/rate"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// connections are how many are open at most unless the sender says otherwise, up to
// maxConnections.
const (
	connections    = 4
	maxConnections = 32
)

// talkTime bounds the talk about one letter, and the wait for the answer after the
// dot (RFC 5321, 4.5.3.2.6 asks for ten minutes).
const talkTime = 10 * time.Minute

// Kind describes the adapter.
func Kind() esp.Kind {
	return esp.Kind{
		Name: "smtp", Label: "SMTP server", About: "Sends through the mail server of your provider.",
		Fields: []esp.Field{
			{Name: "host", Label: "Server", Type: esp.Text, Required: true, Help: "smtp.provider.example"},
			{Name: "port", Label: "Port", Type: esp.Number, Default: "587"},
			{Name: "tls", Label: "Encryption", Type: esp.Choice, Options: []string{"starttls", "tls", "none"}, Default: "starttls"},
			{Name: "username", Label: "User", Type: esp.Text},
			{Name: "secret", Label: "Password", Type: esp.Secret, Help: "The name under which the password is kept."},
			{Name: "rate_per_second", Label: "Messages a second", Type: esp.Number, Default: "10", Help: "At most so many; ask your provider what it allows."},
			{Name: esp.ConnectionsField, Label: "Connections", Type: esp.Number, Default: strconv.Itoa(connections), Help: "Open at once, at most 32; more help where the server is far away."},
		},
		TakesMIME: true, Connections: connections,
		Open: open,
	}
}

type adapter struct {
	host, address string
	mode          string
	user          string
	password      string
	limit         *rate.Limiter
	slots         chan struct{} // one for each letter that is being talked about
	idle          chan *smtp.Client
	open          atomic.Int32 // connections that are up or being opened
}

func open(_ context.Context, s esp.Settings, env esp.Env) (esp.Adapter, error) {
	port := int(s.Number("port"))
	if port < 1 || port > 65535 {
		return nil, fault.At(fault.Invalid, "port", "the port is between 1 and 65535")
	}
	slots := int(s.Number(esp.ConnectionsField))
	if slots < 1 || slots > maxConnections {
		return nil, fault.At(fault.Invalid, esp.ConnectionsField, "between 1 and %d connections are open at once", maxConnections)
	}
	a := &adapter{
		host: s["host"], address: net.JoinHostPort(s["host"], strconv.Itoa(port)), mode: s["tls"], user: s["username"],
		limit: rate.NewLimiter(rate.Inf, 1), slots: make(chan struct{}, slots), idle: make(chan *smtp.Client, slots),
	}
	if r := s.Number("rate_per_second"); r > 0 {
		a.limit = rate.NewLimiter(rate.Limit(r), max(1, int(r/10)))
	}
	if a.user == "" {
		return a, nil
	}
	if s["secret"] == "" {
		return nil, fault.At(fault.Invalid, "secret", "the user %s needs a password: say under which name it is kept", a.user)
	}
	var err error
	if a.password, err = env.Secret(s["secret"]); err != nil {
		return nil, err
	}
	return a, nil
}

// Deliver sends one letter.
func (a *adapter) Deliver(ctx context.Context, l esp.Letter) esp.Outcome {
	if err := a.limit.Wait(ctx); err != nil {
		return notBegun
	}
	a.slots <- struct{}{}
	defer func() { <-a.slots }()
	for {
		c, fresh, err := a.take(ctx)
		switch {
		case ctx.Err() != nil:
			if c != nil {
				a.give(c)
			}
			return notBegun
		case err != nil:
			return esp.Outcome{State: esp.Stop, Answer: err.Error()}
		}
		o, alive := talk(c, l)
		if alive {
			a.give(c)
			return o
		}
		a.drop(c)
		if fresh || o.State != esp.Later {
			return o
		}
		// The server had hung up on an idle connection; nobody has the letter.
	}
}

// notBegun is the outcome of a letter that was stopped before it was handed over.
var notBegun = esp.Outcome{State: esp.Later, Answer: "stopped before it was sent"}

// talk sends a letter over a connection and tells whether the connection is still
// good afterwards.
func talk(c *smtp.Client, l esp.Letter) (o esp.Outcome, alive bool) {
	if err := c.UpdateDeadline(talkTime); err != nil {
		return refused(err, esp.Later), false
	}
	// A letter that asks for SMTPUTF8 (RFC 6531) without need is refused further on
	// by servers that lack it.
	c.SkipSMTPUTF8(ascii(l.From + l.To))
	if err := c.Mail("<" + l.From + ">"); err != nil {
		return ended(c, refused(err, esp.Stop), err) // the sender is refused: so is every letter
	}
	if err := c.Rcpt("<" + l.To + ">"); err != nil {
		return ended(c, refused(err, esp.Rejected), err)
	}
	w, err := c.Data()
	if err != nil {
		return ended(c, refused(err, esp.Rejected), err)
	}
	if _, err = w.Write(l.MIME); err == nil {
		err = c.Text.W.Flush()
	}
	if err != nil {
		return refused(err, esp.Later), false
	}
	return afterDot(c, w.Close())
}

// afterDot tells what the server's answer to the final dot means; without a clear
// one nobody knows whether it has the letter.
func afterDot(c *smtp.Client, err error) (o esp.Outcome, alive bool) {
	var e *textproto.Error
	switch {
	case err == nil:
		return esp.Outcome{State: esp.Accepted, Answer: "accepted by the server"}, true
	case !errors.As(err, &e):
		return esp.Outcome{State: esp.Unknown, Answer: "the connection broke before the server answered: " + oneLine(err.Error())}, false
	case e.Code >= 400 && e.Code < 600:
		return ended(c, refused(err, esp.Rejected), err)
	case e.Code >= 200 && e.Code < 300:
		return esp.Outcome{State: esp.Accepted, Answer: fmt.Sprintf("%d %s", e.Code, oneLine(e.Msg))}, true
	}
	return esp.Outcome{State: esp.Unknown, Answer: fmt.Sprintf("the server gave an answer that has no meaning here: %d %s", e.Code, oneLine(e.Msg))}, false
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// closing is what a server says that is about to hang up (RFC 5321, 3.8).
const closing = 421

// refused gives the outcome of a step before anybody has the letter: a permanent
// answer is final, anything else passes.
func refused(err error, final esp.State) esp.Outcome {
	var e *textproto.Error
	if !errors.As(err, &e) {
		return esp.Outcome{State: esp.Later, Answer: oneLine(err.Error())}
	}
	o := esp.Outcome{State: esp.Later, Answer: fmt.Sprintf("%d %s", e.Code, oneLine(e.Msg))}
	if e.Code >= 500 {
		o.State = final
	}
	return o
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ended clears the talk after a refusal, so that the connection serves again unless
// it failed or the server is about to close it.
func ended(c *smtp.Client, o esp.Outcome, err error) (esp.Outcome, bool) {
	var e *textproto.Error
	return o, errors.As(err, &e) && e.Code != closing && c.Reset() == nil
}

// Test connects, signs in and hangs up.
func (a *adapter) Test(ctx context.Context) (string, error) {
	c, err := a.dial(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close() }()
	if err := c.Noop(); err != nil {
		return "", fault.New(fault.Unavailable, "the server %s hung up: %w", a.address, err)
	}
	_ = c.Quit()
	if a.user == "" {
		return "Connected to " + a.address, nil
	}
	return "Connected to " + a.address + " and signed in", nil
}

// Close hangs up.
func (a *adapter) Close() error {
	for {
		select {
		case c := <-a.idle:
			_ = c.UpdateDeadline(time.Second)
			_ = c.Quit()
			a.drop(c)
		default:
			return nil
		}
	}
}
