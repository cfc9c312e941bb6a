package crawler_test

import (
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestGoneAndBack: an article that is taken down is gone, stays gone while its
// site fails, and is restored when it answers again, even after the last look
// of the schedule.
func TestGoneAndBack(t *testing.T) {
	for _, status := range []int{404, 410, 451} {
		p, dir := startPaper(t), t.TempDir()
		const path = "/2024/0301/council-takes-up-the-bridge-1.html"
		now := time.Now()
		p.Set("/", list("", path))
		p.Set(path, story(1, "", ""))
		config := p.config(t, "  - {url: 'URL/', type: page}\n")
		look := func(after time.Duration, want bool) ledger.Record {
			p.crawl(t, now.Add(after), want, config, dir)
			return p.record(t, dir, p.URL+path)
		}
		const day = 24 * time.Hour
		if rec := look(0, false); rec.Outcome != ledger.Archived || !rec.Due.Equal(now.Add(time.Hour).Truncate(time.Second)) {
			t.Fatalf("at first: %+v", rec)
		}
		p.Set(path, sheet{Status: status})
		rec := look(30*day-time.Hour, false)
		if rec.Outcome != ledger.Gone || rec.Status != status {
			t.Fatalf("taken down with %d: %+v", status, rec)
		}
		rec = look(31*day, false) // after the last look of the schedule
		if rec.Outcome != ledger.Gone || rec.Due.IsZero() {
			t.Fatalf("taken down with %d: %+v", status, rec)
		}
		p.Set(path, sheet{Status: 403})
		rec = look(61*day+time.Hour, false)
		if rec.Outcome != ledger.Gone || rec.Due.IsZero() || rec.Detail == "" {
			t.Fatalf("while the site fails: %+v", rec)
		}
		p.Set(path, story(1, "", ""))
		rec = look(92*day, false)
		if rec.Outcome != ledger.Archived || rec.Reason != ledger.ReasonRestored || rec.Revision != 1 {
			t.Errorf("back again: %+v", rec)
		}
		p.Remove(path)
	}
}

// TestListAheadOfItsPage: a page that is not there yet when a list names it is looked
// for again, after an hour and after a day, and archived when it is; one that never
// comes costs these three requests.
func TestListAheadOfItsPage(t *testing.T) {
	const late, never = "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0301/council-takes-up-the-bridge-2.html"
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	p.Set("/", list("", late, never))
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	tries := map[string]int{}
	crawl := func(after time.Duration) {
		t.Helper()
		p.crawl(t, now.Add(after), after < time.Hour, config, dir) // nothing is archived, and nothing is known
		for _, asked := range p.Requests() {
			tries[asked]++
		}
	}
	crawl(0)
	if rec := p.record(t, dir, p.URL+late); rec.Outcome != ledger.Skipped || rec.Reason != ledger.ReasonMissing || !rec.Due.Equal(now.Add(time.Hour).Truncate(time.Second)) {
		t.Fatalf("not there yet: %+v", rec)
	}
	p.Set(late, story(1, "", ""))
	for minute := 10; minute < 60*24*3; minute += 30 {
		crawl(time.Duration(minute) * time.Minute)
	}
	if rec := p.record(t, dir, p.URL+late); rec.Article == "" {
		t.Errorf("there after all: %+v", rec)
	}
	if rec := p.record(t, dir, p.URL+never); tries[never] != 3 || rec.Outcome != ledger.Skipped || !rec.Due.IsZero() {
		t.Errorf("never there: %d requests, %+v", tries[never], rec)
	}
}

// TestGivenUp: a page that keeps failing is tried on the schedule, and given up
// after the stated number of tries.
func TestGivenUp(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	const path = "/2024/0301/council-takes-up-the-bridge-1.html"
	now := time.Now()
	p.Set("/", list("", path))
	p.Set(path, sheet{Status: 403})
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	tries := 0
	for minute := 0; minute < 60*24; minute += 10 {
		at := now.Add(time.Duration(minute) * time.Minute)
		p.visit(t, at, config, dir)
		for _, asked := range p.Requests() {
			if asked == path {
				tries++
			}
		}
	}
	rec := p.record(t, dir, p.URL+path)
	if tries != 6 || rec.Outcome != ledger.Skipped || rec.Reason != ledger.ReasonGaveUp || rec.Detail != "http_403" || !rec.Due.IsZero() {
		t.Errorf("after a day of crawls every ten minutes and %d tries: %+v", tries, rec)
	}
}
