package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// question is a condition and the same in SQL, whose answer must be equal.
//
// In SQL, {order_placed} are the events of a type up to the instant (contact, t,
// value and its properties), [country] the contacts who have an attribute
// (contact, value). Where the dialects differ, sqlite is SQLite's own; "–" means
// that it has no such thing.
type question struct {
	name      string
	condition string
	sql       string
	sqlite    string
}

func at(date string) string {
	t, err := time.ParseInLocation(time.DateOnly, date, paris)
	if err != nil {
		panic(err)
	}
	return strconv.FormatInt(t.UnixMilli(), 10)
}

// ago is an instant before that of the questions.
func ago(days int64) string { return strconv.FormatInt(asOf.UnixMilli()-days*day, 10) }

func months(n int) string { return strconv.FormatInt(asOf.AddDate(0, -n, 0).UnixMilli(), 10) }

// people counts those for whom a comparison holds over their grouped events.
func people(from, having string) string {
	return `SELECT COUNT(*) FROM (SELECT contact FROM ` + from + ` GROUP BY contact HAVING ` + having + `)`
}

const everybody = `(SELECT COUNT(*) FROM contacts)`

const vip = `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":600}`

func questions() []question {
	now := ago(0)
	return []question{
		{"text is one of two", `{"kind":"attribute","attribute":"country","op":"is","values":["Germany","France"]}`,
			`SELECT COUNT(*) FROM [country] WHERE value IN ('Germany', 'France')`, ""},
		{"text is not (those without included)", `{"kind":"attribute","attribute":"city","op":"is_not","value":"City 77"}`,
			`SELECT ` + everybody + ` - (SELECT COUNT(*) FROM [city] WHERE value = 'City 77')`, ""},
		{"address contains", `{"kind":"attribute","attribute":"email","op":"contains","value":"77@example7"}`,
			`SELECT COUNT(*) FROM contacts WHERE email LIKE '%77@example7%'`, ""},
		{"number from", `{"kind":"attribute","attribute":"points","op":"gte","value":7500}`,
			`SELECT COUNT(*) FROM [points] WHERE value >= 7500`, ""},
		{"money between", `{"kind":"attribute","attribute":"spent","op":"between","value":99.99,"to":250}`,
			`SELECT COUNT(*) FROM [spent] WHERE value BETWEEN 9999 AND 25000`, ""},
		{"birthday in the next 7 days", `{"kind":"attribute","attribute":"birthday","op":"anniversary_in_next","value":7,"unit":"day"}`,
			`SELECT COUNT(*) FROM [birthday] WHERE strftime(DATE '1970-01-01' + value::INT, '%m-%d') BETWEEN '06-01' AND '06-08'`,
			`SELECT COUNT(*) FROM [birthday] WHERE strftime('%m-%d', value * 86400, 'unixepoch') BETWEEN '06-01' AND '06-08'`},
		{"seen in the last 30 days", `{"kind":"attribute","attribute":"last_seen","op":"in_last","value":30,"unit":"day"}`,
			`SELECT COUNT(*) FROM [last_seen] WHERE value BETWEEN ` + ago(30) + ` AND ` + now, ""},
		{"list has one of two", `{"kind":"attribute","attribute":"tags","op":"has_any","values":["vip","press"]}`,
			`SELECT COUNT(*) FROM [tags] WHERE list_has_any(value, ['vip', 'press'])`,
			`SELECT COUNT(*) FROM [tags] t WHERE EXISTS (SELECT 1 FROM json_each(t.value) j WHERE j.value IN ('vip', 'press'))`},
		{"yes or no", `{"kind":"attribute","attribute":"subscriber","op":"is_true"}`,
			`SELECT COUNT(*) FROM [subscriber] WHERE value = 1`, ""},
		{"ordered in the last 90 days", `{"kind":"event","event":"order_placed","window":{"last":90,"unit":"day"}}`,
			`SELECT COUNT(DISTINCT contact) FROM {order_placed} WHERE t >= ` + ago(90), ""},
		{"ordered 3 times or more in the last 12 months", `{"kind":"event","event":"order_placed","op":"gte","value":3,"window":{"last":12,"unit":"month"}}`,
			people(`{order_placed} WHERE t >= `+months(12), `COUNT(*) >= 3`), ""},
		{"never opened in the last 180 days", `{"kind":"event","event":"email_opened","op":"eq","value":0,"window":{"last":180,"unit":"day"}}`,
			`SELECT ` + everybody + ` - (SELECT COUNT(DISTINCT contact) FROM {email_opened} WHERE t >= ` + ago(180) + `)`, ""},
		{"viewed 5 or more in the last 30 days", `{"kind":"event","event":"product_viewed","op":"gte","value":5,"window":{"last":30,"unit":"day"}}`,
			people(`{product_viewed} WHERE t >= `+ago(30), `COUNT(*) >= 5`), ""},
		{"sum from 300", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":300}`,
			people(`{order_placed}`, `SUM(value) >= 30000`), ""},
		{"sum within dates", `{"kind":"event","event":"order_placed","measure":"sum","op":"between","value":50.50,"to":200,"window":{"from":"2025-06-01","to":"2025-12-31"}}`,
			people(`{order_placed} WHERE t >= `+at("2025-06-01")+` AND t < `+at("2026-01-01"), `SUM(value) BETWEEN 5050 AND 20000`), ""},
		{"average below 80", `{"kind":"event","event":"order_placed","measure":"avg","op":"lt","value":80}`,
			people(`{order_placed}`, `SUM(value) < 8000 * COUNT(*)`), ""},
		{"smallest above 50", `{"kind":"event","event":"cart_updated","measure":"min","op":"gt","value":50}`,
			people(`{cart_updated}`, `MIN(value) > 5000`), ""},
		{"largest of a property", `{"kind":"event","event":"order_placed","measure":"max","property":"quantity","op":"eq","value":9,"window":{"last":52,"unit":"week"}}`,
			people(`{order_placed} WHERE t >= `+ago(364), `MAX(quantity) = 9`), ""},
		{"5 different products or more in a year", `{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"gte","value":5,"window":{"last":365,"unit":"day"}}`,
			people(`{order_placed} WHERE t >= `+ago(365), `COUNT(DISTINCT sku) >= 5`), ""},
		{"10 different products viewed or more", `{"kind":"event","event":"product_viewed","measure":"distinct","property":"sku","op":"gte","value":10}`,
			people(`{product_viewed}`, `COUNT(DISTINCT sku) >= 10`), ""},
		{"last order 60 to 120 days ago", `{"kind":"event","event":"order_placed","measure":"days_since_last","op":"between","value":60,"to":120}`,
			people(`{order_placed}`, `MAX(t) BETWEEN `+ago(120)+` AND `+ago(60)), ""},
		{"first order 365 days ago or more", `{"kind":"event","event":"order_placed","measure":"days_since_first","op":"gte","value":365}`,
			people(`{order_placed}`, `MIN(t) <= `+ago(365)), ""},
		{"clicked before the last 180 days", `{"kind":"event","event":"email_clicked","op":"gte","value":2,"window":{"before_last":180,"unit":"day"}}`,
			people(`{email_clicked} WHERE t < `+ago(180), `COUNT(*) >= 2`), ""},
		{"ordered tea twice or more", `{"kind":"event","event":"order_placed","op":"gte","value":2,"where":[{"property":"category","op":"is","value":"Tea"}]}`,
			people(`{order_placed} WHERE category = 'Tea'`, `COUNT(*) >= 2`), ""},
		{"sum over any and none of properties", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":150,"where":[{"any":[{"property":"category","op":"is","value":"Tea"},{"property":"sku","op":"starts_with","value":"S-12"}]},{"none":[{"property":"quantity","op":"gt","value":6}]}]}`,
			people(`{order_placed} WHERE (category = 'Tea' OR sku LIKE 'S-12%') AND NOT quantity > 6`, `SUM(value) >= 15000`), ""},
		{"viewed, then ordered within a day", `{"kind":"sequence","steps":[{"event":"product_viewed"},{"event":"order_placed","within":{"last":1,"unit":"day"}}],"window":{"last":90,"unit":"day"}}`,
			`SELECT COUNT(DISTINCT v.contact) FROM {product_viewed} v JOIN {order_placed} o ON o.contact = v.contact AND o.t >= v.t AND o.t <= v.t + 86400000 WHERE v.t >= ` + ago(90) + ` AND o.t >= ` + ago(90), ""},
		{"filled a cart, did not order within an hour", `{"kind":"sequence","steps":[{"event":"cart_updated"},{"event":"order_placed","op":"did_not","within":{"last":1,"unit":"hour"}}],"window":{"last":7,"unit":"day"}}`,
			`SELECT COUNT(DISTINCT c.contact) FROM {cart_updated} c WHERE c.t >= ` + ago(7) + ` AND c.t + 3600000 <= ` + now + ` AND NOT EXISTS (SELECT 1 FROM {order_placed} o WHERE o.contact = c.contact AND o.t > c.t AND o.t <= c.t + 3600000)`, ""},
		{"consented to marketing", `{"kind":"consent","purpose":"marketing","op":"granted"}`,
			`SELECT COUNT(*) FROM (SELECT contact, arg_max(state, t) AS state, arg_max(COALESCE(expires, 0), t) AS expires FROM consents WHERE t <= ` + now + ` GROUP BY contact) WHERE state IN ('granted', 'confirmed') AND (expires = 0 OR expires > ` + now + `)`,
			`SELECT COUNT(*) FROM (SELECT contact_id, state, expires_at, MAX(at) FROM consent_entries WHERE at <= ` + now + ` GROUP BY contact_id) WHERE state IN ('granted', 'confirmed') AND (expires_at IS NULL OR expires_at > ` + now + `)`},
		{"bucket of a tenth", `{"kind":"bucket","salt":"autumn","from":0,"to":1000}`,
			`SELECT COUNT(*) FROM contacts WHERE ('0x' || substr(sha256('autumn' || chr(0) || id::VARCHAR), 1, 16))::UBIGINT % 10000 < 1000`, "–"},
		{"in a segment", `{"kind":"segment","segment":"vip","op":"in"}`, people(`{order_placed}`, `SUM(value) >= 60000`), ""},
		{"nested groups over five columns", `{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is_not","value":"Spain"},
			{"kind":"any","children":[` + vip + `,{"kind":"attribute","attribute":"points","op":"gt","value":7000}]},
			{"kind":"none","children":[{"kind":"event","event":"email_clicked","window":{"last":60,"unit":"day"}},{"kind":"attribute","attribute":"tags","op":"has","value":"press"}]}]}`,
			nested(`list_contains(t.value, 'press')`), nested(`EXISTS (SELECT 1 FROM json_each(t.value) j WHERE j.value = 'press')`)},
	}
}

func nested(press string) string {
	return `SELECT COUNT(*) FROM contacts p
		WHERE p.id NOT IN (SELECT contact FROM [country] WHERE value = 'Spain')
		AND (p.id IN (SELECT contact FROM {order_placed} GROUP BY contact HAVING SUM(value) >= 60000) OR p.id IN (SELECT contact FROM [points] WHERE value > 7000))
		AND p.id NOT IN (SELECT contact FROM {email_clicked} WHERE t >= ` + ago(60) + `)
		AND p.id NOT IN (SELECT contact FROM [tags] t WHERE ` + press + `)`
}

// forDuckDB writes a question for tables of one type of event each.
func forDuckDB(text string) string {
	for _, t := range eventTypes {
		text = strings.ReplaceAll(text, "{"+t.name+"}", "(SELECT * FROM "+t.name+" WHERE t <= "+ago(0)+")")
	}
	for _, a := range attributes {
		text = strings.ReplaceAll(text, "["+a.name+"]", "(SELECT id AS contact, "+a.name+" AS value FROM contacts WHERE "+a.name+" IS NOT NULL)")
	}
	return text
}

// forSQLite writes a question for the tables of a workspace.
func forSQLite(text string, attributeIDs map[string]int) string {
	for i, t := range eventTypes {
		columns := "contact_id AS contact, occurred_at AS t, value"
		for _, p := range t.properties {
			columns += ", properties ->> '$." + p + "' AS " + p
		}
		text = strings.ReplaceAll(text, "{"+t.name+"}", fmt.Sprintf("(SELECT %s FROM events WHERE type_id = %d AND occurred_at <= %s)", columns, i+1, ago(0)))
	}
	for _, a := range attributes {
		text = strings.ReplaceAll(text, "["+a.name+"]", fmt.Sprintf("(SELECT contact_id AS contact, value FROM contact_values WHERE attribute_id = %d)", attributeIDs[a.name]))
	}
	return text
}

// live gives the conditions of segments such as a shop keeps, n of them.
func live(n int) []string {
	forms := []string{
		`{"kind":"event","event":"order_placed","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}}`,
		`{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":%d0,"window":{"last":%d,"unit":"day"}}`,
		`{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"in","values":["France","Germany"]},{"kind":"event","event":"email_opened","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}}]}`,
		`{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}}`,
		`{"kind":"all","children":[{"kind":"event","event":"cart_updated","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}},{"kind":"consent","purpose":"marketing","op":"granted"}]}`,
		`{"kind":"event","event":"order_placed","op":"gte","value":%d,"window":{"last":%d,"unit":"day"},"where":[{"property":"category","op":"is","value":"Tea"}]}`,
		`{"kind":"all","children":[{"kind":"event","event":"order_placed","measure":"days_since_last","op":"gt","value":%d0},{"kind":"event","event":"product_viewed","window":{"last":%d,"unit":"day"}}]}`,
		`{"kind":"any","children":[{"kind":"attribute","attribute":"points","op":"gt","value":%d000},{"kind":"event","event":"site_visited","window":{"last":%d,"unit":"day"}}]}`,
		`{"kind":"none","children":[{"kind":"event","event":"email_clicked","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}}]}`,
		`{"kind":"all","children":[{"kind":"event","event":"order_placed","measure":"avg","op":"gt","value":%d5},{"kind":"event","event":"order_returned","op":"eq","value":0,"window":{"last":%d,"unit":"month"}}]}`,
	}
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(forms[i%len(forms)], 1+i/len(forms)%9, 7+i*7%360)
	}
	return list
}
