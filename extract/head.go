package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/weburl"
)

// address finds the page's own address, and the one that relative addresses
// resolve against where a saved page has none but names its own.
func (p *page) address() {
	own := p.ownURL()
	if p.base.Host == "" {
		p.base = baseURL(own)
	}
	p.canonical = own
}

// links reads the head's links to feeds and to other forms of the page, and meta robots.
func (r *factReader) links() {
	for _, n := range r.p.rels {
		r.headLink(n)
	}
	robots := strings.ToLower(r.p.meta("robots"))
	r.facts.noIndex = strings.Contains(robots, "noindex") || strings.Contains(robots, "none")
	r.facts.noFollow = strings.Contains(robots, "nofollow") || strings.Contains(robots, "none")
}

// language finds the page's language: what it declares, unless its script says
// otherwise (templates keep lang="en" on pages of any language).
func (p *page) language(fallback string) {
	tag := p.langTag
	if tag == "" {
		tag = p.meta("content-language", "og:locale", "language", "dc.language")
	}
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	if i := strings.IndexAny(tag, ",; "); i >= 0 {
		tag = tag[:i]
	}
	p.langTag = tag
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if len(primary) != 2 && len(primary) != 3 {
		primary = ""
	}
	script := scriptOf(p.text)
	p.cjk = script == "zh" || script == "ja" || script == "ko"
	switch {
	case p.cjk && primary != "zh" && primary != "ja" && primary != "ko":
		primary = script
	case script == "el" || script == "ru" && !cyrillic[primary] || script == "he" || script == "ar" && !arabic[primary]:
		primary = script
	case script == "" && (p.declaresWrongScript(primary)):
		primary = ""
	}
	if primary == "" {
		primary, _, _ = strings.Cut(strings.ToLower(fallback), "-")
	}
	p.lang = primary
}

var (
	cyrillic = map[string]bool{"ru": true, "uk": true, "be": true, "bg": true, "sr": true, "mk": true, "kk": true, "ky": true, "mn": true, "tg": true}
	arabic   = map[string]bool{"ar": true, "fa": true, "ur": true, "ps": true, "ku": true}
)

// declaresWrongScript tells that Latin text claims a language of another script.
func (p *page) declaresWrongScript(primary string) bool {
	switch primary {
	case "zh", "ja", "ko", "el", "he", "ru":
		return len(p.text) > 400
	}
	return false
}

// scriptOf names the language that a text's script points to: zh, ja, ko, el,
// ru (any Cyrillic), ar, he; "" for Latin and others. It looks at 4,000 runes.
func scriptOf(text string) string {
	var han, kana, hangul, greek, cyr, ara, heb, latin, n int
	for _, r := range text {
		if n++; n > 4000 {
			break
		}
		switch {
		case r < 'A':
		case r < 0x250:
			latin++
		case r >= 0x370 && r < 0x400:
			greek++
		case r >= 0x400 && r < 0x530:
			cyr++
		case r >= 0x590 && r < 0x600:
			heb++
		case r >= 0x600 && r < 0x780:
			ara++
		case r >= 0x3040 && r <= 0x30ff:
			kana++
		case r >= 0xac00 && r <= 0xd7a3:
			hangul++
		case isWide(r):
			han++
		}
	}
	switch {
	case 3*(han+kana+hangul) > latin && han+kana+hangul > 20:
		switch {
		case hangul > han+kana:
			return "ko"
		case kana*10 > han:
			return "ja"
		}
		return "zh"
	case greek > latin:
		return "el"
	case cyr > latin:
		return "ru"
	case ara > latin:
		return "ar"
	case heb > latin:
		return "he"
	}
	return ""
}

// ownURL returns the page's canonical address, normalized: rel=canonical where
// it is of the same site and is no front page, else the page's own.
func (p *page) ownURL() string {
	own, err := weburl.Normalize(p.in.URL)
	if err != nil {
		own = p.in.URL
	}
	for _, n := range p.rels {
		if !hasToken(attr(n, "rel"), "canonical") {
			continue
		}
		if u, ok := p.takeCanonical(attr(n, "href"), own); ok {
			return u
		}
	}
	if u, ok := p.takeCanonical(p.meta("og:url"), own); ok {
		return u
	}
	return own
}

func (p *page) takeCanonical(href, own string) (string, bool) {
	if strings.TrimSpace(href) == "" {
		return "", false
	}
	u, err := weburl.Resolve(p.base, href)
	if err != nil {
		return "", false
	}
	if own == "" {
		return u, true
	}
	parsed, err := url.Parse(u)
	if err != nil || !weburl.SameSite(parsed.Host, weburl.HostOf(own)) {
		return "", false
	}
	mine := baseURL(own)
	if len(strings.Trim(parsed.Path, "/")) == 0 && parsed.RawQuery == "" && len(strings.Trim(mine.Path, "/"))+len(mine.RawQuery) > 0 {
		return "", false // every page of a badly made site claims to be its front page
	}
	return u, true
}

// headLink keeps a <link>: feeds, other forms of the page.
func (r *factReader) headLink(n *html.Node) {
	p, f := r.p, &r.facts
	rel, href := attr(n, "rel"), attr(n, "href")
	if href == "" {
		return
	}
	kind := strings.ToLower(attr(n, "type"))
	switch {
	case hasToken(rel, "alternate") && (strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json")):
		if u, err := weburl.Resolve(p.base, href); err == nil {
			f.feeds = appendNew(f.feeds, u)
		}
	case hasToken(rel, "amphtml"), hasToken(rel, "alternate") && attr(n, "hreflang") == "" && (attr(n, "media") != "" || kind == "text/html"):
		if u, err := weburl.Resolve(p.base, href); err == nil && u != p.canonical {
			f.alternates = appendNew(f.alternates, u)
		}
	}
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// hasToken tells whether a space-separated attribute value holds a word.
func hasToken(list, word string) bool {
	for list != "" {
		list = strings.TrimLeft(list, " \t\n\f\r")
		end := strings.IndexAny(list, " \t\n\f\r")
		if end < 0 {
			end = len(list)
		}
		if strings.EqualFold(list[:end], word) {
			return true
		}
		list = list[end:]
	}
	return false
}

// baseHref applies <base href>; the walk calls it.
func (p *page) baseHref(n *html.Node) {
	if n.DataAtom != atom.Base {
		return
	}
	if href := strings.TrimSpace(attr(n, "href")); href != "" {
		if u, err := p.base.Parse(href); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
			p.base = u
		}
	}
}
