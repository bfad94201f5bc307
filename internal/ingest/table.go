package ingest

import (
	"os"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/source/feed"
)

// tableOf gives the path of the request's file as a table: of products in JSON or
// XML a copy laid out as CSV, which done removes. A row's line is then its place
// among the products, plus one for the header.
func tableOf(req Request) (path string, done func(), err error) {
	done = func() {}
	if req.Kind != batch.Products {
		return req.Path, done, nil
	}
	format, err := feed.Detect(req.Path)
	if err != nil || format == feed.Table {
		return req.Path, done, err
	}
	in, err := os.Open(req.Path)
	if err != nil {
		return "", done, fault.New(fault.NotFound, "%w", err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.CreateTemp("", "mailwright-feed-*.csv")
	if err != nil {
		return "", done, fault.New(fault.Unavailable, "%w", err)
	}
	done = func() { _ = os.Remove(out.Name()) }
	_, err = feed.Convert(in, format, out)
	if e := out.Close(); err == nil && e != nil {
		err = fault.New(fault.Unavailable, "%w", e)
	}
	if err != nil {
		done()
		return "", func() {}, err
	}
	return out.Name(), done, nil
}
