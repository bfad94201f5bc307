package condition

import (
	"math"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
)

// maxYears bounds windows and periods.
const maxYears = 1000

// millis gives the exact length of a unit; 0 for month, which has none.
func (u Unit) millis() int64 {
	switch u {
	case Minute:
		return 60_000
	case Hour:
		return 3_600_000
	case Day:
		return 86_400_000
	case Week:
		return 7 * 86_400_000
	}
	return 0
}

// most gives how many of the unit a window may span.
func (u Unit) most() int64 {
	if u == Month {
		return maxYears * 12
	}
	return maxYears * 366 * 86_400_000 / u.millis()
}

// Shift moves an instant by n units: exactly for minute to week, by the calendar
// of loc, clamped to the month's end, for month.
func (u Unit) Shift(t time.Time, n int, loc *time.Location) time.Time {
	if u == Month {
		return civil.AddMonths(t, n, loc)
	}
	return time.UnixMilli(t.UnixMilli() + int64(n)*u.millis()).In(loc)
}

// ShiftDate moves a date by n days, weeks or months.
func (u Unit) ShiftDate(d civil.Date, n int) civil.Date {
	switch u {
	case Week:
		return d + civil.Date(7*n)
	case Month:
		return civil.DateOf(civil.AddMonths(d.Start(time.UTC), n, time.UTC), time.UTC)
	}
	return d + civil.Date(n)
}

// Range gives the first and the last millisecond that count at an instant, both
// included. It ends at the instant at the latest, since what happens after it
// never counts, and is empty (from above to) when the window lies after it. The
// window must have passed Check; nil is all time.
func (w *Window) Range(asOf time.Time, loc *time.Location) (from, to int64) {
	from, to = math.MinInt64, asOf.UnixMilli()
	switch {
	case w == nil:
	case w.Last > 0:
		from = w.Unit.Shift(asOf, -w.Last, loc).UnixMilli()
	case w.BeforeLast > 0:
		to = w.Unit.Shift(asOf, -w.BeforeLast, loc).UnixMilli() - 1
	default:
		if d, err := civil.ParseDate(w.From); err == nil {
			from = d.Start(loc).UnixMilli()
		}
		if d, err := civil.ParseDate(w.To); err == nil {
			to = min(to, d.End(loc).UnixMilli()-1)
		}
	}
	return from, to
}

// problem tells what is wrong with the window, with the field it is in.
func (w *Window) problem() (field, message string) {
	if w == nil {
		return "", ""
	}
	forms := 0
	for _, used := range []bool{w.Last != 0, w.BeforeLast != 0, w.From != "" || w.To != ""} {
		if used {
			forms++
		}
	}
	n := int64(max(w.Last, w.BeforeLast))
	switch {
	case forms == 0:
		return "", "say which time counts: last, before_last, or from and to"
	case forms > 1:
		return "", "a window has one of last, before_last, or from and to"
	case n == 0 && w.Unit != "":
		return ".unit", "dates have no unit"
	case n != 0 && w.Unit == "":
		return ".unit", "choose a unit"
	case n != 0 && n > w.Unit.most():
		return "", "a window spans at most 1,000 years"
	}
	if _, err := civil.ParseDate(w.From); w.From != "" && err != nil {
		return ".from", err.Error()
	}
	if _, err := civil.ParseDate(w.To); w.To != "" && err != nil {
		return ".to", err.Error()
	}
	return "", ""
}
