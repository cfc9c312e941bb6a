package byline

import (
	"cmp"
	"pressmark/extract/credits"
	"pressmark/extract/page"
	"pressmark/extract/text"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// byline reads a line's byline, which may stand beside the time and other
// things: "Posted on May 3, 2021 by Jane Doe | 3 comments".
func (c *creditFinder) byline(line string) (credits.Credits, bool) {
	line = c.withoutDates(line)
	if c.p.Lang == "ja" { // a space parts family and given name, not two people
		if names := credits.JapaneseByline(line); len(names) > 0 {
			return credits.Credits{Authors: names, Labels: 1, Share: 1}, true
		}
	}
	if got, ok := credits.Parse(line); ok {
		return got, true
	}
	for _, part := range bylineParts(line) {
		if got, ok := credits.Parse(part); ok && len(got.Authors) > 0 && !strings.Contains(line, "«") {
			return got, true
		}
	}
	return credits.Credits{}, false
}

// withoutDates puts a bar for each date of a line.
func (c *creditFinder) withoutDates(line string) string {
	found := c.dates.Find(line)
	for k := len(found) - 1; k >= 0; k-- {
		line = line[:found[k].Start] + "|" + line[found[k].End:]
	}
	return line
}

// bylineParts cuts a line at the signs that part the byline from time, section and
// number of comments; nil where it has none.
func bylineParts(line string) []string {
	line = strings.ReplaceAll(line, "//", "|")
	if !strings.ContainsAny(line, bylineSigns) {
		return nil
	}
	var parts []string
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(bylineSigns, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

const bylineSigns = "|•·»●⋅∙"

// westernLine takes a byline that stands alone between headline and text, or
// directly below the text.
func (c *creditFinder) westernLine(i int) {
	l := &c.p.Lines[i]
	if c.inText(i) && !c.edge(i) && !c.inByline(i) || l.Chars > 120 || l.Stops > 2 {
		return
	}
	got, ok := c.byline(l.Text())
	if !ok || c.inText(i) && !c.inByline(i) && !fullNames(got.Authors[:min(1, len(got.Authors))]) {
		return
	}
	if i > c.last && c.last >= 0 && len(got.Authors) > 0 && !c.below(i, got.Authors) {
		return
	}
	c.noteOthers(&got)
	if len(got.Authors) == 0 && len(got.Editors) == 0 && got.Source == "" {
		return // a photo credit belongs to its picture
	}
	got.Photographers = nil
	c.bounded(i, got.Authors)
	got.Authors = c.untilSite(got.Authors)
	c.noteAbove(i, got.Authors)
	c.take(got, "byline", i)
	if !got.Empty() {
		c.mark(i)
	}
}

// noteAbove collects the names that a label announces between headline and text.
func (c *creditFinder) noteAbove(i int, names []string) {
	if c.head.Line >= 0 && i > c.head.Line && i < c.first+3 {
		c.above = credits.Merge(c.above, names)
	}
}

// below reports whether a byline under the text is the article's: the first, near
// the text, nearer where it is not a full name.
func (c *creditFinder) below(i int, names []string) bool {
	lines := i - c.last
	switch {
	case len(c.authors) > 0, lines > 12 && !c.inByline(i), lines > 6 && !fullNames(names):
		return false
	}
	return true
}

// untilSite ends a list of names at the site's own: "Jane Doe, Lakeside Radio".
func (c *creditFinder) untilSite(names []string) []string {
	for k, n := range names {
		if k > 0 && c.namesSite(n) {
			return names[:k]
		}
	}
	return names
}

// bounded ends names where the element that holds them ends: a category or a
// button behind the author is another element of the same line.
func (c *creditFinder) bounded(i int, names []string) {
	p := c.p
	from, _ := slices.BinarySearchFunc(p.Links, int32(i), func(a page.Anchor, line int32) int { return cmp.Compare(a.Line, line) })
	for k := range names {
		for j := from; j < len(p.Links) && p.Links[j].Line == int32(i); j++ {
			a := &p.Links[j]
			names[k] = boundedBy(names[k], p.TextOf(a.Start, a.End), ofAuthor(a.Node))
		}
	}
}

// boundedBy returns the part of a name that the text of a link bounds: the link
// itself where it begins the name or leads to an author, else what stands before it.
func boundedBy(name, link string, author bool) string {
	if len(link) < 3 || link == name {
		return name
	}
	if strings.HasPrefix(name, link) && (author || strings.Contains(link, " ")) {
		return link
	}
	before, behind := strings.CutSuffix(name, " "+link)
	switch {
	case !behind:
		return name
	case author:
		return link
	}
	if before = credits.Clean(before); fullNames([]string{before}) {
		return before
	}
	return name
}

// ofAuthor reports whether a link leads to an author's page.
func ofAuthor(n *html.Node) bool {
	return authorPage(page.Attr(n, "href")) || page.HasToken(page.Attr(n, "rel"), "author")
}

// westernAuthors weighs structured authors against the printed byline: people
// win over organizations, a byline that names all of them and more wins over both.
func (c *creditFinder) westernAuthors() {
	if c.fixed.authors {
		return
	}
	people, from := c.structuredPeople()
	labelled := len(c.authors) > 0
	switch {
	case len(people) > 0 && labelled && saysMore(c.authors, people, from):
		c.authorsFrom = "byline"
	case len(people) > 0 && c.contradicts(people):
		c.authors, c.authorsFrom = c.above, "byline"
	case len(people) > 0:
		c.authors, c.authorsFrom = c.withoutOthers(people), from
	default:
		c.printedAuthors()
	}
	if c.source == "" {
		for _, s := range c.said.Source {
			c.source, c.sourceFrom = s.Text, s.From
			break
		}
	}
}

// printedAuthors takes what the page prints where structured data names no person:
// a labelled byline, an element made for the author, a name without a label; and
// where it prints none, the organizations of structured data.
func (c *creditFinder) printedAuthors() {
	for _, read := range []func() []string{
		func() []string { return c.authors }, c.bylineElements, c.unlabelled, c.aboutBox, c.amidText,
	} {
		if names := read(); len(names) > 0 && (len(c.said.Authors) == 0 || !credits.Agencies(names)) {
			c.authors, c.authorsFrom = names, "byline"
			return
		}
	}
	c.authors, c.authorsFrom = c.structuredOrganizations()
}

// contradicts reports whether a byline between headline and text names whole
// other people than structured data does, which is often the account that posted.
func (c *creditFinder) contradicts(people []string) bool {
	if !fullNames(c.above) {
		return false
	}
	for _, n := range people {
		for _, printed := range c.above {
			if startsAlike(n, printed) {
				return false
			}
		}
	}
	return true
}

// startsAlike reports whether one name begins with the other: "Jane Doe" and "Jane
// Doe (Doesoft)" are one person.
func startsAlike(a, b string) bool {
	a, b = text.Key(a), text.Key(b)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// announced reads the names on the line behind a label that stands alone:
// "Written by", "Autor:".
func (c *creditFinder) announced(from, to int) {
	p := c.p
	if len(c.authors) > 0 {
		return
	}
	for i := from; i+1 < to; i++ {
		l := &p.Lines[i]
		if l.Hidden() || i > c.first+4 && i <= c.last || l.Chars > 24 || !credits.Label(l.Text()) {
			continue
		}
		if c.names(i)&(page.NameComment|page.NameRelated|page.NameAd|page.NameNav) != 0 || l.LinkMass*2 > l.Mass {
			continue
		}
		for k := i + 1; k < to && k <= i+3 && k != c.head.Line; k++ {
			next := &p.Lines[k]
			names := c.wholeNames(next.Text())
			if next.Hidden() || next.Chars > 60 || len(names) == 0 || !fullNames(names) && !c.underTitle(k) {
				break
			}
			c.addAuthors(names, "byline")
			c.noteAbove(k, names)
			c.mark(k)
			if p.Boxes[next.Box].Tag != atom.Li { // a list goes on
				break
			}
		}
		if len(c.authors) > 0 {
			c.mark(i)
			return
		}
	}
}

// wholeNames reads a line that is nothing but names.
func (c *creditFinder) wholeNames(line string) []string {
	if credits.Label(line) {
		return nil
	}
	if strings.ContainsAny(line, ".!?") && !strings.Contains(line, ". ") || strings.ContainsAny(line, "0123456789") {
		return nil
	}
	if got, ok := credits.Parse(line); ok {
		return got.Authors
	}
	return credits.Names(line)
}

// westernTail reads the credits in brackets that end a report.
func (c *creditFinder) westernTail() {
	seen := 0
	for i := min(c.last+3, len(c.p.Lines)-1); i >= max(c.first, 0) && seen < 5; i-- {
		l := &c.p.Lines[i]
		if l.Hidden() {
			continue
		}
		seen++
		got, start := credits.WesternTail(l.Text())
		if start < 0 {
			continue
		}
		c.addEditors(got.Editors)
		c.addOthers(got)
		if len(c.authors) == 0 {
			c.addAuthors(got.Authors, "end of the text")
		}
		if start == 0 {
			c.mark(i)
		}
		return
	}
}

// saysMore reports whether a printed byline knows more than structured data: all
// its names and others, a full name for a first name, people for initials.
func saysMore(byline, people []string, from string) bool {
	return covers(byline, people) || extends(byline, people) || spells(byline, people) ||
		strings.HasPrefix(from, "meta") && oneWord(people) && !oneWord(byline)
}

// spells reports whether a printed name is that of an account, with its words apart:
// "Jane Doe" for "janedoe".
func spells(printed, accounts []string) bool {
	return len(printed) == 1 && len(accounts) == 1 && fullNames(printed) && oneWord(accounts) && credits.Same(printed[0], accounts[0])
}

// extends reports whether a printed name is a structured one in full: "Jane Doe"
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

// oneWord reports whether no name has two words: initials, an agency, a site.
func oneWord(names []string) bool {
	for _, n := range names {
		if strings.Contains(n, " ") {
			return false
		}
	}
	return true
}

// covers reports whether every name of few is in many, and many has more.
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

// structuredPeople returns the authors of the first kind of structured data that
// names others than the publisher, or those of a later kind that names them all and
// more.
func (c *creditFinder) structuredPeople() (names []string, from string) {
	var kinds []string
	byKind := map[string][]string{}
	for _, a := range c.said.Authors {
		if a.Organization || company(a.Name) || c.isPublisher(a.Name) || c.isHost(a.Name) {
			continue
		}
		if byKind[a.From] == nil {
			kinds = append(kinds, a.From)
		}
		byKind[a.From] = credits.Merge(byKind[a.From], []string{a.Name})
	}
	for _, kind := range kinds {
		if from == "" || covers(byKind[kind], names) {
			names, from = byKind[kind], kind
		}
	}
	return credits.WithoutFirms(names), from
}

func (c *creditFinder) structuredOrganizations() ([]string, string) {
	for _, a := range c.said.Authors {
		return []string{a.Name}, a.From
	}
	return nil, ""
}

// company recognizes names that carry a legal form.
func company(name string) bool {
	for _, form := range []string{"GmbH", " Ltd", " Inc", " LLC", "sp. z o.o", " S.A.", " AG", " Co.", " Α.Ε.", "ООО ", " s.r.o", " e.V.", " B.V.", " Oy", " SpA", " S.p.A"} {
		if strings.Contains(name, form) {
			return true
		}
	}
	return false
}

// isHost reports whether a name is the site's own address.
func (c *creditFinder) isHost(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	return host != "" && strings.EqualFold(strings.TrimPrefix(name, "www."), host)
}

// fullNames reports whether all names have two words.
func fullNames(names []string) bool {
	for _, n := range names {
		if !strings.Contains(n, " ") {
			return false
		}
	}
	return len(names) > 0
}

// namesSite reports whether a name starts with the site's: "MDR THÜRINGEN" on mdr.de.
func (c *creditFinder) namesSite(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	label, _, _ := strings.Cut(host, ".")
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return c.isPublisher(name) || len(label) > 1 && first == label
}
