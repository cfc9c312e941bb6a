package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
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
				p.set(main, story(7, "", ""))
				if other != main {
					p.set(other, story(7, head, ""))
				}
				p.set("/2024/0301/council-takes-up-the-bridge-8.html", story(8, "", ""))
				const source = "  - {url: 'URL/', type: page}\n"
				both := source + strings.ReplaceAll(source, "URL", strings.Replace(p.URL, "127.0.0.1", "localhost", 1))
				first := []string{main, "/2024/0301/council-takes-up-the-bridge-8.html"}
				if together {
					first = append(first, other)
				}
				p.set("/", list("", first...))
				config := p.config(t, source)
				if c.localhost && together {
					config = p.config(t, both)
				}
				crawl := func(after time.Duration) {
					p.crawl(t, now.Add(after), exitDone, "crawl", "paper", "--config", config, "--to", dir, "--allow-private")
				}
				crawl(0)
				p.set("/", list("", append(first, other)...))
				if c.localhost {
					config = p.config(t, both)
				}
				crawl(10 * time.Minute)
				if got := archivedPaths(t, dir); len(got) != 2 {
					t.Errorf("archived %q", got)
				}
				if c.name == "tracking" {
					return // never a URL of its own
				}
				other = p.URL + other
				if c.localhost {
					other = strings.Replace(other, "127.0.0.1", "localhost", 1)
				}
				one, two := lastRecord(t, dir, "paper", p.URL+main), lastRecord(t, dir, "paper", other)
				if one.Alias != "" {
					one, two = two, one // whichever came first is the article
				}
				if one.Article == "" || two.Reason != crawler.ReasonAlias || two.Alias != one.URL {
					t.Errorf("the log says\n%+v\n%+v", one, two)
				}
				if _, err := url.Parse(two.Alias); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
