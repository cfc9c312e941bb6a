package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// trim drops the lines of the container before the first sentence and after the last one.
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
		if l := &p.Lines[i]; l.Role() == page.RoleBody && !b.closes(i, home) {
			b.roles.Set(i, page.RoleChrome, "after the last sentence")
		}
	}
	b.trimSubheads(last + 1)
}

// closes reports whether a line after the last paragraph belongs to the text: it is in
// the same box as that paragraph, is a sentence without a link, or is an item of a list
// without links.
func (b *bodyFinder) closes(i int, home int32) bool {
	l := &b.p.Lines[i]
	if b.seat(i) == home {
		if l.LinkMass == 0 || b.leadsToDocument(i) || b.inResults(i) {
			return true
		}
		if b.listAround(l.Box) >= 0 && b.linkIsText(i) {
			return true
		}
		unfinished := b.p.CJK && l.Stops == 0
		return l.LinkMass*10 <= l.Mass*8 && !unfinished && !namesSource(l)
	}
	return l.LinkMass == 0 && (l.Stops > 0 || b.inPlainList(l.Box))
}

// Sizes of a list that ends a text.
const (
	leastItems    = 3
	leastListMass = 60
)

// inPlainList reports whether a box stands in a list of several items without a link,
// in no box that is chrome by name.
func (b *bodyFinder) inPlainList(at int32) bool {
	list := b.listAround(at)
	if list < 0 {
		return false
	}
	x := &b.p.Boxes[list]
	mass, links := b.p.MassOf(x.First, x.Last)
	return links == 0 && mass > leastListMass && x.Last-x.First >= leastItems && b.namesInside(list)&page.NameChrome == 0
}

// trimSubheads drops subheads at the end that have no text below them.
func (b *bodyFinder) trimSubheads(from int) {
	p := b.p
	under := int32(-1) // where the next line of text stands
	for i := b.text.Last - 1; i >= from; i-- {
		l := &p.Lines[i]
		switch {
		case l.Role() == page.RoleBody:
			under = b.seat(i)
		case l.Role() == page.RoleSubhead && (under < 0 || under != b.home(i)):
			b.roles.Set(i, page.RoleChrome, "after the last sentence")
		}
	}
}

// namesSource reports whether a line is not a sentence and gives the time of publication,
// the author or the source.
func namesSource(l *page.Line) bool {
	if l.Stops > 0 {
		return false
	}
	bracketed := strings.HasPrefix(l.Text(), "【") || strings.HasPrefix(l.Text(), "〔")
	return l.Digits >= 6 || bracketed || text.Key(l.Text()) == "" || creditWords.In(l.Text())
}

// creditWords stand in lines that say who wrote, when and for whom, lower case.
var creditWords = text.NewPhrases([]string{"来源", "來源", "记者", "記者", "作者", "编辑", "編輯", "责编", "责任", "通讯员", "发布", "發布", "文／", "文/", "图/", "供稿", "点击",
	"字号", "浏览", "评论", "分享"})

// opens reports whether a line before the first paragraph begins the text: a short
// sentence in the same box, or a standfirst marked up as a subhead.
func (b *bodyFinder) opens(i, first int) bool {
	p := b.p
	l := &p.Lines[i]
	if endsDateline(l.Text()) {
		return b.home(i) == b.home(first)
	}
	if b.inDialogue(i, first) {
		return true
	}
	ofFacts := p.Boxes[l.Box].Inherited&(page.NameByline|page.NameDate|page.NameTags) != 0
	if i <= b.head.Line || ofFacts || l.Role() == page.RoleBody && int32(l.Digits)*4 > l.Chars {
		return false
	}
	if l.Role() == page.RoleSubhead && l.Mass >= 45 && l.LinkMass == 0 {
		return true
	}
	if namesSource(l) {
		return false
	}
	if b.p.CJK && l.Role() == page.RoleBody && l.Stops == 0 && l.Mass < 45 {
		return false // a name, a section
	}
	return b.home(i) == b.home(first) && (l.LinkMass*10 <= l.Mass*6 || l.Mass >= 60 && l.Stops > 0)
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

// endsDateline reports whether a line is a Chinese report's dateline, set apart:
// 湖畔社青石1月17日电.
func endsDateline(text string) bool {
	for _, word := range [...]string{"日讯", "日訊", "日电", "日電"} {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}
