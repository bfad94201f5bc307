package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"github.com/mailwright/mailwright/internal/fault"
)

// dialTime bounds connecting, encrypting and signing in.
const dialTime = 15 * time.Second

// A server that has enough of our connections says so when we open another. Then the
// others serve; a new one is tried every busyPause, busyTries times.
const (
	busyPause = time.Second
	busyTries = 60
)

// take gives an idle connection, or opens one.
func (a *adapter) take(ctx context.Context) (c *smtp.Client, fresh bool, err error) {
	for try := 1; ; try++ {
		select {
		case c := <-a.idle:
			return c, false, nil
		default:
		}
		a.open.Add(1)
		c, err := a.dial(ctx)
		if err == nil {
			return c, true, nil
		}
		if others := a.open.Add(-1); !busy(err) || others == 0 || try == busyTries {
			return nil, true, err
		}
		select {
		case c := <-a.idle:
			return c, false, nil
		case <-time.After(busyPause):
		case <-ctx.Done():
			return nil, true, ctx.Err()
		}
	}
}

// busy reports whether a server refused a connection for a reason that passes.
func busy(err error) bool {
	var e *textproto.Error
	return errors.As(err, &e) && e.Code >= 400 && e.Code < 500
}

func (a *adapter) give(c *smtp.Client) {
	select {
	case a.idle <- c:
	default: // there is room for as many as there are slots
		a.drop(c)
	}
}

func (a *adapter) drop(c *smtp.Client) {
	a.open.Add(-1)
	_ = c.Close()
}

// dial connects, encrypts and signs in.
func (a *adapter) dial(ctx context.Context) (*smtp.Client, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", a.address)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "the server %s does not answer: %w", a.address, err)
	}
	_ = conn.SetDeadline(time.Now().Add(dialTime))
	secure := &tls.Config{ServerName: a.host, MinVersion: tls.VersionTLS12}
	if a.mode == "tls" {
		conn = tls.Client(conn, secure)
	}
	c, err := smtp.NewClient(conn, a.host)
	if err != nil {
		_ = conn.Close()
		return nil, fault.New(fault.Unavailable, "the server %s does not speak SMTP here: %w", a.address, err)
	}
	if err := a.greet(c, secure); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

func (a *adapter) greet(c *smtp.Client, secure *tls.Config) error {
	if err := c.Hello(ownName()); err != nil {
		return fault.New(fault.Unavailable, "the server %s refuses us: %w", a.address, err)
	}
	if a.mode == "starttls" {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return fault.At(fault.Unavailable, "tls", "the server %s offers no encryption (STARTTLS); choose TLS or another port", a.address)
		}
		if err := c.StartTLS(secure); err != nil {
			return fault.At(fault.Unavailable, "tls", "the encryption with %s failed: %w", a.address, err)
		}
	}
	if a.user == "" {
		return nil
	}
	// Without encryption a password goes to this machine only: the library refuses
	// the rest.
	auth := smtp.PlainAuth("", a.user, a.password, a.host, false)
	if _, offers := c.Extension("AUTH"); strings.Contains(offers, "LOGIN") && !strings.Contains(offers, "PLAIN") {
		auth = smtp.LoginAuth(a.user, a.password, a.host, false)
	}
	if err := c.Auth(auth); err != nil {
		return fault.At(fault.Denied, "secret", "the server %s does not take the user or the password: %w", a.address, err)
	}
	return nil
}

// ownName is how we introduce ourselves.
func ownName() string {
	name, err := os.Hostname()
	if err != nil || strings.ContainsAny(name, " \r\n_") || name == "" {
		return "localhost"
	}
	return name
}
