package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
)

// blocksResult is the body as blocks, with the images that stand between them.
type blocksResult struct {
	body   []article.Block
	images []article.Image
}

// makeBlocks makes the body's blocks from the lines that are body or subhead
// and from the pictures that are the article's, in reading order.
func makeBlocks(p *page, roles *pageRoles, text bodyResult, pics pictureResult) blocksResult {
	c := &composer{p: p, roles: roles, text: text, pics: pics.pictures}
	c.keepText()
	c.plainSubheads()
	if len(text.declared) > 0 {
		c.pictures(int32(len(p.lines)) + 1)
		for _, s := range text.declared {
			c.out.body = append(c.out.body, article.Block{Type: article.Paragraph, Text: s})
		}
		return c.out
	}
	c.pictures(int32(max(text.first, 0)))
	for i := max(text.first, 0); i < text.last; i++ {
		c.pictures(int32(i) + 1)
		if r := p.lines[i].role; r == roleBody || r == roleSubhead {
			c.line(int32(i))
		}
	}
	c.pictures(int32(len(p.lines)) + 1)
	return c.out
}

// keepText gives the body back what was taken for captions, where nothing else
// is left: photo news, whose one paragraph tells the story and the picture. A
// gallery, where each of many pictures has its own, has no other text.
func (c *composer) keepText() {
	c.keepLongCaptions()
	captioned := 0
	for i := range c.pics {
		if pic := &c.pics[i]; pic.keep && pic.image.Caption != "" {
			captioned++
		}
	}
	if captioned >= manyImages {
		return
	}
	for i := max(c.text.first, 0); i < c.text.last; i++ {
		if c.p.lines[i].role == roleBody {
			return
		}
	}
	for i := max(c.text.first, 0); i < c.text.last; i++ {
		if l := &c.p.lines[i]; l.role == roleCaption && l.isProse() {
			c.roles.Set(i, roleBody, "only text there is")
		}
	}
}

// captionLimit is the mass above which a paragraph of the text is no caption,
// whatever stands beside it, unless its element says that it is one.
const captionLimit = 450

// keepLongCaptions gives paragraphs back to the body that are too long for captions.
func (c *composer) keepLongCaptions() {
	for i := max(c.text.first, 0); i < c.text.last; i++ {
		l := &c.p.lines[i]
		if l.role != roleCaption || l.mass < captionLimit || l.stops < 1 || c.p.boxes[l.box].inherited&nameCaption != 0 {
			continue
		}
		c.roles.Set(i, roleBody, "too long for a caption")
		for j := range c.pics {
			if pic := &c.pics[j]; strings.Contains(l.text, pic.image.Caption) {
				pic.image.Caption = ""
			}
		}
	}
}

// plainSubheads finds subheads that no element marks: a short line without a
// closing sign between two paragraphs, as Chinese, Japanese and Korean editors set
// them. Captions that nothing claimed stand after a picture, and are left alone.
func (c *composer) plainSubheads() {
	if !c.p.cjk || c.text.main < 0 {
		return
	}
	previous := -1
	for i := max(c.text.first, 0); i < c.text.last; i++ {
		l := &c.p.lines[i]
		switch l.role {
		case roleBody, roleSubhead:
		case roleCaption, rolePlaceholder:
			previous = i
			continue
		default:
			continue
		}
		if l.role == roleBody && c.looksSubhead(l) && c.followedByProse(i) && (previous < 0 || c.p.lines[previous].isProse() || c.p.lines[previous].role == roleCaption) && !c.pictureBetween(previous, i) {
			c.roles.Set(i, roleSubhead, "short line between paragraphs")
		}
		previous = i
	}
}

func (c *composer) looksSubhead(l *line) bool {
	if l.mass < 18 || l.mass > 105 || l.linkMass > 0 || l.pre || int32(l.digits)*3 > l.chars {
		return false
	}
	switch c.p.boxes[l.box].tag {
	case atom.Li, atom.Td, atom.Th, atom.Blockquote, atom.Dd:
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	first, _ := utf8.DecodeRuneInString(l.text)
	return !strings.ContainsRune("。！？；：，、…”’\"'）)》】.!?;:,—-", last) && !strings.ContainsRune("（(▲△图圖●◎■□※*注[【", first)
}

// followedByProse tells whether the next line of the body is a paragraph.
func (c *composer) followedByProse(i int) bool {
	for j := i + 1; j < c.text.last; j++ {
		if r := c.p.lines[j].role; r == roleBody {
			return c.p.lines[j].isProse() && c.p.lines[j].mass >= 90
		} else if r == roleSubhead {
			return false
		}
	}
	return false
}

// pictureBetween tells whether a picture without a caption stands between two lines.
func (c *composer) pictureBetween(before, i int) bool {
	for j := range c.pics {
		pic := &c.pics[j]
		if pic.keep && int(pic.line) > before && int(pic.line) <= i && pic.image.Caption == "" {
			return true
		}
	}
	return false
}

// composer puts blocks together.
type composer struct {
	p     *page
	roles *pageRoles
	text  bodyResult
	pics  []picture
	out   blocksResult

	next int   // first picture not yet placed
	list int32 // the ul or ol of the open list block
	done int32 // lines before this one stand in a table block already
}

// pictures places the article's pictures that stand before lines[to].
func (c *composer) pictures(to int32) {
	for ; c.next < len(c.pics) && c.pics[c.next].line < to; c.next++ {
		pic := &c.pics[c.next]
		if !pic.keep {
			continue
		}
		pic.image.ID = strconv.Itoa(len(c.out.images) + 1)
		c.out.images = append(c.out.images, pic.image)
		c.out.body = append(c.out.body, article.Block{Type: article.ImagePlace, Image: pic.image.ID})
		c.list = 0
	}
}

// line adds one line.
func (c *composer) line(i int32) {
	l := &c.p.lines[i]
	if i < c.done {
		return
	}
	if t := c.p.dataTable(l, c.text.main); t >= 0 {
		c.list, c.done = 0, c.p.boxes[t].last
		c.out.body = append(c.out.body, c.table(t)...)
		return
	}
	if l.role == roleSubhead {
		c.list = 0
		c.out.body = append(c.out.body, article.Block{Type: article.Heading, Level: headingLevel(c.p.boxes[l.box].tag), Text: l.text})
		return
	}
	if c.item(l) {
		return
	}
	c.list = 0
	kind := article.Paragraph
	main := int32(c.text.main)
	if c.p.ancestor(l.box, func(b *box) bool { return b.tag == atom.Blockquote }) > main {
		kind = article.Quote
	}
	c.out.body = append(c.out.body, article.Block{Type: kind, Text: l.text})
}

// item adds a list item, to the open list where it belongs to it.
func (c *composer) item(l *line) bool {
	li := c.p.ancestor(l.box, func(b *box) bool { return b.tag == atom.Li })
	if li <= int32(c.text.main) {
		return false
	}
	list := c.p.boxes[li].parent
	if list <= 0 {
		return false
	}
	if c.list == list && len(c.out.body) > 0 {
		b := &c.out.body[len(c.out.body)-1]
		b.Items = append(b.Items, l.text)
		return true
	}
	c.list = list
	c.out.body = append(c.out.body, article.Block{Type: article.List, Ordered: c.p.boxes[list].tag == atom.Ol, Items: []string{l.text}})
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
