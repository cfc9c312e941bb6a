package crawler_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// links is when the tests of this file begin.
var links = time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC)

var hrefs = regexp.MustCompile(`href="?(/[^" >]*)`)

// TestEveryLinkOfAListHasAnOutcome looks up each link of each list page that was read.
func TestEveryLinkOfAListHasAnOutcome(t *testing.T) {
	for name, tt := range map[string]struct {
		more string // of the configuration
		want map[string]string
	}{
		"plain": {"", map[string]string{"/2024/03/05/bridge-7.html": "", "/sport/": ledger.ReasonList, "/sport/clubs/": ledger.ReasonTooDeep,
			"/plan.pdf": ledger.ReasonNotPage, "/index.php": ledger.ReasonFront, "/sport/?page=2": ledger.ReasonFurther, "/sport/?page=3": ledger.ReasonNoMorePages}},
		"include": {"include: ['/2024/']\n", map[string]string{"/2024/03/05/bridge-7.html": "", "/harbour": ledger.ReasonNotIncluded,
			"/plan.pdf": ledger.ReasonNotPage, "/sport/clubs/": ledger.ReasonTooDeep}},
		"exclude": {"exclude: ['/sport/']\n", map[string]string{"/sport/": ledger.ReasonExcluded, "/sport/clubs/": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			lists := map[string]sheet{
				"/": {Body: `<!DOCTYPE html><html lang=en><head><title>The Paper</title></head><body><nav><a href="/">Home</a> <a href="/sport/">Sport</a></nav>
					<main><article><h2><a href="/2024/03/05/bridge-7.html">Council takes up the bridge once more</a></h2></article>
					<article><h2><a href="/harbour">Harbour closed for repairs until the end of the summer</a></h2><p>See the <a href="/plan.pdf">plan</a>.</p></article></main></body></html>`},
				"/sport/": {Body: `<!DOCTYPE html><html lang=en><head><title>Sport</title></head><body><nav><a href="/">Home</a> <a href="/sport/clubs/">Clubs</a> <a href="/index.php">Start</a></nav>
					<main><h2><a href="/2024/03/05/bridge-8.html">Council takes up bridge number eight once more</a></h2></main><a rel=next href="/sport/?page=2">Next page</a></body></html>`},
				"/sport/?page=2": {Body: `<!DOCTYPE html><html lang=en><head><title>Sport</title></head><body><nav><a href="/">Home</a></nav>
					<main><h2><a href="/2024/03/05/bridge-9.html">Council takes up bridge number nine once more</a></h2></main><a rel=next href="/sport/?page=3">Next page</a></body></html>`},
			}
			for path, s := range lists {
				p.Set(path, s)
			}
			for _, n := range []int{7, 8, 9} {
				p.Set(fmt.Sprintf("/2024/03/05/bridge-%d.html", n), story(n, "", ""))
			}
			p.Set("/harbour", story(10, "", ""))
			more := tt.more
			if !strings.Contains(more, "limits:") {
				more += "limits: {depth: 1, pages: 1}\n"
			}
			config := p.config(t, "  - {url: URL/, type: page}\n"+more)
			p.crawl(t, links, false, config, dir)
			log := p.Log(t, dir)
			for path, sheet := range lists {
				if rec := log[path]; rec.Kind != ledger.KindList || rec.Digest == "" {
					continue
				}
				for _, m := range hrefs.FindAllStringSubmatch(sheet.Body, -1) {
					if rec, ok := log[m[1]]; !ok || rec.Reason == "" && rec.Outcome != ledger.Archived {
						t.Errorf("%s links to %s, which has no outcome: %+v", path, m[1], rec)
					}
				}
			}
			for path, reason := range tt.want {
				if got := log[path].Reason; got != reason {
					t.Errorf("%s: %q, want %q", path, got, reason)
				}
			}
			p.crawl(t, links.Add(time.Minute), false, config, dir) // further pages are looked at once
			segments := p.segments(t, dir)
			p.crawl(t, links.Add(2*time.Minute), false, config, dir)
			if n := p.segments(t, dir); n != segments {
				t.Errorf("a later look wrote %d segments", n-segments)
			}
		})
	}
}

// TestLeftLinksAreTakenUp: what was left for a reason is visited by a run for which
// the reason does not hold.
func TestLeftLinksAreTakenUp(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", sheet{ETag: `"a"`, Body: list("", "/2024/03/05/bridge-7.html").Body + `<nav><a href="/sport/">Sport</a></nav>`})
	p.Set("/sport/", sheet{ETag: `"b"`, Body: list("", "/2024/03/05/bridge-8.html").Body + `<nav><a href="/sport/clubs/">Clubs</a></nav>`})
	p.Set("/sport/clubs/", list("", "/2024/03/05/bridge-9.html"))
	for _, n := range []int{7, 8, 9} {
		p.Set(fmt.Sprintf("/2024/03/05/bridge-%d.html", n), story(n, "", ""))
	}
	source := "  - {url: URL/, type: page}\n"
	p.crawl(t, links, false, p.config(t, source+"limits: {depth: 1}\n"), dir)
	if rec := p.Log(t, dir)["/sport/clubs/"]; rec.Reason != ledger.ReasonTooDeep {
		t.Fatalf("%+v", rec)
	}
	p.crawl(t, links.Add(time.Hour), false, p.config(t, source+"limits: {depth: 2}\n"), dir) // its lists answer 304
	if rec := p.Log(t, dir)["/sport/clubs/"]; rec.Reason != ledger.ReasonList || rec.Kind != ledger.KindList {
		t.Errorf("%+v", rec)
	}
	if got := p.paths(t, dir); len(got) != 3 {
		t.Errorf("archived: %v", got)
	}
}
