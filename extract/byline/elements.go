package byline

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/credits"
	"pressmark/extract/declared"
	"pressmark/extract/page"
)

// bylineElements reads names from elements that say that they hold the author:
// rel=author, itemprop=author, class byline or author.
func (c *creditFinder) bylineElements() []string {
	from, to := c.window()
	to = min(to, c.first+6)          // a standfirst stands above the author at times
	var byProof [proofs + 1][]string // by how sure an element is made for the author's name
	for i := range c.p.Spans {
		s := &c.p.Spans[i]
		if int(s.Line) < from || int(s.Line) >= to || len(byProof[made]) >= declared.MaxClaims {
			continue
		}
		if proof := proofOfAuthor(s); proof != noProof && c.mayName(i, proof) {
			byProof[proof] = credits.Merge(byProof[proof], c.namesIn(s))
		}
	}
	for _, names := range byProof {
		if len(names) > 0 {
			return names
		}
	}
	names := c.bylineBoxes(from, to)
	if len(names) == 0 && c.last >= 0 {
		names = c.signature()
	}
	return names
}

// mayName reports whether an element named after authors names the author of this
// article. Weak elements do not count amid the text; elements in a foreign box count only
// below the headline.
func (c *creditFinder) mayName(i int, proof proof) bool {
	line := int(c.p.Spans[i].Line)
	if line > c.first+1 && (proof == spoken || c.p.Lines[line].IsProse()) {
		return false
	}
	foreign := page.ForeignNames &^ page.NameForm
	if proof != spoken && c.underTitle(line) { // in a box that is called aside, footer or nav
		foreign = strangers
	}
	return c.names(line)&foreign == 0 && !c.holdsAuthor(i)
}

// strangers are the names of boxes that always hold other people's names.
const strangers = page.NameComment | page.NameAd | page.NameRelated | page.NameCaption

// holdsAuthor reports whether an element for the author contains another one. The text
// around the inner one ("Twitter", "Staff") is not a name.
func (c *creditFinder) holdsAuthor(i int) bool {
	outer := &c.p.Spans[i]
	for k := i + 1; k < len(c.p.Spans); k++ {
		inner := &c.p.Spans[k]
		if inner.Start >= outer.End {
			return false
		}
		if inner.End <= outer.End && strongAuthor(inner) && len(c.namesIn(inner)) > 0 {
			return true
		}
	}
	return false
}

// bylineBoxes reads names from the lines of boxes that are called byline or author.
func (c *creditFinder) bylineBoxes(from, to int) []string {
	p := c.p
	var names []string
	for i := from; i < to; i++ {
		l := &p.Lines[i]
		if l.Hidden() || i == c.head.Line || l.Chars > 80 || i > c.first+1 && l.IsProse() {
			continue
		}
		if !c.inByline(i) || c.elsewhere(i) || describes(p.Boxes[l.Box].Node) {
			continue
		}
		for _, n := range c.personNames(l.Text()) {
			if c.p.Lang == "ja" || !credits.Firm(n) {
				names = credits.Merge(names, []string{n})
			}
		}
	}
	return names
}

// elsewhere reports whether a line of a byline's box belongs to something else. A
// box below the headline that is made for the author may be an aside or a footer.
func (c *creditFinder) elsewhere(i int) bool {
	l := &c.p.Lines[i]
	foreign := page.ForeignNames
	class := strings.ToLower(page.Attr(c.p.Boxes[l.Box].Node, "class"))
	if c.underTitle(i) && (strings.Contains(class, "author") || strings.Contains(class, "byline")) {
		foreign = strangers
	}
	return c.names(i)&foreign != 0
}

// describes reports whether an element is for a description of the author.
func describes(n *html.Node) bool {
	class := strings.ToLower(page.Attr(n, "class"))
	for _, w := range []string{"desc", "bio", "role", "position", "job", "about"} {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// signature reads the author from the few lines below the text, in a box or an element
// made for that. The footer of a blog post counts as one.
func (c *creditFinder) signature() []string {
	p := c.p
	from, to := c.last+1, min(c.last+7, len(p.Lines))
	if names := c.bylineBoxes(from, to); len(names) > 0 {
		return names
	}
	for i := range p.Spans {
		s := &p.Spans[i]
		if int(s.Line) < from || int(s.Line) >= to || !strongAuthor(s) || c.names(int(s.Line))&(page.ForeignNames&^page.NameFooter) != 0 {
			continue
		}
		if names := c.namesIn(s); len(names) > 0 {
			return names
		}
	}
	return nil
}

// namesIn reads the names of an element that holds the author.
func (c *creditFinder) namesIn(s *page.Span) []string {
	text := c.p.TextOf(s.Start, s.End)
	list := c.personNames(text)
	if len(list) == 0 && strongAuthor(s) {
		list = credits.Names(text)
	}
	return list
}

// proof is the confidence that an element holds the author's name.
type proof int

const (
	made    proof = iota // for nothing but a name
	linked               // a link to the page of an author
	spoken               // a class that speaks of authors
	noProof              // none of these

	proofs = int(spoken)
)

func proofOfAuthor(s *page.Span) proof {
	switch {
	case strongAuthor(s):
		return made
	case authorPage(page.Attr(s.Node, "href")):
		return linked
	case namesAuthor(s):
		return spoken
	}
	return noProof
}

// nameClasses are parts of the classes of elements that hold nothing but an author's name.
var nameClasses = [...]string{"author-name", "author_name", "authorname", "authorName", "byline__name"}

// strongAuthor reports whether an element's markup is for an author's name alone,
// which may then be one word.
func strongAuthor(s *page.Span) bool {
	if declaresAuthor(s.Node) || strings.Contains(page.Attr(s.Node, "href"), "/author/") {
		return true
	}
	class := page.Attr(s.Node, "class")
	return page.HasToken(class, "fn") || page.HasToken(class, "username") || containsAny(class, nameClasses[:])
}

// declaresAuthor reports rel=author and itemprop=author.
func declaresAuthor(n *html.Node) bool {
	return page.HasToken(page.Attr(n, "rel"), "author") || page.Attr(n, "itemprop") == "author"
}

// authorWords are parts of classes that speak of authors.
var authorWords = [...]string{"author", "byline", "autor"}

func namesAuthor(s *page.Span) bool {
	class := strings.ToLower(page.Attr(s.Node, "class"))
	return containsAny(class, authorWords[:]) || page.HasToken(class, "writer") || strongAuthor(s)
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// personNames reads people's names out of an element's text: two words or more
// each, so that "Share" and "Politics" are none; in Japanese names of Han
// characters and kana.
func (c *creditFinder) personNames(text string) []string {
	if utf8.RuneCountInString(text) > 100 {
		return nil
	}
	if c.p.Lang == "ja" {
		return credits.Japanese(text)
	}
	names := []string{}
	list := credits.Names(text)
	if got, ok := credits.Parse(text); ok {
		list = got.Authors
	}
	for _, n := range list {
		if w := strings.Count(n, " "); w >= 1 && w <= 4 {
			names = append(names, n)
		}
	}
	return names
}

// authorFolders are the folders under which sites keep the pages of their authors.
var authorFolders = map[string]bool{
	"author": true, "authors": true, "autor": true, "autoren": true, "autores": true, "auteur": true, "auteurs": true, "autore": true,
	"autori": true, "autorzy": true, "forfatter": true, "skribent": true, "kirjoittaja": true,
	"contributor": true, "contributors": true, "columnist": true, "columnists": true, "reporter": true, "reporters": true, "writer": true,
	"writers": true, "journalist": true, "journalists": true, "journaliste": true, "journalistes": true,
	"editors": true, "profile": true, "staff": true, "byline": true, "yazar": true, "yazarlar": true, "penulis": true, "avtor": true, "avtory": true,
	"redakteur": true,
}

// authorPage reports whether a link's address is below such a folder.
func authorPage(href string) bool {
	if !strings.Contains(href, "/") {
		return false
	}
	path, _, _ := strings.Cut(href, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for k, part := range parts {
		if authorFolders[part] && k+1 < len(parts) && k+3 >= len(parts) {
			return true
		}
	}
	return false
}
