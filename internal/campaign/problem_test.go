package campaign_test

import (
	"testing"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
)

func TestPolicies(t *testing.T) {
	country := campaign.Problem{Kind: campaign.Missing, Place: "greet", Message: "country"}
	city := campaign.Problem{Kind: campaign.Missing, Place: "greet", Message: "city"}
	c, err := campaign.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	basis := c.Basis()
	if got := c.Decide(country).Do; got != "" {
		t.Errorf("undecided is %q", got)
	}
	c = c.WithPolicy(campaign.Policy{Kind: campaign.Missing, Do: campaign.Stop})
	c = c.WithPolicy(campaign.Policy{Kind: campaign.Missing, Place: "greet", Message: "country", Do: campaign.Accept})
	c = c.WithPolicy(campaign.Policy{Kind: campaign.Missing, Place: "greet", Message: "country", Do: campaign.Skip})
	if c.Decide(country).Do != campaign.Skip || c.Decide(city).Do != campaign.Stop || len(c.Policies) != 2 {
		t.Errorf("%+v", c.Policies)
	}
	if c.Basis() != basis {
		t.Error("a decision makes a check old")
	}
	c = c.WithPolicy(campaign.Policy{Kind: campaign.Missing, Place: "greet", Message: "country"})
	if c.Decide(country).Do != campaign.Stop {
		t.Error("a decision that was taken back is still there")
	}
	c.Include = []string{"others"}
	if c.Basis() == basis {
		t.Error("another audience leaves the check as it was")
	}
	for name, body := range map[string]string{
		"no kind":              `{"policies":[{"kind":"colour","do":"skip"}]}`,
		"no decision":          `{"policies":[{"kind":"missing","do":"hope"}]}`,
		"sending no message":   `{"policies":[{"kind":"error","do":"accept"}]}`,
		"a field it lacks":     `{"policies":[{"kind":"error","do":"skip","who":"me"}]}`,
		"a decision that is 0": `{"policies":[{"kind":"missing"}]}`,
	} {
		if _, err := campaign.Parse([]byte(body)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
