package rhythm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/rhythm"
	"pressmark/storage/ledger"
)

var sunday = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

// dayPaper publishes every ten minutes from 8 to 18 UTC on working days, once at noon on
// weekends, for four weeks.
func dayPaper() []ledger.Record {
	var out []ledger.Record
	add := func(at time.Time) {
		out = append(out, ledger.Record{Article: "articles/a/1.json", Published: at.In(time.FixedZone("", 8*3600)).Format(time.RFC3339)})
	}
	for day := sunday.AddDate(0, 0, -28); day.Before(sunday); day = day.AddDate(0, 0, 1) {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			add(day.Add(12 * time.Hour))
			continue
		}
		for at := day.Add(8 * time.Hour); at.Before(day.Add(18 * time.Hour)); at = at.Add(10 * time.Minute) {
			add(at)
		}
	}
	return append(out, ledger.Record{Kind: ledger.KindList, Article: "x", Time: sunday}, ledger.Record{URL: "skipped", Time: sunday},
		ledger.Record{Article: "old", First: sunday.AddDate(-1, 0, 0)}, ledger.Record{Article: "ahead", First: sunday.AddDate(0, 0, 9)})
}

func TestAfter(t *testing.T) {
	r := rhythm.Learn(slices.Values(dayPaper()), sunday)
	if r.Total() != 20*60+8 {
		t.Fatalf("%d articles", r.Total())
	}
	bounds := rhythm.Bounds{Min: 5 * time.Minute, Max: 6 * time.Hour}
	monday := sunday.AddDate(0, 0, 1)
	for _, tt := range []struct {
		name        string
		last        time.Time
		bounds      rhythm.Bounds
		failures    int
		least, most time.Duration
		reason      string
	}{
		{"working hours", monday.Add(10 * time.Hour), bounds, 0, 8 * time.Minute, 14 * time.Minute, "one is expected"},
		{"min holds", monday.Add(10 * time.Hour), rhythm.Bounds{Min: time.Hour, Max: 6 * time.Hour}, 0, time.Hour, time.Hour, "as often as min allows"},
		{"night", monday.Add(20 * time.Hour), bounds, 0, time.Hour, 6 * time.Hour, "articles an hour"},
		{"weekend", sunday.Add(14 * time.Hour), bounds, 0, time.Hour, 6 * time.Hour, "articles an hour"},
		{"max holds", sunday.Add(14 * time.Hour), rhythm.Bounds{Min: time.Minute, Max: 10 * time.Minute}, 0, 10 * time.Minute, 10 * time.Minute, "as seldom as max allows"},
		{"first failure", monday, bounds, 1, 10 * time.Minute, 10 * time.Minute, "backing off"},
		{"third failure", monday, bounds, 3, 40 * time.Minute, 40 * time.Minute, "3 visits in a row"},
		{"many failures", monday, bounds, 90, 24 * time.Hour, 24 * time.Hour, "backing off"},
	} {
		next := r.After(tt.last, tt.bounds, tt.failures)
		if wait := next.At.Sub(tt.last); wait < tt.least || wait > tt.most || !strings.Contains(next.Reason, tt.reason) {
			t.Errorf("%s: after %v (%s), want %v to %v", tt.name, wait, next.Reason, tt.least, tt.most)
		}
	}
	days := r.Days()
	if days[0].Weekday != time.Monday || days[0].Hours[10] < 3 || days[0].Hours[3] > 1 || days[6].Hours[10] > 2 {
		t.Errorf("the week: %v", days)
	}
}

func TestAfterUnknown(t *testing.T) {
	var r rhythm.Rhythm
	if next := r.After(sunday, rhythm.DefaultBounds, 0); next.At.Sub(sunday) != 20*time.Minute {
		t.Errorf("%v", next)
	}
}

func TestOr(t *testing.T) {
	for _, tt := range []struct{ b, want rhythm.Bounds }{
		{rhythm.Bounds{}, rhythm.DefaultBounds},
		{rhythm.Bounds{Min: time.Hour}, rhythm.Bounds{Min: time.Hour, Max: 6 * time.Hour}},
		{rhythm.Bounds{Min: 9 * time.Hour}, rhythm.Bounds{Min: 9 * time.Hour, Max: 9 * time.Hour}},
		{rhythm.Bounds{Max: time.Minute}, rhythm.Bounds{Min: time.Minute, Max: time.Minute}},
	} {
		if got := tt.b.Or(rhythm.DefaultBounds); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.b, got, tt.want)
		}
	}
}
