package picture

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// Longest captions, in mass (a Han character counts three, a letter one). A line
// that says by its words or markup that it is a caption may be a few sentences
// long; a line of which only the place says so must be short.
const (
	longCaption  = 660
	sentences    = 400 // a paragraph may be as long and end with a picture's credit
	shortCaption = 180
	plainCaption = 120
)

// captions finds the captions of the pictures that are kept. The lines become
// RoleCaption and leave the body.
func (s *imageSorter) captions() {
	if s.captionsByRule() {
		return
	}
	s.nextPictures()
	s.lineUp()
	for i := range s.pictures {
		pic := &s.pictures[i]
		if !pic.Keep || pic.Box < 0 {
			continue
		}
		if !s.figureCaption(pic) {
			s.captionAbove(pic)
			s.captionBelow(i)
		}
		s.legendApart(i)
	}
	s.captionApart()
	s.strayCaptions()
}

// nextPictures notes for each picture the place of the next one that is kept.
func (s *imageSorter) nextPictures() {
	s.next = make([]int32, len(s.pictures))
	next := int32(len(s.p.Lines))
	for i := len(s.pictures) - 1; i >= 0; i-- {
		s.next[i] = next
		if s.pictures[i].Keep {
			next = s.pictures[i].Line
		}
	}
}

// lineUp compares the lines below all pictures of the article. If most pictures have a
// short line below them, these lines are captions. If few have, short lines are
// paragraphs or subheads.
func (s *imageSorter) lineUp() {
	p := s.p
	n, short := 0, 0
	below := map[int32]bool{}
	for i := range s.pictures {
		pic := &s.pictures[i]
		if !pic.Keep {
			continue
		}
		at := s.nextLine(pic)
		if at < 0 || s.next[i] <= at {
			continue
		}
		n++
		below[at] = true
		if s.isShort(at) {
			short++
		}
	}
	others, shortOthers := 0, 0
	for i := max(s.first, 0); i <= s.last; i++ {
		if r := p.Lines[i].Role(); (r == page.RoleBody || r == page.RoleSubhead) && !below[i] {
			others++
			if s.isShort(i) {
				shortOthers++
			}
		}
	}
	s.mostShort = n > 1 && short*10 >= n*6 && 4*(short*others-shortOthers*n) > n*others
	s.fewShort = n > 3 && short*10 < n*3
	s.onlyShort = n == 1 && shortOthers*2 < others
}

// isShort reports whether a line has the length of a caption: at most one short sentence.
func (s *imageSorter) isShort(i int32) bool {
	l := &s.p.Lines[i]
	oneSentence := l.Stops == 0 || l.Stops == 1 && l.Chars <= 15
	return oneSentence && l.Mass <= plainCaption && l.LinkMass == 0 && l.Commas < 2
}

// captionApart gives a line that calls itself the picture's caption, but is elsewhere on
// the page, to the picture if the article has only one.
func (s *imageSorter) captionApart() {
	p := s.p
	var only *Picture
	for i := range s.pictures {
		if s.pictures[i].Keep {
			if only != nil {
				return
			}
			only = &s.pictures[i]
		}
	}
	if only == nil || only.Image.Caption != nil || s.first < 0 {
		return
	}
	for i := s.first; i <= s.last; i++ {
		l := &p.Lines[i]
		if l.Role() == page.RoleBody && l.Mass <= longCaption && (strings.HasPrefix(l.Text(), "圖說") || strings.HasPrefix(l.Text(), "图说")) {
			s.roles.Set(int(i), page.RoleCaption, "calls itself the picture's caption")
			s.setCaption(only, l.Text())
			return
		}
	}
}

const maxFigure = 40 // lines of a figure or a caption

// figureCaption takes what the figure around a picture holds beside it: its
// figcaption, or, where it has none, a few short lines.
func (s *imageSorter) figureCaption(pic *Picture) bool {
	p := s.p
	fig := p.Near(pic.Box, atom.Figure)
	if fig < 0 || p.Boxes[fig].Last-p.Boxes[fig].First > maxFigure {
		return false
	}
	x := &p.Boxes[fig]
	var inside, beside []int32
	for i := x.First; i < x.Last; i++ {
		l := &p.Lines[i]
		switch {
		case l.Hidden() || l.Role() == page.RolePlaceholder || l.Mass > 2*longCaption:
		case p.Near(l.Box, atom.Figcaption) > fig:
			inside = append(inside, i)
		case l.Mass <= longCaption:
			beside = append(beside, i)
		}
	}
	if len(inside) == 0 && len(beside) <= 3 {
		inside = beside
	}
	s.take(pic, inside)
	return len(inside) > 0
}

// captionAbove takes the short line above a picture that points down to it.
func (s *imageSorter) captionAbove(pic *Picture) {
	at := pic.Line - 1
	if at < max(s.first, 0) {
		return
	}
	l := &s.p.Lines[at]
	if !l.Hidden() && l.Role() == page.RoleBody && l.Mass <= shortCaption && (strings.HasPrefix(l.Text(), "▼") || strings.HasPrefix(l.Text(), "▽")) {
		s.take(pic, []int32{at})
	}
}

// take makes lines the legend of a picture; a line printed twice (in full and
// cut short) counts once.
func (s *imageSorter) take(pic *Picture, lines []int32) {
	if len(lines) == 0 {
		return
	}
	around := s.p.Lines[lines[0]].Box
	for around >= 0 && !s.p.Within(pic.Box, around) {
		around = s.p.Boxes[around].Parent
	}
	pieces := s.legend(lines, around)
	for _, i := range lines {
		if l := &s.p.Lines[i]; !l.Hidden() {
			s.roles.Set(int(i), page.RoleCaption, "caption of a picture")
		}
	}
	if len(pieces) > 0 {
		s.setLegend(pic, pieces)
	}
}

// creditLine reports whether a short line names only the maker or owner of a picture.
func (s *imageSorter) creditLine(i int32) bool {
	if int(i) >= len(s.p.Lines) {
		return false
	}
	l := &s.p.Lines[i]
	return !l.Hidden() && l.Mass <= 150 && l.Role() != page.RoleTitle && l.Role() != page.RoleDate && startsWithCredit(l.Text())
}

// nextLine returns the first visible line below a picture that is not its placeholder, -1
// if there is none near.
func (s *imageSorter) nextLine(pic *Picture) int32 {
	for i := pic.Line; i < int32(len(s.p.Lines)); i++ {
		l := &s.p.Lines[i]
		if !l.Hidden() && l.Role() != page.RolePlaceholder {
			return i
		}
	}
	return -1
}

// floats reports whether text flows around a picture. The line that follows the picture
// is then a paragraph.
func floats(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch strings.ToLower(page.Attr(n, "align")) {
	case "left", "right":
		return true
	}
	class := page.Attr(n, "class")
	return strings.Contains(class, "alignleft") || strings.Contains(class, "alignright") || styleValue(page.Attr(n, "style"), "float") != ""
}

// strayCaptions drops from the body the lines that call themselves captions but have no
// picture: the publisher removed it, or a script loads it.
func (s *imageSorter) strayCaptions() {
	p := s.p
	for i := max(s.first, 0); i <= s.last; i++ {
		l := &p.Lines[i]
		switch {
		case l.Role() != page.RoleBody || l.Mass > longCaption/2 || l.LinkMass > 0:
		case endsWithCredit(l.Text()) && s.sentencesOf(i):
		case endsWithCredit(l.Text()):
			s.roles.Set(int(i), page.RoleCaption, "ends with a photo credit")
		case counter(l.Text()):
			s.roles.Set(int(i), page.RoleChrome, "counts pictures")
		}
	}
}

// sentencesOf reports whether a line that ends with a picture's credit is a
// paragraph of the text: it looks as the others do and holds two sentences. The
// credit is cut off.
func (s *imageSorter) sentencesOf(i int32) bool {
	l := &s.p.Lines[i]
	text, credit := partCredit(l.Text())
	if credit == "" || l.Stops < 2 || !endsSentence(text) {
		return false
	}
	inCaption := s.p.Boxes[l.Box].Inherited&page.NameCaption != 0
	if inCaption || s.hasOtherClass(l) {
		return false
	}
	s.roles.Cut(int(i), len(text))
	return true
}

func (s *imageSorter) setCaption(pic *Picture, text string) {
	s.setLegend(pic, []piece{{text: text}})
}
