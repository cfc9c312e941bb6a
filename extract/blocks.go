package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
)

// blocksStep makes the body's blocks from the lines that are body or subhead
// and from the pictures that are the article's, in reading order.
func blocksStep(p *page) {
	p.keepText()
	p.plainSubheads()
	c := &composer{p: p}
	if len(p.declared) > 0 {
		c.pictures(int32(len(p.lines)) + 1)
		for _, text := range p.declared {
			p.out.Body = append(p.out.Body, article.Block{Type: article.Paragraph, Text: text})
		}
		return
	}
	c.pictures(int32(max(p.firstBody, 0)))
	for i := max(p.firstBody, 0); i < p.lastBody; i++ {
		c.pictures(int32(i) + 1)
		if r := p.lines[i].role; r == roleBody || r == roleSubhead {
			c.line(int32(i))
		}
	}
	c.pictures(int32(len(p.lines)) + 1)
}

// keepText gives the body back what was taken for captions, where nothing else
// is left: photo news, whose one paragraph tells the story and the picture. A
// gallery, where each of many pictures has its own, has no other text.
func (p *page) keepText() {
	p.keepLongCaptions()
	captioned := 0
	for i := range p.pictures {
		if pic := &p.pictures[i]; pic.keep && pic.image.Caption != "" {
			captioned++
		}
	}
	if captioned >= manyImages {
		return
	}
	for i := max(p.firstBody, 0); i < p.lastBody; i++ {
		if p.lines[i].role == roleBody {
			return
		}
	}
	for i := max(p.firstBody, 0); i < p.lastBody; i++ {
		if l := &p.lines[i]; l.role == roleCaption && l.isProse() {
			l.role = roleBody
		}
	}
}

// captionLimit is the mass above which a paragraph of the text is no caption,
// whatever stands beside it, unless its element says that it is one.
const captionLimit = 450

// keepLongCaptions gives paragraphs back to the body that are too long for captions.
func (p *page) keepLongCaptions() {
	for i := max(p.firstBody, 0); i < p.lastBody; i++ {
		l := &p.lines[i]
		if l.role != roleCaption || l.mass < captionLimit || l.stops < 1 || p.boxes[l.box].inherited&nameCaption != 0 {
			continue
		}
		l.role = roleBody
		for j := range p.pictures {
			if pic := &p.pictures[j]; strings.Contains(l.text, pic.image.Caption) {
				pic.image.Caption = ""
			}
		}
	}
}

// plainSubheads finds subheads that no element marks: a short line without a
// closing sign between two paragraphs, as Chinese, Japanese and Korean editors set
// them. Captions that nothing claimed stand after a picture, and are left alone.
func (p *page) plainSubheads() {
	if !p.cjk || p.main < 0 {
		return
	}
	previous := -1
	for i := max(p.firstBody, 0); i < p.lastBody; i++ {
		l := &p.lines[i]
		switch l.role {
		case roleBody, roleSubhead:
		case roleCaption, rolePlaceholder:
			previous = i
			continue
		default:
			continue
		}
		if l.role == roleBody && p.looksSubhead(l) && p.followedByProse(i) && (previous < 0 || p.lines[previous].isProse() || p.lines[previous].role == roleCaption) && !p.pictureBetween(previous, i) {
			l.role = roleSubhead
		}
		previous = i
	}
}

func (p *page) looksSubhead(l *line) bool {
	if l.mass < 18 || l.mass > 105 || l.linkMass > 0 || l.pre || int32(l.digits)*3 > l.chars {
		return false
	}
	switch p.boxes[l.box].tag {
	case atom.Li, atom.Td, atom.Th, atom.Blockquote, atom.Dd:
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	first, _ := utf8.DecodeRuneInString(l.text)
	return !strings.ContainsRune("。！？；：，、…”’\"'）)》】.!?;:,—-", last) && !strings.ContainsRune("（(▲△图圖●◎■□※*注[【", first)
}

// followedByProse tells whether the next line of the body is a paragraph.
func (p *page) followedByProse(i int) bool {
	for j := i + 1; j < p.lastBody; j++ {
		if r := p.lines[j].role; r == roleBody {
			return p.lines[j].isProse() && p.lines[j].mass >= 90
		} else if r == roleSubhead {
			return false
		}
	}
	return false
}

// pictureBetween tells whether a picture without a caption stands between two lines.
func (p *page) pictureBetween(before, i int) bool {
	for j := range p.pictures {
		pic := &p.pictures[j]
		if pic.keep && int(pic.line) > before && int(pic.line) <= i && pic.image.Caption == "" {
			return true
		}
	}
	return false
}

// composer puts blocks together.
type composer struct {
	p    *page
	next int   // first picture not yet placed
	list int32 // the ul or ol of the open list block
	done int32 // lines before this one stand in a table block already
}

// pictures places the article's pictures that stand before lines[to].
func (c *composer) pictures(to int32) {
	p := c.p
	for ; c.next < len(p.pictures) && p.pictures[c.next].line < to; c.next++ {
		pic := &p.pictures[c.next]
		if !pic.keep {
			continue
		}
		pic.image.ID = strconv.Itoa(len(p.out.Images) + 1)
		p.out.Images = append(p.out.Images, pic.image)
		p.out.Body = append(p.out.Body, article.Block{Type: article.ImagePlace, Image: pic.image.ID})
		c.list = 0
	}
}

// line adds one line.
func (c *composer) line(i int32) {
	p := c.p
	l := &p.lines[i]
	if i < c.done {
		return
	}
	if t := p.dataTable(l); t >= 0 {
		c.list, c.done = 0, p.boxes[t].last
		p.out.Body = append(p.out.Body, p.table(t)...)
		return
	}
	if l.role == roleSubhead {
		c.list = 0
		p.out.Body = append(p.out.Body, article.Block{Type: article.Heading, Level: headingLevel(p.boxes[l.box].tag), Text: l.text})
		return
	}
	if c.item(l) {
		return
	}
	c.list = 0
	kind := article.Paragraph
	main := int32(p.main)
	if p.ancestor(l.box, func(b *box) bool { return b.tag == atom.Blockquote }) > main {
		kind = article.Quote
	}
	p.out.Body = append(p.out.Body, article.Block{Type: kind, Text: l.text})
}

// item adds a list item, to the open list where it belongs to it.
func (c *composer) item(l *line) bool {
	p := c.p
	li := p.ancestor(l.box, func(b *box) bool { return b.tag == atom.Li })
	if li <= int32(p.main) {
		return false
	}
	list := p.boxes[li].parent
	if list <= 0 {
		return false
	}
	if c.list == list && len(p.out.Body) > 0 {
		b := &p.out.Body[len(p.out.Body)-1]
		b.Items = append(b.Items, l.text)
		return true
	}
	c.list = list
	p.out.Body = append(p.out.Body, article.Block{Type: article.List, Ordered: p.boxes[list].tag == atom.Ol, Items: []string{l.text}})
	return true
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 2
}
