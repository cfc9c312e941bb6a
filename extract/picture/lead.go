package picture

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// lead keeps the pictures of the article that stand outside the body's container:
// the one that opens it, between headline and body or above the headline, and
// others with a caption, in a column before or after the text. Being named by
// og:image, standing in a figure with a caption or being declared large distinguishes them
// from the pictures of menus and teasers, which stand there too.
func (s *imageSorter) lead() {
	p := s.p
	if s.first < 0 {
		return
	}
	outer := s.articleBox()
	chrome := s.chromeWithin(outer)
	shared := s.cardPicture()
	opened := false
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Line > s.last+afterBody {
			break
		}
		if pic.Keep || pic.Hidden {
			continue
		}
		before := pic.Line <= max(s.first, p.Boxes[s.text.Main].First)
		if !opened && before && s.onCard(pic, shared) {
			opened = s.keep(pic)
			continue
		}
		if s.inBody(pic) || !s.ofArticle(pic, outer, chrome) {
			continue
		}
		if !s.captioned(pic) && (opened || !before || !s.opens(pic, shared)) || s.decoration(pic) {
			continue
		}
		opened = s.keep(pic) || opened
	}
	s.slides()
}

// ofArticle reports whether a picture stands in the box around headline and body
// and is not in chrome there, or is a captioned figure right above the headline.
func (s *imageSorter) ofArticle(pic *Picture, outer int32, chrome []bool) bool {
	p := s.p
	if p.Within(pic.Box, outer) {
		return !chrome[pic.Box]
	}
	t := int32(s.head.Line)
	return t >= 0 && pic.Line <= t && pic.Line+aboveTitle > t && !s.leadsAway(pic) && s.figured(pic)
}

// aboveTitle is how many lines above the headline a figure may stand that opens the article.
const aboveTitle = 12

// figured reports whether a picture is in a figure with a caption.
func (s *imageSorter) figured(pic *Picture) bool {
	p := s.p
	fig := p.Near(pic.Box, atom.Figure)
	if fig < 0 {
		return false
	}
	for b := fig + 1; b < p.Boxes[fig].Next; b++ {
		if x := &p.Boxes[b]; x.Tag == atom.Figcaption && x.First < x.Last || x.Name&page.NameCaption != 0 && x.First < x.Last {
			return true
		}
	}
	return false
}

// leadsAway reports whether the link around a picture goes to another page.
func (s *imageSorter) leadsAway(pic *Picture) bool {
	return pic.Link != nil && !s.opensImage(pic) && !s.ownAddress(page.Attr(pic.Link, "href"))
}

// onCard reports whether a picture above the text is also the one of the page's social
// card. It then opens the article, wherever it is, unless it links to another page.
func (s *imageSorter) onCard(pic *Picture, shared string) bool {
	if shared == "" || pic.Link != nil && !s.opensImage(pic) { // the article's own teaser links to it
		return false
	}
	w, h := declaredSize(pic.Node)
	if badSize(w, h, false) && !isRatio(w, h) {
		return false
	}
	for _, u := range s.addressesOf(pic) {
		if pictureName(u) == shared {
			return true
		}
	}
	return false
}

// slides keeps the pictures of a slide show of which one is kept: those in boxes of
// the same make beside the one that holds it, hidden ones included.
func (s *imageSorter) slides() {
	done := map[int32]bool{}
	for i := range s.pictures {
		if !s.pictures[i].Keep || s.pictures[i].Box < 0 {
			continue
		}
		slide := s.slideOf(i)
		if slide < 0 || done[s.p.Boxes[slide].Parent] {
			continue
		}
		done[s.p.Boxes[slide].Parent] = true
		s.keepSlides(slide)
	}
}

// keepSlides keeps the pictures of the slide show that a box is one slide of.
func (s *imageSorter) keepSlides(slide int32) {
	p := s.p
	up := p.Boxes[slide].Parent
	for j := range s.pictures {
		pic := &s.pictures[j]
		if pic.Keep || !p.Within(pic.Box, up) || s.leadsAway(pic) || s.decoration(pic) {
			continue
		}
		if own := p.Ancestor(pic.Box, func(x *page.Box) bool { return x.Parent == up }); own >= 0 && p.SameMake(own, slide) {
			s.keep(pic)
		}
	}
}

// slideOf returns the box around a picture that has siblings of its make, each
// with one picture, -1 where there is none near.
func (s *imageSorter) slideOf(i int) int32 {
	p := s.p
	b := s.pictures[i].Box
	for up := 0; up < 5 && b > 0; up++ {
		x := &p.Boxes[b]
		if x.Tag != atom.P && x.Parent >= 0 && page.Attr(x.Node, "class")+page.Attr(p.Boxes[x.Parent].Node, "class") != "" &&
			s.slidesBeside(b) >= body.MinSlides {
			return b
		}
		b = x.Parent
	}
	return -1
}

// slideShow is how many children of a box are slides, as the one given is made.
type slideShow struct {
	like int32
	n    int
}

// slidesBeside counts the siblings of a box, itself included, that are of its make
// and hold one picture each; 0 where one holds more or holds prose.
func (s *imageSorter) slidesBeside(b int32) int {
	p := s.p
	up := p.Boxes[b].Parent
	if known, ok := s.shows[up]; ok && p.SameMake(known.like, b) {
		return known.n
	}
	n := 0
	for c := up + 1; c < p.Boxes[up].Next; c = p.Boxes[c].Next {
		if !p.SameMake(c, b) {
			continue
		}
		if s.picturesIn(c) != 1 || s.holdsBody(&p.Boxes[c]) {
			n = 0
			break
		}
		n++
	}
	if s.shows == nil {
		s.shows = map[int32]slideShow{}
	}
	s.shows[up] = slideShow{b, n}
	return n
}

// picturesIn returns how many pictures stand in a box.
func (s *imageSorter) picturesIn(b int32) int32 {
	if s.before == nil {
		s.before = make([]int32, len(s.p.Boxes)+1)
		for i := range s.pictures {
			if box := s.pictures[i].Box; box >= 0 && !s.pictures[i].background {
				s.before[box+1]++
			}
		}
		for i := range s.p.Boxes {
			s.before[i+1] += s.before[i]
		}
	}
	return s.before[s.p.Boxes[b].Next] - s.before[b]
}

// cardOnly uses the picture of the page's social card if the page shows none of its own
// because a script loads it. A logo that all pages share is not used.
func (s *imageSorter) cardOnly() {
	p := s.p
	if s.first < 0 {
		return
	}
	for i := range s.pictures {
		if s.pictures[i].Keep {
			return
		}
	}
	u := imageURL(p, p.Meta("og:image", "og:image:url", "twitter:image", "twitter:image:src"))
	if u == "" || s.siteCard(u) || s.used[sameFile(u)] {
		return
	}
	s.used[sameFile(u)] = true
	s.pictures = append(s.pictures, Picture{Picture: page.Picture{Node: noElement(), Box: -1, Line: s.first}, Keep: true, Image: article.Image{URL: u}})
}

// cardWords are words of the names of pictures that stand for a whole site.
var cardWords = text.NewWords(
	"logo", "default", "share", "sharing", "social", "fallback", "placeholder", "generic",
	"brand", "facebook", "twitter", "icon", "favicon",
	"opengraph", "avatar", "noimage", "blank", "masthead",
)

// siteCard reports whether the picture of a social card stands for the site.
func (s *imageSorter) siteCard(u string) bool {
	path, _, _ := strings.Cut(u, "?")
	if ext := imageExtension(u); ext == "gif" || ext == "svg" {
		return true
	}
	if hasWord(fileStem(u), cardWords) || spacerName(u) || pixels(s.p.Meta("og:image:width")) > 0 && pixels(s.p.Meta("og:image:width")) < 200 {
		return true
	}
	if i := strings.Index(path, "://"); i >= 0 {
		path = path[i+3:]
	}
	parts := strings.Split(path, "/")
	for _, part := range parts[1:] {
		switch strings.ToLower(part) {
		case "static", "assets", "theme", "themes", "dist", "skin", "template", "templates", "resources", "logo", "logos", "public", "bundles":
			return true
		}
	}
	return len(parts) <= 2
}

// afterBody is how many lines below the body's last a picture outside its
// container is looked for.
const afterBody = 8

// captioned reports whether the line below a picture says that it is a caption.
// Linked pictures belong to other articles, unless the link enlarges them.
func (s *imageSorter) captioned(pic *Picture) bool {
	at := s.nextLine(pic)
	if at < 0 || pic.Link != nil && !s.opensImage(pic) {
		return false
	}
	l := &s.p.Lines[at]
	if l.Role() == page.RoleBody && at != s.first || l.Role() == page.RoleCredit {
		return false
	}
	return l.LinkMass == 0 && l.Mass >= 18 && l.Mass <= sentences && captionWords(l.Text())
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

// opens reports whether a picture before the body has one of the marks of a lead.
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
		return s.figured(pic) || s.namedAsArticle(pic)
	}
	if pic.background {
		return true
	}
	if w, _ := declaredSize(pic.Node); w >= 240 || p.Near(pic.Box, atom.Figure) >= 0 {
		return true
	}
	if pic.Link != nil {
		return s.opensImage(pic)
	}
	return (pic.Line == s.first || pic.Line == p.Boxes[s.text.Main].First) && photoAddress(urls[0]) && !s.fromOtherTime(urls[0])
}

// namedAsArticle reports whether the text alternative of a picture is the headline.
func (s *imageSorter) namedAsArticle(pic *Picture) bool {
	alt, headline := text.Key(altOf(pic)), text.Key(s.head.Text)
	return len(headline) >= teaserBytes/2 && alt == headline
}

// photoAddress reports whether an address is that of a photograph that a publishing system has
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

// pictureName returns the part that the addresses of one picture in several sizes share:
// the file's name without a size before or after it. It is "" if the name is too short to
// be the picture's own.
func pictureName(u string) string {
	name := fileStem(u)
	if imageExtension(name) != "" { // photo.jpg.webp
		name = fileStem(name)
	}
	if size, rest, ok := strings.Cut(name, "_"); ok && isSize(size) {
		name = rest
	}
	if size, rest, ok := strings.Cut(name, "_"); ok && len(size) <= 2 && allDigits(size) && len(rest) >= 6 && allDigits(rest) { // 6_4971149: a size of 4971149
		name = rest
	}
	name = strings.TrimSuffix(name, "-scaled")
	if i := strings.LastIndexAny(name, "-_"); i > 0 && isSize(name[i+1:]) {
		name = name[:i]
	}
	if len(name) < 6 {
		return ""
	}
	return name
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isSize reports whether a text is the size of a picture, 1200x675.
func isSize(s string) bool {
	w, rest := leadingDigits(s, 4)
	if w == 0 || rest == "" || rest[0] != 'x' {
		return false
	}
	h, rest := leadingDigits(rest[1:], 4)
	return h > 0 && rest == ""
}
