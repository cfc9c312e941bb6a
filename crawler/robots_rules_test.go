package crawler_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/testweb/paper"
	"pressmark/storage/ledger"
)

// TestRobotsOfOtherHosts: the robots.txt of hosts to which redirects and pictures
// lead is in the archive too, referred to by what was captured under it, and the
// runs that follow need not ask for it.
func TestRobotsOfOtherHosts(t *testing.T) {
	const path, moved = "/2024/0301/council-takes-up-the-bridge-%d.html", "/elsewhere/bridge-%d.html"
	p, dir := startPaper(t), t.TempDir()
	other := strings.Replace(p.URL, "127.0.0.1", "localhost", 1)
	var mu sync.Mutex
	robots := map[string]int{} // requests by host
	p.Set("/robots.txt", sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		robots[r.Host]++
		fmt.Fprintf(w, "# of %s\nUser-agent: *\nDisallow: /corner/\n", r.Host)
	}})
	p.Set("/bridge.png", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(paper.Picture(1)) }})
	var links []string
	write := func(n int) {
		links = append(links, fmt.Sprintf(path, n))
		p.Set("/", list("", links...))
		p.Set(fmt.Sprintf(path, n), sheet{Serve: http.RedirectHandler(other+fmt.Sprintf(moved, n), http.StatusFound).ServeHTTP})
		s := story(n, "", "")
		s.Body = strings.Replace(s.Body, "<div class=article>", "<div class=article><p><img src="+other+"/bridge.png width=640 height=400></p>", 1)
		p.Set(fmt.Sprintf(moved, n), s)
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	alone := strings.ReplaceAll(string(text), ", '"+strings.TrimPrefix(other, "http://")+"'", "")
	if err := os.WriteFile(config, []byte(alone), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(at time.Time) {
		t.Helper()
		p.crawl(t, at, false, config, dir, anyAddress)
		verified(t, dir)
	}
	write(1)
	crawl(began)
	if a := p.articles(t, dir)[p.URL+fmt.Sprintf(path, 1)]; a == nil || len(a.Images) != 1 || a.Capture.Robots != p.record(t, dir, other+"/robots.txt").Article {
		t.Errorf("archived %+v", a)
	}
	write(2)
	crawl(began.Add(time.Hour))
	for host, n := range robots {
		if n != 1 {
			t.Errorf("two runs within an hour asked %s for %d robots.txt", host, n)
		}
	}
	write(3)
	crawl(began.AddDate(-1, 0, 0)) // the clock was ahead, and is right now
	if rec := p.record(t, dir, other+"/robots.txt"); len(robots) != 2 || rec.Outcome != ledger.Archived || !rec.Time.Equal(began.AddDate(-1, 0, 0)) {
		t.Errorf("after the clock was set: %v, %+v", robots, rec)
	}
}

// TestRobotsThatForbidForAWhile: what robots.txt forbids is skipped, and archived
// after the rule has gone, whether a list still names it or not; where the rule
// stays, the looks end.
func TestRobotsThatForbidForAWhile(t *testing.T) {
	const freed, kept = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0302/council-takes-up-the-bridge-9.html"
	p, dir := startPaper(t), t.TempDir()
	rules := func(text string) {
		p.Set("/robots.txt", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }})
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(hours int, path string) ledger.Record {
		want := false
		if hours < 25 { // nothing is archived, and nothing is known
			want = true
		}
		p.crawl(t, began.Add(time.Duration(hours)*time.Hour), want, config, dir)
		return p.record(t, dir, p.URL+path)
	}
	rules("User-agent: *\nDisallow: /2024/\n")
	p.Set("/", list("", freed, kept))
	p.Set(freed, story(7, "", ""))
	first := crawl(0, freed)
	if first.Outcome != ledger.Skipped || first.Reason != fetch.CodeRobotsDisallowed || !first.Due.Equal(began.AddDate(0, 0, 1)) {
		t.Errorf("forbidden: %+v", first)
	}
	if rec := crawl(2, freed); rec.Seq != first.Seq {
		t.Errorf("looked at before the time: %+v", rec)
	}
	rules("User-agent: *\nDisallow: /2024/0302/\n")
	p.Set("/", list("", "/2024/0302/council-takes-up-the-bridge-10.html"))
	if rec := crawl(25, freed); rec.Outcome != ledger.Archived {
		t.Errorf("allowed again: %+v", rec)
	}
	crawl(24*8, kept)
	last := crawl(24*31, kept)
	if rec := crawl(24*100, kept); !last.Due.IsZero() || rec.Seq != last.Seq || rec.Reason != fetch.CodeRobotsDisallowed {
		t.Errorf("forbidden for ever: %+v", rec)
	}
	if asked := p.Requests(); slices.Contains(asked, kept) {
		t.Errorf("asked for %q", asked)
	}
}
