package picture

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/body"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// captionBelow takes the line below a picture where it is a caption, with the
// lines after it that belong to it.
func (s *imageSorter) captionBelow(i int) {
	p := s.p
	pic := &s.pictures[i]
	at := s.nextLine(pic)
	if at < 0 || s.next[i] <= at || pic.Image.Caption != nil || strings.HasPrefix(p.Lines[at].Text(), "▼") {
		return
	}
	if !s.isCaption(pic, at) && !s.credited(at, s.next[i]) {
		return
	}
	taken := []int32{at}
	block := s.captionBlock(at)
	for j := at + 1; j < s.next[i] && j < int32(len(p.Lines)) && len(taken) < maxFigure; j++ {
		inside := block > int32(s.text.Main) && p.Within(p.Lines[j].Box, block)
		if !inside && !s.creditLine(j) {
			break
		}
		taken = append(taken, j)
	}
	s.take(pic, taken)
}

// credited reports whether a short paragraph is followed by a line that names who
// made the picture, before the next picture.
func (s *imageSorter) credited(at, next int32) bool {
	l := &s.p.Lines[at]
	if l.Role() != page.RoleBody || l.Mass > 3*shortCaption/2 || l.Stops >= 3 || s.creditLine(at) {
		return false
	}
	below := at + 1
	for below < int32(len(s.p.Lines)) && s.p.Lines[below].Hidden() {
		below++
	}
	return below < next && s.creditLine(below)
}

// captionBlock returns the outermost near box around a line that is named after
// captions, -1 where there is none.
func (s *imageSorter) captionBlock(at int32) int32 {
	p, block := s.p, int32(-1)
	for b, up := p.Lines[at].Box, 0; b > int32(s.text.Main) && up < page.Climb; b, up = p.Boxes[b].Parent, up+1 {
		if p.Boxes[b].Name&page.NameCaption != 0 {
			block = b
		}
	}
	return block
}

// verdict is what one look at a line below a picture says of it.
type verdict int8

const (
	undecided verdict = iota
	caption
	noCaption
)

// captionLooks are the looks at the line below a picture, in order: the first that
// decides counts.
var captionLooks = []func(*imageSorter, *Picture, int32) verdict{
	(*imageSorter).lookAtForm, (*imageSorter).lookAtWords, (*imageSorter).lookAtNames, (*imageSorter).lookAtPlace,
}

// isCaption reports whether the line below a picture is its caption.
func (s *imageSorter) isCaption(pic *Picture, at int32) bool {
	for _, look := range captionLooks {
		if v := look(s, pic, at); v != undecided {
			return v == caption
		}
	}
	return s.shortParagraph(pic, at) || s.boxed(pic, at)
}

func verdictOf(yes bool) verdict {
	if yes {
		return caption
	}
	return noCaption
}

// lookAtForm rules out dates, links, subheads and long paragraphs. The headline
// printed again below the first picture is a caption.
func (s *imageSorter) lookAtForm(_ *Picture, at int32) verdict {
	l := &s.p.Lines[at]
	tag := s.p.Boxes[l.Box].Tag
	switch {
	case l.Role() == page.RoleDate, l.LinkMass*2 > l.Mass, l.Mass > longCaption, page.IsSubheadTag(tag), tag == atom.H1:
		return noCaption
	case l.Role() == page.RoleTitle:
		return verdictOf(int(at) != s.head.Line && l.BoldMass == 0 && at >= s.p.Boxes[s.text.Main].First)
	}
	return undecided
}

// lookAtWords takes lines that say that they are captions ("图：…", "记者 X 摄",
// which the credits step takes for credits of the article).
func (s *imageSorter) lookAtWords(pic *Picture, at int32) verdict {
	l := &s.p.Lines[at]
	switch {
	case captionWords(l.Text()) && (l.Mass <= sentences || !floats(pic.Node) && startsCaption(l.Text())):
		return caption
	case l.Role() == page.RoleCredit || body.ChromePhrase(l.Text()):
		return noCaption
	}
	return undecided
}

// lookAtNames takes lines in a box that is named after captions, and those that
// repeat what the picture says of itself.
func (s *imageSorter) lookAtNames(pic *Picture, at int32) verdict {
	l := &s.p.Lines[at]
	switch {
	case s.p.Boxes[l.Box].Name&page.NameCaption != 0 || s.repeatsAlt(pic, l.Text()):
		return caption
	case l.Mass > 2*shortCaption:
		return noCaption
	}
	return undecided
}

// lookAtPlace takes lines that stand as captions do: in the picture's own box,
// or centred below it.
func (s *imageSorter) lookAtPlace(pic *Picture, at int32) verdict {
	l := &s.p.Lines[at]
	centred := s.centred(l.Box) && !s.para.centred
	switch {
	case floats(pic.Node):
		return verdictOf(s.otherClass(pic, at))
	case l.Role() == page.RoleSubhead:
		return verdictOf(s.mostShort && centred)
	case centred, s.inOwnBox(pic, l):
		return caption
	}
	return undecided
}

// inOwnBox reports whether a line stands behind a line break in the small box of
// a picture, or is all that an item of a list holds beside its picture.
func (s *imageSorter) inOwnBox(pic *Picture, l *page.Line) bool {
	own := &s.p.Boxes[pic.Box]
	if l.Box != pic.Box || int(pic.Box) == s.text.Main {
		return false
	}
	alone := own.Tag == atom.Li && own.Last-own.First == 1 && !floats(pic.Node)
	return alone || l.Breaks > 0 && own.Last-own.First <= 3
}

// repeatsAlt reports whether a line begins with the picture's alternative text or
// its title, which then are a description and not the headline.
func (s *imageSorter) repeatsAlt(pic *Picture, str string) bool {
	if pic.Node == nil {
		return false
	}
	for _, name := range [...]string{"alt", "title"} {
		alt := text.Squeeze(page.Attr(pic.Node, name))
		if len(alt) >= 15 && strings.HasPrefix(str, alt) && text.Key(alt) != text.Key(s.head.Text) {
			return true
		}
	}
	return false
}
