package declared

import (
	"strings"

	"pressmark/extract/text"
)

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
		f.Titles = addClaim(f.Titles, main.get("headline").text(), "json-ld headline")
		f.Titles = addClaim(f.Titles, main.get("alternativeHeadline").text(), "json-ld alternativeHeadline")
	}
	if strings.EqualFold(main.get(ldFree).text(), "false") {
		f.paid = "json-ld " + ldFree
	}
	f.Titles = addClaim(f.Titles, main.get("name").text(), "json-ld name")
	f.Published = addClaim(f.Published, main.get("datePublished").text(), "json-ld datePublished")
	f.Published = addClaim(f.Published, main.get("datepublished").text(), "json-ld datePublished")
	f.Published = addClaim(f.Published, main.get("dateCreated").text(), "json-ld dateCreated")
	f.Modified = addClaim(f.Modified, main.get("dateModified").text(), "json-ld dateModified")
	r.aboutLD(main)
	if f.Publisher == "" {
		f.Publisher = byID(main.get("publisher")).text()
	}
	for _, key := range []string{"author", "creator"} {
		if len(f.Authors) > 0 {
			break
		}
		for _, a := range main.get(key).list() {
			r.addPerson(byID(&a), "json-ld "+key)
		}
	}
	f.Source = addClaim(f.Source, byID(main.get("sourceOrganization")).text(), "json-ld sourceOrganization")
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
	title := text.Key(r.p.DocTitle + r.p.Meta("og:title"))
	for _, n := range all {
		switch {
		case n.is("Article", "Posting", "Report", "Review", "NewsItem"):
			if n.get("datePublished") == nil && n.get("headline") == nil && n.get("author") == nil || r.ofAnotherPage(n, title) {
				continue
			}
			if h := text.Key(n.get("headline").text()); h != "" && strings.Contains(title, h) {
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

// ofAnotherPage reports whether an article belongs to another page: it has another URL,
// and a headline that does not occur in the page's title (given as a key).
func (r *factReader) ofAnotherPage(n *ldNode, title string) bool {
	headline := text.Key(n.get("headline").text())
	start := title
	if len(start) > 16 {
		start = start[:text.CutAt(start, 16)]
	}
	if headline == "" || title == "" || strings.Contains(title, headline) || strings.HasPrefix(headline, start) {
		return false
	}
	own := n.get("url").text()
	if own == "" {
		own = n.get("mainEntityOfPage").get("@id").text()
	}
	if own == "" {
		own = n.get("mainEntityOfPage").text()
	}
	path := pathOf(own)
	if path == "" {
		return false
	}
	for _, address := range []string{r.p.Canonical, r.p.In.URL, r.p.Meta("og:url")} {
		if other := pathOf(address); other == path || lastSegment(other) == lastSegment(path) { // a slug that was changed before the ID
			return false
		}
	}
	return true
}

// pathOf is the path of an address without its closing slash; "" for a site's root.
func pathOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		address = path
	}
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	return strings.Trim(address, "/")
}

func lastSegment(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// publisherFrom remembers the site's organization from a document without an article.
func (r *factReader) publisherFrom(all []*ldNode) {
	for _, n := range all {
		if r.facts.Publisher == "" && n.is("Organization", "WebSite") {
			r.facts.Publisher = n.get("name").text()
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
