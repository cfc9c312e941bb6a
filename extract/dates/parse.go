package dates

import (
	"strings"
	"time"
)

// Parse reads a string that is one time: the value of a datetime attribute, a meta tag or
// structured data. It accepts all forms of [Find], epoch numbers in seconds or
// milliseconds, and the compact forms 20120117 and 20120117172100. If the string holds
// several times, the first counts. The result is false if there is none, if its year is
// missing, or if the string is longer than 200 bytes.
func Parse(s string, h Hints) (Stamp, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return Stamp{}, false
	}
	if st, ok := parseDigits(s, h); ok {
		return st, true
	}
	if st, ok := parseCompactISO(s); ok {
		return st, true
	}
	if f := Find(s, h); len(f) > 0 {
		return f[0].Stamp, f[0].Year != 0
	}
	return Stamp{}, false
}

// parseDigits reads a string of digits alone.
func parseDigits(s string, h Hints) (Stamp, bool) {
	v := int64(0)
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 16 {
			return Stamp{}, false
		}
		v = v*10 + int64(s[i]-'0')
	}
	switch len(s) {
	case 8:
		return bounded(Stamp{Year: int(v / 10000), Month: int(v / 100 % 100), Day: int(v % 100), Precision: Day})
	case 12:
		return bounded(compactStamp(v/10000, int(v/100%100), int(v%100), 0, Minute))
	case 14:
		return bounded(compactStamp(v/1000000, int(v/10000%100), int(v/100%100), int(v%100), Second))
	case 10:
		return bounded(From(time.Unix(v, 0).In(utc(h.Location))))
	case 13:
		return bounded(From(time.UnixMilli(v).In(utc(h.Location))))
	}
	return Stamp{}, false
}

func utc(loc *time.Location) *time.Location {
	if loc == nil {
		return time.UTC
	}
	return loc
}

func compactStamp(day int64, hour, minute, second int, p Precision) Stamp {
	return Stamp{Year: int(day / 10000), Month: int(day / 100 % 100), Day: int(day % 100),
		Hour: hour, Minute: minute, Second: second, Precision: p}
}

func bounded(s Stamp) (Stamp, bool) {
	return s, s.Valid() && s.Year >= minYear && s.Year <= maxYear
}

// parseCompactISO reads the basic format of ISO 8601: 20120117T172100Z, with or without a zone.
func parseCompactISO(s string) (Stamp, bool) {
	if len(s) < 13 || s[8] != 'T' && s[8] != 't' {
		return Stamp{}, false
	}
	for _, layout := range []string{"20060102T150405Z0700", "20060102T150405", "20060102T1504Z0700", "20060102T1504"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		st := From(t)
		if !strings.HasSuffix(layout, "Z0700") {
			st.Zone = Zone{}
		}
		if !strings.Contains(layout, "05") {
			st.Precision = Minute
		}
		return bounded(st)
	}
	return Stamp{}, false
}
