package byline

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/credits"
	"pressmark/extract/page"
)

// chineseLine reads the labelled credits of a line.
func (c *creditFinder) chineseLine(i int) {
	l := &c.p.Lines[i]
	if strings.HasSuffix(l.Text(), "？") || strings.HasSuffix(l.Text(), "?") {
		return // a reporter asks
	}
	got, ok := credits.Parse(l.Text())
	if !ok || c.inText(i) && l.IsProse() && got.Share < 0.7 || endsCaption(&got, l.Text()) {
		return
	}
	if i > c.last && c.last >= 0 && len(got.Authors) > 0 && !c.goesOn(i) {
		got.Authors = nil // a comment or another article
	}
	c.take(got, "credit line", i)
	if !endsSentence(got.Before) && (got.Share > 0.5 || l.Mass < 240) {
		c.mark(i)
	}
}

// goesOn reports whether the authors of a line below the text are the article's: they are
// the first authors there, or directly follow other credits.
func (c *creditFinder) goesOn(i int) bool {
	if len(c.authors) == 0 {
		return true
	}
	for k := i - 1; k >= i-2 && k >= 0; k-- {
		if c.p.Lines[k].Role() == page.RoleCredit || k <= c.last {
			return true
		}
	}
	return false
}

// endsCaption reports whether a line's credits are those of a picture:
// "本报记者 X 摄".
func endsCaption(got *credits.Credits, line string) bool {
	others := got.Source != "" || len(got.Authors)+len(got.Editors) > 0
	return !others && len(got.Photographers) > 0 && !strings.ContainsAny(line, "：:")
}

// endsSentence reports whether the text before a credit at the end of a paragraph is a
// sentence. The paragraph then stays in the text.
func endsSentence(before string) bool {
	before = strings.TrimRight(before, "（(【[〔 \u3000\u00a0")
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "”」』’\"）)"))
	return strings.ContainsRune("。！？…!?", r)
}

// textCredits reads the reporter in the dateline and the credit at the end of
// the text. Both stay in the text.
func (c *creditFinder) textCredits() {
	c.datelineAbove()
	c.dateline()
	c.tail()
	c.signed()
}

// addDateline adds what a dateline names.
func (c *creditFinder) addDateline(names []string, source string) {
	c.addAuthors(names, "dateline")
	c.addSource(source, "dateline")
}

// addSource takes a source where none was found before.
func (c *creditFinder) addSource(source, from string) {
	if c.source == "" && source != "" {
		c.source, c.sourceFrom = source, from
	}
}

// datelineAbove reads a dateline on a line of its own between headline and text:
// 【湖報／X】.
func (c *creditFinder) datelineAbove() {
	if c.head.Line < 0 {
		return
	}
	from, _ := c.window()
	for i := max(from, c.head.Line+1); i < c.first; i++ {
		l := &c.p.Lines[i]
		if l.Hidden() || l.Chars >= 40 || c.foreign(i) {
			continue
		}
		if names, source := credits.Dateline(l.Text()); len(names) > 0 {
			c.addDateline(names, source)
			c.mark(i)
		}
	}
}

// dateline reads the imprint or the dateline with which one of the first three
// paragraphs begins.
func (c *creditFinder) dateline() {
	seen := 0
	for i := c.first; i <= c.last && seen < 3; i++ {
		l := &c.p.Lines[i]
		if l.Role() != page.RoleBody && l.Role() != page.RoleSubhead {
			continue
		}
		if l.Role() == page.RoleBody {
			seen++
		}
		if got, ok := credits.Imprint(l.Text()); ok {
			c.take(got, "dateline", i)
			return
		}
		if names, source := credits.Dateline(l.Text()); len(names) > 0 {
			c.addDateline(names, source)
			return
		}
	}
}

// tail reads the credit in brackets that ends one of the last three paragraphs.
func (c *creditFinder) tail() {
	const from = "end of the text"
	seen := 0
	for i := c.last; i >= c.first && seen < 3; i-- {
		if c.p.Lines[i].Role() != page.RoleBody {
			continue
		}
		seen++
		got, bare, start := credits.Tail(c.p.Lines[i].Text())
		if start < 0 || bare && (len(c.authors) > 0 || start == 0) {
			continue
		}
		c.addAuthors(got.Authors, from)
		c.addEditors(got.Editors)
		c.photos = credits.Merge(c.photos, got.Photographers)
		c.addSource(got.Source, from)
	}
}

// signed reads names without a label if nothing else names the author: on a line of their
// own between headline and text, or in brackets directly below the text.
func (c *creditFinder) signed() {
	if len(c.authors) > 0 || c.last < 0 {
		return
	}
	for i := c.head.Line + 1; c.head.Line >= 0 && i <= c.head.Line+2 && i < c.first; i++ {
		if c.signedBy(i, credits.Alone(c.p.Lines[i].Text())) {
			return
		}
	}
	for i := c.last; i <= min(c.last+2, len(c.p.Lines)-1); i++ {
		if got, bare, start := credits.Tail(c.p.Lines[i].Text()); bare && start == 0 && c.signedBy(i, got.Authors) {
			return
		}
	}
}

func (c *creditFinder) signedBy(i int, names []string) bool {
	if len(names) == 0 || c.p.Lines[i].Hidden() || c.foreign(i) {
		return false
	}
	c.addAuthors(names, "signature")
	c.mark(i)
	return true
}

// chineseFallback uses structured data if the page prints no credits. A meta author is
// often the editor, so it is used only if the text has the name too.
func (c *creditFinder) chineseFallback() {
	for _, s := range c.said.Source {
		c.addSource(credits.CleanSource(s.Text), s.From)
	}
	if len(c.authors) == 0 {
		for _, a := range c.said.Authors {
			if !a.Organization && !strings.HasPrefix(a.From, "meta") && !c.knownOtherwise(a.Name) {
				c.addAuthors([]string{a.Name}, a.From)
			}
		}
	}
	if len(c.editors) == 0 {
		for _, e := range c.said.Editors {
			c.editors = credits.Merge(c.editors, credits.Names(e.Text))
		}
	}
}

// knownOtherwise reports whether a name is known as the publisher's, the source's or
// an editor's.
func (c *creditFinder) knownOtherwise(name string) bool {
	return c.isPublisher(name) || credits.Same(name, c.source) || hasName(c.editors, name)
}

// unseen reads the labelled credits of hidden boxes if neither the visible page nor its
// structured data has any.
func (c *creditFinder) unseen(from, to int) {
	if c.source != "" || len(c.authors)+len(c.editors) > 0 {
		return
	}
	for i := from; i < to; i++ {
		l := &c.p.Lines[i]
		if !l.Hidden() || l.Chars > maxCreditLine || c.names(i)&strangers != 0 {
			continue
		}
		if got, ok := credits.Parse(l.Text()); ok && got.Share > 0.5 {
			c.addSource(got.Source, "hidden line")
			c.addAuthors(got.Authors, "hidden line")
			c.addEditors(got.Editors)
		}
	}
}
