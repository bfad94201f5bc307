package civil_test

import (
	"testing"
	"time"

	_ "time/tzdata"

	"github.com/mailwright/mailwright/internal/civil"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestWall(t *testing.T) {
	for _, c := range []struct {
		name, zone, wall, want string
	}{
		{"plain summer", "Europe/Paris", "2026-07-01 12:00", "2026-07-01T10:00:00Z"},
		{"clocks back gives the earlier", "Europe/Paris", "2026-10-25 02:30", "2026-10-25T00:30:00Z"},
		{"clocks forward moves on by the gap", "Europe/Paris", "2026-03-29 02:30", "2026-03-29T01:30:00Z"},
		{"skipped midnight", "America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04T03:00:00Z"},
		{"half-hour zone", "Asia/Kolkata", "2026-01-01 00:00", "2025-12-31T18:30:00Z"},
		{"a day that never was", "Pacific/Apia", "2011-12-30 12:00", "2011-12-30T22:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := time.Parse("2006-01-02 15:04", c.wall)
			if err != nil {
				t.Fatal(err)
			}
			got := civil.Wall(n.Year(), n.Month(), n.Day(), n.Hour(), n.Minute(), 0, 0, zone(t, c.zone))
			if s := got.UTC().Format(time.RFC3339); s != c.want {
				t.Errorf("Wall(%s in %s) = %s, want %s", c.wall, c.zone, s, c.want)
			}
		})
	}
}

func TestAddMonthsClamps(t *testing.T) {
	paris := zone(t, "Europe/Paris")
	got := civil.AddMonths(civil.Wall(2026, 3, 31, 9, 0, 0, 0, paris), -1, paris)
	if s := got.Format("2006-01-02 15:04"); s != "2026-02-28 09:00" {
		t.Errorf("31 March minus a month = %s", s)
	}
}

func TestDateRoundTrip(t *testing.T) {
	for _, s := range []string{"1899-12-31", "1970-01-01", "2024-02-29", "2100-03-01"} {
		d, err := civil.ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDate(%s) = %s, %v", s, d, err)
		}
	}
	if _, err := civil.ParseDate("2026-02-30"); err == nil {
		t.Error("30 February was accepted")
	}
}
