package byline

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/credits"
	"pressmark/extract/page"
)

// maxLabelLine is the length in characters of the longest line that is a label.
const maxLabelLine = 24

// announced reads the names on the lines behind a label that stands alone:
// "Written by", "Autor:".
func (c *creditFinder) announced(from, to int) {
	if len(c.authors) > 0 {
		return
	}
	for i := from; i+1 < to; i++ {
		if c.announces(i) && c.behindLabel(i, to) {
			c.mark(i)
			return
		}
	}
}

// announces reports whether a line is nothing but the label of the article's author.
func (c *creditFinder) announces(i int) bool {
	l := &c.p.Lines[i]
	amid := i > c.first+4 && i <= c.last
	if l.Hidden() || amid || l.Chars > maxLabelLine || l.LinkMass*2 > l.Mass || !credits.Label(l.Text()) {
		return false
	}
	return c.names(i)&(page.NameComment|page.NameRelated|page.NameAd|page.NameNav) == 0
}

// behindLabel takes the names of the line behind a label, and of the next two where
// they are items of a list. It reports whether there are any.
func (c *creditFinder) behindLabel(label, to int) bool {
	found := false
	for i := label + 1; i < min(to, label+4) && i != c.head.Line; i++ {
		l := &c.p.Lines[i]
		names := c.wholeNames(l.Text())
		if l.Hidden() || l.Chars > maxNameLine+20 || len(names) == 0 || !fullNames(names) && !c.underTitle(i) {
			break
		}
		c.addAuthors(names, "byline")
		c.noteAbove(i, names)
		c.mark(i)
		found = true
		if c.p.Boxes[l.Box].Tag != atom.Li { // a list goes on
			break
		}
	}
	return found
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
