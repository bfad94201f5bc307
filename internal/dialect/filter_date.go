package dialect

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
)

// date writes a date or time in a strftime format. What is no date stays as it is.
func date(in filterInput) (any, error) {
	format := text(in.arg(0))
	if format == "" {
		return in.value, nil
	}
	t, ok, err := in.instant()
	if err != nil || !ok {
		return in.value, err
	}
	return strftime(t, format, localeOf(in.run.engine.options.Locale)), nil
}

// instant reads the input as a time: seconds since 1970, a date or time of the
// data, a text that is one, or "now" and "today". Times without an offset are
// in the engine's zone; those of the data are shown in it.
func (in filterInput) instant() (time.Time, bool, error) {
	zone := in.run.engine.options.Zone
	switch v := in.value.(type) {
	case time.Time:
		return v.In(zone), true, nil
	case civil.Date:
		return v.Start(zone), true, nil
	case int64:
		return time.Unix(v, 0).In(zone), inYears(v), nil
	case float64:
		if math.Abs(v) < 1e12 {
			return time.UnixMilli(int64(v * 1000)).In(zone), true, nil
		}
	case string, HTML:
		s := strings.TrimSpace(text(v))
		if l := strings.ToLower(s); l == "now" || l == "today" {
			now, err := in.run.now()
			return now.In(zone), true, err
		}
		if n, ok := wholeText(s); ok {
			return time.Unix(n, 0).In(zone), inYears(n), nil
		}
		t, ok := parseTime(s, zone)
		return t, ok, nil
	}
	return time.Time{}, false, nil
}

// inYears reports whether an instant is within the years that dates are written for.
func inYears(seconds int64) bool { return seconds > -1<<40 && seconds < 1<<40 }

// now gives the instant of the rendering.
func (r *run) now() (time.Time, error) {
	if t, ok := canon(r.bindings["now"]).(time.Time); ok {
		return t, nil
	}
	if r.engine.options.Now != nil {
		return r.engine.options.Now(), nil
	}
	return time.Time{}, fmt.Errorf("“now” is not known here")
}

// parseTime reads the forms that people and programs write dates in. Day-first
// and month-first forms with slashes are not among them: they cannot be told
// apart.
func parseTime(s string, zone *time.Location) (time.Time, bool) {
	if len(s) < 8 || len(s) > 64 {
		return time.Time{}, false
	}
	for _, layout := range []string{
		"2006-01-02", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04",
		"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05 MST", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04 -0700",
		time.ANSIC, time.UnixDate, time.RubyDate, time.RFC1123, time.RFC1123Z, time.RFC850,
		"Mon, 2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006",
		"January 2, 2006 15:04", "Jan 2, 2006 15:04", "2 January 2006 15:04", "2 Jan 2006 15:04", "2006/01/02", "2006/01/02 15:04:05", "20060102T150405Z",
	} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
