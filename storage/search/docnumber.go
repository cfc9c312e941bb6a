package search

import (
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// An article's number in the index is the minute of its publication, counted
// from the year 0 in the article's own zone, and a counter for articles of the
// same minute. Numbers of newer articles are higher.
const counterBits = 20

var yearZero = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)

// minuteOf returns the minute of a wall clock.
func minuteOf(t time.Time) int64 {
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	return (wall.Unix() - yearZero.Unix()) / 60
}

// firstDoc returns the lowest number of a month, counted from the year 0.
func firstDoc(month int) int64 {
	return minuteOf(time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)) << counterBits
}

// monthOf returns the year and the month of a number.
func monthOf(doc int64) (year int, month time.Month) {
	t := time.Unix(yearZero.Unix()+doc>>counterBits*60, 0).UTC()
	return t.Year(), t.Month()
}

// publishedAt returns when an article was published by the clock of its page. If
// the page shows no time, it returns the first capture and false.
func publishedAt(a *article.Article, rec *ledger.Record) (time.Time, bool) {
	if a.Published != nil {
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			t, err := time.Parse(layout, *a.Published)
			if inRange := 0 < t.Year() && t.Year() < 10000; err == nil && inRange {
				return t, true
			}
		}
	}
	if !rec.Captured.IsZero() {
		return rec.Captured, false
	}
	return rec.Time, false
}
