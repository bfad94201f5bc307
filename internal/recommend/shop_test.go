package recommend_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/recommend"
)

// realShop reads the orders of the real shop, without what came back.
func realShop(t testing.TB) recommend.Data {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "shop_orders.csv.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shop's data are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byEmail := map[string][][]string{}
	var emails []string
	for _, r := range rows[1:] {
		if byEmail[r[0]] == nil {
			emails = append(emails, r[0])
		}
		byEmail[r[0]] = append(byEmail[r[0]], r)
	}
	goods := recommend.NewGoods(nil)
	b := recommend.NewDeeds(len(rows))
	for _, e := range emails {
		for _, r := range sortedByTime(byEmail[e]) {
			if strings.HasPrefix(r[1], "C") || strings.HasPrefix(r[5], "-") {
				continue
			}
			at, err := time.Parse(time.DateTime, r[2])
			if err != nil {
				t.Fatal(err)
			}
			b.Add(at.UnixMilli(), goods.Item(r[3], func() string { return r[4] }), r[1])
		}
		b.Next()
	}
	goods.SellNamed()
	return recommend.Data{Goods: goods, Bought: b.Done()}
}

func sortedByTime(rows [][]string) [][]string {
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[2], b[2]) })
	return rows
}

func TestRealShopLastOrders(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the real shop")
	}
	data := realShop(t)
	until := time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)
	began := time.Now()
	e, err := recommend.Evaluate(context.Background(), data, until, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("evaluated in %v", time.Since(began))
	for _, s := range e.Scores {
		t.Logf("%-10s hits %.3f recall %.4f, new to the person: hits %.3f recall %.4f", s.Method, s.HitRate, s.Recall, s.NewHits, s.NewRecall)
	}
	if e.People != 2847 || data.Bought.People() != 4372 {
		t.Errorf("%d of %d people, want 2847 of 4372", e.People, data.Bought.People())
	}
	ours, popular, cosine := e.Scores[0], e.Scores[1], e.Scores[2]
	if popular.Recall < 0.0375 || popular.Recall > 0.0385 || popular.NewRecall < 0.0235 || popular.NewRecall > 0.0245 {
		t.Errorf("popularity recalls %.4f and %.4f, which is not what it is known to", popular.Recall, popular.NewRecall)
	}
	if ours.Recall < 3.5*popular.Recall || ours.Recall < cosine.Recall {
		t.Errorf("recall %.4f, popularity %.4f, cosine %.4f", ours.Recall, popular.Recall, cosine.Recall)
	}
	if ours.NewRecall < 2.2*popular.NewRecall || ours.NewRecall < cosine.NewRecall {
		t.Errorf("recall of what is new %.4f, popularity %.4f, cosine %.4f", ours.NewRecall, popular.NewRecall, cosine.NewRecall)
	}
	// Better than the targets: what was reached must not be lost unseen.
	if ours.Recall < 0.19 || ours.NewRecall < 0.068 {
		t.Errorf("recall %.4f and %.4f of what is new; it was 0.200 and 0.073", ours.Recall, ours.NewRecall)
	}
}
