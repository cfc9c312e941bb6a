package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
// roleCaption and leave the body.
func (s *imageSorter) captions() {
	if s.captionsByRule() {
		return
	}
	s.nextPictures()
	s.lineUp()
	for i := range s.pictures {
		if pic := &s.pictures[i]; pic.keep && !s.figureCaption(pic) {
			s.captionAbove(pic)
			s.captionBelow(i)
		}
	}
	s.captionApart()
	s.strayCaptions()
}

// nextPictures notes for each picture the place of the next one that is kept.
func (s *imageSorter) nextPictures() {
	s.next = make([]int32, len(s.pictures))
	next := int32(len(s.p.lines))
	for i := len(s.pictures) - 1; i >= 0; i-- {
		s.next[i] = next
		if s.pictures[i].keep {
			next = s.pictures[i].line
		}
	}
}

// lineUp looks at what stands below the pictures of the whole article: where
// most have a short line below them, these are captions, and where few have,
// the short lines are paragraphs or subheads.
func (s *imageSorter) lineUp() {
	p := s.p
	n, short := 0, 0
	below := map[int32]bool{}
	for i := range s.pictures {
		pic := &s.pictures[i]
		if !pic.keep {
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
		if r := p.lines[i].role; (r == roleBody || r == roleSubhead) && !below[i] {
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

func (s *imageSorter) isShort(i int32) bool {
	l := &s.p.lines[i]
	return l.mass <= plainCaption && l.linkMass == 0 && l.commas < 2 && (l.stops == 0 || l.stops == 1 && l.chars <= 15)
}

// captionApart gives a line that calls itself the picture's caption, but stands
// elsewhere, to the only picture there is.
func (s *imageSorter) captionApart() {
	p := s.p
	var only *picture
	for i := range s.pictures {
		if s.pictures[i].keep {
			if only != nil {
				return
			}
			only = &s.pictures[i]
		}
	}
	if only == nil || only.image.Caption != "" || s.first < 0 {
		return
	}
	for i := s.first; i <= s.last; i++ {
		l := &p.lines[i]
		if l.role == roleBody && l.mass <= longCaption && (strings.HasPrefix(l.text, "圖說") || strings.HasPrefix(l.text, "图说")) {
			s.roles.Set(int(i), roleCaption, "calls itself the picture's caption")
			s.setCaption(only, l.text)
			return
		}
	}
}

const maxFigure = 40 // lines of a figure or a caption

// figureCaption takes what the figure around a picture holds beside it: its
// figcaption, or, where it has none, a few short lines.
func (s *imageSorter) figureCaption(pic *picture) bool {
	p := s.p
	fig := p.near(pic.box, atom.Figure)
	if fig < 0 || p.boxes[fig].last-p.boxes[fig].first > maxFigure {
		return false
	}
	x := &p.boxes[fig]
	var inside, beside []int32
	for i := x.first; i < x.last; i++ {
		l := &p.lines[i]
		switch {
		case l.hidden || l.role == rolePlaceholder || l.mass > 2*longCaption:
		case p.near(l.box, atom.Figcaption) > fig:
			inside = append(inside, i)
		case l.mass <= longCaption:
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
func (s *imageSorter) captionAbove(pic *picture) {
	at := pic.line - 1
	if at < max(s.first, 0) {
		return
	}
	l := &s.p.lines[at]
	if !l.hidden && l.role == roleBody && l.mass <= shortCaption && (strings.HasPrefix(l.text, "▼") || strings.HasPrefix(l.text, "▽")) {
		s.take(pic, []int32{at})
	}
}

// captionBelow takes the line below a picture where it is a caption, with the
// lines after it that belong to it.
func (s *imageSorter) captionBelow(i int) {
	p := s.p
	pic := &s.pictures[i]
	at := s.nextLine(pic)
	if at < 0 || s.next[i] <= at || pic.image.Caption != "" || strings.HasPrefix(p.lines[at].text, "▼") {
		return
	}
	below := at + 1
	for below < int32(len(p.lines)) && p.lines[below].hidden {
		below++
	}
	credited := below < s.next[i] && s.creditLine(below) && !s.creditLine(at) && p.lines[at].mass <= 3*shortCaption/2 && p.lines[at].stops < 3
	if !s.isCaption(pic, at) && !(credited && p.lines[at].role == roleBody) {
		return
	}
	taken := []int32{at}
	block := int32(-1)
	for b, up := p.lines[at].box, 0; b > int32(s.text.main) && up < climb; b, up = p.boxes[b].parent, up+1 {
		if p.boxes[b].name&nameCaption != 0 {
			block = b
		}
	}
	for j := at + 1; j < s.next[i] && j < int32(len(p.lines)) && len(taken) < maxFigure; j++ {
		inside := block > int32(s.text.main) && p.within(p.lines[j].box, block)
		if !inside && !s.creditLine(j) {
			break
		}
		taken = append(taken, j)
	}
	s.take(pic, taken)
}

// take makes lines the caption of a picture; a line printed twice (in full and
// cut short) counts once.
func (s *imageSorter) take(pic *picture, lines []int32) {
	var parts []string
	for _, i := range lines {
		l := &s.p.lines[i]
		if l.hidden {
			continue
		}
		s.roles.Set(int(i), roleCaption, "caption of a picture")
		if len(parts) == 0 || parts[len(parts)-1] != l.text {
			parts = append(parts, l.text)
		}
	}
	if len(parts) > 0 {
		s.setCaption(pic, strings.Join(parts, " "))
	}
}

// creditLine tells a short line that names only who made or owns a picture.
func (s *imageSorter) creditLine(i int32) bool {
	if int(i) >= len(s.p.lines) {
		return false
	}
	l := &s.p.lines[i]
	return !l.hidden && l.mass <= 150 && l.role != roleTitle && l.role != roleDate && startsWithCredit(l.text)
}

// nextLine returns the first line below a picture that is to be seen and is no
// placeholder of it, -1 where there is none near.
func (s *imageSorter) nextLine(pic *picture) int32 {
	for i := pic.line; i < int32(len(s.p.lines)); i++ {
		l := &s.p.lines[i]
		if !l.hidden && l.role != rolePlaceholder {
			return i
		}
	}
	return -1
}

// isCaption tells whether the line below a picture is its caption.
func (s *imageSorter) isCaption(pic *picture, at int32) bool {
	p := s.p
	l := &p.lines[at]
	tag := p.boxes[l.box].tag
	if l.role == roleDate || l.linkMass*2 > l.mass || l.mass > longCaption || isSubheadTag(tag) || tag == atom.H1 {
		return false
	}
	if l.role == roleTitle { // the headline printed again below the first picture
		return int(at) != s.head.line && l.boldMass == 0 && at >= p.boxes[s.text.main].first
	}
	if captionWords(l.text) && (l.mass <= sentences || !floats(pic.node) && startsCaption(l.text)) {
		return true // the credits step takes "图：…" and "记者 X 摄" for credits of the article
	}
	if l.role == roleCredit || chromePhrase(l.text) {
		return false
	}
	if p.boxes[l.box].name&nameCaption != 0 || s.repeatsAlt(pic, l.text) {
		return true
	}
	if l.mass > 2*shortCaption {
		return false
	}
	if floats(pic.node) {
		return s.otherClass(pic, at)
	}
	if l.role == roleSubhead {
		return s.mostShort && s.centred(l.box) && !s.para.centred
	}
	own := &p.boxes[pic.box]
	if l.box == pic.box && l.breaks > 0 && int(pic.box) != s.text.main && own.last-own.first <= 3 {
		return true
	}
	if s.centred(l.box) && !s.para.centred {
		return true
	}
	return s.shortParagraph(pic, at) || s.boxed(pic, at)
}

// repeatsAlt tells whether a line begins with the picture's alternative text or
// its title, which then are a description and not the headline.
func (s *imageSorter) repeatsAlt(pic *picture, text string) bool {
	if pic.node == nil {
		return false
	}
	for _, name := range [...]string{"alt", "title"} {
		alt := squeeze(attr(pic.node, name))
		if len(alt) >= 15 && strings.HasPrefix(text, alt) && key(alt) != key(s.head.text) {
			return true
		}
	}
	return false
}

// floats tells whether text flows around a picture: what follows it is then a
// paragraph.
func floats(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch strings.ToLower(attr(n, "align")) {
	case "left", "right":
		return true
	}
	class := attr(n, "class")
	return strings.Contains(class, "alignleft") || strings.Contains(class, "alignright") || styleValue(attr(n, "style"), "float") != ""
}

// strayCaptions takes out of the body what says that it is a caption though its
// picture is not there: cut out by the publisher, or loaded by a script.
func (s *imageSorter) strayCaptions() {
	p := s.p
	for i := max(s.first, 0); i <= s.last; i++ {
		l := &p.lines[i]
		switch {
		case l.role != roleBody || l.mass > longCaption/2 || l.linkMass > 0:
		case endsWithCredit(l.text):
			s.roles.Set(int(i), roleCaption, "ends with a photo credit")
		case counter(l.text):
			s.roles.Set(int(i), roleChrome, "counts pictures")
		}
	}
}

func (s *imageSorter) setCaption(pic *picture, text string) {
	pic.image.Caption = text
	if caption, credit, ok := cutCredit(text); ok && !s.p.cjk {
		pic.image.Caption, pic.image.Credit = caption, &credit
		return
	}
	if c := photoCredit(text); c != "" {
		pic.image.Credit = &c
	}
}
