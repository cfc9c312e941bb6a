package byline

import (
	"cmp"
	"pressmark/extract/credits"
	"pressmark/extract/page"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// byline reads a line's byline, which may stand beside the time and other
// things: "Posted on May 3, 2021 by Jane Doe | 3 comments".
func (c *creditFinder) byline(l *page.Line) (credits.Credits, bool) {
	line := l.Text()
	if l.Digits > 0 {
		line = c.withoutDates(line)
	}
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

// maxBylineLine is the length in characters of the longest line that is a byline.
const maxBylineLine = 120

// westernLine takes a byline that stands alone between headline and text, or
// directly below the text.
func (c *creditFinder) westernLine(i int) {
	l := &c.p.Lines[i]
	if l.Chars > maxBylineLine || l.Stops > 2 || c.inText(i) && !c.edge(i) && !c.inByline(i) {
		return
	}
	got, ok := c.byline(l)
	if !ok || !c.believed(i, got.Authors) {
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

// believed reports whether the authors of a line may be the article's at this place: amid
// the text they need a full name, below it they must be near.
func (c *creditFinder) believed(i int, authors []string) bool {
	switch {
	case c.inText(i):
		return c.inByline(i) || fullNames(authors[:min(1, len(authors))])
	case c.last >= 0 && i > c.last && len(authors) > 0:
		return c.below(i, authors)
	}
	return true
}

// noteAbove collects the names that a label announces between headline and text.
func (c *creditFinder) noteAbove(i int, names []string) {
	if c.head.Line >= 0 && i > c.head.Line && i < c.first+3 {
		c.above = credits.Merge(c.above, names)
	}
}

// below reports whether a byline below the text is the article's: it is the first one and
// near the text; without a full name it must be nearer.
func (c *creditFinder) below(i int, names []string) bool {
	lines := i - c.last
	switch {
	case len(c.authors) > 0, lines > 12 && !c.inByline(i), lines > 6 && !fullNames(names):
		return false
	}
	return true
}

// untilSite cuts a list of names at the site's own name: "Jane Doe, Lakeside Radio".
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

// boundedBy returns the part of a name within a link's text, if the name begins with the
// link or the link goes to an author; otherwise the part before the link.
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
