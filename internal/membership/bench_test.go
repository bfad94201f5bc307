package membership_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/store"
)

// benchPeople is how many contacts the benchmark has, with two events each; with
// 100 segments of many windows.
const benchPeople = 200_000

func benchShop(b *testing.B) *shop {
	b.Helper()
	s := newShop(b)
	s.people(1, benchPeople)
	rows := make([]store.EventRow, 0, 2*benchPeople)
	for id := int64(1); id <= benchPeople; id++ {
		for n := int64(1); n >= 0; n-- {
			s.key++
			ago := time.Duration((id*7919+n*104729)%(400*24*60)) * time.Minute
			rows = append(rows, store.EventRow{Type: 1, Contact: id, At: begin.Add(-ago).UnixMilli(), Value: id % 9000, Properties: `{}`, Key: s.key})
		}
	}
	s.write(func(tx *store.Tx) error {
		_, _, _, err := tx.InsertEvents(0, rows)
		return err
	})
	for i := range 100 {
		s.put(fmt.Sprintf("s%d", i), fmt.Sprintf(`{"kind":"event","event":"order_placed","op":"gte","value":%d,"window":{"last":%d,"unit":"day"}}`, 1+i%2, 3+3*i))
	}
	return s
}

// BenchmarkRefresh measures keeping 100 segments current: the first time, after
// 1,000 events, and when time alone has passed.
func BenchmarkRefresh(b *testing.B) {
	s := benchShop(b)
	start := time.Now()
	s.refresh()
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "first-ms")
	b.Run("after 1000 events", func(b *testing.B) {
		for i := range b.N {
			b.StopTimer()
			s.write(func(tx *store.Tx) error {
				rows := make([]store.EventRow, 1000)
				for j := range rows {
					s.key++
					rows[j] = store.EventRow{Type: 1, Contact: int64(1 + (i*1000+j)*97%benchPeople), At: s.now.UnixMilli(), Value: int64(100), Properties: `{}`, Key: s.key}
				}
				_, first, last, err := tx.InsertEvents(0, rows)
				if err != nil {
					return err
				}
				return tx.LogChange(store.ChangedEvents, "order_placed", fmt.Sprintf(`{"first":%d,"last":%d}`, first, last))
			})
			b.StartTimer()
			r := s.refresh()
			b.ReportMetric(float64(r.Joined+r.Left), "moves")
		}
	})
	b.Run("after five minutes", func(b *testing.B) {
		for range b.N {
			s.now = s.now.Add(5 * time.Minute)
			r := s.refresh()
			b.ReportMetric(float64(r.Joined+r.Left), "moves")
		}
	})
	b.Run("nothing moved", func(b *testing.B) {
		for range b.N {
			s.refresh()
		}
	})
}
