package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// aboveTitle takes out what stands above the headline, where the most of the
// text stands below.
func (b *bodyFinder) aboveTitle() {
	t := b.head.line
	if t <= b.text.first || t >= b.text.last || len(b.ruled.body) > 0 {
		return
	}
	above, below := b.prose[t]-b.prose[b.text.first], b.prose[b.text.last]-b.prose[t]
	if above < below {
		b.setRole(int32(b.text.first), int32(t), roleChrome, "above the headline")
		b.text.first = t
	}
}

// showParts takes hidden boxes for shown ones where they are of one make with a
// shown box beside them that holds text: articles whose pages a script turns.
func (b *bodyFinder) showParts() {
	p := b.p
	end := p.boxes[b.text.main].next
	for i := int32(b.text.main) + 1; i < end; i++ {
		x := &p.boxes[i]
		if !x.hidden || p.boxes[x.parent].hidden || b.hiddenProse(x) < 200 || !b.shownTwin(i) {
			continue
		}
		for j := x.first; j < x.last; j++ {
			b.roles.Set(int(j), roleShown, "part that a script turns")
		}
	}
}

func (b *bodyFinder) hiddenProse(x *box) (mass int32) {
	for i := x.first; i < x.last; i++ {
		if l := &b.p.lines[i]; l.stops > 0 && l.linkMass*4 < l.mass {
			mass += l.mass
		}
	}
	return mass
}

// shownTwin tells whether a box has a sibling of its make that is shown and holds prose.
func (b *bodyFinder) shownTwin(i int32) bool {
	p := b.p
	up := &p.boxes[p.boxes[i].parent]
	for c := p.boxes[i].parent + 1; c < up.next; c = p.boxes[c].next {
		if !p.boxes[c].hidden && p.boxes[c].tag != atom.P && p.sameMake(c, i) && b.proseIn(c) > 0 {
			return true
		}
	}
	return false
}

// drop makes a line of the text chrome, and leaves any other line alone.
func (b *bodyFinder) drop(i int, by string) {
	if r := b.p.lines[i].role; r == roleBody || r == roleSubhead {
		b.roles.Set(i, roleChrome, by)
	}
}

// dropLinkBlocks takes out boxes inside the container that are mostly links.
func (b *bodyFinder) dropLinkBlocks() {
	p := b.p
	main := &p.boxes[b.text.main]
	for i := int32(b.text.main) + 1; i < main.next; i++ {
		x := &p.boxes[i]
		if x.last-x.first < 2 {
			continue
		}
		mass, links := p.massOf(x.first, x.last)
		if links*10 > mass*6 {
			for j := x.first; j < x.last; j++ {
				b.roles.Set(int(j), roleChrome, "block of links")
			}
		}
	}
}

// trim takes off what stands before the first and after the last sentence.
func (b *bodyFinder) trim() {
	p := b.p
	first, last := -1, -1
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role != roleBody || !l.isProse() {
			continue
		}
		if first < 0 && (l.stops > 0 || int32(l.digits)*4 < l.chars) { // not a line of credits and times
			first = i
		}
		last = i
	}
	if first < 0 {
		return
	}
	for i := b.text.first; i < first; i++ {
		if !b.opens(i, first) {
			b.drop(i, "before the first sentence")
		}
	}
	home := b.home(last)
	for i := last + 1; i < b.text.last; i++ {
		l := &p.lines[i]
		switch {
		case l.role == roleSubhead:
			b.roles.Set(i, b.tailSubhead(i, home), "after the last sentence")
		case l.linkMass > 0 || l.stops == 0 && b.seat(i) != home:
			b.drop(i, "after the last sentence")
		}
	}
}

// contactWords are what a line says of an address that readers may write to, lower case.
var contactWords = newPhraseSet([]string{"contact", "email", "e-mail", "reach ", "reached at", "feedback", "correo", "kontakt", "courriel", "schreiben sie", "scrivi a", "escríb", "contato", "почт"})

// dropContacts takes out the last short lines where they are an address, or
// ask readers to write to one ("To contact the reporter: …").
func (b *bodyFinder) dropContacts() {
	p := b.p
	for i, seen := b.text.last-1, 0; i > b.text.first && seen < 3; i-- {
		l := &p.lines[i]
		if l.role != roleBody {
			continue
		}
		seen++
		if l.mass > 240 || !strings.Contains(l.text, "@") {
			continue
		}
		if address := mailAddress(l.text); address != "" && (2*len(address) > len(l.text) || contactWords.in(l.text)) {
			b.roles.Set(i, roleChrome, "address to write to")
		}
	}
}

// mailAddress returns the first e-mail address in a text, "" where there is none.
func mailAddress(text string) string {
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, ".,;:()<>[]")
		if at := strings.IndexByte(word, '@'); at > 0 && strings.IndexByte(word[at:], '.') > 1 {
			return word
		}
	}
	return ""
}

// opens tells whether a line before the first paragraph opens the text: a short
// sentence beside it, or a standfirst set as a subhead.
func (b *bodyFinder) opens(i, first int) bool {
	p := b.p
	l := &p.lines[i]
	if endsDateline(l.text) {
		return b.home(i) == b.home(first)
	}
	if l.linkMass > 0 || int32(l.digits)*4 > l.chars || i <= b.head.line || p.boxes[l.box].inherited&(nameByline|nameDate|nameTags) != 0 {
		return false
	}
	if l.role == roleSubhead {
		_, part := splitPart(p.in.URL) // a later part of an article may begin with a subhead
		return l.mass >= 45 || part > 1 && b.home(i) == b.home(first)
	}
	return l.stops > 0 && b.home(i) == b.home(first)
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

// rescue takes everything back where nothing was left of the container: its
// names lied, or its headings were no headings of lists.
func (b *bodyFinder) rescue() {
	p := b.p
	if b.proseIn(int32(b.text.main)) < 200 || len(b.ruled.body) > 0 {
		return
	}
	for i := b.text.first; i < b.text.last; i++ {
		if p.lines[i].role == roleBody && p.lines[i].isProse() {
			return
		}
	}
	for i := b.text.first; i < b.text.last; i++ {
		if l := &p.lines[i]; l.role == roleChrome && l.isProse() && !chromePhrase(l.text) {
			b.roles.Set(i, roleBody, "nothing else was left")
		}
	}
}

// home is the box in which a line's paragraph or list stands: paragraphs,
// items and lists between are passed over.
func (b *bodyFinder) home(i int) int32 {
	return b.p.ancestor(b.p.lines[i].box, func(x *box) bool {
		switch x.tag {
		case atom.P, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dd, atom.Dt, atom.B, atom.Strong, atom.Span, atom.Font, atom.Blockquote:
			return false
		}
		return true
	})
}

// tailMarks are what pagers put behind the last words of a page's text.
var tailMarks = [...]string{"(接下一頁)", "（接下一頁）", "(接下页)", "（接下页）", "(下一頁)", "（下一頁）", "(下转下一页)", "（下转下一页）"}

// cutTails takes off what is glued to the end of a paragraph: pagers' marks, and
// links that lead away ("back to the front page >>") after the last sentence.
func (b *bodyFinder) cutTails() {
	p := b.p
	for i := max(b.text.first, 0); i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role != roleBody {
			continue
		}
		for _, m := range tailMarks {
			b.roles.Cut(i, len(strings.TrimRight(strings.TrimSuffix(l.text, m), " ")))
		}
		if l.linkMass == 0 || !strings.HasSuffix(l.text, ">>") && !strings.HasSuffix(l.text, "»") {
			continue
		}
		at := strings.LastIndexAny(l.text, "。！？")
		if at < 0 {
			continue
		}
		_, size := utf8.DecodeRuneInString(l.text[at:])
		if tail := l.text[at+size:]; utf8.RuneCountInString(tail) <= 20 {
			b.roles.Cut(i, at+size)
		}
	}
}

// tailSubhead keeps a subhead after the last sentence where items follow it.
func (b *bodyFinder) tailSubhead(i int, home int32) role {
	p := b.p
	if i+1 < b.text.last && p.lines[i+1].role == roleBody && p.lines[i+1].linkMass == 0 && b.seat(i+1) == home {
		return roleSubhead
	}
	return roleChrome
}
