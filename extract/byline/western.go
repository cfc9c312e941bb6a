package byline

import (
	"pressmark/extract/credits"
	"pressmark/extract/page"
	"strings"

	"golang.org/x/net/html/atom"
)

// byline reads a line's byline, which may stand beside the time and other
// things: "Posted on May 3, 2021 by Jane Doe | 3 comments".
func (c *creditFinder) byline(text string) (credits.Credits, bool) {
	found := c.dates.Find(text)
	for k := len(found) - 1; k >= 0; k-- {
		text = text[:found[k].Start] + "|" + text[found[k].End:]
	}
	if c.p.Lang == "ja" { // a space parts family and given name, not two people
		if names := credits.JapaneseByline(text); len(names) > 0 {
			return credits.Credits{Authors: names, Labels: 1, Share: 1}, true
		}
	}
	if got, ok := credits.Parse(text); ok {
		return got, true
	}
	if !strings.ContainsAny(text, "|•·»●") && !strings.Contains(text, "//") {
		return credits.Credits{}, false
	}
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(text, "//", "|"), splitsByline) {
		if got, ok := credits.Parse(strings.TrimSpace(part)); ok && len(got.Authors) > 0 {
			return got, true
		}
	}
	return credits.Credits{}, false
}

func splitsByline(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '»' || r == '●' }

// edge recognizes the first and last lines of the text, where a byline may stand.
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
	if i < c.first && i > c.head.Line-4 {
		c.above = credits.Merge(c.above, got.Authors)
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
	case len(people) > 0 && c.contradicts(people, from):
		c.authors, c.authorsFrom = c.above, "byline"
	case len(people) > 0:
		c.authors, c.authorsFrom = people, from
	case len(printedNames) > 0 && (len(c.said.Authors) == 0 || !credits.Agencies(printedNames)):
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

// contradicts reports whether a byline between headline and text names whole
// other people than a meta tag does, which is often the account that posted.
func (c *creditFinder) contradicts(people []string, from string) bool {
	if !strings.HasPrefix(from, "meta") || !fullNames(c.above) {
		return false
	}
	for _, n := range people {
		if hasName(c.above, n) {
			return false
		}
	}
	return true
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
		if l.Hidden() || i > c.first+1 && i <= c.last || l.Chars > 24 || !credits.Label(l.Text()) {
			continue
		}
		if p.LocalNames(l.Box, c.text.Main, c.head.Line)&(page.NameComment|page.NameRelated|page.NameAd|page.NameNav) != 0 || l.LinkMass*2 > l.Mass {
			continue
		}
		for k := i + 1; k < to && k <= i+3 && k != c.head.Line; k++ {
			next := &p.Lines[k]
			names := c.wholeNames(next.Text())
			if next.Hidden() || next.Chars > 60 || len(names) == 0 || !fullNames(names) && !c.underTitle(k) {
				break
			}
			c.addAuthors(names, "byline")
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
	return covers(byline, people) || extends(byline, people) ||
		strings.HasPrefix(from, "meta") && oneWord(people) && !oneWord(byline)
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
