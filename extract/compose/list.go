package compose

import (
	"strconv"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// openList is the list block that lines are added to.
type openList struct {
	root  int32 // its outermost ul or ol, 0 where none is open
	li    int32 // item of the last line
	chars int   // code points of its text so far
}

// item adds a line of a list item, to the open list if it belongs to it. An item
// that holds a heading or several paragraphs is a section of the text and no item.
func (c *composer) item(i int32) bool {
	l := &c.p.Lines[i]
	main := int32(c.text.Main)
	li := c.p.Ancestor(l.Box, func(b *page.Box) bool { return b.Tag == atom.Li })
	if li <= main || c.p.Boxes[li].Parent <= 0 || c.isSection(li) {
		return false
	}
	root, level := c.listAround(li)
	if c.list.root != root || len(c.out.Blocks) == 0 {
		c.list = openList{root: root, li: -1}
		block := article.Block{Type: article.List, Ordered: c.p.Boxes[c.p.Boxes[li].Parent].Tag == atom.Ol}
		if block.Ordered {
			block.Start = c.number(li)
		}
		block.Role = c.roleOf(i)
		c.out.Blocks = append(c.out.Blocks, block)
	}
	b := &c.out.Blocks[len(c.out.Blocks)-1]
	n := len(b.Items)
	if c.list.li == li && n > 0 {
		b.Marks = append(b.Marks, c.marks(i, c.list.chars+1)...)
		b.Items[n-1] += " " + l.Text()
		c.list.chars += 1 + utf8.RuneCountInString(l.Text())
		return true
	}
	if n > 0 {
		c.list.chars++ // the line feed between items
	}
	b.Marks = append(b.Marks, c.marks(i, c.list.chars)...)
	b.Items = append(b.Items, l.Text())
	c.list.chars += utf8.RuneCountInString(l.Text())
	c.list.li = li
	if level > 0 && len(b.Levels) == 0 {
		b.Levels = make([]int, n)
	}
	if len(b.Levels) > 0 || level > 0 {
		b.Levels = append(b.Levels, level)
	}
	return true
}

// isSection reports whether an item of a list holds a heading, or more than two
// paragraphs: the article is then written as a list.
func (c *composer) isSection(li int32) bool {
	x := &c.p.Boxes[li]
	prose := 0
	for i := x.First; i < x.Last; i++ {
		l := &c.p.Lines[i]
		inner := c.p.Ancestor(l.Box, func(b *page.Box) bool { return b.Tag == atom.Li })
		if inner != li || l.Hidden() {
			continue
		}
		if page.IsSubheadTag(c.p.Boxes[l.Box].Tag) && l.Role() == page.RoleSubhead {
			return true
		}
		if l.IsProse() && l.Role() == page.RoleBody {
			prose++
		}
	}
	return prose > 2
}

// listAround returns the outermost list around an item inside the container, and
// how deep the item is nested in it.
func (c *composer) listAround(li int32) (root int32, level int) {
	root = c.p.Boxes[li].Parent
	for b := root; b > int32(c.text.Main); b = c.p.Boxes[b].Parent {
		switch c.p.Boxes[b].Tag {
		case atom.Ul, atom.Ol:
			if b != root {
				root = b
				level++
			}
		case atom.Li:
			if c.isSection(b) {
				return root, level
			}
		case atom.Td, atom.Th, atom.Blockquote, atom.Figure:
			return root, level
		}
	}
	return root, level
}

// number returns the number that a browser prints before an item, 0 for 1.
func (c *composer) number(li int32) int {
	if n, err := strconv.Atoi(page.Attr(c.p.Boxes[li].Node, "value")); err == nil && n > 1 {
		return n
	}
	if n, err := strconv.Atoi(page.Attr(c.p.Boxes[c.p.Boxes[li].Parent].Node, "start")); err == nil && n > 1 {
		return n
	}
	return 0
}
