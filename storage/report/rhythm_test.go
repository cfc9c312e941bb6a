package report_test

import (
	"fmt"
	"testing"
	"time"

	"pressmark/storage/report"
)

// TestUnusual publishes by several rhythms for half a year and takes days away.
func TestUnusual(t *testing.T) {
	daily := func(time.Time) int { return 12 }
	noSundays := func(d time.Time) int {
		if d.Weekday() == time.Sunday {
			return 0
		}
		return 9
	}
	weekly := func(d time.Time) int {
		if d.Weekday() == time.Thursday {
			return 20
		}
		return 0
	}
	seldom := func(d time.Time) int {
		if d.YearDay()%3 == 0 {
			return 1
		}
		return 0
	}
	for name, c := range map[string]struct {
		articles func(time.Time) int
		out      []string // days without articles
		want     string
	}{
		"daily":              {daily, nil, "[]"},
		"daily, one day":     {daily, []string{"2024-03-10"}, "[{2024-03-10 2024-03-10 1 12}]"},
		"no Sundays":         {noSundays, nil, "[]"},
		"no Sundays, Monday": {noSundays, []string{"2024-03-11"}, "[{2024-03-10 2024-03-11 2 9}]"},
		"weekly":             {weekly, nil, "[]"},
		"weekly, one missed": {weekly, []string{"2024-03-14"}, "[{2024-03-08 2024-03-20 13 20}]"},
		"seldom, a week":     {seldom, []string{"2024-03-09", "2024-03-12", "2024-03-15"}, "[]"},
		"one article":        {func(d time.Time) int { return map[int]int{40: 1}[d.YearDay()] }, nil, "[]"},
	} {
		var days []report.Day
		for d := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); d.Month() < 7; d = d.AddDate(0, 0, 1) {
			n := c.articles(d)
			for _, out := range c.out {
				if d.Format(time.DateOnly) == out {
					n = 0
				}
			}
			if n > 0 {
				days = append(days, report.Day{Date: d.Format(time.DateOnly), Articles: n})
			}
		}
		if got := fmt.Sprint(report.Unusual(days)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := report.Unusual([]report.Day{{"0001-01-01", 1}, {"no day", 1}, {"9999-12-31", 1}}); len(got) != 0 {
		t.Errorf("mistaken dates: %v", got)
	}
}
