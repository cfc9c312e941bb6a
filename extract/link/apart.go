package link

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// apart lists the links outside the text: areas of image maps, frames of the same site,
// and what a page shows without frames or scripts. They follow the links of the text.
func (f *linkFinder) apart() {
	for _, n := range f.p.Areas {
		f.plain(page.Attr(n, "href"), textOr(page.Attr(n, "alt"), page.Attr(n, "title")))
	}
	for _, n := range f.p.Frames {
		f.frame(n)
	}
	for _, n := range f.p.NoFrames {
		f.fallback(n)
	}
	for i := range min(len(f.p.Noscript), maxFallbacks) {
		f.fallback(f.p.Noscript[i].Node)
	}
}

// maxFallbacks bounds the noscript elements that are looked into.
const maxFallbacks = 50

func textOr(a, b string) string {
	if a = text.Squeeze(a); a != "" {
		return a
	}
	return text.Squeeze(b)
}

// plain adds a link of which only the address and the text speak.
func (f *linkFinder) plain(href, text string) {
	if u, ok := f.unseen(href); ok {
		f.out.Links = append(f.out.Links, f.judged(u, text))
	}
}

// unseen resolves an address. It returns false if the address is not a web address or is
// already listed.
func (f *linkFinder) unseen(href string) (string, bool) {
	if href = strings.TrimSpace(href); href == "" || href[0] == '#' {
		return "", false
	}
	u, err := f.p.Resolve(href)
	if err != nil {
		return "", false
	}
	if _, listed := f.seen[u]; listed {
		return "", false
	}
	f.seen[u] = len(f.out.Links)
	return u, true
}

// judged says what a link looks like by its address and its text.
func (f *linkFinder) judged(u, s string) article.Link {
	l := article.Link{URL: u, Text: s}
	if f.host != "" && !f.sameSite(weburl.HostOf(u)) {
		return l
	}
	mass := text.Mass(s)
	path, query := PathOf(u)
	score := ArticleShape(path, query) + headline(mass)
	l.Article = score >= sureArticle
	l.Likely = int8(score + addressOf(u))
	l.Section = !l.Article && mass <= 36 && sectionShape(path, query)
	return l
}

// frame adds a frame of the same site as a link to a section, since its content is part
// of the page. Frames that are too small to read are skipped (counters, advertisements),
// and so are the frames of articles (players, comments).
func (f *linkFinder) frame(n *html.Node) {
	if n.DataAtom == atom.Iframe && (tiny(n, "width") || tiny(n, "height") || utility(page.Attr(n, "src"))) {
		return
	}
	u, ok := f.unseen(page.Attr(n, "src"))
	if !ok || u == f.p.Canonical || f.host == "" || !f.sameSite(weburl.HostOf(u)) {
		return
	}
	l := f.judged(u, textOr(page.Attr(n, "title"), page.Attr(n, "name")))
	l.Section = !l.Article
	f.out.Links = append(f.out.Links, l)
}

// tiny reports whether a frame is too small for a list of links.
func tiny(n *html.Node, side string) bool {
	const least = 100 // pixels
	size := strings.TrimSuffix(strings.TrimSpace(page.Attr(n, side)), "px")
	pixels, err := strconv.Atoi(size)
	return err == nil && pixels < least
}

// utility reports whether the address of an embedded frame names something that is no
// part of the page's text.
func utility(src string) bool {
	src, _, _ = strings.Cut(strings.ToLower(src), "?")
	for part := range strings.FieldsFuncSeq(src, func(r rune) bool { return strings.ContainsRune("/._-", r) }) {
		switch part {
		case "ad", "ads", "adv", "banner", "banners", "embed", "player", "video", "comment", "comments", "widget", "widgets",
			"login", "signin", "count", "counter", "stat", "stats", "weather", "share", "captcha", "map", "maps", "pixel", "blank":
			return true
		}
	}
	return false
}

// fallback adds the links in the raw text of a noframes or noscript element.
func (f *linkFinder) fallback(n *html.Node) {
	if n.FirstChild == nil || !strings.Contains(n.FirstChild.Data, "href") {
		return
	}
	nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return
	}
	for _, top := range nodes {
		if top.DataAtom == atom.A {
			f.plain(page.Attr(top, "href"), textUnder(top))
		}
		for d := range top.Descendants() {
			if d.DataAtom == atom.A {
				f.plain(page.Attr(d, "href"), textUnder(d))
			}
		}
	}
}

// textUnder returns the text of an element.
func textUnder(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return text.Squeeze(b.String())
}
