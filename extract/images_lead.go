package extract

import "golang.org/x/net/html/atom"

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
	shared := pictureName(p.meta("og:image", "twitter:image", "twitter:image:src"))
	opened := false
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.line > s.last+afterBody {
			break
		}
		if pic.keep || pic.hidden || s.inBody(pic) || !p.within(pic.box, outer) || chrome[pic.box] {
			continue
		}
		before := pic.line <= max(s.first, p.boxes[s.text.main].first)
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
func (s *imageSorter) captioned(pic *picture) bool {
	at := s.nextLine(pic)
	if at < 0 || pic.link != nil && imageExtension(attr(pic.link, "href")) == "" {
		return false
	}
	l := &s.p.lines[at]
	return (l.role != roleBody || at == s.first) && l.role != roleCredit && l.linkMass == 0 && l.mass >= 18 && l.mass <= sentences && captionWords(l.text)
}

// articleBox is the smallest box around headline and body.
func (s *imageSorter) articleBox() int32 {
	p := s.p
	at := int32(s.text.main)
	if s.head.line < 0 {
		return p.ancestor(at, func(x *box) bool { return x.name&nameMain != 0 || x.parent < 0 })
	}
	title := p.lines[s.head.line].box
	for at >= 0 && !p.within(title, at) {
		at = p.boxes[at].parent
	}
	return max(at, 0)
}

// opens tells whether a picture before the body has one of the marks of a lead.
func (s *imageSorter) opens(pic *picture, shared string) bool {
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
	if s.head.line >= 0 && pic.line <= int32(s.head.line) {
		return false
	}
	if w, _ := declaredSize(pic.node); w >= 240 || p.near(pic.box, atom.Figure) >= 0 {
		return true
	}
	if pic.link != nil {
		return imageExtension(attr(pic.link, "href")) != ""
	}
	return (pic.line == s.first || pic.line == p.boxes[s.text.main].first) && photoAddress(urls[0]) && !s.fromOtherTime(urls[0])
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
	if s.when.published == nil {
		return false
	}
	published, ok := monthIn(*s.when.published)
	stored, found := monthIn(u)
	return ok && found && (stored-published > 2 || published-stored > 2)
}

// monthIn finds the first year and month, as 2012-01, 2012/1, 2012/0117, 20120117
// or 201201, and returns them as a count of months.
func monthIn(s string) (months int, ok bool) {
	for i := 0; i+5 < len(s); i++ {
		if i > 0 && isDigit(s[i-1]) || s[i] != '1' && s[i] != '2' {
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
	for n > 0 && s != "" && isDigit(s[0]) {
		v = v*10 + int(s[0]-'0')
		s = s[1:]
		n--
	}
	return v, s
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// pictureName is what the addresses of one picture in several sizes share, as
// far as a name is long enough to be the picture's own.
func pictureName(u string) string {
	name := fileStem(u)
	if len(name) < 6 {
		return ""
	}
	return name
}
