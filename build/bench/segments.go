package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the peer, on the same file
)

// question is a condition and the same in SQL, whose answer must be equal.
type question struct {
	name      string
	condition string
	sql       string
}

// orders selects a shop's orders; the instant of the questions is at ?1 in
// milliseconds.
const orders = `FROM events e WHERE e.type_id = (SELECT id FROM event_types WHERE name = 'order_placed') AND e.occurred_at <= ?1`

const days = ` AND e.occurred_at >= ?1 - 86400000 * `

func questions() []question {
	return []question{
		{"country is Germany or France", `{"kind":"attribute","attribute":"country","op":"is","values":["Germany","France"]}`,
			`SELECT COUNT(*) FROM contact_values WHERE attribute_id = (SELECT id FROM attributes WHERE name = 'country') AND value IN ('Germany', 'France')`},
		{"bought in the last 90 days", `{"kind":"event","event":"order_placed","window":{"last":90,"unit":"day"}}`,
			`SELECT COUNT(DISTINCT contact_id) ` + orders + days + `90`},
		{"bought twice or more in the last year", `{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":365,"unit":"day"}}`,
			`SELECT COUNT(*) FROM (SELECT contact_id ` + orders + days + `365 GROUP BY contact_id HAVING COUNT(*) >= 2)`},
		{"spent 300 or more", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":300}`,
			`SELECT COUNT(*) FROM (SELECT contact_id ` + orders + ` GROUP BY contact_id HAVING SUM(value) >= 30000)`},
		{"bought tea twice or more", `{"kind":"event","event":"order_placed","op":"gte","value":2,"where":[{"property":"category","op":"is","value":"Tea"}]}`,
			`SELECT COUNT(*) FROM (SELECT contact_id ` + orders + ` AND json_extract(properties, '$.category') = 'Tea' GROUP BY contact_id HAVING COUNT(*) >= 2)`},
		{"five different products or more", `{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"gte","value":5}`,
			`SELECT COUNT(*) FROM (SELECT contact_id ` + orders + ` GROUP BY contact_id HAVING COUNT(DISTINCT json_extract(properties, '$.sku')) >= 5)`},
		{"bought, but not in half a year", `{"kind":"all","children":[{"kind":"event","event":"order_placed"},{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":180,"unit":"day"}}]}`,
			`SELECT COUNT(*) FROM (SELECT DISTINCT contact_id ` + orders + ` EXCEPT SELECT contact_id ` + orders + days + `180)`},
		{"consented to marketing", `{"kind":"consent","purpose":"marketing","op":"granted"}`, ""},
		{"viewed, then bought within a day", `{"kind":"sequence","steps":[{"event":"product_viewed"},{"event":"order_placed","within":{"last":1,"unit":"day"}}]}`, ""},
	}
}

// timing is what `segment bench` prints for a condition.
type timing struct {
	Count    int     `json:"count"`
	ColdMS   float64 `json:"cold_ms"`
	WarmMS   float64 `json:"warm_ms"`
	CachedMS float64 `json:"cached_ms"`
}

func (b *bench) segments() error {
	list := questions()
	var conditions []json.RawMessage
	for _, q := range list {
		conditions = append(conditions, json.RawMessage(q.condition))
	}
	text, err := json.Marshal(conditions)
	if err != nil {
		return err
	}
	file := filepath.Join(b.folder, "conditions.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	out, err := b.cli("segment", "bench", "--file", file)
	if err != nil {
		return err
	}
	var timings []timing
	if err := json.Unmarshal(out, &timings); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+b.shop+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	b.say("## Segments\n\nMilliseconds for an exact count. Cold: every column dropped before it. Warm: columns loaded, no kept answer (the median of 7). SQLite (modernc, warm cache, the best of 3) answers the same question on the same file; the counts are equal.\n")
	b.say("| condition | people | cold | warm | again | SQLite |\n|---|---|---|---|---|---|")
	for i, q := range list {
		peer, err := ask(db, q, timings[i].Count)
		if err != nil {
			return err
		}
		b.say("| %s | %d | %.1f | %.2f | %.3f | %s |", q.name, timings[i].Count, timings[i].ColdMS, timings[i].WarmMS, timings[i].CachedMS, peer)
	}
	b.say("")
	return nil
}

// ask asks SQLite and gives its best time; another count is an error.
func ask(db *sql.DB, q question, want int) (string, error) {
	if q.sql == "" {
		return "–", nil
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		return "", err
	}
	best := time.Hour
	for range 3 {
		began := time.Now()
		var n int
		var args []any
		if q.name != "country is Germany or France" {
			args = append(args, at.UnixMilli())
		}
		if err := db.QueryRow(q.sql, args...).Scan(&n); err != nil {
			return "", fmt.Errorf("%s: %w", q.name, err)
		}
		if n != want {
			return "", fmt.Errorf("%s: SQLite counts %d and we %d", q.name, n, want)
		}
		best = min(best, time.Since(began))
	}
	return fmt.Sprintf("%.1f", float64(best.Microseconds())/1000), nil
}
