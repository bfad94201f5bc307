// Package dialect is Mailwright's Liquid: the language of subjects, texts and
// blocks. It follows Shopify's Liquid (its published cases are a test here) and
// adds what e-mails need: values escaped by default in HTML, amounts and dates
// in the workspace's currency, zone and language, a report of what was missing,
// and limits that no template passes.
//
// An Engine is made once for a campaign or a preview (New), parses each distinct
// source once (Parse), and each Template is then rendered for everybody, by many
// goroutines at once (Render). Bindings are plain Go values: nil, bool, string,
// numbers, decimal.Decimal for money, time.Time, civil.Date, lists, maps with
// text keys, and Lazy ones. They are only read.
//
// Errors are fault.Invalid with the place in the source (PlaceOf). Scan tells
// what a source uses before anything is rendered; checks and the loading of
// profiles build on it.
//
// Where it is stricter than Shopify: an unknown filter, a wrong number of
// arguments and a broken expression are errors when parsed and not empty text
// when sent. Where values are written into HTML they are escaped, also those of
// filters and literals; a capture is HTML already. Templates cannot switch that
// off. Nothing is read from files: include and render know the engine's Partials.
//
// The language itself is implemented here rather than on a library, because the
// limits, the places and the report need every node, expression and filter to
// take part; docs/decisions tells the measurements.
package dialect
