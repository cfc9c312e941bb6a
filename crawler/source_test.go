package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler/testweb/simulator"
	"pressmark/storage/ledger"
)

// TestEach: a source is not looked at more often than its configuration says,
// whether or not it has changed, and as often as that.
func TestEach(t *testing.T) {
	for _, tt := range []struct {
		name string
		etag string
	}{
		{"unchanged", ""},
		{"not modified", `"1"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const path = "/2024/0301/council-takes-up-the-bridge-7.html"
			p, dir := startPaper(t), t.TempDir()
			front := list("", path)
			front.ETag = tt.etag
			p.Set("/", front)
			p.Set(path, story(7, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page, each: 1h}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			var looks []int
			for minute := 0; minute < 4*60; minute += 10 {
				p.Requests()
				p.crawl(t, began.Add(time.Duration(minute)*time.Minute), false, config, dir, failOn("discovered<1", "failures"))
				if slices.Contains(p.Requests(), "/") {
					looks = append(looks, minute)
				}
			}
			if fmt.Sprint(looks) != "[0 60 120 180]" {
				t.Errorf("looked at after %v minutes", looks)
			}
		})
	}
}

// TestSourceRecovers: a source that failed and then answers as before is well again
// in the log, whether it would say "not modified" or not.
func TestSourceRecovers(t *testing.T) {
	for _, status := range []int{403, 404} {
		const path = "/2024/0301/council-takes-up-the-bridge-7.html"
		p, dir := startPaper(t), t.TempDir()
		front := list("", path)
		front.ETag = `"1"`
		p.Set("/", front)
		p.Set(path, story(7, "", ""))
		config := p.config(t, "  - {url: 'URL/', type: page}\n")
		began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		crawl := func(after time.Duration, want bool) ledger.Record {
			p.crawl(t, began.Add(after), want, config, dir)
			return p.record(t, dir, p.URL+"/")
		}
		well := crawl(0, false)
		p.Set("/", sheet{Status: status})
		if rec := crawl(10*time.Minute, true); rec.Tries != 1 {
			t.Errorf("%d: %+v", status, rec)
		}
		p.Set("/", front)
		if rec := crawl(20*time.Minute, false); rec.Outcome != well.Outcome || rec.Reason != well.Reason || rec.Tries != 0 || !rec.Due.IsZero() || rec.ETag != `"1"` {
			t.Errorf("%d, and well again: %+v", status, rec)
		}
		if s := p.crawl(t, began.Add(30*time.Minute), false, config, dir); s.Batches != 0 || s.Bytes != 0 {
			t.Errorf("%d, and unchanged: %+v", status, s)
		}
	}
}

// TestSourceThatIsNotThere: a source that a site has no more is asked for and told of
// by each run, and written down once.
func TestSourceThatIsNotThere(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	p.Set("/feed.xml", sheet{Status: 404})
	config := p.config(t, "  - {url: 'URL/feed.xml', type: feed}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for run := range 4 {
		s := p.crawl(t, began.Add(time.Duration(run)*time.Hour), true, config, dir)
		if asked := p.Requests(); !slices.Contains(asked, "/feed.xml") || s.SourcesFailed != 1 || run > 0 && s.Batches != 0 {
			t.Errorf("run %d: asked for %q, %+v", run, asked, s)
		}
	}
}

// TestSourceThatKeepsFailing: a source whose server fails run after run is left
// alone for ever longer times, each run says so all the same, and it is taken up
// again when it is due. One that merely refuses is asked by each run.
func TestSourceThatKeepsFailing(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int   // 0: no connection
		gaps   []int // minutes between two runs that ask, at least; each is at most a quarter of an hour longer
	}{
		{"server error", 500, []int{10, 60, 120, 240}},
		{"no connection", 0, []int{10, 60, 120, 240}},
		{"refusal", 403, slices.Repeat([]int{10}, 47)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				var faults []simulator.Fault
				if tt.status != 0 {
					faults = []simulator.Fault{{Kind: simulator.ServerError, Status: tt.status, Until: bubbleStart.Add(8*time.Hour - time.Minute)}}
				}
				w := startWeek(t, dir, simulator.Options{Seed: 3, Sites: 1, Days: 1, Clock: time.Now, Faults: faults})
				defer w.sim.Close()
				dials := 0
				w.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					if dials++; tt.status == 0 && time.Since(bubbleStart) < 8*time.Hour-time.Minute {
						return nil, errors.New("no route to host")
					}
					return w.sim.Dial(ctx, network, address)
				}
				look := func(minute int) bool {
					time.Sleep(time.Until(bubbleStart.Add(time.Duration(minute) * time.Minute)))
					dials = 0
					w.crawl()
					return dials > 0
				}
				var looks []int
				for _, minute := range tens(48) {
					if look(minute) {
						looks = append(looks, minute)
					}
					if s := w.sums[0]; s.SourcesFailed == 0 || s.Complete() || len(s.Problems) == 0 {
						t.Errorf("after %d minutes: %+v", minute, s)
					}
				}
				for i, gap := range tt.gaps {
					if len(looks) != len(tt.gaps)+1 || looks[i+1]-looks[i] < gap || looks[i+1]-looks[i] > gap+15 {
						t.Fatalf("asked after %v minutes, want %v minutes between", looks, tt.gaps)
					}
				}
				for minute := 480; minute < 20*60; minute += 10 {
					look(minute)
				}
				if s := w.sums[0]; s.SourcesFailed != 0 || w.count("articles/") == 0 {
					t.Errorf("after the server is back: %+v", s)
				}
			})
		})
	}
}

// tens are the first n multiples of ten.
func tens(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 10 * i
	}
	return out
}

// TestSourceThatFailsIsCaptured: what a source answered that could not be read is in
// the captures, once for each kind of failure in a row.
func TestSourceThatFailsIsCaptured(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	config := p.config(t, "  - {url: 'URL/feed.xml', type: feed}\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for run, status := range []int{403, 403, 410, 403} {
		p.Set("/feed.xml", sheet{Status: status, Body: fmt.Sprint("no feed for you, run ", run)})
		p.crawl(t, began.Add(time.Duration(run)*time.Hour), true, config, dir)
	}
	var got []string
	for _, rec := range captures(t, dir) {
		if rec.Type() != "response" || strings.HasSuffix(rec.URL(), "/robots.txt") {
			continue
		}
		resp, err := rec.Response()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %d %s", rec.URL(), resp.Status, resp.Body))
	}
	want := []string{p.URL + "/feed.xml 403 no feed for you, run 0", p.URL + "/feed.xml 410 no feed for you, run 2", p.URL + "/feed.xml 403 no feed for you, run 3"}
	if !slices.Equal(got, want) {
		t.Errorf("captured %q", got)
	}
}

// TestPagesOfAFeed: the older pages of a feed are read once, and again only as far as
// they may hold something new, or what a run for other dates left out.
func TestPagesOfAFeed(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	write := func(page, pages int, stories ...int) {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>`)
		if page < pages {
			fmt.Fprintf(&b, `<link rel="next" href="/feed.xml?page=%d"/>`, page+1)
		}
		for _, n := range stories {
			fmt.Fprintf(&b, `<entry><title>Council takes up bridge number %d</title><link href="%s"/><published>2024-03-%02dT08:00:00Z</published></entry>`, n, path(n), n+1)
			p.Set(path(n), story(n, "", ""))
		}
		at := fmt.Sprintf("/feed.xml?page=%d", page)
		if page == 1 {
			at = "/feed.xml"
		}
		p.Set(at, sheet{Body: b.String() + "</feed>"})
	}
	write(1, 3, 5, 4)
	write(2, 3, 3, 2)
	write(3, 3, 1, 0)
	config := p.config(t, "  - {url: 'URL/feed.xml', type: feed}\nrevisit: []\n")
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	run := 0
	for _, step := range []struct {
		what    string
		write   func()
		options []option
		want    []string
	}{
		{"of some days", func() {}, []option{days("2024-03-04", "")}, []string{path(3), path(4), path(5), "/feed.xml", "/feed.xml?page=2", "/feed.xml?page=3"}},
		{"of all days", func() {}, nil, []string{path(0), path(1), path(2), "/feed.xml", "/feed.xml?page=2", "/feed.xml?page=3"}},
		{"nothing new", func() {}, nil, []string{"/feed.xml"}},
		{"one new", func() { write(1, 3, 6, 5) }, nil, []string{path(6), "/feed.xml", "/feed.xml?page=2"}},
		{"nothing new again", func() {}, nil, []string{"/feed.xml"}},
	} {
		step.write()
		p.Requests()
		p.crawl(t, began.Add(time.Duration(run)*10*time.Minute), false, config, dir, step.options...)
		run++
		if got := p.Requests(); !slices.Equal(got, step.want) {
			t.Errorf("%s: asked for %q, want %q", step.what, got, step.want)
		}
	}
}

// TestPagesThatLeadOn: a front page and a story's address that hold nothing but a
// refresh lead to the section and the story behind them.
func TestPagesThatLeadOn(t *testing.T) {
	const from, to = "/go/7", "/2024/0301/council-takes-up-the-bridge-7.html"
	refresh := func(to string) sheet {
		return sheet{Body: "<html><head><title></title><meta http-equiv=refresh content='0; url=" + to + "'></head><body><a href='" + to + "'>Continue</a></body></html>"}
	}
	for _, seed := range []string{"", "/", from} { // "": the site's sources
		t.Run(seed, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			p.Set("/", refresh("/index.html"))
			p.Set("/index.html", list("", from, "/2024/0301/council-takes-up-the-bridge-8.html"))
			p.Set(from, refresh(to))
			p.Set(to, story(7, "", ""))
			p.Set("/2024/0301/council-takes-up-the-bridge-8.html", story(8, "", ""))
			config := p.config(t, "  - {url: 'URL/', type: page}\ninclude: [/go/, /2024/]\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			var options []option
			if seed != "" {
				options = append(options, p.only(seed))
			}
			for run := range 2 {
				p.crawl(t, began.Add(time.Duration(run)*10*time.Minute), false, config, dir, options...)
			}
			if got := p.paths(t, dir); !slices.Contains(got, to) || slices.Contains(got, from) {
				t.Errorf("archived %q, asked for %q", got, p.Requests())
			}
		})
	}
}

// TestPagesThatLeadOnForEver: a page that sends its reader to a new address each time
// does not keep a crawl busy.
func TestPagesThatLeadOnForEver(t *testing.T) {
	const most = 30 // steps that the site has
	for next, want := range map[string]int{
		"/2024/0301/council-takes-up-the-bridge.html?try=%d": 2,
		"/2024/0301/%d/council-takes-up-the-bridge.html":     5,
	} {
		for _, source := range []string{"/local/", fmt.Sprintf(next, 0)} {
			t.Run(source, func(t *testing.T) {
				p, dir := startPaper(t), t.TempDir()
				p.Set("/local/", list("", fmt.Sprintf(next, 0)))
				for n := range most {
					p.Set(fmt.Sprintf(next, n), sheet{Body: "<html><head><title></title><meta http-equiv=refresh content='0; url=" + fmt.Sprintf(next, n+1) + "'></head><body></body></html>"})
				}
				config := p.config(t, "  - {url: 'URL"+source+"', type: page}\n")
				p.visit(t, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), config, dir)
				if got := p.Requests(); len(got) > want {
					t.Errorf("asked for %d pages: %q", len(got), got)
				}
			})
		}
	}
}

// TestSourceAlwaysCut: of a sitemap that breaks off at every try, what came is read, with
// a warning, and never taken for the whole.
func TestSourceAlwaysCut(t *testing.T) {
	const path = "/2024/0301/council-takes-up-the-bridge-7.html"
	p, dir := startPaper(t), t.TempDir()
	p.Set(path, story(7, "", ""))
	tries := 0
	p.Set("/sitemap.xml", sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
		tries++
		w.Header().Set("Content-Type", "application/xml")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Length", "4000")
		fmt.Fprintf(w, "<?xml version='1.0'?><urlset><url><loc>%s%s</loc></url><url><loc>%s/2024/03", p.URL, path, p.URL)
	}})
	sum := p.Run(t, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), dir, "/sitemap.xml", true)
	if rec := p.Log(t, dir)["/sitemap.xml"]; !strings.HasPrefix(rec.Warning, "truncated") && !strings.HasPrefix(rec.Warning, "cut") || rec.ETag != "" {
		t.Errorf("%+v", rec)
	}
	if got := p.Archived(t, dir); !slices.Equal(got, []string{path}) || tries != 3 || sum.SourcesWarned != 1 {
		t.Errorf("archived %v after %d tries, %v", got, tries, sum.Warnings)
	}
}

// TestIndexOfPages: articles that an index of sitemaps names as sitemaps are archived.
func TestIndexOfPages(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	var want []string
	index := "<?xml version='1.0'?><sitemapindex>"
	for n := range 3 {
		path := fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n)
		p.Set(path, story(n, "", ""))
		index += "<sitemap><loc>" + p.URL + path + "</loc></sitemap>"
		want = append(want, path)
	}
	p.Set("/sitemap.xml", sheet{Body: index + "</sitemapindex>"})
	p.Run(t, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), dir, "/sitemap.xml", true)
	if got := p.Archived(t, dir); !slices.Equal(got, want) {
		t.Errorf("archived %v", got)
	}
}
