package body

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/declared"
	"pressmark/extract/memory"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/text"
	"pressmark/extract/title"
)

// Find finds the body in three steps. Every line gets a weight (how much it reads like
// prose). The box that gathers most weight nearby is the body's container. Each line in
// the container gets its role.
func Find(p *page.Page, roles *page.Roles, said *declared.Facts, head title.Result, ruled *rule.Ruled, known *memory.Memory) Result {
	b := &bodyFinder{p: p, roles: roles, paid: isPaid(said), head: head, ruled: ruled, memory: known, text: Result{Main: -1, First: -1, Last: -1}}
	b.titleKey = text.Key(head.Text)
	b.summary = text.Key(strings.TrimRight(said.About.Description, ".… "))
	b.markChrome()
	b.weigh()
	switch {
	case len(ruled.Body) > 0:
		b.mainByRule()
	case !b.chooseMain() && !b.chooseFigures() && !b.chooseBrief():
		return b.text
	}
	if len(ruled.Body) == 0 {
		b.slidesInstead()
		b.briefInstead()
	}
	b.decide()
	return b.text
}

// isPaid reports whether structured data says that parts of a page are for subscribers
// only.
func isPaid(said *declared.Facts) bool {
	return slices.ContainsFunc(said.Warnings, func(w string) bool { return strings.HasPrefix(w, "not_free") })
}

// Result is where the body of a page stands.
type Result struct {
	Main        int      // index of the box that holds the body, -1 where there is none
	First, Last int      // lines[first:last] hold it, a lead above the box included; -1, -1 where there is none
	InFooter    bool     // the box stands in the page's footer
	Brief       bool     // the box is the article element of a page that has hardly a sentence
	From        string   // what found it, for the evidence
	Warnings    []string // "code: detail"
	Declared    []string // paragraphs of the body where it stands in structured data alone
}

// bodyFinder holds what the body step works out on the way.
type bodyFinder struct {
	p       *page.Page
	roles   *page.Roles
	head    title.Result
	ruled   *rule.Ruled
	memory  *memory.Memory
	paid    bool   // structured data says that parts of the page are for subscribers
	summary string // the description that the page declares, as a key
	text    Result
	chrome  []bool    // by box: its name, or that of a box around it, says chrome and its share of the prose does not deny it
	weight  []float32 // by line
	sum     []float64 // prefix sums of weight
	prose   []int32   // prefix sums of mass of prose lines
	allSize int32     // mass of prose on the page

	titleKey string       // key of the headline
	abroad   map[int]bool // lines asked for: whether their first link goes to another site
}

// decide decides for each line of the container whether it is body.
func (b *bodyFinder) decide() {
	p := b.p
	main := int32(b.text.Main)
	b.spareProse()
	b.showParts()
	b.showContinued()
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() != page.RoleNone {
			continue
		}
		r, by := b.roleOf(i, l, main)
		b.roles.Set(i, r, by)
	}
	b.dropLinkBlocks()
	b.dropCards()
	b.dropRelated()
	b.dropComments()
	b.dropLegal()
	b.dropCalls()
	b.dropConsent()
	b.dropEnciphered()
	b.dropSecondArticle()
	b.rescue()
	b.dropKnown()
	b.trim()
	b.dropContacts()
	b.addLead()
	b.dropTwin()
	b.dropExcerpt()
	b.cutTails()
}

func (b *bodyFinder) roleOf(i int, l *page.Line, main int32) (page.Role, string) {
	p := b.p
	x := &p.Boxes[l.Box]
	switch {
	case l.Hidden():
		return page.RoleChrome, "hidden"
	case b.sameAsTitle(l):
		return page.RoleTitle, "repeats the headline"
	case x.Inherited&page.NameBio == 0 && b.quoted(l.Box, main) && !(l.LinkMass*2 > l.Mass && ChromePhrase(l.Text())):
		return page.RoleBody, "quotation"
	case b.chromeBelow(l.Box, main):
		return page.RoleChrome, "name of a box"
	case b.captionBelow(l.Box, main):
		return page.RoleCaption, "name of a box"
	case l.Mass < 400 && ChromePhrase(l.Text()) && !b.isOrdinary(i):
		return page.RoleChrome, "boilerplate phrase"
	case l.LinkMass*10 > l.Mass*8 && l.Mass < 200 && l.Stops == 0 && !l.IsAddress() && !b.linkIsText(i):
		return page.RoleChrome, "link"
	}
	if page.IsSubheadTag(x.Tag) || l.BoldMass == l.Mass && l.Mass < 150 && l.Stops == 0 {
		return page.RoleSubhead, "heading or bold line"
	}
	return page.RoleBody, "text of the body's box"
}

// chromeBelow reports whether a box between the line and the container is chrome by name.
func (b *bodyFinder) chromeBelow(box, main int32) bool {
	return b.chrome[box] && !b.chrome[main]
}

// quoted reports whether the line is in a quotation inside the container. Embedded posts
// of social networks consist of links and have the names of chrome.
func (b *bodyFinder) quoted(at, main int32) bool {
	return b.p.Ancestor(at, func(x *page.Box) bool { return x.Tag == atom.Blockquote }) > main
}

// captionBelow reports whether a box between the line and the container is a picture's
// caption and holds no large part of the text.
func (b *bodyFinder) captionBelow(box, main int32) bool {
	p := b.p
	for ; box > main; box = p.Boxes[box].Parent {
		if p.Boxes[box].Name&page.NameCaption != 0 && b.proseIn(box)*4 < b.proseIn(main) {
			return true
		}
	}
	return false
}

func (b *bodyFinder) sameAsTitle(l *page.Line) bool {
	t := b.head.Text
	return t != "" && len(l.Text()) < 2*len(t)+40 && text.Key(title.WithoutClock(l.Text())) == b.titleKey
}

// seat is home; for a line in a data table it is the box around the table.
func (b *bodyFinder) seat(i int) int32 {
	p := b.p
	t := p.DataTable(&p.Lines[i], b.text.Main)
	if t < 0 {
		return b.home(i)
	}
	return p.Ancestor(p.Boxes[t].Parent, func(x *page.Box) bool { return x.Tag != atom.Figure && x.Tag != atom.Center })
}

// setRole gives all lines of a range that are text a role.
func (b *bodyFinder) setRole(first, last int32, r page.Role, by string) {
	for i := first; i < last; i++ {
		switch b.p.Lines[i].Role() {
		case page.RoleNone, page.RoleBody, page.RoleSubhead:
			b.roles.Set(int(i), r, by)
		}
	}
}

// drop makes a line of the text chrome, and leaves any other line alone.
func (b *bodyFinder) drop(i int, by string) {
	if r := b.p.Lines[i].Role(); r == page.RoleBody || r == page.RoleSubhead {
		b.roles.Set(i, page.RoleChrome, by)
	}
}

// rescue returns prose to the body if the steps before left none in the container: then a
// name did not mean chrome, or a heading did not head a list.
func (b *bodyFinder) rescue() {
	p := b.p
	if b.proseIn(int32(b.text.Main)) < 200 || len(b.ruled.Body) > 0 {
		return
	}
	for i := b.text.First; i < b.text.Last; i++ {
		if p.Lines[i].Role() == page.RoleBody && p.Lines[i].IsProse() {
			return
		}
	}
	for i := b.text.First; i < b.text.Last; i++ {
		if l := &p.Lines[i]; l.Role() == page.RoleChrome && l.IsProse() && !ChromePhrase(l.Text()) {
			b.roles.Set(i, page.RoleBody, "nothing else was left")
		}
	}
}

// home is the box that holds a line's paragraph or list: the boxes of paragraphs, items
// and lists themselves are skipped.
func (b *bodyFinder) home(i int) int32 {
	return b.p.Ancestor(b.p.Lines[i].Box, func(x *page.Box) bool {
		switch x.Tag {
		case atom.P, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dd, atom.Dt, atom.B, atom.Strong,
			atom.Span, atom.Font, atom.Blockquote:
			return false
		}
		return true
	})
}
