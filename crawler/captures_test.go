package crawler_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/testweb/paper"
	"pressmark/crawler/testweb/simulator"
)

// capturedPaper sets the pages of a paper: one for each thing that a capture has
// to cope with.
func capturedPaper(t *testing.T, p newspaper) {
	t.Helper()
	path := func(n int) string { return fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n) }
	illustrated := func(n int) string {
		return strings.Replace(story(n, "", "").Body, "<div class=article>", fmt.Sprintf(
			"<div class=article><figure><img src=/img/%d.png width=640 height=400 alt='Bridge number %d'><figcaption>Bridge number %d from the west bank</figcaption></figure>", n, n, n), 1)
	}
	html := func(f func(w http.ResponseWriter)) sheet {
		return sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			f(w)
		}}
	}
	p.Set("/", list("", path(1), path(2), "/2024/0301/council-took-up-the-bridge-3.html", path(4), path(5), path(6), path(7))) // the last is not there
	p.Set(path(1), sheet{Serve: func(w http.ResponseWriter, r *http.Request) {                                                 // in chunks, with a validator
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		body := illustrated(1)
		_, _ = io.WriteString(w, body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		_, _ = io.WriteString(w, body[len(body)/2:])
	}})
	var asked atomic.Int64
	p.Set(path(2), html(func(w http.ResponseWriter) { // compressed, without a validator, by another server the third time
		level := gzip.DefaultCompression
		if asked.Add(1) == 3 {
			level = gzip.BestSpeed
		}
		w.Header().Set("Content-Encoding", "gzip")
		z, err := gzip.NewWriterLevel(w, level)
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(z, illustrated(2))
		_ = z.Close()
	}))
	hop := func(status int, to string) sheet {
		return sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(status)
		}}
	}
	p.Set("/2024/0301/council-took-up-the-bridge-3.html", hop(http.StatusFound, "/mid/3.html"))
	p.Set("/mid/3.html", hop(http.StatusMovedPermanently, path(3)))
	p.Set(path(3), story(3, "<link rel=canonical href=/2024/0301/council-took-up-the-bridge-3.html>", "")) // to be asked for by the address that redirects
	p.Set(path(4), html(func(w http.ResponseWriter) {                                                      // more than is taken
		w.Header().Set("Content-Length", strconv.Itoa(1<<30))
		w.WriteHeader(http.StatusOK)
	}))
	p.Set(path(5), sheet{Body: strings.Replace(illustrated(5), "/img/5.png", "/pictures/5.png", 1)})
	p.Set("/pictures/5.png", hop(http.StatusFound, "/img/5.png"))
	p.Set(path(6), story(6, "", "<p class=views>Read 17 times</p>"))
	for _, n := range []int{1, 2, 5} {
		p.Set(fmt.Sprintf("/img/%d.png", n), sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(paper.Picture(n))
		}})
	}
}

// modes are the settings of what is captured.
var modes = map[string]paper.Captures{"none": paper.Nothing, "pages": paper.Pages, "all": paper.All}

// TestCapturesAreWhatWasSent crawls a site with each setting of what is captured, looks again
// at its articles, and reads what is stored: every request and response as it went
// over the wire, redirects hop by hop, what was cut marked, what had not changed as
// a revisit of the capture that has it, and all of it found from the articles.
func TestCapturesAreWhatWasSent(t *testing.T) {
	for _, tt := range []struct{ first, then string }{{"none", "none"}, {"pages", "pages"}, {"all", "all"}, {"none", "pages"}} {
		t.Run(tt.first+" then "+tt.then, func(t *testing.T) {
			p, wire := startTappedPaper(t)
			dir := t.TempDir()
			capturedPaper(t, p)
			config := p.config(t, "  - {url: 'URL/', type: page}\n")
			began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			var ticks atomic.Int64
			crawl := func(after time.Duration, mode string) {
				t.Helper()
				now := func() time.Time { return began.Add(after + time.Duration(ticks.Add(1))*time.Second) }
				if sum, err := p.call(t, now, config, dir, capturing(modes[mode])).Run(t); err != nil || sum.Err != nil {
					t.Fatal(err, sum)
				}
			}
			crawl(0, tt.first)
			firstCapture(t, dir, tt.first, p, captures(t, dir))
			crawl(3*time.Hour, tt.then)
			p.Set("/2024/0301/council-takes-up-the-bridge-6.html", story(6, "", "<p class=views>Read 18 times</p>"))
			crawl(12*time.Hour, tt.then)
			crawl(48*time.Hour, tt.then) // as the look before: not as the first
			all := captures(t, dir)
			onTheWire(t, all, wire)
			got := revisitsLead(t, all)
			const path = " /2024/0301/council-takes-up-the-bridge-"
			want := map[string]int{}
			if tt.then != "none" {
				want["server-not-modified"+path+"1.html"] = 2 // the third look asks without validators
			}
			if tt.first != "none" { // else the articles' payload is in no capture
				for n, times := range map[int]int{1: 1, 2: 2, 3: 3, 5: 3, 6: 1} {
					want[fmt.Sprint("identical-payload-digest", path, n, ".html")] = times
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("revisits %v, want %v", got, want)
			}
			for url, a := range p.articles(t, dir) {
				if a.Revision != 1 {
					t.Errorf("%s has revision %d", url, a.Revision)
				}
			}
			verified(t, dir)
		})
	}
}

// firstCapture checks what the first crawl of capturedPaper has captured.
func firstCapture(t *testing.T, dir, mode string, p newspaper, all []keptRecord) {
	t.Helper()
	base := p.URL
	var got []string
	for _, r := range all {
		if r.Type() != "response" {
			continue
		}
		resp, err := r.Response()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimSpace(fmt.Sprint(strings.TrimPrefix(r.URL(), base), " ", resp.Status, " ", resp.Header.Get("Content-Encoding"), " ", r.Header.Get("WARC-Truncated"))))
	}
	want := []string{"/ 200", "/2024/0301/council-takes-up-the-bridge-1.html 200", "/2024/0301/council-takes-up-the-bridge-2.html 200 gzip",
		"/2024/0301/council-took-up-the-bridge-3.html 302", "/mid/3.html 301", "/2024/0301/council-takes-up-the-bridge-3.html 200", "/2024/0301/council-takes-up-the-bridge-4.html 200  length",
		"/2024/0301/council-takes-up-the-bridge-5.html 200", "/2024/0301/council-takes-up-the-bridge-6.html 200", "/2024/0301/council-takes-up-the-bridge-7.html 404", "/robots.txt 404"}
	images := []string{"/img/1.png 200", "/img/2.png 200", "/pictures/5.png 302", "/img/5.png 200"}
	switch mode {
	case "none":
		want = nil
	case "all":
		want = append(want, images...)
	}
	if i := slices.Index(got, "/2024/0301/council-took-up-the-bridge-3.html 302"); mode != "none" && (i < 0 || i+2 >= len(got) || !slices.Equal(got[i:i+3], want[3:6])) {
		t.Errorf("the redirects stand apart: %q", got)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("captured\n%q, want\n%q", got, want)
	}
	articles, pictures := p.articles(t, dir), 0
	if len(articles) != 5 {
		t.Errorf("%d articles", len(articles))
	}
	for url, a := range articles {
		if c := a.Capture; mode == "none" {
			if c.WARC != "" || c.Offset != 0 || c.Length != 0 {
				t.Errorf("%s names a capture: %+v", url, c)
			}
		} else if rec := pointsAt(t, dir, c.WARC, c.Offset, c.Length, c.SHA256); rec.URL() != c.FinalURL || rec.Date().Format(time.RFC3339) != c.Fetched {
			t.Errorf("%s: capture %+v is that of %s at %s", url, c, rec.URL(), rec.Date())
		}
		for _, m := range a.Images {
			pictures++
			if mode != "all" {
				if m.WARC != "" {
					t.Errorf("%s: image names a capture: %+v", url, m)
				}
			} else if rec := pointsAt(t, dir, m.WARC, m.Offset, m.Length, m.SHA256); !strings.HasPrefix(rec.URL(), base+"/img/") {
				t.Errorf("%s: %+v leads to %s", url, m, rec.URL())
			}
		}
	}
	if pictures != 3 {
		t.Errorf("%d pictures", pictures)
	}
}

// TestCapturesSayWhatIsMissing: what came of an answer that was not whole is
// captured, with the reason why it ends where it does, of pages and of pictures.
func TestCapturesSayWhatIsMissing(t *testing.T) {
	for _, tt := range []struct {
		kind simulator.Kind
		want string
	}{
		{simulator.LongLength, "disconnect"},
		{simulator.CutBody, "disconnect"},
		{simulator.HangBody, "time"},
		{simulator.Endless, "length"},
	} {
		for _, path := range []string{stories, pictures} {
			t.Run(string(tt.kind)+" of "+strings.Trim(path, "/"), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				synctest.Test(t, func(t *testing.T) {
					w := startWeek(t, dir, simulator.Options{Seed: 3, Sites: 1, Backlog: 3, Days: 1, Faults: []simulator.Fault{{Kind: tt.kind, Path: path}}, Clock: time.Now})
					defer w.sim.Close()
					w.capture = crawler.CaptureFiles(crawler.CaptureOptions{Operator: "County Library", Version: "test", Now: time.Now})
					w.crawl()
				})
				cut, whole := 0, 0
				for _, r := range captures(t, dir) {
					if r.Type() != "response" {
						continue
					}
					reason := r.Header.Get("WARC-Truncated")
					switch {
					case strings.Contains(r.URL(), path) && reason == tt.want:
						cut++
					case strings.Contains(r.URL(), path) || reason != "":
						t.Errorf("%s: truncated %q, want %q", r.URL(), reason, tt.want)
					default:
						whole++
					}
				}
				if cut == 0 || whole == 0 {
					t.Errorf("%d cut responses and %d whole ones are captured", cut, whole)
				}
			})
		}
	}
}
