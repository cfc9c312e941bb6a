package extract

import (
	"strings"

	"pressmark/extract/credits"
)

// facts is what structured data (JSON-LD, microdata, meta tags, comments of
// publishing systems) says of the article. Every claim keeps where it came
// from; none is believed before the page was looked at.
type facts struct {
	titles    []claim // headlines, most trustworthy first
	published []claim // publication times as written
	modified  []claim
	authors   []person
	editors   []claim
	source    []claim
	publisher string // name of the publisher or site, "" where none is given
	article   bool   // the page calls itself an article
	paid      string // what says that not all of it is for everybody, "" where nothing does

	feeds, alternates []string // addresses of feeds, and of other forms of the page
	noIndex, noFollow bool     // what meta robots asks
	warnings          []string
}

// claim is one value with its origin.
type claim struct {
	text string
	from string // "json-ld", "meta article:published_time", "time element" …
}

// person is an author as structured data names them.
type person struct {
	name         string
	from         string
	organization bool
}

// factReader reads what a page declares.
type factReader struct {
	p     *page
	facts facts
}

// readFacts reads the structured data of a page.
func readFacts(p *page) *facts {
	r := &factReader{p: p}
	left := 2 * maxLDBytes
	for i, n := range r.p.jsonLD {
		if n.FirstChild == nil || i >= maxClaims || left <= 0 {
			continue
		}
		left -= len(n.FirstChild.Data)
		r.readScript(n.FirstChild.Data)
	}
	r.metaFacts()
	r.spanFacts()
	r.commentFacts()
	if r.facts.paid != "" {
		r.facts.warnings = append(r.facts.warnings, "not_free: "+r.facts.paid+" says that parts of the page are for subscribers: the text may be a beginning only")
	}
	r.links()
	return &r.facts
}

// readScript takes the article out of one JSON-LD script.
func (r *factReader) readScript(s string) {
	roots := readLD(s)
	var all []*ldNode
	for i := range roots {
		all = collectLD(all, &roots[i], 0)
	}
	main := r.mainEntity(all)
	if main == nil {
		r.publisherFrom(all)
		return
	}
	byID := func(n *ldNode) *ldNode { return resolveLD(all, n) }
	f := &r.facts
	if main.is("Article", "Posting", "Report", "Review") {
		f.article = true
		f.titles = addClaim(f.titles, main.get("headline").text(), "json-ld headline")
		f.titles = addClaim(f.titles, main.get("alternativeHeadline").text(), "json-ld alternativeHeadline")
	}
	if strings.EqualFold(main.get(ldFree).text(), "false") {
		f.paid = "json-ld " + ldFree
	}
	f.titles = addClaim(f.titles, main.get("name").text(), "json-ld name")
	f.published = addClaim(f.published, main.get("datePublished").text(), "json-ld datePublished")
	f.published = addClaim(f.published, main.get("datepublished").text(), "json-ld datePublished")
	f.published = addClaim(f.published, main.get("dateCreated").text(), "json-ld dateCreated")
	f.modified = addClaim(f.modified, main.get("dateModified").text(), "json-ld dateModified")
	if f.publisher == "" {
		f.publisher = byID(main.get("publisher")).text()
	}
	for _, key := range []string{"author", "creator"} {
		if len(f.authors) > 0 {
			break
		}
		for _, a := range main.get(key).list() {
			r.addPerson(byID(&a), "json-ld "+key)
		}
	}
	f.source = addClaim(f.source, byID(main.get("sourceOrganization")).text(), "json-ld sourceOrganization")
}

// collectLD lists the objects at the top of a document: roots, @graph members
// and main entities, but not what is nested in an article (live updates, images).
func collectLD(all []*ldNode, n *ldNode, depth int) []*ldNode {
	if depth > 6 || len(all) > 500 {
		return all
	}
	if !n.object {
		for i := range n.items {
			all = collectLD(all, &n.items[i], depth+1)
		}
		return all
	}
	all = append(all, n)
	for i, k := range n.keys {
		switch k {
		case "@graph", "mainEntity", "mainEntityOfPage", "article":
			all = collectLD(all, &n.items[i], depth+1)
		}
	}
	return all
}

// resolveLD replaces a reference ({"@id": …}) by the object that it names.
func resolveLD(all []*ldNode, n *ldNode) *ldNode {
	if n == nil || !n.object || n.get("name") != nil {
		return n
	}
	id := n.get("@id").text()
	if id == "" {
		return n
	}
	for _, x := range all {
		if x.get("name") != nil && x.get("@id").text() == id {
			return x
		}
	}
	return n
}

// mainEntity picks the article among a document's objects: an article whose
// headline the page's title repeats, else the first article, else the web page.
func (r *factReader) mainEntity(all []*ldNode) *ldNode {
	var first, web, other *ldNode
	title := key(r.p.docTitle + r.p.meta("og:title"))
	for _, n := range all {
		switch {
		case n.is("Article", "Posting", "Report", "Review", "NewsItem"):
			if n.get("datePublished") == nil && n.get("headline") == nil && n.get("author") == nil {
				continue
			}
			if h := key(n.get("headline").text()); h != "" && strings.Contains(title, h) {
				return n
			}
			if first == nil {
				first = n
			}
		case n.is("WebPage") && n.get("datePublished") != nil && web == nil:
			web = n
		case n.get("datePublished") != nil && n.get("author") != nil && other == nil && !n.is("Object", "Comment", "Rating"):
			other = n // a recipe, a how-to, a book
		}
	}
	if first != nil {
		return first
	}
	if other != nil {
		return other
	}
	return web
}

// publisherFrom remembers the site's organization from a document without an article.
func (r *factReader) publisherFrom(all []*ldNode) {
	for _, n := range all {
		if r.facts.publisher == "" && n.is("Organization", "WebSite") {
			r.facts.publisher = n.get("name").text()
		}
	}
}

// addPerson adds an author of JSON-LD.
func (r *factReader) addPerson(n *ldNode, from string) {
	name := n.text()
	if name == "" && n.get("familyName") != nil {
		name = strings.TrimSpace(n.get("givenName").text() + " " + n.get("familyName").text())
	}
	r.addAuthors(name, from, n.is("Organization"))
}

// addAuthors adds the names of one value.
func (r *factReader) addAuthors(value, from string, organization bool) {
	value = squeeze(value)
	if value == "" || len(value) > 300 || len(r.facts.authors) >= maxClaims || strings.Contains(value, "Image:") {
		return
	}
	names := []string{value}
	if !organization && severalNames(value) {
		names = credits.Names(value)
	}
	for _, n := range names {
		if credits.Nobody(n) || strings.ContainsAny(n, ":@") {
			continue
		}
		r.facts.authors = append(r.facts.authors, person{n, from, organization})
	}
}

// severalNames tells whether an author's value is a list: "A und B, dpa". A
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

// maxClaims bounds the claims of one kind, and the authors.
const maxClaims = 64

func addClaim(list []claim, text, from string) []claim {
	if text = strings.TrimSpace(text); text == "" || len(list) >= maxClaims {
		return list
	}
	for _, c := range list {
		if c.text == text {
			return list
		}
	}
	return append(list, claim{text, from})
}

// publishedMetas are the names of meta tags that give the publication time,
// the most trustworthy first: those of standards, then those of measuring
// services and publishing systems.
var publishedMetas = []string{
	"article:published_time", "og:article:published_time", "article:published", "article:published:time", "datepublished", "og:published_time",
	"publishdate", "pubdate", "publish-date", "publish_date", "publication_date", "publicationdate", "publisheddate", "published_time", "publishtime", "pub_date",
	"content:publishdate", "bt:pubdate", "og:pubdate", "rnews:datepublished", "article:pubdate", "article.published", "parsely-pub-date", "sailthru.date",
	"cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued", "dc.date.published", "dcterms.date", "dcterms.created", "dc.date", "dc.date.created", "dcterms.datesubmitted",
	"date.available", "date.created", "date", "article_date_original", "originalpublicationdate", "weibo:article:create_at", "_pubtime", "publishedtime", "created", "datecreated",
	"displaydate", "vr:published_time", "firstpublishedtime", "article:create_at", "og:release_date", "release_date", "og:regdate", "article:post_time", "iso-8601-publish-date", "news_publish_date", "time", "pagerender",
}

var modifiedMetas = []string{
	"article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "date.modified", "date.updated",
	"article:modified", "article.updated", "modified_time", "revised", "article:modified:time", "dateupdate", "weibo:article:update_at",
}

var authorMetas = []string{
	"author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author", "og:article:author", "article:author_name", "lp.article:author", "mrf:authors",
	"og:author", "article.author", "creator", "rbauthors", "article:byline", "citation_author", "content-author",
}

// metaFacts reads the meta tags.
func (r *factReader) metaFacts() {
	f := &r.facts
	for _, name := range publishedMetas {
		f.published = addClaim(f.published, r.p.meta(name), "meta "+name)
	}
	for _, name := range modifiedMetas {
		f.modified = addClaim(f.modified, r.p.meta(name), "meta "+name)
	}
	f.article = f.article || strings.EqualFold(r.p.meta("og:type"), "article")
	switch tier := strings.ToLower(r.p.meta("article:content_tier")); tier {
	case "locked", "metered":
		f.paid = "meta article:content_tier"
	}
	if f.publisher == "" {
		f.publisher = r.p.meta("og:site_name", "application-name", "publisher", "dc.publisher", "cxenseparse:publisher")
	}
	for _, name := range []string{"og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"} {
		f.titles = addClaim(f.titles, r.p.meta(name), "meta "+name)
	}
	for _, name := range []string{"mediaid", "source", "contentsource", "article:source", "copyright-holder"} {
		f.source = addClaim(f.source, r.p.meta(name), "meta "+name)
	}
	f.editors = addClaim(f.editors, r.p.meta("editor", "contenteditor", "article:editor"), "meta editor")
	r.metaAuthors()
}

// metaAuthors takes the authors of the first kind of meta tag that names some.
func (r *factReader) metaAuthors() {
	for _, name := range authorMetas {
		found := false
		for i := range r.p.metas {
			if m := &r.p.metas[i]; m.name == name && !strings.Contains(m.content, "://") && !strings.Contains(m.content, "@") {
				before := len(r.facts.authors)
				r.addAuthors(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(m.content, "By "), "by "), "BY "), "meta "+name, false)
				found = found || len(r.facts.authors) > before
			}
		}
		if found {
			return
		}
	}
}

// spanFacts reads microdata and time elements of the text, outside lists of
// other articles.
func (r *factReader) spanFacts() {
	const foreign = nameRelated | nameSide | nameComment | nameNav | nameFooter
	for i := range r.p.spans {
		s := &r.p.spans[i]
		if int(s.line) >= len(r.p.lines) {
			continue
		}
		prop := attr(s.node, "itemprop")
		stamp := attr(s.node, "datetime")
		if prop == "" && stamp == "" {
			continue
		}
		if r.p.boxes[r.p.lines[s.line].box].inherited&foreign != 0 {
			continue
		}
		if stamp == "" {
			stamp = attr(s.node, "content")
		}
		r.itemprop(prop, stamp, r.p.textOf(s.start, s.end))
	}
	for i := range r.p.boxes {
		b := &r.p.boxes[i]
		if b.name&(nameDate|nameByline) == 0 || b.inherited&foreign != 0 {
			continue
		}
		if prop := attr(b.node, "itemprop"); prop != "" && b.last-b.first < 4 {
			r.itemprop(prop, attr(b.node, "content")+attr(b.node, "datetime"), r.p.boxText(int32(i)))
		}
	}
}

func (r *factReader) itemprop(prop, value, text string) {
	f := &r.facts
	if value == "" {
		value = text
	}
	switch prop {
	case "datePublished", "dateCreated":
		f.published = addClaim(f.published, value, "itemprop "+prop)
	case "dateModified":
		f.modified = addClaim(f.modified, value, "itemprop "+prop)
	}
}

// commentFacts reads the fields that Chinese publishing systems leave in
// comments: <!--enpproperty <date>…</date><author>…</author>/enpproperty-->.
func (r *factReader) commentFacts() {
	for _, c := range r.p.comments {
		s := c.node.Data
		if !strings.Contains(s, "enpproperty") {
			continue
		}
		f := &r.facts
		f.published = addClaim(f.published, between(s, "<date>", "</date>"), "comment date")
		f.source = addClaim(f.source, between(s, "<source>", "</source>"), "comment source")
		f.source = addClaim(f.source, between(s, "<sourcename>", "</sourcename>"), "comment source")
		f.editors = addClaim(f.editors, between(s, "<editor>", "</editor>"), "comment editor")
		r.addAuthors(between(s, "<author>", "</author>"), "comment author", false)
	}
}

func between(s, open, end string) string {
	_, rest, ok := strings.Cut(s, open)
	if !ok {
		return ""
	}
	value, _, ok := strings.Cut(rest, end)
	if !ok || len(value) > 200 {
		return ""
	}
	return strings.TrimSpace(value)
}
