package body

import (
	"strings"

	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/text"
	"pressmark/extract/title"
)

// minDeclared is the least mass of a declared body that is used.
const minDeclared = 200

// Declared takes the body from JSON-LD if the page itself shows little of it:
// applications that render the text by script and put all of it into ArticleBody for
// search engines.
func Declared(p *page.Page, head title.Result, ruled *rule.Ruled, s Result) Result {
	if len(ruled.Body) > 0 {
		return s
	}
	kept := p.Extent(s.First, s.Last, page.RoleBody).Mass
	if kept > 2000 {
		return s // enough to be the article; no need to read on
	}
	for _, n := range p.JSONLD {
		if n.FirstChild == nil {
			continue
		}
		said := declared.ArticleBody(n.FirstChild.Data)
		if mass := text.Mass(said); mass >= minDeclared && kept*5 < mass*2 {
			s.Declared = append(shownLead(p, said, head, s), declared.ParagraphsOf(said)...)
			s.From = "json-ld articleBody"
			return s
		}
	}
	return fromState(p, head, s, kept)
}

// leastShown is the mass of a body from which scripts are not searched for more.
const leastShown = 600

// fromState takes the body from the state of a framework in a script if the page itself
// shows next to nothing.
func fromState(p *page.Page, head title.Result, s Result, kept int32) Result {
	if kept > leastShown {
		return s
	}
	list := declared.State(p.Scripts, head.Text)
	var mass int32
	for _, paragraph := range list {
		mass += text.Mass(paragraph)
	}
	if mass < minDeclared || kept*5 >= mass*2 || head.Text != "" && title.Agreement(strings.Join(list, "\n"), head.Text) == 0 {
		return s
	}
	s.Declared, s.From = list, "script"
	return s
}

// shownLead is the standfirst that the page shows below the headline and that
// the declared body leaves out.
func shownLead(p *page.Page, declared string, head title.Result, text Result) (list []string) {
	if head.Line < 0 {
		return nil
	}
	for i := head.Line + 1; i < min(head.Line+7, text.Last); i++ {
		if l := &p.Lines[i]; l.Role() == page.RoleBody && l.IsProse() && l.LinkMass == 0 && !strings.Contains(declared, l.Text()[:min(len(l.Text()), 40)]) {
			return []string{l.Text()}
		}
	}
	return nil
}
