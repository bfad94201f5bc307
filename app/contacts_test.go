package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/testkit"
)

// shop is an app with an empty workspace open, in Europe/Paris and EUR, at the
// tests' clock.
type shop struct {
	*app.App
	t    *testing.T
	ctx  context.Context
	path string
}

func newShop(t *testing.T) shop {
	t.Helper()
	dir := t.TempDir()
	a := app.New(app.Options{Now: testkit.Clock, DataDir: filepath.Join(dir, "data"), Actor: "test"})
	t.Cleanup(func() { _ = a.Close() })
	s := shop{a, t, context.Background(), filepath.Join(dir, "shop.mailwright")}
	_, err := a.Workspace().Create(s.ctx, app.NewWorkspace{Path: s.path, Timezone: "Europe/Paris", Currency: "EUR"})
	s.must(err)
	return s
}

func (s shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// wait waits for a job.
func (s shop) wait(started app.JobStarted, err error) app.Job {
	s.t.Helper()
	s.must(err)
	j, err := s.WaitJob(s.ctx, started.Job)
	s.must(err)
	return j
}

// bring imports a file of the kind and gives the import's number.
func (s shop) bring(kind, event, content string) int64 {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), kind+".csv")
	s.must(os.WriteFile(path, []byte(content), 0o600))
	j := s.wait(s.Data().Start(s.ctx, app.ImportRequest{Path: path, Kind: kind, Event: event}))
	var r app.ImportReport
	s.must(json.Unmarshal(j.Result, &r))
	return r.Batch.Batch
}

func (s shop) person(email string) int64 {
	s.t.Helper()
	id, err := s.ContactID(s.ctx, email)
	s.must(err)
	return id
}

func (s shop) get(id int64) app.ContactDetail {
	s.t.Helper()
	d, err := s.Contacts().Get(s.ctx, id)
	s.must(err)
	return d
}

func raw(text string) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		panic(err)
	}
	return m
}

func (s shop) exported(id int64) string {
	s.t.Helper()
	e, err := s.Contacts().Export(s.ctx, id)
	s.must(err)
	b, err := json.Marshal(e)
	s.must(err)
	return string(b)
}

func value(d app.ContactDetail, name string) string {
	for _, a := range d.Attributes {
		if a.Name == name {
			return a.Value.String()
		}
	}
	return "no such attribute"
}

func TestAPersonIsTakenInChangedAndShown(t *testing.T) {
	s := newShop(t)
	for _, a := range []app.NewAttribute{{Label: "Shoe size", Type: "number"}, {Label: "Budget", Type: "money"}, {Label: "Colours", Type: "list"}, {Label: "VIP", Type: "boolean"}, {Label: "Seen at", Type: "datetime"}} {
		_, err := s.Contacts().AddAttribute(s.ctx, a)
		s.must(err)
	}
	if _, err := s.Contacts().AddAttribute(s.ctx, app.NewAttribute{Name: "shoe size", Type: "text"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("an attribute twice: %v", err)
	}
	id, err := s.Contacts().Create(s.ctx, app.NewContact{Email: " Ann@Shop.Example ", Attributes: raw(`{"first_name":"Ann","shoe_size":38.5,"external_id":"C-1"}`)})
	s.must(err)
	if _, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "ann@shop.example"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the address twice: %v", err)
	}
	s.must(s.Contacts().Save(s.ctx, id, raw(`{"budget":"19.99","colours":["red","blue"],"vip":true,"seen_at":"2026-03-29 02:30","birthday":"1990-02-28","last_name":"Lee","shoe_size":null}`)))
	d := s.get(id)
	if d.Email != "ann@shop.example" || d.Name != "Ann Lee" || d.ExternalID != "C-1" || d.Source != "manual" {
		t.Errorf("%+v", d)
	}
	for name, want := range map[string]string{"budget": "19.99", "colours": "red;blue", "vip": "true", "birthday": "1990-02-28", "shoe_size": "", "seen_at": "2026-03-29T01:30:00Z"} {
		if got := value(d, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	page, err := s.Contacts().List(s.ctx, app.ContactQuery{Search: "lee", Columns: []string{"vip"}, Limit: 10})
	s.must(err)
	if page.Matched != 1 || page.Rows[0].ID != id || !page.Rows[0].Values["vip"].Bool() {
		t.Errorf("the table does not know of the change: %+v", page)
	}
	history, err := s.Audit().List(s.ctx, app.AuditQuery{ContactID: id, Limit: 10})
	s.must(err)
	if history.Total != 3 || history.Rows[0].Action != "contact.updated" || strings.Contains(string(history.Rows[0].Open), "Lee") {
		t.Errorf("history: %+v", history)
	}
	s.must(s.Contacts().Save(s.ctx, id, raw(`{"vip":true}`)))
	if again, err := s.Audit().List(s.ctx, app.AuditQuery{ContactID: id, Limit: 10}); err != nil || again.Total != history.Total {
		t.Errorf("saving what is there already wrote history: %+v, %v", again, err)
	}
}

func TestWrongValuesAreRefusedByNameAndNothingIsKept(t *testing.T) {
	s := newShop(t)
	_, err := s.Contacts().AddAttribute(s.ctx, app.NewAttribute{Label: "Points", Type: "number"})
	s.must(err)
	id, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "ann@shop.example"})
	s.must(err)
	for attributes, field := range map[string]string{
		`{"points":"many"}`: "attributes.points", `{"birthday":"30/02/1990"}`: "attributes.birthday", `{"first_name":"A","nobody":1}`: "attributes.nobody",
		`{"contact.id":5}`: "attributes.contact.id", `{"email":"b@shop.example"}`: "attributes.email", `{"points":true}`: "attributes.points",
	} {
		err := s.Contacts().Save(s.ctx, id, raw(attributes))
		if e, ok := fault.As(err); !ok || e.Code != fault.Invalid || e.Field != field {
			t.Errorf("%s: %v, want invalid at %s", attributes, err, field)
		}
	}
	if d := s.get(id); d.Name != "" {
		t.Errorf("part of a refused change was kept: %+v", d)
	}
	for name, err := range map[string]error{
		"someone who is not there":  s.Contacts().Save(s.ctx, 99, raw(`{"first_name":"X"}`)),
		"consent of nobody":         s.Contacts().SetConsent(s.ctx, 99, "marketing", "granted", "x"),
		"erasing nobody":            s.Contacts().Erase(s.ctx, 99),
		"an address that is not on": s.Contacts().Unsuppress(s.ctx, "ann@shop.example"),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"an unknown purpose":   s.Contacts().SetConsent(s.ctx, id, "spying", "granted", "x"),
		"an unknown state":     s.Contacts().SetConsent(s.ctx, id, "marketing", "perhaps", "x"),
		"consent from nowhere": s.Contacts().SetConsent(s.ctx, id, "marketing", "granted", " "),
		"no address":           s.Contacts().Suppress(s.ctx, "ann", ""),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConsentAndSuppressionDecideTogether(t *testing.T) {
	s := newShop(t)
	id, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "ann@shop.example"})
	s.must(err)
	marketing := func() app.ContactConsent { return s.get(id).Consents[0] }
	permitted := func() int {
		h, err := s.Home().Home(s.ctx)
		s.must(err)
		return h.Permitted
	}
	expect := func(what string, allowed bool, reason string) {
		t.Helper()
		n := 0
		if allowed {
			n = 1
		}
		if c := marketing(); c.Purpose != "marketing" || c.Allowed != allowed || c.Reason != reason || permitted() != n {
			t.Errorf("%s: %+v, %d permitted", what, c, permitted())
		}
	}
	expect("a stranger", false, "no_consent")
	s.must(s.Contacts().SetConsent(s.ctx, id, "marketing", "granted", "checkout"))
	expect("who agreed", true, "")
	s.must(s.Contacts().Suppress(s.ctx, "ANN@shop.example", "bounced"))
	s.must(s.Contacts().Suppress(s.ctx, "ann@shop.example", "complained"))
	expect("who is suppressed", false, "suppressed")
	if x := s.get(id).Suppressed; x == nil || x.Reason != "bounced" {
		t.Errorf("the first reason stays: %+v", x)
	}
	s.must(s.Contacts().Unsuppress(s.ctx, "ann@shop.example"))
	expect("who is off the list", true, "")
	s.must(s.Contacts().SetConsent(s.ctx, id, "marketing", "withdrawn", "telephone"))
	expect("who withdrew", false, "withdrawn")
	history, err := s.Contacts().ConsentHistory(s.ctx, id)
	s.must(err)
	if len(history) != 2 || history[0].State != "withdrawn" || history[1].Source != "checkout" {
		t.Errorf("%+v", history)
	}
}

func TestATimelinePartsNoInstant(t *testing.T) {
	s := newShop(t)
	rows := "email,at,value,sku\n"
	for i := range 7 {
		rows += "ann@shop.example,2026-03-01 10:00," + string(rune('1'+i)) + ".00,A" + string(rune('0'+i)) + "\n"
	}
	s.bring("events", "order_placed", rows+"ann@shop.example,2026-02-01,2.50,B\nann@shop.example,2026-01-01,0.25,C\n")
	id := s.person("ann@shop.example")
	first, err := s.Contacts().Timeline(s.ctx, id, 0, 3)
	s.must(err)
	if len(first) != 7 {
		t.Fatalf("the lines of one order are parted: %d of 7", len(first))
	}
	rest, err := s.Contacts().Timeline(s.ctx, id, first[6].At, 3)
	s.must(err)
	if len(rest) != 2 || rest[1].Value.String() != "0.25" || string(rest[0].Properties) != `{"sku":"B"}` {
		t.Errorf("%+v", rest)
	}
	d := s.get(id)
	if d.ValueTotal != "30.75" || len(d.EventCounts) != 1 || d.EventCounts[0].Count != 9 {
		t.Errorf("total %s, counts %+v", d.ValueTotal, d.EventCounts)
	}
}

func TestAnErasedPersonIsNowhereInTheFile(t *testing.T) {
	s := newShop(t)
	batch := s.bring("contacts", "", "email,first_name,nickname\nzzannika@shop.example,Zzannika,Zzaberlein\nbob@shop.example,Bob,Bobby\nzzannika@shop.example\n")
	s.bring("contacts", "", "email,nickname\nzzannika@shop.example,Zzabella\n")
	s.bring("events", "order_placed", "email,at,value,note\nzzannika@shop.example,2026-03-01,5.00,for Zzaberlein\nbob@shop.example,2026-03-01,5.00,x\n")
	id := s.person("zzannika@shop.example")
	s.must(s.Contacts().SetConsent(s.ctx, id, "marketing", "granted", "fair"))
	s.must(s.Contacts().Suppress(s.ctx, "zzannika@shop.example", "unsubscribed"))
	s.must(s.Contacts().Save(s.ctx, id, raw(`{"city":"Zzaberlein-Stadt"}`)))
	s.must(s.Contacts().Erase(s.ctx, id))
	if _, err := s.Contacts().Get(s.ctx, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("they are still there: %v", err)
	}
	if _, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "zzannika@shop.example"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken in again by hand: %v", err)
	}
	s.bring("contacts", "", "email\nbob@shop.example\n")
	verdict, err := s.Audit().Verify(s.ctx)
	s.must(err)
	if !verdict.OK || verdict.Entries < 6 {
		t.Errorf("%+v", verdict)
	}
	s.wait(s.Data().Undo(s.ctx, batch))
	found, err := s.Contacts().Find(s.ctx, "zz", 10)
	s.must(err)
	if len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	checks, err := s.Workspace().Doctor(s.ctx)
	s.must(err)
	for _, c := range checks {
		if !c.OK {
			t.Errorf("%+v", c)
		}
	}
	s.must(s.Close())
	file, err := os.ReadFile(s.path)
	s.must(err)
	for _, secret := range []string{"zzannika", "Zzannika", "Zzaberlein", "Zzabella"} {
		if at := bytes.Index(file, []byte(secret)); at >= 0 {
			t.Errorf("%q is still in the file, at byte %d: %q", secret, at, file[max(0, at-60):min(len(file), at+80)])
		}
	}
	s.must(s.OpenWorkspace(s.ctx, s.path))
	s.must(s.Contacts().Unsuppress(s.ctx, "zzannika@shop.example"))
	if _, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "zzannika@shop.example"}); err != nil {
		t.Errorf("taken in again after they asked for it: %v", err)
	}
}

func TestAnExportIsTheSameAfterAnImportAndItsUndo(t *testing.T) {
	s := newShop(t)
	s.bring("contacts", "", "email,first_name,joined,points\nann@shop.example,Ann,2020-01-31,5\nbob@shop.example,Bob,,7\n")
	s.bring("events", "order_placed", "email,at,value,sku\nann@shop.example,2026-03-01,5.00,A\n")
	s.must(s.Contacts().SetConsent(s.ctx, s.person("ann@shop.example"), "marketing", "granted", "fair"))
	all := func() string {
		return s.exported(s.person("ann@shop.example")) + s.exported(s.person("bob@shop.example"))
	}
	before := all()
	batch := s.bring("contacts", "", "email,first_name,joined,points,size\nann@shop.example,Anna,long ago,x1,M\ncid@shop.example,Cid,,1,S\n")
	if all() == before || value(s.get(s.person("ann@shop.example")), "joined") != "long ago" {
		t.Fatal("the import changed nothing")
	}
	s.wait(s.Data().Undo(s.ctx, batch))
	if after := all(); after != before {
		t.Errorf("after:\n%s\nbefore:\n%s", after, before)
	}
	columns, err := s.Contacts().Columns(s.ctx)
	s.must(err)
	for _, c := range columns {
		if c.Name == "size" || (c.Name == "joined" && c.Type != "date") {
			t.Errorf("the undo left %+v", c)
		}
	}
}

func TestHomeAddsUpWhatHappened(t *testing.T) {
	s := newShop(t)
	h, err := s.Home().Home(s.ctx)
	s.must(err)
	trade, err := s.Home().Trade(s.ctx)
	s.must(err)
	if h.Contacts != 0 || h.NextStep.Route != "/data" || len(trade.RevenueByDay) != 90 || trade.Revenue30d != "0.00" || len(h.QualityTop) != 0 {
		t.Errorf("an empty workspace: %+v %+v", h, trade)
	}
	today := testkit.Now.In(time.FixedZone("", 2*3600)).Format(time.DateOnly)
	s.bring("events", "order_placed", "email,at,value,sku\n"+
		"ann@shop.example,"+today+" 09:00,10.00,A\nann@shop.example,"+today+" 09:00,2.50,B\n"+ // one order
		"bob@shop.example,2026-05-20 09:00,1.25,A\nbob@shop.example,2026-04-01 09:00,100.00,A\nbob@shop.example,2027-01-01 09:00,7.00,A\n")
	s.bring("events", "product_viewed", "email,at,sku\nann@shop.example,"+today+" 08:00,A\n")
	h, err = s.Home().Home(s.ctx)
	s.must(err)
	trade, err = s.Home().Trade(s.ctx)
	s.must(err)
	if h.Contacts != 2 || trade.Events30d != 4 || trade.Orders30d != 2 || trade.Revenue30d != "13.75" {
		t.Errorf("%+v %+v", h, trade)
	}
	last := trade.RevenueByDay[89]
	if last.Date != today || last.Value != "12.50" || h.NextStep.Route != "/segments" {
		t.Errorf("today %+v, next %+v", last, h.NextStep)
	}
}

func TestQualityNamesThePeople(t *testing.T) {
	s := newShop(t)
	s.bring("contacts", "", "email,first_name,last_name,birthday,phone,country\n"+
		"ann@shop.example,Ann,Lee,1990-01-01,,FR\nann.lee@gmial.com,ANN,Lee,1990-01-01,,FR\nbob@shop.example,,,,+33 1,\ncid@shop.example,Cid,,,+33 1,DE\n")
	s.bring("products", "", "sku,title,price,url,image\nA,Tea,5.00,https://shop.example/a,https://shop.example/a.png\nB,Cup,,,\n")
	s.bring("events", "order_placed", "email,at,value,sku\nann@shop.example,2026-03-01,5.00,A\ncid@shop.example,2026-03-01,5.00,\ncid@shop.example,2026-03-02,5.00,Z\n")
	q, err := s.Data().Quality(s.ctx)
	s.must(err)
	want := map[string]int{"no_first_name": 1, "no_country": 1, "misspelt_address": 1, "no_consent": 4, "twins": 4, "no_sku_order_placed": 1,
		"no_image": 1, "no_price": 1, "no_url": 1, "unknown_products": 1, "rejected_rows": 0}
	for _, f := range q.Findings {
		n, known := want[f.ID]
		if !known || f.Count != n || (n == 0) != (f.Severity == app.QualityOK) {
			t.Errorf("%+v, want %d", f, n)
		}
		delete(want, f.ID)
		if f.Condition == nil {
			continue
		}
		shown, err := s.Segments().Count(s.ctx, f.Condition)
		if err != nil || shown.Count != f.Count {
			t.Errorf("%s: its condition shows %+v, %v", f.ID, shown, err)
		}
	}
	if len(want) > 0 {
		t.Errorf("not looked at: %v", want)
	}
	page, err := s.Data().Products(s.ctx, app.ProductQuery{Search: "te", Limit: 5})
	s.must(err)
	if page.Total != 1 || page.Rows[0].Price != "5.00" {
		t.Errorf("%+v", page)
	}
}

func TestARestoredWorkspaceIsWhatItWas(t *testing.T) {
	s := newShop(t)
	id, err := s.Contacts().Create(s.ctx, app.NewContact{Email: "ann@shop.example"})
	s.must(err)
	copied := filepath.Join(t.TempDir(), "copy.mailwright")
	s.wait(s.Workspace().Backup(s.ctx, copied))
	s.must(s.Contacts().Erase(s.ctx, id))
	r, err := s.Workspace().Restore(s.ctx, copied)
	s.must(err)
	if r.Kept == "" || s.get(id).Email != "ann@shop.example" {
		t.Errorf("%+v", r)
	}
	if _, err := s.Workspace().Restore(s.ctx, filepath.Join(t.TempDir(), "none")); !fault.Is(err, fault.NotFound) {
		t.Errorf("restoring from nothing: %v", err)
	}
	if s.get(id).Email != "ann@shop.example" {
		t.Error("a restore that failed lost the workspace")
	}
}
