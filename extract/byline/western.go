package byline

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/credits"
	"pressmark/extract/declared"
	"pressmark/extract/page"
)

// byline reads a line's byline, which may stand beside the time and other
// things: "Posted on May 3, 2021 by Jane Doe | 3 comments".
func (c *creditFinder) byline(text string) (credits.Credits, bool) {
	found := c.dates.Find(text)
	for k := len(found) - 1; k >= 0; k-- {
		text = text[:found[k].Start] + "|" + text[found[k].End:]
	}
	if got, ok := credits.Parse(text); ok {
		return got, true
	}
	if !strings.ContainsAny(text, "|•·»") && !strings.Contains(text, "//") {
		return credits.Credits{}, false
	}
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(text, "//", "|"), splitsByline) {
		if got, ok := credits.Parse(strings.TrimSpace(part)); ok && len(got.Authors) > 0 {
			return got, true
		}
	}
	return credits.Credits{}, false
}

func splitsByline(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '»' }

// edge tells the first and last lines of the text, where a byline may stand.
func (c *creditFinder) edge(i int) bool { return i <= c.first+3 || i >= c.last-2 }

// westernLine takes a byline that stands alone between headline and text, or
// directly below the text.
func (c *creditFinder) westernLine(i int, got credits.Credits, inText bool) {
	l := &c.p.Lines[i]
	if inText && c.p.LocalNames(l.Box, c.text.Main, c.head.Line)&page.NameByline == 0 && !(c.edge(i) && len(got.Authors) > 0 && fullNames(got.Authors[:1])) || l.Chars > 120 || l.Stops > 2 {
		return
	}
	if i > c.last && c.last >= 0 && len(got.Authors) > 0 && (i-c.last > 12 && c.p.LocalNames(l.Box, c.text.Main, c.head.Line)&page.NameByline == 0 || i-c.last > 6 && !fullNames(got.Authors) || len(c.authors) > 0) {
		return
	}
	if len(got.Authors) == 0 && len(got.Editors) == 0 && got.Source == "" {
		return // a photo credit belongs to its picture
	}
	got.Photographers = nil
	for k, n := range got.Authors { // "Jane Doe, Lakeside Radio"
		if k > 0 && c.namesSite(n) {
			got.Authors = got.Authors[:k]
			break
		}
	}
	c.take(got, "byline", i)
	if !got.Empty() {
		c.mark(i)
	}
}

// westernAuthors weighs structured authors against the printed byline: people
// win over organizations, a byline that names all of them and more wins over both.
func (c *creditFinder) westernAuthors() {
	if c.fixed.authors {
		return
	}
	people, from := c.structuredPeople()
	printedNames := c.authors
	labelled := len(printedNames) > 0
	if len(printedNames) == 0 {
		printedNames = c.bylineElements()
	}
	switch {
	case len(people) > 0 && labelled && saysMore(printedNames, people, from):
		c.authors, c.authorsFrom = printedNames, "byline"
	case len(people) > 0:
		c.authors, c.authorsFrom = people, from
	case len(printedNames) > 0:
		c.authors, c.authorsFrom = printedNames, "byline"
	default:
		c.authors, c.authorsFrom = c.structuredOrganizations()
	}
	if c.source == "" {
		for _, s := range c.said.Source {
			c.source, c.sourceFrom = s.Text, s.From
			break
		}
	}
}

// saysMore tells whether a printed byline knows more than structured data: all
// its names and others, a full name for a first name, people for initials.
func saysMore(byline, people []string, from string) bool {
	return covers(byline, people) || extends(byline, people) ||
		strings.HasPrefix(from, "meta") && oneWord(people) && !oneWord(byline)
}

// extends tells whether a printed name is a structured one in full: "Jane Doe"
// of an account that is called "Jane".
func extends(long, short []string) bool {
	if len(long) != len(short) {
		return false
	}
	for i := range long {
		if strings.Contains(short[i], " ") || strings.Count(long[i], " ") > 2 || !strings.HasPrefix(strings.ToLower(long[i]), strings.ToLower(short[i])+" ") {
			return false
		}
	}
	return true
}

// oneWord tells whether no name has two words: initials, an agency, a site.
func oneWord(names []string) bool {
	for _, n := range names {
		if strings.Contains(n, " ") {
			return false
		}
	}
	return true
}

// covers tells whether every name of few is in many, and many has more.
func covers(many, few []string) bool {
	if len(many) <= len(few) || len(many) > 2*len(few)+1 {
		return false
	}
	for _, f := range few {
		if !hasName(many, f) {
			return false
		}
	}
	return true
}

// structuredPeople returns the authors of the first kind of structured data
// that names others than the publisher.
func (c *creditFinder) structuredPeople() ([]string, string) {
	var names []string
	from := ""
	for _, a := range c.said.Authors {
		if a.Organization || company(a.Name) || c.isPublisher(a.Name) || c.isHost(a.Name) || from != "" && a.From != from {
			continue
		}
		from = a.From
		names = credits.Merge(names, []string{a.Name})
	}
	return names, from
}

func (c *creditFinder) structuredOrganizations() ([]string, string) {
	for _, a := range c.said.Authors {
		return []string{a.Name}, a.From
	}
	return nil, ""
}

// company tells names that carry a legal form.
func company(name string) bool {
	for _, form := range []string{"GmbH", " Ltd", " Inc", " LLC", "sp. z o.o", " S.A.", " AG", " Co.", " Α.Ε.", "ООО ", " s.r.o", " e.V.", " B.V.", " Oy", " SpA", " S.p.A"} {
		if strings.Contains(name, form) {
			return true
		}
	}
	return false
}

// isHost tells whether a name is the site's own address.
func (c *creditFinder) isHost(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	return host != "" && strings.EqualFold(strings.TrimPrefix(name, "www."), host)
}

// fullNames tells whether all names have two words.
func fullNames(names []string) bool {
	for _, n := range names {
		if !strings.Contains(n, " ") {
			return false
		}
	}
	return len(names) > 0
}

// namesSite tells whether a name starts with the site's: "MDR THÜRINGEN" on mdr.de.
func (c *creditFinder) namesSite(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	label, _, _ := strings.Cut(host, ".")
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return c.isPublisher(name) || len(label) > 1 && first == label
}

// bylineElements reads names from elements that say that they hold the author:
// rel=author, itemprop=author, class byline or author.
func (c *creditFinder) bylineElements() []string {
	p := c.p
	from, to := c.window()
	if c.first < to {
		to = min(to, c.first+2)
	}
	var names []string
	for i := range p.Spans {
		s := &p.Spans[i]
		if int(s.Line) < from || int(s.Line) >= to || len(names) >= declared.MaxClaims || !namesAuthor(s) {
			continue
		}
		if p.LocalNames(p.Lines[s.Line].Box, c.text.Main, c.head.Line)&(page.ForeignNames&^page.NameForm) != 0 {
			continue
		}
		names = credits.Merge(names, c.namesIn(s))
	}
	if len(names) == 0 {
		names = c.bylineBoxes(from, to)
	}
	if len(names) == 0 && c.last >= 0 {
		names = c.signature()
	}
	return names
}

// bylineBoxes reads names from the lines of boxes that are called byline or author.
func (c *creditFinder) bylineBoxes(from, to int) []string {
	p := c.p
	var names []string
	for i := from; i < to; i++ {
		l := &p.Lines[i]
		if l.Hidden() || i == c.head.Line || l.Chars > 80 || p.LocalNames(l.Box, c.text.Main, c.head.Line)&page.NameByline == 0 || p.LocalNames(l.Box, c.text.Main, c.head.Line)&page.ForeignNames != 0 {
			continue
		}
		names = credits.Merge(names, c.personNames(l.Text()))
	}
	return names
}

// signature reads the author who is named in the few lines below the text, in a
// Box or an element made for that. What blogs call the post's footer is one.
func (c *creditFinder) signature() []string {
	p := c.p
	from, to := c.last+1, min(c.last+7, len(p.Lines))
	if names := c.bylineBoxes(from, to); len(names) > 0 {
		return names
	}
	for i := range p.Spans {
		s := &p.Spans[i]
		if int(s.Line) < from || int(s.Line) >= to || !strongAuthor(s) || p.LocalNames(p.Lines[s.Line].Box, c.text.Main, c.head.Line)&(page.ForeignNames&^page.NameFooter) != 0 {
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

// strongAuthor tells elements that are made for nothing but an author's name,
// which may then be one word.
func strongAuthor(s *page.Span) bool {
	class := page.Attr(s.Node, "class")
	return page.HasToken(page.Attr(s.Node, "rel"), "author") || page.Attr(s.Node, "itemprop") == "author" || page.HasToken(class, "fn") || page.HasToken(class, "username") ||
		strings.Contains(class, "author-name") || strings.Contains(class, "author_name") || strings.Contains(page.Attr(s.Node, "href"), "/author/")
}

func namesAuthor(s *page.Span) bool {
	if page.HasToken(page.Attr(s.Node, "rel"), "author") || page.Attr(s.Node, "itemprop") == "author" {
		return true
	}
	class := strings.ToLower(page.Attr(s.Node, "class"))
	return strings.Contains(class, "author") || strings.Contains(class, "byline") || strings.Contains(class, "autor") || page.HasToken(class, "writer") || strongAuthor(s)
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
