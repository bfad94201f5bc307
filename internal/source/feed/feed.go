// Package feed lays feeds of products out as tables: JSON (a list, an object with a
// list of products, or an object on each line) and Google Merchant XML (RSS 2.0 or
// Atom). What is a table already, CSV and TSV, is left to package csv.
//
// The table has one row for each product, in the feed's order, and the columns
// sku, title, url, image, price, category, stock and availability. A product's
// fields are known by these names and by Google's: id, name, link, image_link,
// sale_price (which wins over price), product_type, google_product_category,
// quantity. Others are passed over. Cells are as they stand in the feed; what is
// wrong with one is for the importer to say.
//
// Feeds are not trusted: no document type is read, so that no entity of one is, and
// depth, size of a field and number of products are limited.
package feed

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"strings"

	"github.com/mailwright/mailwright/internal/fault"
)

// Format is how a feed is written.
type Format string

// The formats.
const (
	Table Format = "table" // CSV or TSV
	JSON  Format = "json"
	XML   Format = "xml"
)

// Limits of a feed.
const (
	MaxProducts = 1_000_000
	maxField    = 64 << 10 // bytes of one field
	maxDepth    = 32       // elements in one another
)

// Header names the columns of the table.
var Header = []string{"sku", "title", "url", "image", "price", "category", "stock", "availability"}

// Detect tells a file's format by its first bytes that are no white space.
func Detect(path string) (Format, error) {
	f, err := os.Open(path) // #nosec G304 -- the file that a person chose
	if err != nil {
		return "", fault.New(fault.NotFound, "%w", err)
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return Table, nil //nolint:nilerr // an empty file is an empty table, which the reader of tables refuses
	}
	return detect(head[:n]), nil
}

func detect(head []byte) Format {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("<")):
		return XML
	case bytes.HasPrefix(head, []byte("[")), bytes.HasPrefix(head, []byte("{")):
		return JSON
	}
	return Table
}

// Convert reads a feed of JSON or XML and writes it as CSV. It gives the number of
// products, and fault.Invalid for what is broken or no feed.
func Convert(in io.Reader, format Format, out io.Writer) (int, error) {
	w := csv.NewWriter(out)
	if err := w.Write(Header); err != nil {
		return 0, err
	}
	t := &table{w: w}
	var err error
	if format == XML {
		err = readXML(in, t)
	} else {
		err = readJSON(bufio.NewReaderSize(in, 1<<16), t)
	}
	if err != nil {
		return t.n, err
	}
	w.Flush()
	return t.n, w.Error()
}

// table writes products as rows.
type table struct {
	w *csv.Writer
	n int
}

// add writes a product, whose fields are by their names in the feed.
func (t *table) add(fields map[string]string) error {
	if t.n++; t.n > MaxProducts {
		return fault.New(fault.Invalid, "the feed has more than %d products", MaxProducts)
	}
	first := func(names ...string) string {
		for _, n := range names {
			if v := strings.TrimSpace(fields[n]); v != "" {
				return v
			}
		}
		return ""
	}
	return t.w.Write([]string{
		first("sku", "id"), first("title", "name"), first("url", "link"), first("image", "image_link"),
		first("sale_price", "price"), category(first("category", "product_type", "google_product_category")),
		first("stock", "quantity", "inventory"), first("availability"),
	})
}

// category gives the last part of a path such as “Home > Kitchen > Mugs”.
func category(path string) string {
	if at := strings.LastIndexByte(path, '>'); at >= 0 {
		return strings.TrimSpace(path[at+1:])
	}
	return path
}
