package extract

import "golang.org/x/net/html/atom"

// markChrome decides which boxes are chrome by name. A box that holds most of
// the page's prose is not, whatever its name: pages put everything into a
// <form>, into "content-with-sidebar" or into "ad-free".
func (b *bodyFinder) markChrome() {
	p := b.p
	b.prose = make([]int32, len(p.lines)+1)
	for i := range p.lines {
		b.prose[i+1] = b.prose[i]
		if p.lines[i].isProse() {
			b.prose[i+1] += p.lines[i].mass - p.lines[i].linkMass
		}
	}
	b.allSize = b.prose[len(p.lines)]
	b.chrome = make([]bool, len(p.boxes))
	for i := range p.boxes {
		x := &p.boxes[i]
		if x.parent >= 0 && b.chrome[x.parent] {
			b.chrome[i] = true
			continue
		}
		if x.name&nameChrome == 0 || x.tag == atom.P && b.proseIn(int32(i)) > 150 || isSubheadTag(x.tag) && x.name&nameChrome == nameNav {
			continue // a paragraph's class says how it looks, a heading's id that the contents list it
		}
		if !b.outsideTitle(x) && b.head.line >= 0 && x.name&nameChrome&^(nameAd|namePromo|nameTags|nameLegal) == 0 {
			continue // the headline is no ad
		}
		share := b.proseIn(int32(i)) * 100
		if share < 25000 && x.name&(nameConsent|nameForm|nameComment) != 0 && x.name&(nameBody|nameMain) == 0 {
			b.chrome[i] = true // a page of little text: its dialogs hold the most of it
			continue
		}
		switch {
		case x.name&(nameConsent|nameComment) != 0 && x.name&(nameBody|nameMain) == 0 && b.outsideTitle(x) && b.allSize-b.proseIn(int32(i)) > 200:
			b.chrome[i] = true // readers say more than the article
		case x.name&nameComment != 0 && x.name&(nameBody|nameMain) == 0:
			b.chrome[i] = share < b.allSize*95
		case x.name&(nameBody|nameMain) != 0:
			b.chrome[i] = share < b.allSize*10
		case x.name&nameRelated != 0 && b.outsideTitle(x):
			b.chrome[i] = share < b.allSize*75 // it does not even hold the headline
		default:
			b.chrome[i] = share < b.allSize*40 && (share == 0 || b.likeSiblings(x)*100 < b.allSize*60)
		}
	}
}

// likeSiblings is the prose of the boxes beside x that bear the same names: all
// sections of an article can be called after the ads that may stand in them.
func (b *bodyFinder) likeSiblings(x *box) (mass int32) {
	p := b.p
	if x.parent < 0 || b.head.line < 0 || b.outsideTitle(&p.boxes[x.parent]) {
		return 0
	}
	for c := x.parent + 1; c < p.boxes[x.parent].next; c = p.boxes[c].next {
		if p.boxes[c].tag == x.tag && p.boxes[c].name == x.name {
			mass += b.proseIn(c)
		}
	}
	return mass
}

// outsideTitle tells whether a box does not hold the headline.
func (b *bodyFinder) outsideTitle(x *box) bool {
	t := int32(b.head.line)
	return t >= 0 && (t < x.first || t >= x.last)
}
