package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// addLead adds the standfirst to the body: one or two sentences between headline and
// container. Many papers print it in a box of its own beside the headline.
func (b *bodyFinder) addLead() {
	p := b.p
	if b.head.Line < 0 || b.head.Line >= b.text.First || len(b.ruled.Body) > 0 {
		return
	}
	first := b.text.First
	for i := b.head.Line + 1; i < first; i++ {
		l := &p.Lines[i]
		if i >= b.head.Line+40 && p.Boxes[l.Box].Inherited&page.NameLead == 0 {
			continue // the headline was that of a bar at the top
		}
		if b.isLead(l) {
			b.roles.Set(i, page.RoleBody, "lead above the body's box")
			b.text.First = min(b.text.First, i)
		}
	}
}

// isLead reports whether a line above the body's box is a lead: a paragraph in a box
// that is named so, or a long sentence.
func (b *bodyFinder) isLead(l *page.Line) bool {
	x := &b.p.Boxes[l.Box]
	taken := l.Hidden() || l.Role() != page.RoleNone || b.chrome[l.Box] && !b.isSummary(l)
	if taken || l.LinkMass*4 > l.Mass || b.sameAsTitle(l) || ChromePhrase(l.Text()) || b.inCaptionOrByline(l) {
		return false
	}
	if x.Inherited&page.NameLead != 0 {
		return l.Mass >= 40 || l.Mass >= 15 && l.Stops > 0
	}
	if b.isSummary(l) {
		return true
	}
	switch x.Tag {
	case atom.P, atom.H2, atom.H3, atom.Div, atom.Li:
		return l.Mass >= 60 && (l.Stops > 0 || l.Mass >= 80) && int32(l.Digits)*6 < l.Chars
	}
	return false
}

// leastSummary is the mass of a line from which it can be the page's description.
const leastSummary = 40

// isSummary reports whether a line says what the page declares as its description, the
// one or the other cut short.
func (b *bodyFinder) isSummary(l *page.Line) bool {
	if l.Mass < leastSummary || len(b.summary) < leastSummary {
		return false
	}
	key := text.Key(l.Text())
	return strings.HasPrefix(key, b.summary) || strings.HasPrefix(b.summary, key)
}

// inCaptionOrByline reports whether the boxes close around a line are named after
// captions, bylines or dates.
func (b *bodyFinder) inCaptionOrByline(l *page.Line) bool {
	names := b.p.LocalNames(l.Box, b.text.Main, b.head.Line)
	return names&(page.NameCaption|page.NameByline|page.NameDate) != 0
}

// dropExcerpt drops the first line of the text if it is cut short and the next paragraph
// says it whole.
func (b *bodyFinder) dropExcerpt() {
	first := b.p.Extent(b.text.First, b.text.Last, page.RoleBody, page.RoleSubhead).First
	if first < 0 {
		return
	}
	cut := b.p.Lines[first].Text()
	start := strings.TrimRight(strings.TrimRight(cut, ".… []"), " ")
	if len(start) == len(cut) || len(start) < leastSummary || !strings.HasSuffix(strings.TrimRight(cut, " ]"), "…") && !strings.Contains(cut, "...") {
		return
	}
	for i, seen := first+1, 0; i < b.text.Last && seen < 3; i++ {
		if l := &b.p.Lines[i]; l.Role() == page.RoleBody {
			seen++
			if strings.HasPrefix(l.Text(), start) && len(l.Text()) > len(cut) {
				b.roles.Set(first, page.RoleChrome, "excerpt of the next paragraph")
				return
			}
		}
	}
}

// dropTwin drops the lead above the container if the text repeats it. A paragraph that
// occurs twice inside the text is kept: recipes, refrains and picture stories repeat
// themselves.
func (b *bodyFinder) dropTwin() {
	p := b.p
	main := int(p.Boxes[b.text.Main].First)
	for i := b.text.First; i < main; i++ {
		if p.Lines[i].Role() != page.RoleBody {
			continue
		}
		for j := main; j < b.text.Last; j++ {
			if p.Lines[j].Role() == page.RoleBody && p.Lines[j].Text() == p.Lines[i].Text() {
				b.roles.Set(i, page.RoleChrome, "lead that the text repeats")
				break
			}
		}
	}
}
