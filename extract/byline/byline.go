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

// creditFinder collects the credits of an article from the lines around headline and
// body, from the text's dateline and tail, and from structured data.
type creditFinder struct {
	place
	findings
	roles *page.Roles
	said  *declared.Facts
	ruled *rule.Ruled
	dates *dates.Finder
}

// findings are the names found so far, by role.
type findings struct {
	source      string
	sourceFrom  string
	authors     []string
	authorsFrom string
	editors     []string
	photos      []string
	poster      []string                        // 发布者: an editor unless also the author
	above       []string                        // the names of labelled bylines between headline and text
	others      []string                        // names printed under another role than author
	more        credits.Credits                 // translators, contributors and agencies
	fixed       struct{ authors, editors bool } // named by the site's rules: nothing is added
	lines       []string                        // credit lines as printed
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
	c := &creditFinder{
		place: placeOf(p, head, text), roles: roles, said: said, ruled: ruled,
		dates: dates.NewFinder(dates.Hints{Lang: p.Lang}),
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
		c.unseen(from, to)
	} else {
		c.announced(from, to)
		c.westernTail()
		c.westernAuthors()
	}
	c.traceDeclared()
	found := c.result()
	c.dropBiography()
	return found
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

// line reads the labelled credits of one line.
func (c *creditFinder) line(i int) {
	switch {
	case c.silent(i):
	case c.p.Lang == "zh":
		c.chineseLine(i)
	default:
		c.westernLine(i)
	}
}

// maxCreditLine is the length in characters of the longest line that is read for credits.
const maxCreditLine = 130

// silent reports whether a line is not read for credits: it is hidden, too long, a
// headline, a caption, or part of something else.
func (c *creditFinder) silent(i int) bool {
	l := &c.p.Lines[i]
	switch {
	case l.Hidden(), i == c.head.Line, l.Role() == page.RoleTitle, l.Role() == page.RoleCaption, l.Chars > maxCreditLine:
		return true
	case c.inText(i) && l.Role() == page.RoleChrome && c.p.Lang != "zh" && i > c.first+2:
		return true // a card of another article amid the text
	}
	names := c.names(i)
	if names&page.ForeignNames == 0 || c.p.Boxes[l.Box].Name&page.NameByline != 0 {
		return false
	}
	beside := c.head.Line >= 0 && i > c.head.Line && i <= c.head.Line+3
	return !beside || names&(page.NameComment|page.NameAd|page.NameCaption) != 0
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
