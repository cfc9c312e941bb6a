package picture

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
)

// card returns the largest box around a picture that holds no other picture of the
// article and no body text. The text in it describes the picture.
func (s *imageSorter) card(i int) int32 {
	p := s.p
	pic := &s.pictures[i]
	best := int32(-1)
	for b := pic.Box; b >= 0 && int(b) != s.text.Main && !s.holdsOther(b, i); b = p.Boxes[b].Parent {
		best = b
	}
	return best
}

// maxCard is the most lines that a picture's card holds.
const maxCard = 12

// holdsOther reports whether a box holds more than one picture and what is said of it.
func (s *imageSorter) holdsOther(b int32, i int) bool {
	p := s.p
	x := &p.Boxes[b]
	if x.Last-x.First > maxCard || p.Within(int32(s.text.Main), b) {
		return true
	}
	for j := x.First; j < x.Last; j++ {
		l := &p.Lines[j]
		switch {
		case l.Hidden():
		case l.Role() == page.RoleTitle || l.Role() == page.RoleDate || l.Role() == page.RoleSubhead || int(j) == s.head.Line:
			return true
		case l.Role() == page.RoleBody && l.IsProse() && l.Mass > plainCaption:
			return true
		}
	}
	return s.keptBeside(b, i, -1) || s.keptBeside(b, i, 1)
}

// maxBeside is how many pictures beside another are looked at.
const maxBeside = 40

// keptBeside reports whether another picture that is kept stands in a box, before
// or behind picture i.
func (s *imageSorter) keptBeside(b int32, i, step int) bool {
	for k := i + step; k >= 0 && k < len(s.pictures); k += step {
		other := &s.pictures[k]
		if !s.p.Within(other.Box, b) {
			return false
		}
		if other.Keep || k > i+maxBeside || k < i-maxBeside {
			return true
		}
	}
	return false
}

// captionBox reports whether a box, or one around it inside the card, is named a caption.
func (s *imageSorter) captionBox(b, card int32) bool {
	for ; b > card; b = s.p.Boxes[b].Parent {
		if x := &s.p.Boxes[b]; x.Tag == atom.Figcaption || x.Name&page.NameCaption != 0 {
			return true
		}
	}
	return false
}

// nameBelow reports whether a line is a name below a picture's caption, in a box
// of the same tag: caption and credit without telling names.
func (s *imageSorter) nameBelow(i, card int32) bool {
	p := s.p
	if i == 0 || !p.Within(p.Lines[i-1].Box, card) || p.Lines[i-1].Role() != page.RoleCaption {
		return false
	}
	l := &p.Lines[i]
	return p.Boxes[l.Box].Tag == p.Boxes[p.Lines[i-1].Box].Tag && l.Box != p.Lines[i-1].Box &&
		nameLike(l.Text(), strict) && (strings.Contains(l.Text(), " ") || agencyForm(l.Text()))
}

// cardLines are the lines of a card around a picture, by what they are.
type cardLines struct{ captions, credits, rest []int32 }

// legendApart looks for the caption and the credit in the card around a picture,
// beside its figure or the line that was taken.
func (s *imageSorter) legendApart(i int) {
	pic := &s.pictures[i]
	if pic.Image.Caption == nil && s.slideCaption(i) {
		return
	}
	card := s.card(i)
	if card < 0 {
		return
	}
	found := s.sortCard(card, pic.Image.Caption != nil)
	if len(found.credits) == 0 && len(found.rest) == 1 && s.nameBelow(found.rest[0], card) {
		found.credits = found.rest
	}
	if len(found.captions) == 0 && len(found.credits) > 0 && len(found.rest) <= 2 {
		found.captions = found.rest
	}
	switch {
	case pic.Image.Caption == nil && len(found.captions) > 0:
		s.take(pic, append(found.captions, found.credits...))
	case pic.Image.Credit == nil && len(found.credits) > 0:
		caption := pic.Image.Caption
		s.take(pic, found.credits)
		pic.Image.Caption = caption
	}
}

// sortCard sorts the lines of a card. captioned says that its picture has a caption.
func (s *imageSorter) sortCard(card int32, captioned bool) (found cardLines) {
	p := s.p
	for j := p.Boxes[card].First; j < p.Boxes[card].Last; j++ {
		l := &p.Lines[j]
		switch {
		case !l.Hidden() && symbols(l.Text()): // the sign of a button
			s.roles.Set(int(j), page.RoleChrome, "sign beside a picture")
		case s.noLegend(l, captioned):
		case s.creditLineByName(j, card) || labelledCredit(l.Text()):
			found.credits = append(found.credits, j)
		case s.captionBox(l.Box, card):
			found.captions = append(found.captions, j)
		default:
			found.rest = append(found.rest, j)
		}
	}
	return found
}

// noLegend reports whether a line of a card is not part of the legend: it is hidden, a
// placeholder, a caption that was used before, or mostly links.
func (s *imageSorter) noLegend(l *page.Line, captioned bool) bool {
	return l.Hidden() || l.Role() == page.RolePlaceholder || captioned && l.Role() == page.RoleCaption || l.LinkMass*2 > l.Mass
}

// labelledCredit reports whether a line is a label with a name, or a copyright sign
// with what follows it.
func labelledCredit(s string) bool {
	n := labelAt(s)
	return n > 0 && nameLike(s[n:], lenient) || strings.HasPrefix(s, "©")
}

// slideCaption takes the first sentence that stands in the same slide as a
// picture. What stands there twice, as for a full screen, counts once.
func (s *imageSorter) slideCaption(i int) bool {
	p := s.p
	slide := s.slideOf(i)
	if slide < 0 {
		return false
	}
	for j := p.Boxes[slide].First; j < p.Boxes[slide].Last; j++ {
		l := &p.Lines[j]
		sentence := l.Mass >= 18 && l.Stops > 0 || l.Mass >= 45
		if sentence && l.LinkMass == 0 && l.Mass <= longCaption && l.Role() != page.RoleBody && !counter(l.Text()) {
			s.take(&s.pictures[i], []int32{j})
			return true
		}
	}
	return false
}
