package campaign_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
)

const whole = `{"name":"Autumn VIP","template":"autumn","include":["vip"],"exclude":["win-back"],"purpose":"marketing",
	"from":{"name":"The Shop","email":"hello@shop.example"},"reply_to":"hello@shop.example","esp":"post","unsubscribe":"mailto:unsubscribe@shop.example"}`

func TestParse(t *testing.T) {
	got, err := campaign.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Campaign{
		Name: "Autumn VIP", Template: "autumn", Include: []string{"vip"}, Exclude: []string{"win-back"}, Purpose: "marketing",
		From: campaign.Address{Name: "The Shop", Email: "hello@shop.example"}, ReplyTo: "hello@shop.example", ESP: "post", Unsubscribe: "mailto:unsubscribe@shop.example",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for name, c := range map[string]struct{ body, field string }{
		"an unknown field":        {`{"name":"A","templte":"b"}`, "templte"},
		"an unknown nested field": {`{"from":{"mail":"b"}}`, "mail"},
		"a value of another type": {`{"include":"vip"}`, "include"},
		"no JSON":                 {`{`, ""},
		"something after the end": {`{} {}`, ""},
	} {
		_, err := campaign.Parse([]byte(c.body))
		if f, ok := fault.As(err); !ok || f.Code != fault.Invalid || f.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheck(t *testing.T) {
	good, err := campaign.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if err := good.Check(good.Unsubscribe); err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*campaign.Campaign){
		"name":        func(c *campaign.Campaign) { c.Name = " " },
		"template":    func(c *campaign.Campaign) { c.Template = "" },
		"esp":         func(c *campaign.Campaign) { c.ESP = "" },
		"from.email":  func(c *campaign.Campaign) { c.From.Email = "nobody" },
		"reply_to":    func(c *campaign.Campaign) { c.ReplyTo = "a@" },
		"from":        func(c *campaign.Campaign) { c.From.Name = "Shop\r\nBcc: all@shop.example" },
		"unsubscribe": func(c *campaign.Campaign) { c.Unsubscribe = "" },
	} {
		c := good
		change(&c)
		if f, ok := fault.As(c.Check(c.Unsubscribe)); !ok || f.Code != fault.Invalid || f.Field != field {
			t.Errorf("%s: %v", field, c.Check(c.Unsubscribe))
		}
	}
	service := good
	service.Purpose, service.Unsubscribe = "service", ""
	if err := service.Check(""); err != nil {
		t.Errorf("mail that is no marketing needs no way to unsubscribe: %v", err)
	}
}

func TestUnsubscribeAddresses(t *testing.T) {
	var marketing campaign.Campaign
	marketing.Purpose = "marketing"
	for address, good := range map[string]bool{
		"mailto:u@shop.example": true, "mailto:u@shop.example?subject=unsubscribe%20me": true, "https://shop.example/u?who=1": true, "http://shop.example/u": true,
		"": false, "u@shop.example": false, "mailto:": false, "mailto:nobody": false, "https:///u": false, "javascript:alert(1)": false, "tel:123": false,
		"https://shop.example/\r\nBcc: x": false, "asset:x.png": false, "#": false,
	} {
		if err := marketing.CheckUnsubscribe(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// FuzzParse holds that what is taken comes back the same after it is written.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`{"include":null,"purpose":""}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := campaign.Parse(body)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		_ = c.Check(c.Unsubscribe)
		written, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := campaign.Parse(written)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Exclude) == 0 {
			c.Exclude = nil
		}
		if d := cmp.Diff(c, again); d != "" {
			t.Fatal(d)
		}
	})
}
