package body

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// markChrome decides which boxes are chrome by name. A box that holds most of
// the page's prose is not, whatever its name: pages put everything into a
// <form>, into "content-with-sidebar" or into "ad-free".
func (b *bodyFinder) markChrome() {
	p := b.p
	b.sumProse()
	b.chrome = make([]bool, len(p.Boxes))
	for i := range p.Boxes {
		x := &p.Boxes[i]
		if x.Parent >= 0 && b.chrome[x.Parent] {
			b.chrome[i] = true
			continue
		}
		if x.Name&page.NameChrome == 0 || x.Tag == atom.P && b.proseIn(int32(i)) > 150 || page.IsSubheadTag(x.Tag) && x.Name&page.NameChrome == page.NameNav {
			continue // a paragraph's class says how it looks, a heading's id that the contents list it
		}
		if !b.outsideTitle(x) && b.head.Line >= 0 && x.Name&page.NameChrome&^(page.NameAd|page.NamePromo|page.NameTags|page.NameLegal) == 0 {
			continue // the headline is no ad
		}
		share := b.proseIn(int32(i)) * 100
		if share < 25000 && x.Name&(page.NameConsent|page.NameForm|page.NameComment) != 0 && x.Name&(page.NameBody|page.NameMain) == 0 {
			b.chrome[i] = true // a page of little text: its dialogs hold the most of it
			continue
		}
		switch {
		case x.Name&(page.NameConsent|page.NameComment) != 0 && x.Name&(page.NameBody|page.NameMain) == 0 && b.outsideTitle(x) && b.allSize-b.proseIn(int32(i)) > 200:
			b.chrome[i] = true // readers say more than the article
		case x.Name&page.NameComment != 0 && x.Name&(page.NameBody|page.NameMain) == 0:
			b.chrome[i] = share < b.allSize*95
		case x.Name&(page.NameBody|page.NameMain) != 0:
			b.chrome[i] = share < b.allSize*10
		case x.Name&page.NameRelated != 0 && b.outsideTitle(x):
			b.chrome[i] = share < b.allSize*75 // it does not even hold the headline
		default:
			b.chrome[i] = share < b.allSize*40 && (share == 0 || b.likeSiblings(x)*100 < b.allSize*60)
		}
	}
}

// likeSiblings is the prose of the boxes beside x that bear the same names: all
// sections of an article can be called after the ads that may stand in them.
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

// outsideTitle tells whether a box does not hold the headline.
func (b *bodyFinder) outsideTitle(x *page.Box) bool {
	t := int32(b.head.Line)
	return t >= 0 && (t < x.First || t >= x.Last)
}
