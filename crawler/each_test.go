package crawler_test

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
	p.Set("/feed.xml", sheet{Body: feed(1), ETag: `"1"`})
	p.Set("/map.xml", p.Map("sitemapindex", "<sitemap><loc>URL/map-1.xml</loc></sitemap>"))
	p.Set("/map-1.xml", p.Map("urlset", "<url><loc>URL/2024/0301/bridge-2.html</loc></url>"))
	p.Set("/local/", list("", "/2024/0301/bridge-3.html"))
	for n := range 5 {
		p.Set(fmt.Sprintf("/2024/0301/bridge-%d.html", n), story(n, "", ""))
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
		p.Requests()
		p.crawl(t, start.Add(c.after), false, config, dir, failOn("failures", "discovered<3", "discovered<99%"))
		if got := p.Requests(); !slices.Equal(got, c.want) {
			t.Errorf("after %v: asked for %v, want %v", c.after, got, c.want)
		}
	}
}

// TestEachFailed: a source that fails is tried again when it is due, as any other, and
// not only when it would have been looked at next.
func TestEachFailed(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/feed.xml", sheet{Body: `<?xml version="1.0"?><rss version="2.0"><channel><item></channel>`})
	p.Set("/2024/0301/bridge-1.html", story(1, "", ""))
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
			p.Set("/feed.xml", sheet{Body: `<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>` + p.URL + `/2024/0301/bridge-1.html</link></item></channel></rss>`})
		}
		p.Requests()
		p.visit(t, start.Add(c.after), config, dir)
		if got := p.Requests(); !slices.Equal(got, c.want) {
			t.Errorf("after %v: asked for %v, want %v", c.after, got, c.want)
		}
	}
}
