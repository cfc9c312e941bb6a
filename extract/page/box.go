package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsSubheadTag reports whether a tag is that of a heading below the headline.
func IsSubheadTag(a atom.Atom) bool {
	switch a {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// SameMake reports whether two boxes have the same tag and class.
func (p *Page) SameMake(a, c int32) bool {
	x, y := &p.Boxes[a], &p.Boxes[c]
	return x.Tag == y.Tag && Attr(x.Node, "class") == Attr(y.Node, "class")
}

// Box is one block-level element.
type Box struct {
	Node        *html.Node
	Parent      int32     // index in boxes, -1 for the first
	Next        int32     // one past the last box inside this one
	First, Last int32     // lines[first:last] are inside
	Tag         atom.Atom // 0 for elements unknown to package atom
	Name        NameFlags // what class, id, role and itemprop say about it
	Inherited   NameFlags // name, together with that of all boxes around it
	Hidden      bool      // it or a box around it is not displayed
}

// Ancestor returns the nearest box from b outward (b included) for which ok returns true,
// -1 if there is none.
func (p *Page) Ancestor(b int32, ok func(*Box) bool) int32 {
	for ; b >= 0; b = p.Boxes[b].Parent {
		if ok(&p.Boxes[b]) {
			return b
		}
	}
	return -1
}

// Within reports whether box b is box outer or inside it.
func (p *Page) Within(b, outer int32) bool {
	return b >= outer && b < p.Boxes[outer].Next
}

// BoxText returns the text of a box, its lines joined with "\n".
func (p *Page) BoxText(b int32) string {
	x := &p.Boxes[b]
	return p.linesText(x.First, x.Last)
}

// LocalNames returns the names of the boxes around a line, up to the first box that also
// holds the body or the headline. The name of a box around the whole article says nothing
// about one line.
func (p *Page) LocalNames(b int32, main, title int) NameFlags {
	var f NameFlags
	for ; b >= 0; b = p.Boxes[b].Parent {
		x := &p.Boxes[b]
		if main >= 0 && p.Within(int32(main), b) {
			break
		}
		if i := int32(title); i >= 0 && x.First <= i && i < x.Last && x.Last-x.First > 1 {
			break
		}
		f |= x.Name
	}
	return f
}

// BoxesOf returns the boxes of nodes, in order. For a node without a box of its own it
// returns the box around the node.
func (p *Page) BoxesOf(nodes []*html.Node) []int32 {
	var found []int32
	for _, n := range nodes {
		for ; n != nil; n = n.Parent {
			if b := p.BoxOf(n); b >= 0 {
				found = append(found, b)
				break
			}
		}
	}
	return found
}

// BoxOf returns the box of a node, -1 if the node has no box of its own.
func (p *Page) BoxOf(n *html.Node) int32 {
	if p.index == nil {
		p.index = make(map[*html.Node]int32, len(p.Boxes))
		for i := range p.Boxes {
			p.index[p.Boxes[i].Node] = int32(i)
		}
	}
	if b, ok := p.index[n]; ok {
		return b
	}
	return -1
}

// Climb is the number of levels that are searched upwards from a picture or a line.
const Climb = 8

// Near returns the nearest box with a tag from b outward, at most a few levels up; -1 if
// there is none.
func (p *Page) Near(b int32, tag atom.Atom) int32 {
	for up := 0; b >= 0 && up < Climb; up++ {
		if p.Boxes[b].Tag == tag {
			return b
		}
		b = p.Boxes[b].Parent
	}
	return -1
}
