package link_test

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/link"
	"pressmark/extract/page"
)

// linksOf lists the links of a page's body.
func linksOf(t *testing.T, url, html string) link.Result {
	t.Helper()
	tree, err := page.Parse(article.Page{URL: url, Body: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := tree.Lay(page.NewPool().Get(), "")
	return link.Find(p, body.Result{})
}

func TestArticleShape(t *testing.T) {
	for _, c := range []struct {
		address string
		score   int
	}{
		{"https://news.example/", 0},
		{"https://news.example/sport/", 0},
		{"https://news.example/sport/football", 0},
		{"https://news.example/index.html", 0},
		{"https://news.example/list_12.html", 0},
		{"https://news.example/index.php?id=12&news=3456", 1},
		{"https://news.example/show?id=7", 1},
		{"https://news.example/news/123", 1},
		{"https://news.example/news/12345", 2},
		{"https://news.example/harbour-reopens-after-storm", 2},
		{"https://news.example/a/4f9d02b1c3e84a7795d60b12", 2},
		{"https://news.example/2026/11/29/harbour-reopens-after-storm", 3},
	} {
		if got := link.ArticleShape(link.PathOf(c.address)); got != c.score {
			t.Errorf("%s: %d, want %d", c.address, got, c.score)
		}
	}
}

func TestPathOf(t *testing.T) {
	for _, c := range []struct{ address, path, query string }{
		{"https://news.example", "/", ""},
		{"https://news.example/a/b", "/a/b", ""},
		{"https://news.example/a?b=/c&d", "/a", "b=/c&d"},
		{"https://news.example/?p=1", "/", "p=1"},
	} {
		if path, query := link.PathOf(c.address); path != c.path || query != c.query {
			t.Errorf("%s: %q %q", c.address, path, query)
		}
	}
}

// TestFind lists links with what they look like: a is an article's, s a section's.
func TestFind(t *testing.T) {
	const headline = "Harbour reopens after the storm of Tuesday night"
	for _, c := range []struct{ name, html, want string }{
		{"an article and a section", `<a href="/2026/11/29/harbour-reopens-48213">` + headline + `</a><a href="/sport/">Sport</a>`, "a /2026/11/29/harbour-reopens-48213|s /sport/"},
		{"nothing to follow", `<a href="#top">Top</a><a href="mailto:a@news.example">Mail</a><a href="javascript:void(0)">Open</a><a href="">None</a>`, ""},
		{"of another site", `<a href="https://other.example/2026/11/29/harbour-reopens-48213">` + headline + `</a>`, "- https://other.example/2026/11/29/harbour-reopens-48213"},
		{"without a scheme", `<a href="//www.news.example/sport/">Sport</a>`, "s https://www.news.example/sport/"},
		{"a picture and a headline", `<a href="/news/48213"><img src="/a.jpg"></a><a href="/news/48213">` + headline + `</a>`, "a /news/48213"},
		{"an author", `<a href="/author/jane-doe-12345">` + headline + `</a>`, "- /author/jane-doe-12345"},
		{"through a counter", `<a href="/go?to=http://news.example/2026/48213.html">` + headline + `</a>`, "- /go?to=http://news.example/2026/48213.html"},
		{"areas and frames", `<map><area href="/local/" alt="Local"></map><iframe src="/ticker/" title="Ticker"></iframe><iframe src="/ads/1" title="x"></iframe><iframe src="/counter" width=1></iframe>`, "s /local/|s /ticker/"},
		{"where scripts are off", `<p>a</p><noscript><a href="/news/48213">` + headline + `</a></noscript>`, "a /news/48213"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range linksOf(t, "https://news.example/", "<title>News</title><body>"+c.html).Links {
				sign := "-"
				switch {
				case l.Article:
					sign = "a"
				case l.Section:
					sign = "s"
				}
				got = append(got, sign+" "+strings.TrimPrefix(l.URL, "https://news.example"))
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// TestLikely orders links that are in doubt: a place in a heading and neighbours speak
// for an article, a menu and a login against.
func TestLikely(t *testing.T) {
	var items strings.Builder
	for i, s := range []string{"Bridge reopens to all traffic", "Mayor visits flooded streets", "School wins regional prize", "Library opens on Sundays too"} {
		fmt.Fprintf(&items, "<li><h3><a href=/s/%c>%s</a></h3></li>", 'a'+i, s)
	}
	likely := map[string]int8{}
	for _, l := range linksOf(t, "https://news.example/", "<title>News</title><nav><a href=/s/z>Our history in brief</a></nav><ul>"+items.String()+"</ul><a href=/login>Log in to comment on this</a><a href=/report.pdf>The report of the council</a>").Links {
		likely[strings.TrimPrefix(l.URL, "https://news.example")] = l.Likely
	}
	for i, list := 1, []string{"/s/a", "/s/z", "/login", "/report.pdf"}; i < len(list); i++ {
		if likely[list[i-1]] <= likely[list[i]] {
			t.Errorf("%s: %d, %s: %d", list[i-1], likely[list[i-1]], list[i], likely[list[i]])
		}
	}
}

// TestNext finds the next part of an article and the next page of a list.
func TestNext(t *testing.T) {
	for _, c := range []struct{ name, url, html, part, list string }{
		{"a part by word", "https://news.example/2026/harbour.html", `<a href="harbour_2.html">Next page</a>`, "/2026/harbour_2.html", "/2026/harbour_2.html"},
		{"a part by number", "https://news.example/2026/harbour.html", `<a href="harbour_2.html">2</a><a href="harbour_3.html">3</a>`, "/2026/harbour_2.html", "/2026/harbour_2.html"},
		{"a part by rel", "https://news.example/2026/harbour.html", `<a rel="next" href="harbour_2.html">»</a>`, "/2026/harbour_2.html", "/2026/harbour_2.html"},
		{"a list", "https://news.example/sport/", `<a href="/sport/archive">「下一页」</a><a href="/sport/more">下一页 ›</a>`, "", "/sport/more"},
		{"in the head", "https://news.example/sport/", `<link rel="next" href="/sport/page/2/">`, "/sport/page/2/", "/sport/page/2/"},
		{"another article", "https://news.example/2026/harbour.html", `<a href="/2026/bridge.html">Next article: the bridge</a>`, "", ""},
		{"another site", "https://news.example/sport/", `<a href="https://other.example/sport/2">Next</a>`, "", ""},
		{"the page itself", "https://news.example/sport/", `<a href="/sport/">Next</a>`, "", ""},
		{"a letter that is longer in lower case", "https://news.example/sport/", `<a href="/sport/2">` + strings.Repeat("İ", 10) + `</a>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := linksOf(t, c.url, "<title>News</title>"+c.html)
			trim := func(s string) string { return strings.TrimPrefix(s, "https://news.example") }
			if trim(got.Part) != c.part || trim(got.List) != c.list {
				t.Errorf("part %q, list %q", got.Part, got.List)
			}
		})
	}
}
