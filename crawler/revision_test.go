package crawler_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/testweb/paper"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// dressed is an article page with what stands around an article. The strings that
// a test changes are in it once each.
const dressed = `<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Council puts off the bridge - The Paper</title>
<meta name=generated content="rendered in 0.031 s at 09:14:07"><script nonce=r4nd0m>window.session="s-1001";</script></head><body>
<header><a href=/>The Paper</a> <span class=date>Monday, 4 March 2024, 09:14</span></header>
<div class="ad banner"><a href=https://ads.example/click?id=11><img src=https://ads.example/b11.png width=728 height=90 alt="Fresh bread daily"></a></div>
<main><article><h1>Council puts off the bridge</h1>
<p class=byline>By Ada Northcott</p><p class=meta>Published <time datetime=2024-03-01T08:05:00Z>1 March 2024 08:05</time></p>
<span class=views>Read 17 times</span> <span class=comments>3 comments</span>
<div class=article>
<p>Members of the county council spent two hours on the state of the bridge, which the engineers had closed to heavy lorries, and heard thirty residents who use it.</p>
<figure><img src=/pictures/bridge-a.png width=640 height=400 alt="The bridge"><figcaption>The bridge from the west bank on Friday</figcaption></figure>
<p>The repair would cost four million pounds, the treasurer said, of which the county can find one, and nobody could tell where the others would come from.</p>
<p>A vote was expected for the autumn, when the report of the second engineer will have come, and when the new budget of the county is known to all.</p>
</div></article>
<div class=related><h3>Related</h3><ul><li><a href=/2024/0228/library-opens-on-sundays-21.html>Library opens on Sundays from April</a></li></ul></div>
<aside class=popular><h3>Most read</h3><ol><li><a href=/2024/0227/harbour-master-retires-20.html>Harbour master retires after thirty years</a></li></ol></aside></main>
<footer>Printed at 09:14:07. Page 1001 of today.</footer></body></html>`

// TestWhatIsARevision changes one thing of an article's page: what stands around
// the article makes no revision, and what belongs to it makes one that says what
// changed and leaves the earlier one as it was.
func TestWhatIsARevision(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to []string // one for one
		changed  []string // parts; nil: no revision
	}{
		{"advertisement", []string{"id=11", "b11.png", "Fresh bread daily"}, []string{"id=52", "b52.png", "Boats for hire, by the hour"}, nil},
		{"view counter", []string{"Read 17 times"}, []string{"Read 4,102 times"}, nil},
		{"comments", []string{"3 comments"}, []string{"41 comments"}, nil},
		{"related", []string{"/2024/0228/library-opens-on-sundays-21.html", "Library opens on Sundays from April"}, []string{"/2024/0304/ferry-is-back-22.html", "The ferry is back in service"}, nil},
		{"most read", []string{"Harbour master retires after thirty years"}, []string{"School wins the county's chess cup"}, nil},
		{"time of rendering", []string{"0.031 s at 09:14:07", "Monday, 4 March 2024, 09:14", "Printed at 09:14:07. Page 1001"}, []string{"0.029 s at 17:40:55", "Tuesday, 5 March 2024, 17:40", "Printed at 17:40:55. Page 2377"}, nil},
		{"session", []string{"r4nd0m", "s-1001"}, []string{"0th3r", "s-2377"}, nil},
		{"layout", []string{"<main>", "</main>", "<div class=article>"}, []string{"<main class=wide><!-- new -->", "</main>", "<div class=article  data-v=2>"}, nil},
		{"signed picture", []string{"/pictures/bridge-a.png"}, []string{"/pictures/bridge-a.png?sign=77ab"}, nil},
		{"title", []string{"<title>Council puts off the bridge", "<h1>Council puts off the bridge"}, []string{"<title>Council puts off the bridge again", "<h1>Council puts off the bridge again"}, []string{"title"}},
		{"paragraph", []string{"cost four million pounds"}, []string{"cost five million pounds"}, []string{"body"}},
		{"a paragraph more", []string{"is known to all.</p>"}, []string{"is known to all.</p><p>Correction: an earlier version of this report gave the wrong sum for the repair of the bridge.</p>"}, []string{"body"}},
		{"picture", []string{"/pictures/bridge-a.png"}, []string{"/pictures/bridge-b.png"}, []string{"images"}},
		{"caption", []string{"from the west bank on Friday"}, []string{"from the east bank on Friday"}, []string{"images"}},
		{"credit", []string{"By Ada Northcott"}, []string{"By Ada Northcott and Joseph Lund"}, []string{"credits"}},
		{"publication time", []string{"T08:05:00Z>1 March 2024 08:05"}, []string{"T09:35:00Z>1 March 2024 09:35"}, []string{"published"}},
		{"all", []string{"<h1>Council puts off", "<title>Council puts off", "four million", "bridge-a", "Ada Northcott"}, []string{"<h1>Council takes up", "<title>Council takes up", "nine million", "bridge-b", "Ruth Calder"}, []string{"title", "credits", "body", "images"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := dressed
			for i, from := range tt.from {
				if strings.Count(now, from) == 0 {
					t.Fatalf("%q is not in the page", from)
				}
				now = strings.ReplaceAll(now, from, tt.to[i])
			}
			isRevision(t, now, tt.changed)
		})
	}
}

// isRevision crawls a site whose one article changes between two looks.
func isRevision(t *testing.T, now string, changed []string) {
	t.Helper()
	const path = "/2024/0301/council-puts-off-the-bridge-7.html"
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", path))
	for n, name := range []string{"bridge-a.png", "bridge-b.png", "bridge-a.png?sign=77ab"} {
		p.Set("/pictures/"+name, sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(paper.Picture(n%2 + 1))
		}})
	}
	config := p.config(t, "  - {url: 'URL/', type: page}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(after time.Duration) {
		p.crawl(t, began.Add(after), false, config, dir)
	}
	p.Set(path, sheet{Body: dressed})
	crawl(0)
	first := p.articles(t, dir)[p.URL+path]
	if first == nil || len(first.Images) != 1 || !slices.Equal(first.Credits.Authors, []string{"Ada Northcott"}) || first.Published == nil || len(first.Body) != 4 {
		t.Fatalf("the article is read as %+v", first)
	}
	stored, err := os.ReadFile(filepath.Join(dir, "articles/paper", first.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	p.Set(path, sheet{Body: now})
	crawl(2 * time.Hour)
	rec, got := p.record(t, dir, p.URL+path), p.articles(t, dir)[p.URL+path]
	earlier, err := os.ReadFile(filepath.Join(dir, "revisions/paper", first.ID, "1.json"))
	if changed == nil {
		if rec.Outcome != ledger.Unchanged || rec.Reason != ledger.ReasonSameContent || rec.Revision != 1 || rec.Changed != nil || got.Revision != 1 || got.ContentHash != first.ContentHash || err == nil {
			t.Errorf("no revision, but the log says %+v, changed: %v", rec, article.Diff(first, got))
		}
		return
	}
	if rec.Outcome != ledger.Revised || rec.Revision != 2 || !slices.Equal(rec.Changed, changed) || got.Revision != 2 {
		t.Errorf("the log says %+v, want %v changed", rec, changed)
	}
	if err != nil || string(earlier) != string(stored) {
		t.Errorf("the earlier revision: %v\n%s", err, earlier)
	}
}

// TestLooksDecay: an article is looked at again 1 h, 6 h, 1 d, 7 d and 30 d after
// its first capture, or when its site's configuration says, and at no other time.
func TestLooksDecay(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		name, revisit string
		want          []time.Duration
	}{
		{"by default", "", []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day, 30 * day}},
		{"of the site", "revisit: [30m, 2d]\n", []time.Duration{30 * time.Minute, 2 * day}},
		{"never", "revisit: []\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const path = "/2024/0301/council-takes-up-the-bridge-7.html"
			p, dir := startPaper(t), t.TempDir()
			p.Set("/", list("", path))
			p.Set(path, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page}\n"+tt.revisit)
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			asked := func(after time.Duration) bool {
				p.Requests()
				p.crawl(t, began.Add(after), false, config, dir)
				return slices.Contains(p.Requests(), path)
			}
			if !asked(0) {
				t.Fatal("the article was not archived")
			}
			looks := map[time.Duration]bool{40 * day: false, 90 * day: false} // by when: whether it is due
			for _, at := range tt.want {
				looks[at-5*time.Minute], looks[at+5*time.Minute], looks[at+10*time.Minute] = false, true, false
			}
			for _, at := range slices.Sorted(maps.Keys(looks)) {
				if got := asked(at); got != looks[at] {
					t.Errorf("%v after the first capture: asked for is %v, want %v", at, got, looks[at])
				}
			}
			if rec := p.record(t, dir, p.URL+path); !rec.Due.IsZero() || rec.Visits != 1+len(tt.want) {
				t.Errorf("at last: %s", fmt.Sprintf("%+v", rec))
			}
		})
	}
}

// TestClockThatWasAhead: what a run wrote whose clock was ten years ahead keeps no
// later run from its sources, from pages that failed and from articles to look at again.
func TestClockThatWasAhead(t *testing.T) {
	const good, bad, busy = "/2024/0301/council-takes-up-the-bridge-7.html", "/2024/0301/council-takes-up-the-bridge-8.html", "/2024/0301/council-takes-up-the-bridge-9.html"
	p, dir := startPaper(t), t.TempDir()
	p.Set("/", list("", good, bad, busy))
	p.Set(good, story(7, "", ""))
	p.Set(bad, sheet{Status: 403})
	p.Set(busy, sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	}})
	config := p.config(t, "  - {url: 'URL/', type: page, each: 1h}\n")
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	crawl := func(at time.Time, want bool) {
		p.Requests()
		p.crawl(t, at, want, config, dir)
	}
	crawl(now.AddDate(10, 0, 0), true)
	p.Set(bad, story(8, "", ""))
	p.Set(busy, story(9, "", ""))
	crawl(now, false)
	if got := fmt.Sprint(p.Requests()); got != fmt.Sprint([]string{"/", good, bad, busy}) {
		t.Errorf("with the right time asked for %s", got)
	}
	for _, path := range []string{good, bad, busy} {
		if rec := p.record(t, dir, p.URL+path); rec.Article == "" || !rec.Due.Equal(now.Add(time.Hour)) {
			t.Errorf("%s: %+v", path, rec)
		}
	}
	crawl(now.Add(10*time.Minute), false)
	if got := p.Requests(); len(got) != 0 {
		t.Errorf("ten minutes later asked for %q", got)
	}
}
