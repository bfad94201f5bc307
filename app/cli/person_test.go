package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
)

// shopOfTwo is a workspace with two people, who came by an import.
func shopOfTwo(t *testing.T) terminal {
	t.Helper()
	x := newTerminal(t)
	x.do("init")
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte("email,first_name\nann@shop.example,Ann\nbob@shop.example,Bob\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.do("import", "contacts", file)
	return x
}

func TestOnePersonInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	var d struct {
		Email, Name string
		Consents    []app.ContactConsent
	}
	x.answer(&d, "contact", "show", "ANN@shop.example")
	if d.Email != "ann@shop.example" || d.Name != "Ann" || len(d.Consents) == 0 {
		t.Errorf("%+v", d)
	}
	if all := lines[struct {
		Email  string
		Values map[string]any
	}](x, "contact", "list"); len(all) != 2 || all[0].Email != "ann@shop.example" || all[0].Values["first_name"] != "Ann" {
		t.Errorf("list: %+v", all)
	}
	if table := x.do("contact", "list", "--search", "bo"); !strings.Contains(table, "bob@shop.example") || strings.Contains(table, "ann@") {
		t.Errorf("table:\n%s", table)
	}
	if text := x.do("contact", "export", "ann@shop.example"); !strings.Contains(text, `"attributes":{"first_name":"Ann"}`) {
		t.Errorf("export: %s", text)
	}
	x.do("contact", "erase", "ann@shop.example")
	if code, out, _ := x.run("", "--json", "contact", "show", "ann@shop.example"); code != exitNotFound || !strings.Contains(out, `"code":"not_found"`) {
		t.Errorf("after the erasure: exit %d, %s", code, out)
	}
}

func TestConsentAndSuppressionInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	var c consents
	x.answer(&c, "consent", "set", "ann@shop.example", "marketing", "granted", "--source", "fair")
	if !c.Consents[0].Allowed || len(c.History) != 1 || c.History[0].Source != "fair" {
		t.Errorf("%+v", c)
	}
	x.do("suppression", "add", "ann@shop.example", "--reason", "bounced")
	x.answer(&c, "consent", "show", "ann@shop.example")
	if c.Consents[0].Allowed || c.Suppressed == nil || c.Suppressed.Reason != "bounced" {
		t.Errorf("%+v", c)
	}
	if list := lines[app.SuppressedAddress](x, "suppression", "list"); len(list) != 1 || list[0].Email != "ann@shop.example" {
		t.Errorf("%+v", list)
	}
	x.do("suppression", "rm", "ann@shop.example")
	for want, args := range map[int][]string{
		exitNotFound: {"suppression", "rm", "ann@shop.example"},
		exitInvalid:  {"suppression", "add", "no address"},
		exitUsage:    {"consent", "set", "ann@shop.example", "marketing", "perhaps", "--source", "x"},
	} {
		if code, out, said := x.run("", args...); code != want {
			t.Errorf("%v: exit %d, want %d\n%s%s", args, code, want, out, said)
		}
	}
}

func TestHistoryCopiesAndCheckUpInTheTerminal(t *testing.T) {
	x := shopOfTwo(t)
	var v app.AuditVerdict
	x.answer(&v, "audit", "verify")
	if !v.OK || v.Entries != 3 { // two people, and the import
		t.Errorf("%+v", v)
	}
	if all := lines[app.AuditRow](x, "audit", "list", "--contact", "bob@shop.example"); len(all) != 1 || all[0].Action != "contact.created" {
		t.Errorf("%+v", all)
	}
	copied := filepath.Join(t.TempDir(), "copy.mailwright")
	x.do("backup", copied)
	if code, _, _ := x.run("", "backup", copied); code != exitConflict {
		t.Errorf("a copy over a copy: exit %d", code)
	}
	x.do("contact", "erase", "bob@shop.example")
	var r app.Restored
	x.answer(&r, "restore", copied)
	if r.Kept == "" {
		t.Errorf("%+v", r)
	}
	x.do("contact", "show", "bob@shop.example")
	var health struct {
		OK     bool
		Checks []struct{ Check string }
	}
	x.answer(&health, "doctor")
	if !health.OK || len(health.Checks) < 8 {
		t.Errorf("%+v", health)
	}
}

func TestImportsThatNeedAnAnswerOrLoseRowsSaySoByTheirExit(t *testing.T) {
	x := shopOfTwo(t)
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	dates := file("dates.csv", "email,at,value\nann@shop.example,01/02/2026,5\n")
	code, out, _ := x.run("", "--json", "import", "events", dates, "--event", "order_placed")
	if code != exitInvalid || !strings.Contains(out, "--date-order") {
		t.Errorf("open dates: exit %d, %s", code, out)
	}
	x.do("import", "events", dates, "--event", "order_placed", "--date-order", "dmy")
	rejects := filepath.Join(dir, "rejects.csv")
	if code, _, _ := x.run("", "import", "contacts", file("some.csv", "email\ncid@shop.example\nno address\n"), "--rejects", rejects); code != exitPartly {
		t.Errorf("rejected rows: exit %d", code)
	}
	if text, err := os.ReadFile(rejects); err != nil || !strings.Contains(string(text), "no address") {
		t.Errorf("rejects: %s, %v", text, err)
	}
	if code, _, _ := x.run("", "import", "contacts", filepath.Join(dir, "none.csv")); code != exitNotFound {
		t.Errorf("no file: exit %d", code)
	}
}
