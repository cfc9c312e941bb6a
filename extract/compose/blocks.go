package compose

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/title"
)

// Body is the body as blocks, with the images that stand between them.
type Body struct {
	Blocks []article.Block
	Images []article.Image
}

// Blocks makes the body's blocks from the lines that are body or subhead
// and from the pictures that are the article's, in reading order.
func Blocks(p *page.Page, roles *page.Roles, head title.Result, text body.Result, pics picture.Result) Body {
	c := &composer{p: p, roles: roles, title: head.Line, text: text, pics: pics.Pictures}
	c.keepText()
	c.plainSubheads()
	if len(text.Declared) > 0 {
		c.pictures(int32(len(p.Lines)) + 1)
		for _, s := range text.Declared {
			c.out.Blocks = append(c.out.Blocks, article.Block{Type: article.Paragraph, Text: s})
		}
		return c.out
	}
	c.asks, c.speakers, c.entries = c.interview(), c.findTurns(), c.updates()
	all := p.Extent(text.First, text.Last, page.RoleBody, page.RoleSubhead)
	c.first, c.last = int32(all.First), int32(all.Last)
	c.pictures(int32(max(text.First, 0)))
	c.embeds(int32(max(text.First, 0)))
	for i := max(text.First, 0); i < text.Last; i++ {
		c.pictures(int32(i) + 1)
		c.embeds(int32(i) + 1)
		switch p.Lines[i].Role() {
		case page.RoleBody, page.RoleSubhead:
			c.line(int32(i))
		case page.RoleFigure:
			c.figure(int32(i))
		}
	}
	c.pictures(int32(len(p.Lines)) + 1)
	c.embeds(int32(len(p.Lines)) + 1)
	c.imageRoles()
	return c.out
}

// keepText returns captions to the body if nothing else is left of it: photo news, whose
// only paragraph is both story and caption. A gallery in which each of many pictures has
// a caption has no other text.
func (c *composer) keepText() {
	c.keepLongCaptions()
	captioned := 0
	for i := range c.pics {
		if pic := &c.pics[i]; pic.Keep && pic.Image.Caption != nil {
			captioned++
		}
	}
	if captioned >= body.ManyImages {
		return
	}
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		if c.p.Lines[i].Role() == page.RoleBody {
			return
		}
	}
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		if l := &c.p.Lines[i]; (l.Role() == page.RoleCaption || l.Role() == page.RoleFigure) && l.IsProse() {
			c.roles.Set(i, page.RoleBody, "only text there is")
		}
	}
}

// captionLimit is the mass above which a paragraph of the text is not a caption, whatever
// is beside it, unless its element is named one.
const captionLimit = 450

// keepLongCaptions gives paragraphs back to the body that are too long for captions.
func (c *composer) keepLongCaptions() {
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		l := &c.p.Lines[i]
		if l.Role() != page.RoleCaption || l.Mass < captionLimit || l.Stops < 1 || c.p.Boxes[l.Box].Inherited&page.NameCaption != 0 {
			continue
		}
		c.roles.Set(i, page.RoleBody, "too long for a caption")
		for j := range c.pics {
			if pic := &c.pics[j]; strings.Contains(l.Text(), article.Value(pic.Image.Caption)) {
				pic.Image.Caption = nil
			}
		}
	}
}

// plainSubheads finds subheads that no element marks: a short line without a
// closing sign between two paragraphs, as Chinese, Japanese and Korean editors set
// them. Captions that nothing claimed stand after a picture, and are left alone.
func (c *composer) plainSubheads() {
	if !c.p.CJK || c.text.Main < 0 {
		return
	}
	previous := -1
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		l := &c.p.Lines[i]
		switch l.Role() {
		case page.RoleBody, page.RoleSubhead:
		case page.RoleCaption, page.RolePlaceholder:
			previous = i
			continue
		default:
			continue
		}
		if l.Role() == page.RoleBody && c.looksSubhead(l) && c.betweenParagraphs(previous, i) {
			c.roles.Set(i, page.RoleSubhead, "short line between paragraphs")
		}
		previous = i
	}
}

// betweenParagraphs reports whether line i stands between a paragraph or a caption and
// a paragraph, and no picture stands right before it. previous is -1 for the first line
// of the text.
func (c *composer) betweenParagraphs(previous, i int) bool {
	if !c.followedByProse(i) || c.pictureBetween(previous, i) {
		return false
	}
	return previous < 0 || c.p.Lines[previous].IsProse() || c.p.Lines[previous].Role() == page.RoleCaption
}

// looksSubhead reports whether a line has the length and the punctuation of a subhead.
func (c *composer) looksSubhead(l *page.Line) bool {
	if l.Mass < 18 || l.Mass > 105 || l.LinkMass > 0 || l.Pre || int32(l.Digits)*3 > l.Chars {
		return false
	}
	switch c.p.Boxes[l.Box].Tag {
	case atom.Li, atom.Td, atom.Th, atom.Blockquote, atom.Dd:
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.Text())
	first, _ := utf8.DecodeRuneInString(l.Text())
	return !strings.ContainsRune("。！？；：，、…”’\"'）)》】.!?;:,—-", last) && !strings.ContainsRune("（(▲△图圖●◎■□※*注[【", first)
}

// followedByProse reports whether the next line of the body is a paragraph.
func (c *composer) followedByProse(i int) bool {
	for j := i + 1; j < c.text.Last; j++ {
		if r := c.p.Lines[j].Role(); r == page.RoleBody {
			return c.p.Lines[j].IsProse() && c.p.Lines[j].Mass >= 90
		} else if r == page.RoleSubhead {
			return false
		}
	}
	return false
}

// pictureBetween reports whether a picture without a caption stands between two lines.
func (c *composer) pictureBetween(before, i int) bool {
	for j := range c.pics {
		pic := &c.pics[j]
		if pic.Keep && int(pic.Line) > before && int(pic.Line) <= i && pic.Image.Caption == nil {
			return true
		}
	}
	return false
}

// composer puts blocks together.
type composer struct {
	p     *page.Page
	roles *page.Roles
	title int // line of the headline, -1 where none shows it
	text  body.Result
	pics  []picture.Picture
	out   Body

	next      int // first picture not yet placed
	nextEmbed int // first embed not yet placed
	list      openList
	quoted    openQuote
	done      int32           // lines before this one stand in a block already
	embedded  map[string]bool // addresses of embeds

	keys        []string // by line: the key of a line of the text, for quotations that repeat it
	compared    int      // quotations that were compared with them
	first, last int32    // first and last line of the text

	refs map[string]int32 // fragments that links of the text lead to, with the line of the first; made when first asked for

	asks     bool             // most subheads are questions
	speakers *turns           // who speaks in an interview, nil where it is none
	textual  bool             // a paragraph of the text was placed
	entries  map[int32]string // boxes of a live blog's entries that are not placed yet, with their times
}

// pictures places the article's pictures that stand before lines[to].
func (c *composer) pictures(to int32) {
	for ; c.next < len(c.pics) && c.pics[c.next].Line < to; c.next++ {
		pic := &c.pics[c.next]
		if !pic.Keep {
			continue
		}
		pic.Image.ID = strconv.Itoa(len(c.out.Images) + 1)
		c.out.Images = append(c.out.Images, pic.Image)
		c.out.Blocks = append(c.out.Blocks, article.Block{Type: article.ImagePlace, Image: pic.Image.ID})
		c.list = openList{}
	}
}

// line adds one line.
func (c *composer) line(i int32) {
	l := &c.p.Lines[i]
	switch {
	case i < c.done || c.entryTime(i):
		return
	case c.whole(l):
	case l.Role() == page.RoleSubhead:
		c.add(c.textBlock(i, article.Block{Type: article.Heading, Level: headingLevel(c.p.Boxes[l.Box].Tag)}))
	case c.item(i):
		return
	case c.quote(i):
	default:
		c.add(c.textBlock(i, article.Block{Type: article.Paragraph}))
	}
	c.list = openList{}
}

// textBlock fills a heading or a paragraph.
func (c *composer) textBlock(i int32, b article.Block) article.Block {
	b.Text, b.Marks = c.p.Lines[i].Text(), sortMarks(c.marks(i, 0))
	if at, ok := c.update(i); ok {
		b.Role, b.Time = article.RoleUpdate, at
	} else if b.Speaker, b.Role = c.turn(i); b.Role == "" {
		b.Role = c.roleOf(i)
	}
	if b.Type == article.Paragraph && b.Role != article.RoleStandfirst {
		c.textual = true
	}
	return b
}

// whole adds the block that holds a line and the lines after it: a table, a
// definition list, preformatted text.
func (c *composer) whole(l *page.Line) bool {
	if t := c.p.DataTable(l, c.text.Main); t >= 0 {
		c.done = c.p.Boxes[t].Last
		c.add(c.table(t))
		return true
	}
	if dl := c.definitionList(l); dl >= 0 {
		c.done = c.p.Boxes[dl].Last
		c.add(c.definitions(dl))
		return true
	}
	if pre := c.preformatted(l); pre >= 0 {
		c.done = c.p.Boxes[pre].Last
		c.add(c.preBlock(pre))
		return true
	}
	return false
}

func (c *composer) add(b article.Block) { c.out.Blocks = append(c.out.Blocks, b) }

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
