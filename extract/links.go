package extract

import (
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// findLinks lists the page's links with what they look like, and finds the
// article's next part and the list's next page.
func findLinks(p *page, text bodyResult) linkResult {
	f := &linkFinder{p: p, text: text, host: weburl.HostOf(p.canonical), seen: make(map[string]int, len(p.links)), hosts: map[string]bool{}}
	f.out.links = make([]article.Link, 0, len(p.links))
	for i := range p.links {
		f.add(&p.links[i])
	}
	f.repeated()
	return f.out
}

// linkResult is where a page leads.
type linkResult struct {
	links []article.Link // each address once, in reading order
	part  string         // the next part of the article, "" where there is none
	list  string         // the next page of the list
}

type linkFinder struct {
	p      *page
	text   bodyResult
	host   string
	domain string          // of host, once it was asked for
	seen   map[string]int  // URL -> index in the result
	hosts  map[string]bool // hosts seen: whether they are of the page's site
	out    linkResult
	scores []int8 // of the links of the result: what speaks for an article
}

func (f *linkFinder) add(a *anchor) {
	p := f.p
	href := strings.TrimSpace(attr(a.node, "href"))
	if href == "" || href[0] == '#' {
		return
	}
	u, err := weburl.Resolve(p.base, href)
	if err != nil {
		return // javascript:, mailto: and the like
	}
	text := p.textOf(a.start, a.end)
	mass := massOfText(text)
	f.next(a, u, text)
	if text == "" {
		text = linkTitle(a.node)
	}
	if at, ok := f.seen[u]; ok {
		f.again(at, a, text, mass)
		return
	}
	f.seen[u] = len(f.out.links)
	l := article.Link{URL: u, Text: text, Rel: strings.ToLower(attr(a.node, "rel"))}
	score := f.classify(&l, a, mass)
	f.out.links = append(f.out.links, l)
	f.scores = append(f.scores, score)
}

// again sees another link to an address that is listed already: a picture and a
// headline often lead to the same article.
func (f *linkFinder) again(at int, a *anchor, text string, mass int32) {
	l := &f.out.links[at]
	if mass > massOfText(l.Text) {
		l.Text = text
	}
	other := *l
	f.scores[at] = max(f.scores[at], f.classify(&other, a, mass))
	l.Article = l.Article || other.Article
	l.Section = (l.Section || other.Section) && !l.Article
	l.InBody = l.InBody || other.InBody
}

// classify says what a link looks like. Both the address and the text speak:
// an article's address has a number, a date or a long slug and its text is a
// headline; a section's is short and its text a word or two. It returns the
// score of an article, 0 for links that cannot be one.
func (f *linkFinder) classify(l *article.Link, a *anchor, mass int32) int8 {
	p := f.p
	l.InBody = f.inBody(a)
	host := weburl.HostOf(l.URL)
	if f.host != "" && !f.sameSite(host) {
		return 0
	}
	path, query := pathOf(l.URL)
	shape := articleShape(path, query)
	name := nameFlags(0)
	if a.box >= 0 {
		name = p.boxes[a.box].inherited
	}
	if name&(nameFooter|nameNav|namePager|nameTags) != 0 {
		shape--
	}
	switch {
	case mass >= 36:
		shape += 2
	case mass >= 24:
		shape++
	case mass < 15 && mass > 0:
		shape--
	}
	if a.picture && mass == 0 {
		shape++
	}
	if personPage(path) || strings.Contains(query, "://") { // the latter leads through a counter or a login to elsewhere
		shape = 0
	}
	l.Article = shape >= sureArticle
	l.Section = !l.Article && mass > 0 && mass <= 36 && sectionShape(path, query)
	return int8(shape)
}

// sureArticle is the score of a link that is an article's by itself.
const sureArticle = 3

// personPage tells the addresses of writers, channels and tags that have a number
// like an article's: /author/508258.
func personPage(path string) bool {
	parent, _, _ := strings.Cut(strings.TrimPrefix(path[:max(strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/'), 0)], "/"), "?")
	switch strings.ToLower(parent[strings.LastIndexByte(parent, '/')+1:]) {
	case "author", "authors", "user", "users", "tag", "tags":
		return true
	}
	return false
}

// sameSite tells whether a host is of the page's site; a page links to few hosts.
func (f *linkFinder) sameSite(host string) bool {
	same, known := f.hosts[host]
	if !known {
		if f.domain == "" {
			f.domain = weburl.RegistrableDomain(f.host)
		}
		same = host == f.host || weburl.RegistrableDomain(host) == f.domain
		f.hosts[host] = same
	}
	return same
}

func (f *linkFinder) inBody(a *anchor) bool {
	p := f.p
	if int(a.line) < f.text.first || int(a.line) >= f.text.last {
		return false
	}
	r := p.lines[a.line].role
	return r == roleBody || r == roleSubhead
}

// pathOf splits path and query from a normalized address.
func pathOf(u string) (path, query string) {
	_, rest, _ := strings.Cut(u, "://")
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return "/", ""
	}
	path, query, _ = strings.Cut(rest[i:], "?")
	return path, query
}

// articleShape says how much an address looks like an article's: 0 to 3.
func articleShape(path, query string) int {
	last := path[strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1:]
	last = strings.TrimSuffix(last, "/")
	digits, run := digitRun(path)
	_, slugRun := digitRun(last)
	hyphens := strings.Count(last, "-") + strings.Count(last, "_")
	score := 0
	switch {
	case last == "" || strings.HasPrefix(last, "index") || strings.HasPrefix(last, "list") || strings.HasPrefix(last, "default"):
		switch {
		case digits >= 6 && run >= 4:
			score = 1
		case query == "" || strings.HasPrefix(last, "list"):
			return 0
		} // index.php?id=12&news=345: the query tells
	case slugRun >= 4 || digits >= 8:
		score = 2
	case hyphens >= 3:
		score = 2
	case digits >= 3:
		score = 1
	}
	if hexRun(last) >= 20 {
		score = 2
	}
	if score > 0 && run >= 4 && digits >= 6 && hyphens >= 2 {
		score = 3
	}
	if score == 0 && query != "" {
		if _, q := digitRun(query); q >= 3 || strings.Contains(query, "id=") {
			score = 1
		}
	}
	return score
}

// digitRun counts the digits of s, and those of its longest run.
func digitRun(s string) (digits, longest int) {
	run := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return digits, longest
}

// hexRun is the length of the longest run of hexadecimal digits.
func hexRun(s string) int {
	run, longest := 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if s[i] >= '0' && s[i] <= '9' || c >= 'a' && c <= 'f' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// sectionShape tells whether an address can be a section's: few and short
// segments without long numbers.
func sectionShape(path, query string) bool {
	if strings.Count(strings.Trim(path, "/"), "/") > 3 || len(path) > 60 || len(query) > 40 {
		return false
	}
	digits, _ := digitRun(path)
	return digits < 5
}

// linkTitle is the text of a link that shows none: its title, or its picture's alt.
func linkTitle(n *html.Node) string {
	if t := squeeze(attr(n, "title")); t != "" {
		return t
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for d := c; d != nil; d = d.FirstChild {
			if d.Type == html.ElementNode && d.Data == "img" {
				return squeeze(attr(d, "alt"))
			}
		}
	}
	return ""
}

// massOfText is the weight of a text in any script, as line.mass counts it.
func massOfText(s string) int32 {
	var n int32
	for _, r := range s {
		switch {
		case r == ' ':
		case isWide(r):
			n += 3
		default:
			n++
		}
	}
	return n
}
