package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// imported is how many rows the file of the import has.
const imported = 500_000

type report struct {
	Read          int     `json:"read"`
	Created       int     `json:"created"`
	Unchanged     int     `json:"unchanged"`
	RowsPerSecond float64 `json:"rows_per_second"`
}

// imports brings the same file of orders into an empty workspace, twice, and into
// the shop.
func (b *bench) imports() error {
	file := filepath.Join(b.folder, "orders.csv")
	if err := writeOrders(file); err != nil {
		return err
	}
	empty := filepath.Join(b.folder, "empty.mailwright")
	if _, err := b.on(empty, "init"); err != nil {
		return err
	}
	// The shop itself is kept as it is for the other parts.
	copied := filepath.Join(b.folder, "copy.mailwright")
	if _, err := b.cli("backup", copied); err != nil {
		return err
	}
	b.say("## Import\n\n%d order lines with sku, product, quantity and price (%d MB of CSV), types found by a pass over the whole file, whole process.\n", imported, size(file)>>20)
	b.say("| into | rows a second | created | unchanged |\n|---|---|---|---|")
	for _, c := range []struct{ name, workspace string }{
		{"an empty workspace", empty}, {"the same again", empty}, {fmt.Sprintf("the shop with %d events", events), copied},
	} {
		began := time.Now()
		out, err := b.on(c.workspace, "import", "events", file, "--event", "order_placed")
		if err != nil {
			return err
		}
		took := time.Since(began)
		var r report
		if err := json.Unmarshal(out, &r); err != nil {
			return err
		}
		b.say("| %s | %.0f | %d | %d |", c.name, float64(r.Read)/took.Seconds(), r.Created, r.Unchanged)
	}
	b.say("")
	return nil
}

func writeOrders(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	r := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // made-up rows
	start := time.Date(2024, 6, 1, 8, 0, 0, 0, time.UTC)
	_, _ = fmt.Fprintln(w, "email,occurred_at,order_id,sku,product,quantity,unit_price,value")
	for i := range imported {
		quantity, cents := 1+r.IntN(5), 100+r.IntN(9000)
		_, _ = fmt.Fprintf(w, "buyer%d@import.example,%s,O%d,S-%03d,Product %d,%d,%d.%02d,%d.%02d\n", r.IntN(20_000),
			start.Add(time.Duration(i)*2*time.Minute).Format(time.DateTime), i/3, r.IntN(800), r.IntN(800), quantity, cents/100, cents%100, quantity*cents/100, quantity*cents%100)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
