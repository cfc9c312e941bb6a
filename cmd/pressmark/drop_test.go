package main

import (
	"fmt"
	"testing"
	"time"
)

// TestDiscoveryDrop: a source that lists much less than it usually does makes
// the exit status 1, crawl after crawl, and one that answers "not modified" does not.
func TestDiscoveryDrop(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Now()
	var links []string
	for n := range 12 {
		path := fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n)
		links = append(links, path)
		p.set(path, story(n, "", ""))
	}
	front := list("", links...)
	front.etag = `"1"`
	p.set("/", front)
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	hour := 0
	crawl := func(want int, what string) {
		t.Helper()
		hour++
		s := p.crawl(t, now.Add(time.Duration(hour)*10*time.Minute), want, "crawl", "paper", "--config", config, "--to", dir, "--fail-on", "discovered<50%,discovered<1")
		t.Logf("%s: listed %d, usually %d", what, s.Listed, s.Usual)
	}
	crawl(exitDone, "first")
	crawl(exitDone, "not modified")
	p.set("/", list("", links[:8]...))
	crawl(exitDone, "some fewer")
	p.set("/", list("", links[0]))
	for range 5 {
		crawl(exitFailures, "a drop")
	}
	p.set("/", sheet{status: 403})
	crawl(exitFailures, "the source fails")
	p.set("/", front)
	crawl(exitDone, "back")
}

// TestFailureShare: pages that fail make the exit status 1 by the share that
// --fail-on names, in each run that meets them, and not below it.
func TestFailureShare(t *testing.T) {
	for _, tt := range []struct {
		broken int // of 20
		failOn string
		want   int
	}{
		{0, "failures", exitDone},
		{1, "failures", exitFailures},
		{1, "never", exitDone},
		{1, "failed>4.9%", exitFailures},
		{1, "failed>5%", exitDone}, // exactly
		{2, "failed>5%", exitFailures},
		{20, "failed>99%", exitFailures},
		{2, "failed>10%,discovered<50%", exitDone},
		{2, "discovered<50%,failed>9%", exitFailures},
		{2, "discovered<20", exitDone},
		{2, "discovered<21", exitFailures},
	} {
		t.Run(fmt.Sprint(tt.broken, " broken, ", tt.failOn), func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			var links []string
			for n := range 20 {
				path := fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n)
				links = append(links, path)
				p.set(path, story(n, "", ""))
				if n < tt.broken {
					p.set(path, sheet{status: 403})
				}
			}
			p.set("/", list("", links...))
			args := []string{"crawl", "paper", "--config", p.config(t, "  - {url: 'URL/', type: page}\n"), "--to", dir, "--fail-on", tt.failOn}
			now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			if s := p.crawl(t, now, tt.want, args...); s.Failed != tt.broken || s.Discovered != 20 {
				t.Errorf("%+v", s)
			}
			p.crawl(t, now.Add(40*time.Minute), tt.want, args...) // the pages that failed are due again
		})
	}
}
