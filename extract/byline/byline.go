package byline

import (
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/credits"
	"pressmark/extract/dates"
	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/text"
	"pressmark/extract/title"
)

// creditFinder gathers who made the article from the lines around headline and
// body, from the text's own dateline and tail, and from structured data.
type creditFinder struct {
	p           *page.Page
	roles       *page.Roles
	said        *declared.Facts
	ruled       *rule.Ruled
	head        title.Result
	text        body.Result
	lines       []string
	dates       *dates.Finder
	first, last int // lines of the body's text; first is len(lines) where there is none
	source      string
	sourceFrom  string
	authors     []string
	authorsFrom string
	editors     []string
	photos      []string
	above       []string                        // the names of labelled bylines between headline and text
	more        credits.Credits                 // translators, contributors and agencies
	fixed       struct{ authors, editors bool } // named by the site's rules: nothing is added
	poster      []string                        // 发布者: an editor unless also the author
}

// Result says who made an article.
type Result struct {
	Credits     article.Credits
	SourceFrom  string
	AuthorsFrom string
}

// Find finds source, authors, editors and photographers, and gives the
// lines that name them RoleCredit.
func Find(p *page.Page, roles *page.Roles, said *declared.Facts, ruled *rule.Ruled, head title.Result, text body.Result) Result {
	c := &creditFinder{p: p, roles: roles, said: said, ruled: ruled, head: head, text: text,
		first: len(p.Lines), last: -1, dates: dates.NewFinder(dates.Hints{Lang: p.Lang})}
	if e := p.Extent(text.First, text.Last, page.RoleBody); e.Last >= 0 {
		c.first, c.last = e.First, e.Last
	}
	c.byRule()
	from, to := c.window()
	for i := from; i < to && len(c.lines) < declared.MaxClaims && len(c.authors) < declared.MaxClaims; i++ {
		c.line(i)
	}
	if p.Lang == "zh" {
		c.textCredits()
		c.unlabelledSource()
		c.account()
		c.chineseFallback()
	} else {
		c.announced(from, to)
		c.westernTail()
		c.westernAuthors()
	}
	c.traceDeclared()
	found := c.result()
	c.aboutAuthor()
	return found
}

// introduces are the words that go on after a name where its bearer is introduced.
var introduces = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "covers": true, "writes": true, "works": true, "ist": true, "sind": true, "war": true, "waren": true,
	"arbeitet": true, "schreibt": true, "studierte": true, "lebt": true, "est": true, "sont": true, "es": true, "è": true, "é": true, "jest": true,
}

// aboutAuthor takes out the last paragraph where it introduces the author: it
// begins with the whole name and says who that is ("Jane Doe is a reporter at …",
// "Max Muster ist Fachanwalt für …").
func (c *creditFinder) aboutAuthor() {
	p := c.p
	if p.Lang == "zh" || len(c.authors) == 0 || len(c.ruled.Body) > 0 || c.last <= c.first {
		return
	}
	last := &p.Lines[c.last]
	for _, name := range c.authors {
		rest, ok := strings.CutPrefix(strings.TrimLeft(last.Text(), "*–— "), name+" ")
		word, _, _ := strings.Cut(rest, " ")
		if ok && strings.Contains(name, " ") && introduces[word] {
			if last.Role() == page.RoleBody || last.Role() == page.RoleSubhead {
				c.roles.Set(c.last, page.RoleChrome, "introduces the author")
			}
			return
		}
	}
}

// window is the range of lines where credits can stand: from a little above
// the headline to a little below the body.
func (c *creditFinder) window() (from, to int) {
	p := c.p
	from, to = 0, len(p.Lines)
	switch {
	case c.head.Line >= 0:
		from = max(0, c.head.Line-8)
	case c.first < len(p.Lines):
		from = max(0, c.first-20)
	}
	if c.last >= 0 {
		to = min(len(p.Lines), c.last+25)
	}
	return from, to
}

// byRule reads the fields that the site's rules name.
func (c *creditFinder) byRule() {
	r := c.ruled.Rules
	if r == nil {
		return
	}
	for _, text := range c.ruled.Texts(r.Source) {
		if got, ok := credits.Parse(text); ok && got.Source != "" {
			text = got.Source
		}
		if c.source == "" {
			c.source, c.sourceFrom = credits.CleanSource(text), c.ruled.Evidence()
		}
	}
	for _, text := range c.ruled.Texts(r.Authors) {
		got, ok := credits.Parse(text)
		if !ok || len(got.Authors) == 0 {
			got.Authors = credits.Names(text)
		}
		c.authors, c.authorsFrom = credits.Merge(c.authors, got.Authors), c.ruled.Evidence()
	}
	for _, text := range c.ruled.Texts(r.Editors) {
		got, ok := credits.Parse(text)
		if !ok || len(got.Editors) == 0 {
			got.Editors = credits.Names(text)
		}
		c.editors = credits.Merge(c.editors, got.Editors)
	}
	c.fixed.authors, c.fixed.editors = len(c.authors) > 0, len(c.editors) > 0
}

// Line reads the labelled credits of one line.
func (c *creditFinder) line(i int) {
	p := c.p
	l := &p.Lines[i]
	if l.Hidden() || i == c.head.Line || l.Role() == page.RoleTitle || l.Chars > 130 || l.Role() == page.RoleCaption {
		return
	}
	beside := c.head.Line >= 0 && i > c.head.Line && i <= c.head.Line+3
	if names := p.LocalNames(l.Box, c.text.Main, c.head.Line); names&page.ForeignNames != 0 && p.Boxes[l.Box].Name&page.NameByline == 0 && (!beside || names&(page.NameComment|page.NameAd|page.NameCaption) != 0) {
		return
	}
	inText := i > c.first && i < c.last
	if inText && l.Role() == page.RoleChrome && p.Lang != "zh" && i > c.first+2 {
		return // a card of another article amid the text
	}
	if p.Lang != "zh" {
		if inText && !c.edge(i) && p.LocalNames(l.Box, c.text.Main, c.head.Line)&page.NameByline == 0 {
			return
		}
		if got, ok := c.byline(l.Text()); ok {
			c.westernLine(i, got, inText)
		}
		return
	}
	got, ok := credits.Parse(l.Text())
	if !ok {
		return
	}
	if inText && l.IsProse() && got.Share < 0.7 {
		return
	}
	if len(got.Authors)+len(got.Editors) == 0 && got.Source == "" && len(got.Photographers) > 0 && !strings.ContainsAny(l.Text(), "：:") {
		return // "本报记者 X 摄" ends a caption
	}
	c.take(got, "credit line", i)
	if got.Share > 0.5 || l.Mass < 240 {
		c.mark(i)
	}
}

// take adds what a line gives. The first source wins; one below the text counts
// only where none stands above it.
func (c *creditFinder) take(got credits.Credits, from string, i int) {
	c.traceLine(got, i)
	if got.Source != "" && c.source == "" {
		c.source, c.sourceFrom = got.Source, from
	}
	c.addAuthors(got.Authors, from)
	if strings.Contains(c.p.Lines[i].Text(), "发布者") || strings.Contains(c.p.Lines[i].Text(), "发布人") {
		c.poster = credits.Merge(c.poster, got.Editors)
	} else {
		c.addEditors(got.Editors)
	}
	c.photos = credits.Merge(c.photos, got.Photographers)
	c.addOthers(got)
}

// addOthers adds the roles that need no weighing.
func (c *creditFinder) addOthers(got credits.Credits) {
	c.more.Translators = credits.Merge(c.more.Translators, got.Translators)
	c.more.Contributors = credits.Merge(c.more.Contributors, got.Contributors)
	c.more.Agencies = credits.Merge(c.more.Agencies, got.Agencies)
}

// mark makes a line a credit line.
func (c *creditFinder) mark(i int) {
	p := c.p
	l := &p.Lines[i]
	c.lines = text.AppendNew(c.lines, l.Text())
	switch l.Role() {
	case page.RoleBody, page.RoleSubhead, page.RoleNone, page.RoleDate:
		c.roles.Set(i, page.RoleCredit, "credit line")
	}
}

func (c *creditFinder) addEditors(names []string) {
	if !c.fixed.editors {
		c.editors = credits.Merge(c.editors, names)
	}
}

func (c *creditFinder) addAuthors(names []string, from string) {
	if c.fixed.authors {
		return
	}
	if len(names) > 0 && c.authorsFrom == "" {
		c.authorsFrom = from
	}
	c.authors = credits.Merge(c.authors, names)
}

// isPublisher reports whether s is the name that the page gives its publisher.
func (c *creditFinder) isPublisher(s string) bool {
	k := text.Key(s)
	return k != "" && (k == text.Key(c.said.Publisher) || k == text.Key(c.p.Meta("og:site_name", "application-name")))
}

func hasName(list []string, s string) bool {
	for _, x := range list {
		if credits.Same(x, s) {
			return true
		}
	}
	return false
}

// result puts the findings together.
func (c *creditFinder) result() Result {
	if len(c.editors) == 0 {
		for _, n := range c.poster {
			if !hasName(c.authors, n) {
				c.editors = append(c.editors, n)
			}
		}
	}
	found := Result{
		Credits: article.Credits{
			Source: c.source, Authors: c.authors, Editors: c.editors, Photographers: c.photos,
			Translators: c.more.Translators, Contributors: c.more.Contributors, Agencies: c.more.Agencies, Lines: c.lines,
		},
		SourceFrom: c.sourceFrom,
	}
	if len(c.authors) > 0 {
		found.AuthorsFrom = c.authorsFrom
	}
	return found
}
