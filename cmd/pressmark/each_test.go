package main

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestEachBelow: where a source is not looked at before its time, what was found
// through it is not either, and counts as listed. Others are looked at by every run.
func TestEachBelow(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	feed := func(n int) string {
		return fmt.Sprintf(`<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>%s/2024/0301/bridge-%d.html</link></item></channel></rss>`, p.URL, n)
	}
	p.set("/feed.xml", sheet{body: feed(1), etag: `"1"`})
	p.set("/map.xml", mapOf(p, "sitemapindex", "<sitemap><loc>URL/map-1.xml</loc></sitemap>"))
	p.set("/map-1.xml", mapOf(p, "urlset", "<url><loc>URL/2024/0301/bridge-2.html</loc></url>"))
	p.set("/local/", list("", "/2024/0301/bridge-3.html"))
	for n := range 5 {
		p.set(fmt.Sprintf("/2024/0301/bridge-%d.html", n), story(n, "", ""))
	}
	config := p.config(t, "  - {url: 'URL/feed.xml', type: feed, each: 1h}\n  - {url: 'URL/map.xml', type: sitemap, each: 3h}\n  - {url: 'URL/local/', type: page}\nrevisit: []\n")
	start := time.Now()
	feedAnd := []string{"/feed.xml", "/local/"}
	all := []string{"/feed.xml", "/local/", "/map-1.xml", "/map.xml"}
	for _, c := range []struct {
		after time.Duration
		want  []string
	}{
		{0, append([]string{"/2024/0301/bridge-1.html", "/2024/0301/bridge-2.html", "/2024/0301/bridge-3.html"}, all...)},
		{10 * time.Minute, []string{"/local/"}},
		{61 * time.Minute, feedAnd},
		{70 * time.Minute, []string{"/local/"}}, // it was not modified, and that was less than an hour ago
		{122 * time.Minute, feedAnd},
		{181 * time.Minute, []string{"/local/", "/map-1.xml", "/map.xml"}},
		{183 * time.Minute, feedAnd},
		{190 * time.Minute, []string{"/local/"}}, // the sitemap, too, is as it was
		{363 * time.Minute, all},
	} {
		p.requests()
		p.crawl(t, start.Add(c.after), exitDone, "crawl", "paper", "--config", config, "--to", dir, "--fail-on", "failures,discovered<3,discovered<99%")
		if got := p.requests(); !slices.Equal(got, c.want) {
			t.Errorf("after %v: asked for %v, want %v", c.after, got, c.want)
		}
	}
}

// TestEachFailed: a source that fails is tried again when it is due, as any other, and
// not only when it would have been looked at next.
func TestEachFailed(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.set("/feed.xml", sheet{body: `<?xml version="1.0"?><rss version="2.0"><channel><item></channel>`})
	p.set("/2024/0301/bridge-1.html", story(1, "", ""))
	config := p.config(t, "  - {url: 'URL/feed.xml', type: feed, each: 168h}\nrevisit: []\n")
	start := time.Now()
	for _, c := range []struct {
		after time.Duration
		want  []string
	}{
		{0, []string{"/feed.xml"}},
		{10 * time.Minute, nil},
		{31 * time.Minute, []string{"/feed.xml"}},
		{62 * time.Minute, nil}, // an hour after the second failure
		{92 * time.Minute, []string{"/2024/0301/bridge-1.html", "/feed.xml"}},
		{24 * time.Hour, nil},
	} {
		if len(c.want) == 2 {
			p.set("/feed.xml", sheet{body: `<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>` + p.URL + `/2024/0301/bridge-1.html</link></item></channel></rss>`})
		}
		p.requests()
		pressmarkAt(t, func() time.Time { return start.Add(c.after) }, "crawl", "paper", "--config", config, "--to", dir)
		if got := p.requests(); !slices.Equal(got, c.want) {
			t.Errorf("after %v: asked for %v, want %v", c.after, got, c.want)
		}
	}
}
