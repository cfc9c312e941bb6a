package published

import (
	"regexp"
	"strings"

	"pressmark/extract/dates"
	"pressmark/extract/weburl"
)

// urlDate reads the day that an address names, as weburl.DateIn does, or with the
// month as a word: /2012/jan/17/. A day of 0 means that only year and month stand
// there; ok is false where there is neither.
func urlDate(address string) (day dates.Stamp, ok bool) {
	d, ok := weburl.DateIn(address)
	if d.Day == 0 {
		if s, named := namedMonth(address); named {
			return s, true
		}
	}
	day.Year, day.Month, day.Day = d.Year, d.Month, d.Day
	if ok {
		day.Precision = dates.Day
	}
	return day, ok
}

// yearMonthDay finds a year, a word and a day that are segments of a path.
var yearMonthDay = regexp.MustCompile(`/((?:199|20\d)\d)/([^/0-9]{3,9})/(\d{1,2})(?:/|$)`)

func namedMonth(address string) (day dates.Stamp, ok bool) {
	if !strings.Contains(address, "/20") && !strings.Contains(address, "/199") {
		return day, false
	}
	m := yearMonthDay.FindStringSubmatch(strings.ToLower(address))
	if m == nil {
		return day, false
	}
	found := dates.Find(m[3]+" "+m[2]+" "+m[1], dates.Hints{})
	if len(found) != 1 || found[0].Day == 0 || !found[0].Valid() {
		return day, false
	}
	day = found[0].Stamp
	day.Precision = dates.Day
	return day, true
}
