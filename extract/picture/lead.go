package picture

import (
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// lead keeps the pictures of the article that stand outside the body's container:
// the one that opens it, between headline and body or above the headline, and
// others with a caption, in a column before or after the text. Being named by
// og:image, standing in a figure with a caption or being declared large tells them
// from the pictures of menus and teasers, which stand there too.
func (s *imageSorter) lead() {
	p := s.p
	if s.first < 0 {
		return
	}
	outer := s.articleBox()
	chrome := s.chromeWithin(outer)
	shared := pictureName(p.Meta("og:image", "twitter:image", "twitter:image:src"))
	opened := false
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Line > s.last+afterBody {
			break
		}
		if pic.Keep || pic.Hidden || s.inBody(pic) || !p.Within(pic.Box, outer) || chrome[pic.Box] {
			continue
		}
		before := pic.Line <= max(s.first, p.Boxes[s.text.Main].First)
		if !s.captioned(pic) && (opened || !before || !s.opens(pic, shared)) || s.decoration(pic) {
			continue
		}
		opened = s.keep(pic) || opened
	}
}

// afterBody is how many lines below the body's last a picture outside its
// container is looked for.
const afterBody = 8

// captioned tells whether the line below a picture says that it is a caption.
// Linked pictures belong to other articles, unless the link enlarges them.
func (s *imageSorter) captioned(pic *Picture) bool {
	at := s.nextLine(pic)
	if at < 0 || pic.Link != nil && imageExtension(page.Attr(pic.Link, "href")) == "" {
		return false
	}
	l := &s.p.Lines[at]
	return (l.Role() != page.RoleBody || at == s.first) && l.Role() != page.RoleCredit && l.LinkMass == 0 && l.Mass >= 18 && l.Mass <= sentences && captionWords(l.Text())
}

// articleBox is the smallest box around headline and body.
func (s *imageSorter) articleBox() int32 {
	p := s.p
	at := int32(s.text.Main)
	if s.head.Line < 0 {
		return p.Ancestor(at, func(x *page.Box) bool { return x.Name&page.NameMain != 0 || x.Parent < 0 })
	}
	title := p.Lines[s.head.Line].Box
	for at >= 0 && !p.Within(title, at) {
		at = p.Boxes[at].Parent
	}
	return max(at, 0)
}

// opens tells whether a picture before the body has one of the marks of a lead.
func (s *imageSorter) opens(pic *Picture, shared string) bool {
	p := s.p
	urls := s.addressesOf(pic)
	if len(urls) == 0 {
		return false
	}
	if shared != "" {
		for _, u := range urls {
			if pictureName(u) == shared {
				return true
			}
		}
	}
	if s.head.Line >= 0 && pic.Line <= int32(s.head.Line) {
		return false
	}
	if w, _ := declaredSize(pic.Node); w >= 240 || p.Near(pic.Box, atom.Figure) >= 0 {
		return true
	}
	if pic.Link != nil {
		return imageExtension(page.Attr(pic.Link, "href")) != ""
	}
	return (pic.Line == s.first || pic.Line == p.Boxes[s.text.Main].First) && photoAddress(urls[0]) && !s.fromOtherTime(urls[0])
}

// photoAddress tells the address of a photograph that a publishing system has
// stored under a number or a hash from that of a part of the layout.
func photoAddress(u string) bool {
	switch imageExtension(u) {
	case "jpg", "jpeg", "webp", "jfif":
	default:
		return false
	}
	digits := 0
	for _, c := range []byte(fileStem(u)) {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits >= 6
}

// fromOtherTime tells whether an address names a month that is more than two
// away from the month of publication: parts of the layout and advertisements are
// older than the article, or, on a page saved late, younger.
func (s *imageSorter) fromOtherTime(u string) bool {
	if s.when.Published == nil {
		return false
	}
	published, ok := monthIn(*s.when.Published)
	stored, found := monthIn(u)
	return ok && found && (stored-published > 2 || published-stored > 2)
}

// monthIn finds the first year and month, as 2012-01, 2012/1, 2012/0117, 20120117
// or 201201, and returns them as a count of months.
func monthIn(s string) (months int, ok bool) {
	for i := 0; i+5 < len(s); i++ {
		if i > 0 && text.IsDigit(s[i-1]) || s[i] != '1' && s[i] != '2' {
			continue
		}
		year, rest := leadingDigits(s[i:], 4)
		if year < 1995 || year > 2100 || rest == "" {
			continue
		}
		if rest[0] == '-' || rest[0] == '/' || rest[0] == '_' {
			rest = rest[1:]
		}
		if month, _ := leadingDigits(rest, 2); month >= 1 && month <= 12 {
			return year*12 + month - 1, true
		}
	}
	return 0, false
}

// leadingDigits reads at most n digits.
func leadingDigits(s string, n int) (v int, rest string) {
	for n > 0 && s != "" && text.IsDigit(s[0]) {
		v = v*10 + int(s[0]-'0')
		s = s[1:]
		n--
	}
	return v, s
}

// pictureName is what the addresses of one picture in several sizes share, as
// far as a name is long enough to be the picture's own.
func pictureName(u string) string {
	name := fileStem(u)
	if len(name) < 6 {
		return ""
	}
	return name
}
