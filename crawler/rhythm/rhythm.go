// Package rhythm learns from a site's log at which hours of the week it publishes, and
// finds the time of the next visit. It does no I/O and has no clock.
package rhythm

import (
	"fmt"
	"iter"
	"math"
	"time"

	"pressmark/configs"
	"pressmark/storage/ledger"
)

// Window is how far back the log is read.
const Window = 28 * 24 * time.Hour

const hoursOfWeek = 7 * 24

// Rhythm is how many articles a site brings in each hour of the week, in UTC. The zero
// value is that of a site of which nothing is known.
type Rhythm struct {
	counts [hoursOfWeek]float64
	weeks  float64 // that were observed, part of one included
	total  int     // articles in the window
}

// Learn reads the records of a site's log. An article counts at its time of
// publication, or at the time it was first seen if the time of publication is
// unknown.
func Learn(records iter.Seq[ledger.Record], now time.Time) Rhythm {
	var r Rhythm
	oldest := now
	for rec := range records {
		if rec.Kind != ledger.KindPage || rec.Article == "" {
			continue
		}
		at := broughtAt(rec)
		if at.After(now) || now.Sub(at) > Window {
			continue
		}
		r.counts[slot(at)]++
		r.total++
		if at.Before(oldest) {
			oldest = at
		}
	}
	r.weeks = max(now.Sub(oldest).Hours(), 24) / hoursOfWeek
	return r
}

// broughtAt returns when an article came.
func broughtAt(rec ledger.Record) time.Time {
	if at, err := time.Parse(time.RFC3339, rec.Published); err == nil {
		return at.UTC()
	}
	if !rec.First.IsZero() {
		return rec.First.UTC()
	}
	return rec.Time.UTC()
}

func slot(at time.Time) int { return int(at.UTC().Weekday())*24 + at.UTC().Hour() }

// Weights of the three estimates of an hour's rate: this hour of the week with its
// neighbours; the same hour on other days of the same sort (working days, weekends);
// all hours.
const (
	shareOwn  = 0.5
	shareDays = 0.35
	shareAll  = 1 - shareOwn - shareDays
)

// rate returns the articles an hour that are to be expected at a time.
func (r *Rhythm) rate(at time.Time) float64 {
	if r.total == 0 {
		return 0
	}
	at = at.UTC()
	n := slot(at)
	own := (r.counts[n]*2 + r.counts[(n+1)%hoursOfWeek] + r.counts[(n+hoursOfWeek-1)%hoursOfWeek]) / 4
	var alike, days float64
	for day := range 7 {
		if weekend(time.Weekday(day)) == weekend(at.Weekday()) {
			alike += r.counts[day*24+at.Hour()]
			days++
		}
	}
	all := float64(r.total) / hoursOfWeek
	return (shareOwn*own + shareDays*alike/days + shareAll*all) / math.Max(r.weeks, 1.0/7)
}

func weekend(d time.Weekday) bool { return d == time.Saturday || d == time.Sunday }

// Bounds are the shortest and longest time between two visits.
type Bounds struct{ Min, Max time.Duration }

// DefaultBounds apply if a site's configuration has none.
var DefaultBounds = Bounds{Min: 5 * time.Minute, Max: 6 * time.Hour}

// Or returns b with the bounds that it lacks from other. Max is never below Min.
func (b Bounds) Or(other Bounds) Bounds {
	if b.Min <= 0 {
		b.Min = other.Min
		if b.Max > 0 {
			b.Min = min(b.Min, b.Max)
		}
	}
	if b.Max <= 0 {
		b.Max = max(other.Max, b.Min)
	}
	return b
}

// Next is the time of a visit, and why then.
type Next struct {
	At     time.Time
	Reason string
}

// longestBackoff bounds the wait for a site that fails.
const longestBackoff = 24 * time.Hour

// After returns the next visit after one at last. failures counts the visits in a row
// that brought nothing because the site did not answer.
func (r *Rhythm) After(last time.Time, b Bounds, failures int) Next {
	if failures > 0 {
		wait := min(b.Min<<min(failures, 20), max(longestBackoff, b.Max))
		if wait <= 0 {
			wait = longestBackoff
		}
		return Next{last.Add(wait), fmt.Sprintf("%d visits in a row failed: backing off, %s after the last", failures, configs.FormatDuration(wait))}
	}
	if r.total == 0 {
		wait := min(max(4*b.Min, 15*time.Minute), b.Max)
		return Next{last.Add(wait), fmt.Sprintf("no article in the last %d days: every %s until the pace is known", int(Window.Hours()/24), configs.FormatDuration(wait))}
	}
	const step = time.Minute
	expected, wait := 0.0, time.Duration(0)
	for wait < b.Max && expected < 1 {
		expected += r.rate(last.Add(wait)) * step.Hours()
		wait += step
	}
	switch {
	case wait <= b.Min:
		return Next{last.Add(b.Min), fmt.Sprintf("%.1f articles an hour at this time of the week: as often as min allows, every %s", r.rate(last), configs.FormatDuration(b.Min))}
	case expected < 1:
		return Next{last.Add(b.Max), fmt.Sprintf("%.2f articles an hour at this time of the week: as seldom as max allows, every %s", r.rate(last), configs.FormatDuration(b.Max))}
	}
	return Next{last.Add(wait), fmt.Sprintf("%.1f articles an hour at this time of the week: one is expected after %s", r.rate(last), configs.FormatDuration(wait))}
}

// Total returns the number of articles in the window.
func (r *Rhythm) Total() int { return r.total }

// Day is the expected number of articles on a day of the week, for reports.
type Day struct {
	Weekday time.Weekday
	Hours   [24]float64 // articles an hour, UTC
}

// Days returns the week, Monday first.
func (r *Rhythm) Days() []Day {
	var out []Day
	monday := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 7 {
		day := monday.AddDate(0, 0, n)
		d := Day{Weekday: day.Weekday()}
		for h := range 24 {
			d.Hours[h] = r.rate(day.Add(time.Duration(h) * time.Hour))
		}
		out = append(out, d)
	}
	return out
}
