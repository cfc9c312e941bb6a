package declared

import (
	"html"
	"strings"

	"pressmark/extract/credits"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// Facts is what structured data (JSON-LD, microdata, meta tags, comments of publishing
// systems) says about the article. Every claim keeps its origin. Callers check the claims
// against the page.
type Facts struct {
	Titles    []Claim // headlines, most trustworthy first
	Published []Claim // publication times as written
	Modified  []Claim
	Authors   []person
	Editors   []Claim
	Source    []Claim
	Publisher string // name of the publisher or site, "" where none is given
	About     About
	article   bool   // the page calls itself an article
	paid      string // what says that not all of it is for everybody, "" where nothing does

	Feeds, Alternates []string // addresses of feeds, and of other forms of the page
	Warnings          []string
}

// Claim is one value with its origin.
type Claim struct {
	Text string
	From string // "json-ld", "meta article:published_time", "time element" …
}

// person is an author as structured data names them.
type person struct {
	Name         string
	From         string
	Organization bool
}

// factReader reads what a page declares.
type factReader struct {
	p     *page.Page
	facts Facts
}

// Read reads the structured data of a page.
func Read(p *page.Page) *Facts {
	r := &factReader{p: p}
	left := 2 * maxLDBytes
	for i, text := range jsonLD(p) {
		if i >= MaxClaims || left <= 0 {
			break
		}
		left -= len(text)
		r.readScript(text)
	}
	r.metaFacts()
	r.spanFacts()
	r.commentFacts()
	r.inputFacts()
	if r.facts.paid != "" {
		r.facts.Warnings = append(r.facts.Warnings,
			"not_free: "+r.facts.paid+" says that parts of the page are for subscribers: the text may be a beginning only")
	}
	r.about()
	r.links()
	return &r.facts
}

// jsonLD returns the texts of a page's JSON-LD. Programs that build the head may also put
// it into an attribute: <script type="application/ld+json" children="…">, <meta
// name="script:ld+json" content="…">. Some escape it as HTML.
func jsonLD(p *page.Page) []string {
	texts := make([]string, 0, len(p.JSONLD)+1)
	for _, n := range p.JSONLD {
		switch {
		case n.FirstChild != nil:
			texts = append(texts, unescapeJSON(n.FirstChild.Data))
		case page.Attr(n, "children") != "":
			texts = append(texts, strings.Clone(page.Attr(n, "children")))
		}
	}
	if s := p.Meta("script:ld+json"); s != "" {
		texts = append(texts, s)
	}
	return texts
}

// unescapeJSON resolves the entities of JSON of which every quote is one.
func unescapeJSON(s string) string {
	if !strings.Contains(s, "&quot;") && !strings.Contains(s, "&#34;") || strings.Contains(s, `"`) {
		return s
	}
	return html.UnescapeString(s)
}

// addAuthors adds the names of one value.
func (r *factReader) addAuthors(value, from string, organization bool) {
	value = text.Squeeze(value)
	if value == "" || len(value) > 300 || len(r.facts.Authors) >= MaxClaims || strings.Contains(value, "Image:") {
		return
	}
	value = strings.Trim(value, "\"“”„ ")
	for _, by := range []string{"By ", "by ", "BY ", "Von "} {
		value = strings.TrimPrefix(value, by)
	}
	names := []string{value}
	if list := credits.Reporters(value); list != nil {
		names = list
	} else if !organization && severalNames(value) {
		names = credits.Names(value)
	}
	for _, n := range names {
		if credits.Nobody(n) || strings.ContainsAny(n, ":@") {
			continue
		}
		r.facts.Authors = append(r.facts.Authors, person{n, from, organization})
	}
}

// severalNames reports whether an author's value is a list: "A und B, dpa". A
// single name is taken as it stands, whatever it looks like.
func severalNames(s string) bool {
	if strings.ContainsAny(s, ",;|、/") {
		return true
	}
	for _, and := range []string{" and ", " und ", " et ", " y ", " og ", " och ", " en ", " и ", " & ", " e ", " i "} {
		if strings.Contains(s, and) {
			return true
		}
	}
	return false
}

// MaxClaims is the maximum number of claims of one kind, and of authors.
const MaxClaims = 64

func addClaim(list []Claim, text, from string) []Claim {
	if text = strings.TrimSpace(text); text == "" || len(list) >= MaxClaims {
		return list
	}
	for _, c := range list {
		if c.Text == text {
			return list
		}
	}
	return append(list, Claim{text, from})
}
