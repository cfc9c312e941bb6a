package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pressmark/storage/report"
)

// TestStatus: what was discovered against what is archived, by day and source,
// what failed and why, what is missing, what is due.
func TestStatus(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC)
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	p.Set("/", list("", path(1), path(2), path(9), path(20), path(21)))
	p.Set("/feed.xml", sheet{Status: 403})
	for _, n := range []int{1, 2, 9} { // published on 2, 3 and 10 March
		p.Set(path(n), story(n, "", ""))
	}
	p.Set(path(20), sheet{Status: 403})
	config := p.Config(t, "  - {url: 'URL/', type: page}\n  - {url: 'URL/feed.xml', type: feed}\n")
	crawl := func(after time.Duration) {
		p.crawl(t, now.Add(after), exitFailures, "crawl", "paper", "--config", config, "--to", dir)
	}
	crawl(0)
	at := func() time.Time { return now.Add(40 * time.Minute) }
	code, out, errs := pressmarkAt(t, at, "status", "paper", "--to", dir, "--json")
	var all []report.Site
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != exitDone || len(all) != 1 {
		t.Fatalf("%v, exit status %d\n%s%s", err, code, out, errs)
	}
	s := all[0]
	for what, got := range map[string]string{
		"[{2024-04-01 5 3 1}]":                           fmt.Sprint(s.Days),
		fmt.Sprintf("[{%s/ 5 3 1}]", p.URL):              fmt.Sprint(s.Sources),
		"[{http_403 1 0}]":                               fmt.Sprint(s.Failures),
		"[{2024-03-04 2024-03-09 6 0}]":                  fmt.Sprint(s.Gaps),
		"map[archived:3 failed:1 skipped:1]":             fmt.Sprint(s.Outcomes),
		"{3 0} last 2024-04-01 12:00":                    fmt.Sprint(s.Totals, " last ", s.LastRun.Format("2006-01-02 15:04")),
		"[{2024-03-02 1} {2024-03-03 1} {2024-03-10 1}]": fmt.Sprint(s.Published),
		"2 due, next 2024-04-01 12:30:00 +0000 UTC":      fmt.Sprintf("%d due, next %v", s.Due, s.NextDue),
		fmt.Sprintf("%s/feed.xml http_403 1", p.URL):     fmt.Sprintf("%s %s %d", s.Broken[0].URL, s.Broken[0].Reason, s.Broken[0].Tries),
	} {
		if got != what {
			t.Errorf("got  %s\nwant %s", got, what)
		}
	}
	_, out, _ = pressmarkAt(t, at, "status", "--to", dir)
	for _, want := range []string{"2 due by now", "Source that fails", "Nothing published", "2024-03-04", "Failure"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	for hour := 1; hour < 24; hour++ {
		crawlAny(t, p, now.Add(time.Duration(hour)*time.Hour), config, dir)
	}
	_, out, _ = pressmarkAt(t, at, "status", "paper", "--to", dir, "--json")
	if err := json.Unmarshal([]byte(out), &all); err != nil || fmt.Sprint(all[0].Failures) != "[{http_403 1 1}]" {
		t.Errorf("after a day: %v, %v", err, all[0].Failures)
	}
}

func crawlAny(t *testing.T, p paper, at time.Time, config, dir string) {
	t.Helper()
	pressmarkAt(t, func() time.Time { return at }, "crawl", "paper", "--config", config, "--to", dir, "--quiet")
}

// TestStatusDue: what is due is what the next crawl visits, beyond the sources that
// each one looks at: pages that were left queued, and all that a clock far ahead put off.
func TestStatusDue(t *testing.T) {
	now := time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		crawled time.Time
		args    []string
		want    int
	}{
		{"all done", now.Add(-time.Minute), nil, 0},
		{"queued", now.Add(-time.Minute), []string{"--limit", "1"}, 2},
		{"revisits", now.Add(-2 * time.Hour), nil, 3},
		{"clock ahead", now.AddDate(1, 0, 0), nil, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			p.Set("/", list("", "/2024/0301/bridge-is-closed-1.html", "/2024/0301/bridge-is-closed-2.html", "/2024/0301/bridge-is-closed-3.html"))
			for n := range 3 {
				p.Set(fmt.Sprintf("/2024/0301/bridge-is-closed-%d.html", n+1), story(n+1, "", ""))
			}
			crawl := []string{"crawl", "paper", "--config", p.Config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir}
			p.crawl(t, c.crawled, exitDone, append(crawl, c.args...)...)
			_, out, _ := pressmarkAt(t, func() time.Time { return now }, "status", "--to", dir, "--json")
			var all []report.Site
			if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 1 || all[0].Due != c.want {
				t.Errorf("%v, want %d due\n%s", err, c.want, out)
			}
			p.Requests()
			p.crawl(t, now, exitDone, crawl...)
			if asked := p.Requests(); len(asked) != 1+c.want {
				t.Errorf("a crawl asked for %v, want / and %d pages", asked, c.want)
			}
		})
	}
}
