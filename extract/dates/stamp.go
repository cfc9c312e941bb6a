package dates

import (
	"fmt"
	"time"
)

// Precision is the finest part of a time that was written.
type Precision uint8

// The precisions, coarse to fine. The zero value means that nothing was read.
const (
	None Precision = iota
	Day
	Minute
	Second
)

// Zone is the zone written with a time. The zero value means that none was written.
type Zone struct {
	Known  bool
	Offset int  // seconds east of UTC, without daylight saving where Summer is set
	Summer bool // North American zone named without season ("ET"): daylight saving is to be added
}

// Stamp is a time as written. The zero value means that nothing was read.
type Stamp struct {
	Year                 int // 0: not written
	Month, Day           int
	Hour, Minute, Second int
	Precision            Precision
	Zone                 Zone
	Relative             bool // "3 hours ago", "昨天": reckoned from the capture
	Ambiguous            bool // 03/04/2012: day and month might be the other way round
}

// Valid reports whether s is a day of the calendar with a possible time of day. A stamp
// without a year is valid if its day exists in a leap year.
func (s Stamp) Valid() bool {
	year := s.Year
	if year == 0 {
		year = 2000
	}
	if s.Month < 1 || s.Month > 12 || s.Day < 1 || s.Day > daysIn(year, s.Month) {
		return false
	}
	clock := [...]struct{ value, end int }{{s.Hour, 24}, {s.Minute, 60}, {s.Second, 60}}
	for _, c := range clock {
		if c.value < 0 || c.value >= c.end {
			return false
		}
	}
	return true
}

// Swapped returns s with day and month exchanged; ok is false if the result is not valid.
func (s Stamp) Swapped() (Stamp, bool) {
	s.Month, s.Day = s.Day, s.Month
	return s, s.Valid()
}

// WithYear returns s with a missing year filled in: of the five years up to ref, the last
// one in which the date exists and is not later than the day after ref. If there is none,
// or ref is zero, s is unchanged.
func (s Stamp) WithYear(ref time.Time) Stamp {
	if s.Year != 0 || ref.IsZero() {
		return s
	}
	limit := ref.AddDate(0, 0, 1)
	for y := limit.Year(); y > limit.Year()-5; y-- {
		s.Year = y
		if s.Valid() && !time.Date(y, time.Month(s.Month), s.Day, 0, 0, 0, 0, limit.Location()).After(limit) {
			return s
		}
	}
	s.Year = 0
	return s
}

// Time returns the moment of s. The written zone wins over loc; a nil loc means UTC.
// Parts that were not written count as zero.
func (s Stamp) Time(loc *time.Location) time.Time {
	if s.Zone.Known {
		offset := s.Zone.Offset
		if s.Zone.Summer && americanSummer(s) {
			offset += 3600
		}
		loc = time.FixedZone("", offset)
	}
	if loc == nil {
		loc = time.UTC
	}
	return time.Date(s.Year, time.Month(s.Month), s.Day, s.Hour, s.Minute, s.Second, 0, loc)
}

// Format returns s in the form of the article JSON: a bare date (2012-01-12) if no time
// of day was written, else RFC 3339 with the offset of the written zone, or of loc. It
// returns "" if s is not valid.
func (s Stamp) Format(loc *time.Location) string {
	if !s.Valid() || s.Year == 0 {
		return ""
	}
	if s.Precision <= Day {
		return fmt.Sprintf("%04d-%02d-%02d", s.Year, s.Month, s.Day)
	}
	const layout = "2006-01-02T15:04:05-07:00" // never "Z": one form for every page
	return s.Time(loc).Format(layout)
}

// SameDay reports whether both stamps have the same calendar day as written, zones
// ignored.
func (s Stamp) SameDay(o Stamp) bool {
	return s.Year == o.Year && s.Month == o.Month && s.Day == o.Day
}

// SameMinute reports whether both stamps have the same day, hour and minute as written,
// zones ignored.
func (s Stamp) SameMinute(o Stamp) bool {
	return s.SameDay(o) && s.Hour == o.Hour && s.Minute == o.Minute
}

// From returns the stamp of a moment in its own location, to the second, with its zone.
func From(t time.Time) Stamp {
	_, offset := t.Zone()
	return Stamp{
		Year: t.Year(), Month: int(t.Month()), Day: t.Day(),
		Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(),
		Precision: Second, Zone: Zone{Known: true, Offset: offset},
	}
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// americanSummer reports whether daylight saving held in North America: since
// 2007 from the second Sunday of March to the first of November, before from
// the first Sunday of April to the last of October.
func americanSummer(s Stamp) bool {
	from := sunday(s.Year, time.March, 2)
	to := sunday(s.Year, time.November, 1)
	if s.Year < 2007 {
		from = sunday(s.Year, time.April, 1)
		to = sunday(s.Year, time.November, 1).AddDate(0, 0, -7)
	}
	t := time.Date(s.Year, time.Month(s.Month), s.Day, s.Hour, s.Minute, 0, 0, time.UTC)
	return !t.Before(from.Add(2*time.Hour)) && t.Before(to.Add(2*time.Hour))
}

// sunday returns the nth Sunday of a month.
func sunday(year int, month time.Month, n int) time.Time {
	t := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7+7*(n-1))
}
