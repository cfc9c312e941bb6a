package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/weburl"
)

// aboveTitle takes out what stands above the headline, where the most of the
// text stands below.
func (b *bodyFinder) aboveTitle() {
	t := b.head.Line
	if t <= b.text.First || t >= b.text.Last || len(b.ruled.Body) > 0 {
		return
	}
	above, below := b.prose[t]-b.prose[b.text.First], b.prose[b.text.Last]-b.prose[t]
	if above < below {
		b.setRole(int32(b.text.First), int32(t), page.RoleChrome, "above the headline")
		b.text.First = t
	}
}

// trim takes off what stands before the first and after the last sentence.
func (b *bodyFinder) trim() {
	p := b.p
	first, last := -1, -1
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody || !l.IsProse() {
			continue
		}
		if first < 0 && (l.Stops > 0 || int32(l.Digits)*4 < l.Chars) { // not a line of credits and times
			first = i
		}
		last = i
	}
	if first < 0 {
		return
	}
	for i := b.text.First; i < first; i++ {
		if !b.opens(i, first) {
			b.drop(i, "before the first sentence")
		}
	}
	home := b.home(last)
	for i := last + 1; i < b.text.Last; i++ {
		l := &p.Lines[i]
		switch {
		case l.Role() == page.RoleSubhead:
			b.roles.Set(i, b.tailSubhead(i, home), "after the last sentence")
		case l.LinkMass > 0 || l.Stops == 0 && b.seat(i) != home:
			b.drop(i, "after the last sentence")
		}
	}
}

// opens tells whether a line before the first paragraph opens the text: a short
// sentence beside it, or a standfirst set as a subhead.
func (b *bodyFinder) opens(i, first int) bool {
	p := b.p
	l := &p.Lines[i]
	if endsDateline(l.Text()) {
		return b.home(i) == b.home(first)
	}
	if b.inDialogue(i, first) {
		return true
	}
	if l.LinkMass > 0 || int32(l.Digits)*4 > l.Chars || i <= b.head.Line || p.Boxes[l.Box].Inherited&(page.NameByline|page.NameDate|page.NameTags) != 0 {
		return false
	}
	if l.Role() == page.RoleSubhead {
		_, part := weburl.SplitPart(p.In.URL) // a later part of an article may begin with a subhead
		return l.Mass >= 45 || part > 1 && b.home(i) == b.home(first)
	}
	return l.Stops > 0 && b.home(i) == b.home(first)
}

// inDialogue reports whether a line is the term of a definition list whose text
// opens the article: the name of who speaks first in an interview.
func (b *bodyFinder) inDialogue(i, first int) bool {
	p := b.p
	if i+1 >= len(p.Lines) || p.Boxes[p.Lines[i].Box].Tag != atom.Dt || p.Boxes[p.Lines[i+1].Box].Tag != atom.Dd {
		return false
	}
	return p.Lines[i+1].Role() == page.RoleBody && p.Lines[i+1].Stops > 0 && b.home(i) == b.home(first)
}

// endsDateline tells whether a line is a Chinese report's dateline, set apart:
// 湖畔社青石1月17日电.
func endsDateline(text string) bool {
	for _, word := range [...]string{"日讯", "日訊", "日电", "日電"} {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}

// tailSubhead keeps a subhead after the last sentence where items follow it.
func (b *bodyFinder) tailSubhead(i int, home int32) page.Role {
	p := b.p
	if i+1 < b.text.Last && p.Lines[i+1].Role() == page.RoleBody && p.Lines[i+1].LinkMass == 0 && b.seat(i+1) == home {
		return page.RoleSubhead
	}
	return page.RoleChrome
}
