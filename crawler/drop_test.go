package crawler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestDiscoveryDrop: a source that lists much less than it usually does is a
// failure, crawl after crawl, and one that answers "not modified" does not.
func TestDiscoveryDrop(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var links []string
	for n := range 12 {
		path := fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n)
		links = append(links, path)
		p.Set(path, story(n, "", ""))
	}
	front := list("", links...)
	front.ETag = `"1"`
	p.Set("/", front)
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	hour := 0
	crawl := func(want bool, what string) {
		t.Helper()
		hour++
		s := p.crawl(t, now.Add(time.Duration(hour)*10*time.Minute), want, config, dir, failOn("discovered<50%", "discovered<1"))
		t.Logf("%s: listed %d, usually %d", what, s.Listed, s.Usual)
	}
	crawl(false, "first")
	crawl(false, "not modified")
	p.Set("/", list("", links[:8]...))
	crawl(false, "some fewer")
	p.Set("/", list("", links[0]))
	for range 5 {
		crawl(true, "a drop")
	}
	p.Set("/", sheet{Status: 403})
	crawl(true, "the source fails")
	p.Set("/", front)
	crawl(false, "back")
}

// TestFailureShare: pages that fail make the run fail by the share that
// --fail-on names, in each run that meets them, and not below it.
func TestFailureShare(t *testing.T) {
	for _, tt := range []struct {
		broken int // of 20
		failOn string
		want   bool
	}{
		{0, "failures", false},
		{1, "failures", true},
		{1, "never", false},
		{1, "failed>4.9%", true},
		{1, "failed>5%", false}, // exactly
		{2, "failed>5%", true},
		{20, "failed>99%", true},
		{2, "failed>10%,discovered<50%", false},
		{2, "discovered<50%,failed>9%", true},
		{2, "discovered<20", false},
		{2, "discovered<21", true},
	} {
		t.Run(fmt.Sprint(tt.broken, " broken, ", tt.failOn), func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			var links []string
			for n := range 20 {
				path := fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n)
				links = append(links, path)
				p.Set(path, story(n, "", ""))
				if n < tt.broken {
					p.Set(path, sheet{Status: 403})
				}
			}
			p.Set("/", list("", links...))
			config, on := p.config(t, "  - {url: 'URL/', type: page}\n"), failOn(strings.Split(tt.failOn, ",")...)
			now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			if s := p.crawl(t, now, tt.want, config, dir, on); s.Failed != tt.broken || s.Discovered != 20 {
				t.Errorf("%+v", s)
			}
			p.crawl(t, now.Add(40*time.Minute), tt.want, config, dir, on) // the pages that failed are due again
		})
	}
}
