package report

import (
	"math"
	"slices"
	"time"
)

// Day is how many articles a site published on a day.
type Day struct {
	Date     string `json:"date"` // 2024-03-12
	Articles int    `json:"articles"`
}

// The days that the rate of a weekday is measured over, before and after a pause.
const rateWeeks = 8

// A pause is unusual if a site with the rates that it had around it would have been
// silent by chance with a probability below e^-fewExpected (about 2 %).
const fewExpected = 4.0

// Unusual returns the pauses of a site that its own rhythm does not explain, oldest
// first. days are those with articles, in order.
//
// A pause has to be longer than nine in ten of the site's pauses, and the weekdays
// in it must usually bring fewExpected articles or more: a weekly paper has no gap
// of six days, a daily one without Sunday papers has none on Sundays.
func Unusual(days []Day) []Gap {
	s := newSeries(days)
	if s == nil {
		return []Gap{}
	}
	pauses := s.pauses()
	lengths := make([]int, 0, len(s.counts))
	for range s.published - 1 - len(pauses) {
		lengths = append(lengths, 0)
	}
	for _, p := range pauses {
		lengths = append(lengths, p.end-p.start)
	}
	slices.Sort(lengths)
	out := []Gap{}
	for _, p := range pauses {
		usual := lengths[(len(lengths)-1)*9/10]
		expected := s.expected(p)
		if p.end-p.start > usual && expected >= fewExpected {
			out = append(out, Gap{s.day(p.start), s.day(p.end - 1), p.end - p.start, int(math.Round(expected))})
		}
	}
	return out
}

// series is the number of articles by day, from the first day with one to the last.
type series struct {
	first     time.Time
	counts    []int
	published int // days with articles
}

// longest bounds a series, so that one mistaken date does not make it endless.
const longest = 366 * 200

func newSeries(days []Day) *series {
	var s series
	for _, d := range days {
		at, err := time.Parse(time.DateOnly, d.Date)
		if err != nil || d.Articles <= 0 {
			continue
		}
		if s.published == 0 {
			s.first = at
		}
		n := int(at.Sub(s.first).Hours()) / 24
		if n < len(s.counts) || n >= longest {
			continue
		}
		s.counts = append(s.counts, make([]int, n+1-len(s.counts))...)
		s.counts[n] = d.Articles
		s.published++
	}
	if s.published < 2 {
		return nil
	}
	return &s
}

func (s *series) day(n int) string { return s.first.AddDate(0, 0, n).Format(time.DateOnly) }

// pause is a run of days without articles, start to behind the last.
type pause struct{ start, end int }

func (s *series) pauses() []pause {
	var out []pause
	for i := 0; i < len(s.counts); i++ {
		if s.counts[i] > 0 {
			continue
		}
		p := pause{start: i, end: i + 1}
		for s.counts[p.end] == 0 {
			p.end++
		}
		out, i = append(out, p), p.end
	}
	return out
}

// expected is the number of articles that the weekdays of a pause bring in the
// weeks around it.
func (s *series) expected(p pause) float64 {
	var articles, weeks [7]float64
	for n := max(0, p.start-7*rateWeeks); n < min(len(s.counts), p.end+7*rateWeeks); n++ {
		if n < p.start || n >= p.end {
			articles[n%7] += float64(s.counts[n])
			weeks[n%7]++
		}
	}
	sum := 0.0
	for n := p.start; n < p.end; n++ {
		if weeks[n%7] > 0 {
			sum += articles[n%7] / weeks[n%7]
		}
	}
	return sum
}
