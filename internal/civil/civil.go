// Package civil knows local dates and wall-clock times in a workspace's zone:
// the laws of CONDITIONS.md for days, for clocks that go back (the earlier
// instant) and for clocks that skip (moved on by the gap).
package civil

import (
	"fmt"
	"time"
)

// Date is a day of the proleptic Gregorian calendar, counted from 1970-01-01.
type Date int32

const day = 24 * time.Hour

// MakeDate gives the date of a year, month and day; days out of range carry
// over as time.Date has it.
func MakeDate(year int, month time.Month, d int) Date {
	return Date(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DateOf gives the local date of an instant.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return MakeDate(y, m, d)
}

// ParseDate reads yyyy-mm-dd and nothing else.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is no date of the form yyyy-mm-dd", s)
	}
	return MakeDate(t.Date()), nil
}

// Parts gives year, month and day.
func (d Date) Parts() (year int, month time.Month, dayOfMonth int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// String gives yyyy-mm-dd.
func (d Date) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// Start gives the first instant of the day in loc. Where midnight is skipped by
// the clocks it is the first instant after the gap.
func (d Date) Start(loc *time.Location) time.Time {
	y, m, dd := d.Parts()
	return Wall(y, m, dd, 0, 0, 0, 0, loc)
}

// End gives the first instant of the next day: the exclusive end of this one.
func (d Date) End(loc *time.Location) time.Time { return (d + 1).Start(loc) }

// Wall gives the instant at which clocks in loc show the given time: the
// earlier of two where clocks go back, and the time moved on by the gap where
// clocks skip it.
func Wall(year int, month time.Month, d, hour, minute, second, nsec int, loc *time.Location) time.Time {
	naive := time.Date(year, month, d, hour, minute, second, nsec, time.UTC)
	// The offsets a day before and a day after bracket any single transition.
	_, before := naive.Add(-day).In(loc).Zone()
	_, after := naive.Add(day).In(loc).Zone()
	early := naive.Add(-time.Duration(before) * time.Second)
	late := naive.Add(-time.Duration(after) * time.Second)
	if sameWall(early, naive, loc) {
		if sameWall(late, naive, loc) && late.Before(early) {
			return late.In(loc)
		}
		return early.In(loc)
	}
	if sameWall(late, naive, loc) {
		return late.In(loc)
	}
	// Skipped: reading it with the offset from before the gap moves it on by
	// the length of the gap.
	return early.In(loc)
}

func sameWall(t, naive time.Time, loc *time.Location) bool {
	_, off := t.In(loc).Zone()
	return t.Add(time.Duration(off) * time.Second).Equal(naive)
}

// AddMonths steps n calendar months from t in loc, keeping the wall-clock time
// and clamping the day to the month's end: 31 March minus one month is 28 or 29
// February.
func AddMonths(t time.Time, n int, loc *time.Location) time.Time {
	l := t.In(loc)
	y, m, d := l.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	if last := first.AddDate(0, 1, -1).Day(); d > last {
		d = last
	}
	return Wall(first.Year(), first.Month(), d, l.Hour(), l.Minute(), l.Second(), l.Nanosecond(), loc)
}
