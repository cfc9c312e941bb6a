package crawler_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestRequestsThatWereSent: the summary counts requests that a server got, not
// those that robots.txt, an address or a pause kept from being sent.
func TestRequestsThatWereSent(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/robots.txt", sheet{Body: "User-agent: *\nDisallow: /corner/\n"})
	p.Set("/away.html", sheet{Serve: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/corner/a.html", http.StatusFound) }})
	p.Set("/rest.html", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusServiceUnavailable)
	}})
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	for _, c := range []struct {
		path    string
		private bool // the site's address is not a public one
	}{
		{"/corner/a.html", true},
		{"/a.html", false},
		{"/a.html", true},
		{"/away.html", true},
		{"/rest.html", true},
		{"/rest.html", true}, // the host rests still
	} {
		sum := p.crawl(t, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), true, config, dir, p.only(c.path), func(k *call) {
			if !c.private {
				k.Plan.Site.AllowPrivate = nil
			}
		})
		if got := p.Requests(); sum.Requests != len(got) {
			t.Errorf("%+v: the summary says %d requests, the site got %v", c, sum.Requests, got)
		}
	}
}

// TestArticleThatFailedAtFirst names an article that cannot be had at first, and
// names it again, or has a later crawl come upon it: it is archived then, and
// nothing that its page links to.
func TestArticleThatFailedAtFirst(t *testing.T) {
	const path, other = "/2024/0301/council-takes-up-the-bridge-1.html", "/2024/0302/council-takes-up-the-bridge-2.html"
	for _, c := range []struct {
		name   string
		status int
		again  string // what is named again; "" is a crawl of the site
	}{
		{"not there yet, named again", 404, path},
		{"refused, named again", 403, path},
		{"refused, tried again by a crawl", 403, ""},
		{"not there yet, found by a crawl", 404, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			config := p.config(t, "  - {url: 'URL/local/', type: page}\n")
			p.Set("/local/", list("", path))
			p.Set(path, sheet{Status: c.status})
			p.Set(other, story(2, "", ""))
			p.crawl(t, now, true, config, dir, p.only(path))
			p.Set(path, story(1, "", "<h3>More</h3><ul><li><a href='"+other+"'>Council takes up the other bridge of the county</a></li></ul>"))
			var options []option
			if c.again != "" {
				options = append(options, p.only(c.again))
			}
			sum := p.crawl(t, now.Add(time.Hour), false, config, dir, options...)
			if got := p.paths(t, dir); !slices.Equal(got, []string{path}) || sum.Discovered != 1 || sum.Archived != 1 {
				t.Errorf("archived %v, %+v", got, sum)
			}
			rec := p.record(t, dir, p.URL+path)
			if rec.Kind != ledger.KindPage || rec.Outcome != ledger.Archived || rec.Tries != 0 {
				t.Errorf("the log holds %+v", rec)
			}
		})
	}
}

// TestSeedThatFailsAsAPage: the log's record of a seed that could not be read
// becomes that of a page where a list names it as one, whatever becomes of it.
func TestSeedThatFailsAsAPage(t *testing.T) {
	const path = "/2024/0301/council-takes-up-the-bridge-1.html"
	p, dir, now := startPaper(t), t.TempDir(), time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	config := p.config(t, "  - {url: 'URL/local/', type: page}\n")
	p.Set("/local/", list("", path))
	p.crawl(t, now, true, config, dir, p.only(path))
	p.Set(path, sheet{Status: 403})
	sum := p.crawl(t, now, true, config, dir)
	rec := p.record(t, dir, p.URL+path)
	if rec.Kind != ledger.KindPage || rec.Outcome != ledger.Failed || rec.Tries != 1 || sum.Failed != 1 {
		t.Errorf("the log holds %+v, the summary %+v", rec, sum)
	}
}
