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
