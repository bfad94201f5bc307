// Package web fetches files over http and https with conditional requests: what
// has not changed since the last copy is not fetched again.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// Limits of a fetch.
const (
	Timeout      = 2 * time.Minute
	MaxBytes     = 256 << 20 // unpacked
	maxRedirects = 5
)

// Mark tells one copy of a file from another, as its server says.
type Mark struct {
	ETag         string
	LastModified string
}

// Fetched is what a fetch gave.
type Fetched struct {
	Mark      Mark
	Unchanged bool // the server still has the copy of the mark; nothing was written
	Bytes     int64
}

// CheckURL refuses addresses that are not http or https. It returns fault.Invalid.
func CheckURL(address string) error {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Host == "":
		return fault.At(fault.Invalid, "url", "“%s” is no web address; it begins with https://", address)
	case u.Scheme != "http" && u.Scheme != "https":
		return fault.At(fault.Invalid, "url", "only http and https addresses are fetched, not %s:", u.Scheme)
	}
	return nil
}

// Client fetches. The zero Client has the usual limits.
type Client struct {
	Transport http.RoundTripper // nil for the usual
	Timeout   time.Duration     // 0 for Timeout
	MaxBytes  int64             // 0 for MaxBytes
}

// Fetch writes the file at an address to out, unless it is still the copy of mark.
// It returns fault.Invalid for an address that is not fetched, and
// fault.Unavailable for everything that the server or the network did.
func (c Client) Fetch(ctx context.Context, address string, mark Mark, out *os.File) (Fetched, error) {
	if err := CheckURL(address); err != nil {
		return Fetched{}, err
	}
	timeout, most := c.Timeout, c.MaxBytes
	if timeout == 0 {
		timeout = Timeout
	}
	if most == 0 {
		most = MaxBytes
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(address), nil)
	if err != nil {
		return Fetched{}, fault.At(fault.Invalid, "url", "%w", err)
	}
	req.Header.Set("User-Agent", "Mailwright")
	req.Header.Set("Accept", "application/xml, application/json, text/csv, text/tab-separated-values, */*;q=0.5")
	if mark.ETag != "" {
		req.Header.Set("If-None-Match", mark.ETag)
	}
	if mark.LastModified != "" {
		req.Header.Set("If-Modified-Since", mark.LastModified)
	}
	client := http.Client{Transport: c.Transport, CheckRedirect: redirect}
	res, err := client.Do(req)
	if err != nil {
		return Fetched{}, c.failed(ctx, address, err, timeout)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode == http.StatusNotModified {
		return Fetched{Mark: mark, Unchanged: true}, nil
	}
	if res.StatusCode != http.StatusOK {
		return Fetched{}, fault.New(fault.Unavailable, "%s answered “%s”", host(address), res.Status)
	}
	n, err := io.Copy(out, io.LimitReader(res.Body, most+1))
	switch {
	case err != nil:
		return Fetched{}, c.failed(ctx, address, err, timeout)
	case n > most:
		return Fetched{}, fault.New(fault.Unavailable, "the file at %s is larger than %d MB", host(address), most>>20)
	}
	return Fetched{Mark: Mark{ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified")}, Bytes: n}, nil
}

func redirect(to *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("sent on more than %d times", maxRedirects)
	}
	return CheckURL(to.URL.String())
}

func (c Client) failed(ctx context.Context, address string, err error, timeout time.Duration) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault.New(fault.Unavailable, "%s did not give the file within %v", host(address), timeout)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // without the address, which may carry a key
	}
	var network *net.OpError
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return &fault.Error{Code: fault.Unavailable, Message: "there is no server " + host(address) + ", or this computer is offline", Cause: err}
	case errors.As(err, &network):
		return &fault.Error{Code: fault.Unavailable, Message: host(address) + " could not be reached; look whether the address is right and this computer is online", Cause: err}
	}
	return fault.New(fault.Unavailable, "%s broke off: %w", host(address), err)
}

// host names a server without the rest of the address, which may carry a key.
func host(address string) string {
	if u, err := url.Parse(strings.TrimSpace(address)); err == nil {
		return u.Host
	}
	return "the server"
}
