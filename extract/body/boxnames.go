package body

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// markChrome decides which boxes are chrome by name. A box that holds most of the page's
// prose is never chrome: pages put everything into a <form>, into "content-with-sidebar"
// or into "ad-free".
func (b *bodyFinder) markChrome() {
	p := b.p
	b.sumProse()
	b.chrome = make([]bool, len(p.Boxes))
	for i := range p.Boxes {
		up := p.Boxes[i].Parent
		b.chrome[i] = up >= 0 && b.chrome[up] || b.chromeByName(int32(i))
	}
}

// chromeByName reports whether a box is chrome by its own name and does not hold too
// large a share of the page's prose for that.
func (b *bodyFinder) chromeByName(i int32) bool {
	p := b.p
	x := &p.Boxes[i]
	if x.Name&page.NameChrome == 0 || x.Tag == atom.P && b.proseIn(i) > 150 || page.IsSubheadTag(x.Tag) && x.Name&page.NameChrome == page.NameNav {
		return false // a paragraph's class says how it looks, a heading's id that the contents list it
	}
	if x.Tag == atom.Aside && isNote(x.Node) {
		return false
	}
	if !b.outsideTitle(x) && b.head.Line >= 0 && x.Name&page.NameChrome&^(page.NameAd|page.NamePromo|page.NameTags|page.NameLegal) == 0 {
		return false // the headline is no ad
	}
	share := b.proseIn(i) * 100
	if share < 25000 && x.Name&(page.NameConsent|page.NameForm|page.NameComment) != 0 && x.Name&(page.NameBody|page.NameMain) == 0 {
		return true // a page of little text: its dialogs hold the most of it
	}
	switch {
	case x.Name&(page.NameConsent|page.NameComment) != 0 && x.Name&(page.NameBody|page.NameMain) == 0 && b.outsideTitle(x) && b.allSize-b.proseIn(i) > 200:
		return true // readers say more than the article
	case x.Name&page.NameComment != 0 && x.Name&(page.NameBody|page.NameMain) == 0:
		return share < b.allSize*95
	case x.Name&(page.NameBody|page.NameMain) != 0:
		return share < b.allSize*10
	case x.Name&page.NameRelated != 0 && b.outsideTitle(x):
		return share < b.allSize*75 // it does not even hold the headline
	case x.Name&(page.NamePromo|page.NameBio) != 0 && b.outsideTitle(x):
		return share < b.allSize*60
	}
	return share < b.allSize*40 && (share == 0 || b.likeSiblings(x)*100 < b.allSize*60)
}

// namesInside returns the names of a box and of those around it inside the body's
// container. The name of a box around the whole article says nothing about its parts: some
// sites put each page into a "dialog-off-canvas" box.
func (b *bodyFinder) namesInside(i int32) (names page.NameFlags) {
	for ; i > int32(b.text.Main); i = b.p.Boxes[i].Parent {
		names |= b.p.Boxes[i].Name
	}
	return names
}

// isNote reports whether markup says that an element is a footnote or an endnote.
func isNote(n *html.Node) bool {
	return strings.HasPrefix(page.Attr(n, "role"), "doc-") || strings.HasSuffix(page.Attr(n, "epub:type"), "note")
}

// nameSure are the names of chrome that is prose itself: what readers and publishers
// write around the article. Other names often describe only place or looks.
const nameSure = page.NameFooter | page.NameComment | page.NamePromo | page.NameConsent | page.NameForm | page.NameBio | page.NameUnseen

// spareProse keeps boxes of the container that have a name of chrome but hold paragraphs
// and hardly a link.
func (b *bodyFinder) spareProse() {
	p := b.p
	main := int32(b.text.Main)
	if b.chrome[main] {
		return
	}
	for i := main + 1; i < p.Boxes[main].Next; i++ {
		x := &p.Boxes[i]
		if b.chrome[i] && !b.chrome[x.Parent] {
			b.chrome[i] = b.chromeByName(i) && !b.readsOn(x)
		} else if b.chrome[i] && x.Parent >= main {
			b.chrome[i] = b.chrome[x.Parent]
		}
	}
}

// leastProse is the mass of prose from which a box is text, whatever its name.
const leastProse = 200

// readsOn reports whether a box holds paragraphs, few links and no headline of another
// article.
func (b *bodyFinder) readsOn(x *page.Box) bool {
	prose := b.prose[x.Last] - b.prose[x.First]
	if x.Name&nameSure != 0 || prose < leastSentence {
		return false
	}
	mass, links := b.p.MassOf(x.First, x.Last)
	if prose < leastProse {
		return links == 0 && b.standsInText(x)
	}
	return links*10 < mass && !b.hasHeadlineLink(x)
}

// leastSentence is the mass of prose from which a box without a link may be text.
const leastSentence = 70

// standsInText reports whether all prose of a box is sentences in paragraphs, and
// paragraphs stand on both sides of it in the same box.
func (b *bodyFinder) standsInText(x *page.Box) bool {
	p := b.p
	for i := x.First; i < x.Last; i++ {
		l := &p.Lines[i]
		if l.IsProse() && (p.Boxes[l.Box].Tag != atom.P || !isSentence(l.Text())) {
			return false
		}
	}
	return b.isParagraphOf(x.Parent, x.First-1) && b.isParagraphOf(x.Parent, x.Last)
}

// isParagraphOf reports whether a line is prose in a paragraph directly inside a box.
func (b *bodyFinder) isParagraphOf(box, i int32) bool {
	if i < 0 || int(i) >= len(b.p.Lines) {
		return false
	}
	l := &b.p.Lines[i]
	x := &b.p.Boxes[l.Box]
	return x.Tag == atom.P && x.Parent == box && l.IsProse()
}

// likeSiblings is the prose of the boxes beside x with the same names: all sections of an
// article may be named after the ads inside them.
func (b *bodyFinder) likeSiblings(x *page.Box) (mass int32) {
	p := b.p
	if x.Parent < 0 || b.head.Line < 0 || b.outsideTitle(&p.Boxes[x.Parent]) {
		return 0
	}
	for c := x.Parent + 1; c < p.Boxes[x.Parent].Next; c = p.Boxes[c].Next {
		if p.Boxes[c].Tag == x.Tag && p.Boxes[c].Name == x.Name {
			mass += b.proseIn(c)
		}
	}
	return mass
}

// outsideTitle reports whether a box does not hold the headline.
func (b *bodyFinder) outsideTitle(x *page.Box) bool {
	t := int32(b.head.Line)
	return t >= 0 && (t < x.First || t >= x.Last)
}
