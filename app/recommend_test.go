package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
)

// lanterns is a shop in which three people bought lantern and candle, and Ann the
// lantern, and brought a mug back.
func lanterns(t *testing.T) shop {
	s := newShop(t)
	s.bring("products", "", "sku,title,price,url,category,stock\nLAN,White lantern,20,https://shop.example/l,Lanterns,5\nCAN,Candle,5,https://shop.example/c,Candles,5\nMUG,Mug,9,https://shop.example/m,Mugs,0\nTEA,Tea,7,https://shop.example/t,Tea,5\n")
	var rows strings.Builder
	for i, who := range []string{"a", "b", "c"} {
		_, _ = fmt.Fprintf(&rows, "%s@shop.example,2025-0%d-01 10:00,LAN,1,o%s\n%[1]s@shop.example,2025-0%[2]d-01 10:00,CAN,1,o%[1]s\n", who, i+1, who)
	}
	rows.WriteString("ann@shop.example,2025-05-01 10:00,LAN,1,oann\nann@shop.example,2025-05-02 10:00,MUG,-1,oback\n")
	s.bring("events", "order_placed", "email,occurred_at,sku,quantity,order_id\n"+rows.String())
	return s
}

func skus(picks []app.PickedProduct) string {
	var list []string
	for _, p := range picks {
		list = append(list, p.SKU)
	}
	return strings.Join(list, " ")
}

func TestRecommendationsForAPersonAndForEverybody(t *testing.T) {
	s := lanterns(t)
	picks, err := s.Recommendations().For(s.ctx, s.person("ann@shop.example"), app.PickQuery{Source: "bought_together", Limit: 1})
	s.must(err)
	if skus(picks) != "CAN" || picks[0].Reason != "Because you bought White lantern" || picks[0].Price != "5.00" {
		t.Errorf("picked %+v", picks)
	}
	people := 0
	s.must(s.EachRecommended(s.ctx, app.PickQuery{Limit: 3}, func(email string, all []app.PickedProduct) error {
		people++
		one, err := s.Recommendations().For(s.ctx, s.person(email), app.PickQuery{Limit: 3})
		if skus(one) != skus(all) || len(all) == 0 || strings.Contains(skus(all), "MUG") {
			t.Errorf("%s gets %s alone and %s among all", email, skus(one), skus(all))
		}
		return err
	}))
	if people != 4 {
		t.Errorf("%d people", people)
	}
	// What is bought next is known at once.
	s.bring("events", "order_placed", "email,occurred_at,sku,quantity,order_id\nann@shop.example,2025-05-03 10:00,CAN,1,onew\n")
	picks, err = s.Recommendations().For(s.ctx, s.person("ann@shop.example"), app.PickQuery{New: true, Limit: 3})
	s.must(err)
	if skus(picks) != "TEA" {
		t.Errorf("new to her are %s", skus(picks))
	}
}

func TestABlockChoosesByASavedWayAndNothingComesTwice(t *testing.T) {
	s := lanterns(t)
	body := json.RawMessage(`{"name":"Cheap","steps":[{"strategy":"bought_together"}],"filters":{"price_to":10}}`)
	saved, err := s.Recommendations().Put(s.ctx, app.Recommendation{Slug: "cheap", Body: body}, 0)
	s.must(err)
	if _, err := s.Recommendations().Put(s.ctx, app.Recommendation{Slug: "cheap", Body: body}, saved.Version+1); !fault.Is(err, fault.Conflict) {
		t.Errorf("saved over another version: %v", err)
	}
	template, err := content.Parse([]byte(`{"name":"T","subject":"Hello","blocks":[{"kind":"products","source":"recommendation:cheap","limit":1},{"kind":"products","source":"newest","limit":4}]}`))
	s.must(err)
	_, err = s.Content().PutTemplate(s.ctx, app.PutTemplate{Slug: "t", Template: template})
	s.must(err)
	p, err := s.Preview().Compose(s.ctx, app.PreviewRequest{Slug: "t", ContactID: s.person("ann@shop.example")})
	s.must(err)
	var shown []string
	for _, b := range p.Trace.Blocks {
		for _, k := range b.Picks {
			shown = append(shown, k.SKU)
		}
	}
	if got := strings.Join(shown, " "); got != "CAN TEA LAN" {
		t.Errorf("the e-mail shows %s", got)
	}
	if err := s.Recommendations().Remove(s.ctx, "cheap"); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "template t") {
		t.Errorf("removed though a template uses it: %v", err)
	}
}

func TestAnEvaluationIsKept(t *testing.T) {
	s := lanterns(t)
	s.bring("events", "order_placed", "email,occurred_at,sku,quantity,order_id\na@shop.example,2025-05-03 10:00,TEA,1,onew\n")
	s.wait(s.Recommendations().Evaluate(s.ctx))
	e, err := s.Recommendations().LastEvaluation(s.ctx)
	s.must(err)
	if e.People != 1 || e.New != 1 || len(e.Scores) != 3 || e.Scores[0].Method != "ours" || e.At == 0 {
		t.Errorf("the evaluation is %+v", e)
	}
}
