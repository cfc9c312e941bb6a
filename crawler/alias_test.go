package crawler_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/storage/ledger"
)

// TestOneStory: a story under several addresses is one article, and the other
// addresses are its aliases in the log, in one run as in several.
func TestOneStory(t *testing.T) {
	const main = "/2024/0301/council-takes-up-the-bridge-7.html"
	for _, c := range []struct {
		name, other string
		canonical   bool // the other page names the first
		localhost   bool // it is on another host of the site
	}{
		{"canonical", "/2024/0301/council-takes-up-the-bridge-7-full.html", true, false},
		{"AMP", "/2024/0301/council-takes-up-the-bridge-7.amp.html", true, false},
		{"print version", "/2024/0301/print/council-takes-up-the-bridge-7.html", false, false},
		{"parameters", main + "?view=full&page_size=20", false, false},
		{"mobile host", main, false, true},
		{"mirror", "/mirror" + main, false, false},
		{"tracking", main + "?utm_source=feed", false, false},
	} {
		for _, together := range []bool{true, false} {
			t.Run(fmt.Sprint(c.name, together), func(t *testing.T) {
				p, dir := startPaper(t), t.TempDir()
				now := time.Now()
				other := c.other
				head := ""
				if c.canonical {
					head = "<link rel=canonical href=" + p.URL + main + ">"
				}
				p.Set(main, story(7, "", ""))
				if other != main {
					p.Set(other, story(7, head, ""))
				}
				p.Set("/2024/0301/council-takes-up-the-bridge-8.html", story(8, "", ""))
				const source = "  - {url: 'URL/', type: page}\n"
				both := source + strings.ReplaceAll(source, "URL", strings.Replace(p.URL, "127.0.0.1", "localhost", 1))
				first := []string{main, "/2024/0301/council-takes-up-the-bridge-8.html"}
				if together {
					first = append(first, other)
				}
				p.Set("/", list("", first...))
				config := p.config(t, source)
				if c.localhost && together {
					config = p.config(t, both)
				}
				crawl := func(after time.Duration) {
					p.crawl(t, now.Add(after), false, config, dir)
				}
				crawl(0)
				p.Set("/", list("", append(first, other)...))
				if c.localhost {
					config = p.config(t, both)
				}
				crawl(10 * time.Minute)
				if got := p.paths(t, dir); len(got) != 2 {
					t.Errorf("archived %q", got)
				}
				if c.name == "tracking" {
					return // never a URL of its own
				}
				other = p.URL + other
				if c.localhost {
					other = strings.Replace(other, "127.0.0.1", "localhost", 1)
				}
				one, two := p.record(t, dir, p.URL+main), p.record(t, dir, other)
				if one.Alias != "" {
					one, two = two, one // whichever came first is the article
				}
				if one.Article == "" || two.Reason != ledger.ReasonAlias || two.Alias != one.URL {
					t.Errorf("the log says\n%+v\n%+v", one, two)
				}
				if _, err := url.Parse(two.Alias); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestOneStoryEverywhere: a story under all its addresses at once is one article
// too, whichever of them is found first, and a correction is one revision of it.
func TestOneStoryEverywhere(t *testing.T) {
	const path = "/2024/0301/council-takes-up-the-bridge-7"
	p := startPaper(t)
	mirror := strings.Replace(p.URL, "127.0.0.1", "localhost", 1)
	canonical := "<link rel=canonical href=" + p.URL + path + ".html>"
	addresses := []string{p.URL + path + ".html", p.URL + path + "-full.html", p.URL + path + ".amp.html", p.URL + "/2024/0301/print/council-takes-up-the-bridge-7.html",
		p.URL + path + ".html?view=full&page_size=20", p.URL + path + ".html?utm_source=feed", mirror + path + ".html", mirror + "/m/2024/0301/council-takes-up-the-bridge-7.html"}
	set := func(foot string) {
		for _, a := range addresses {
			at := strings.TrimPrefix(strings.TrimPrefix(a, p.URL), mirror)
			head := ""
			if strings.HasSuffix(at, "-full.html") || strings.HasSuffix(at, ".amp.html") {
				head = canonical
			}
			s := story(7, head, "")
			s.Body = strings.Replace(s.Body, "</div>", foot+"</div>", 1)
			p.Set(at, s)
		}
	}
	for first := range addresses {
		dir := t.TempDir()
		set("")
		p.Set("/", list("", append(slices.Clone(addresses[first:]), addresses[:first]...)...))
		config := p.config(t, "  - {url: 'URL/', type: page}\n  - {url: '"+mirror+"/', type: page}\n")
		now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		p.crawl(t, now, false, config, dir)
		if got := p.paths(t, dir); len(got) != 1 {
			t.Fatalf("%s first: archived %q", addresses[first], got)
		}
		var one string
		for url := range p.articles(t, dir) {
			one = url
		}
		aliases := 0
		for _, a := range addresses {
			if rec := p.record(t, dir, a); rec.Reason == ledger.ReasonAlias && rec.Alias == one {
				aliases++
			} else if rec.URL != "" && rec.URL != one {
				t.Errorf("%s first: %s is %+v, not an alias of %s", addresses[first], a, rec, one)
			}
		}
		if aliases != len(addresses)-2 { // less the article's own, and the one with a tracking parameter
			t.Errorf("%s first: %d aliases", addresses[first], aliases)
		}
		set("<p>Correction: an earlier version of this report gave the wrong number of hours that the council had spent.</p>")
		s := p.crawl(t, now.Add(2*time.Hour), false, config, dir)
		if got := p.paths(t, dir); len(got) != 1 || s.Revised != 1 || s.Archived != 0 {
			t.Errorf("%s first, corrected: archived %q, %+v", addresses[first], got, s)
		}
	}
}

// TestShortStoryTwice: of a story too short to be known by its text, the address with
// a slash at its end and the one without are one article; another address with the
// same words is another article.
func TestShortStoryTwice(t *testing.T) {
	short := sheet{Body: "<!DOCTYPE html><html lang=en><head><title>Bridge closed tonight - The Paper</title></head><body><h1>Bridge closed tonight for repair</h1>" +
		"<p class=meta>Published <time datetime=2024-03-01T08:05:00Z>1 March 2024 08:05</time></p><div class=article>" +
		"<p>The bridge will be closed from nine tonight until five tomorrow, the county said on Friday.</p></div></body></html>"}
	const path = "/2024/03/01/bridge-closed-tonight"
	for other, want := range map[string]int{path + "/": 1, "/2024/03/08/bridge-closed-tonight": 2} {
		p, dir := startPaper(t), t.TempDir()
		p.Set(path, short)
		p.Set(other, short)
		config := p.config(t, "  - {url: 'URL/', type: page}\n")
		now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		for i, links := range [][]string{{path}, {path, other}} {
			p.Set("/", list("", links...))
			p.crawl(t, now.Add(time.Duration(i)*10*time.Minute), false, config, dir)
		}
		if got := p.paths(t, dir); len(got) != want {
			t.Errorf("archived %q", got)
		}
		if rec := p.record(t, dir, p.URL+other); want == 1 && rec.Alias != p.URL+path {
			t.Errorf("%s: %+v", other, rec)
		}
	}
}
