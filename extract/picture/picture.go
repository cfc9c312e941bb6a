package picture

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/byline"
	"pressmark/extract/page"
	"pressmark/extract/published"
	"pressmark/extract/rule"
	"pressmark/extract/text"
	"pressmark/extract/title"
)

// Find decides which of the page's image candidates belong to the article. Lines that
// become captions or placeholders get RoleCaption and RolePlaceholder.
//
// The order matters. The place and the markup of a picture decide whether it is kept.
// Captions are looked for only below kept pictures. Placeholder texts are matched to the
// pictures that then have no place of their own.
func Find(p *page.Page, roles *page.Roles, ruled *rule.Ruled, head title.Result, text body.Result, when published.Result, who byline.Result) Result {
	s := &imageSorter{p: p, roles: roles, ruled: ruled, head: head, text: text, when: when, who: who}
	s.measure()
	s.find()
	kept := s.pictures[:0]
	for i := range s.pictures {
		if s.pictures[i].Keep {
			kept = append(kept, s.pictures[i])
		}
	}
	s.out.Pictures = kept
	return s.out
}

// Picture is an image candidate with the findings about it.
type Picture struct {
	page.Picture
	background bool          // its element shows it behind what it holds
	Keep       bool          // it belongs to the article
	Image      article.Image // ID is given when the blocks are made
}

// Result holds the pictures of an article in reading order: each stands
// in the body before lines[picture.line].
type Result struct {
	Pictures []Picture
	From     string // what found them, for the evidence; "" where the heuristics did
	Warnings []string
}

func (s *imageSorter) find() {
	if s.text.Main < 0 {
		s.gallery()
		return
	}
	s.unscripted()
	ruled := s.byRule()
	if !ruled {
		for i := range s.pictures {
			s.judge(i)
		}
		s.lead()
	}
	s.placeholders()
	s.order()
	s.captions()
	s.orphans()
	if !ruled {
		s.signs()
	}
	s.gallery()
	if !ruled {
		s.cardOnly()
	}
}

// maxImages bounds the pictures of one article.
const maxImages = 1000

// imageSorter separates the article's pictures from the others.
type imageSorter struct {
	p         *page.Page
	roles     *page.Roles
	ruled     *rule.Ruled
	head      title.Result
	text      body.Result
	when      published.Result
	who       byline.Result
	out       Result
	pictures  []Picture
	first     int32   // first line that is body
	last      int32   // last line that is body
	body      []int32 // prefix counts of body lines
	tailEnd   int32   // first line below the body that no picture of the article stands below
	outer     int32   // smallest box around the body's container and all body lines
	seen      map[string]int
	chrome    []bool          // by box: it or a box around it, within outer, is chrome
	used      map[string]bool // addresses of pictures already kept
	headlines map[string]bool // by href: a link's text may be a headline
	para      paraStyle       // how paragraphs of the body look

	variants int                 // pictures that were variants of kept ones
	before   []int32             // by box: how many pictures stand in the boxes before it
	shows    map[int32]slideShow // by box: the slide show that its children are

	next  []int32 // by picture: place of the next one that is kept
	twins map[*html.Node]*html.Node

	mostShort, onlyShort, fewShort bool // see lineUp
}

// measure looks over the page's pictures and the body's lines.
func (s *imageSorter) measure() {
	p := s.p
	s.pictures = make([]Picture, len(p.Pictures))
	for i := range p.Pictures {
		s.pictures[i].Picture = p.Pictures[i]
	}
	s.backgrounds()
	s.seen, s.used = make(map[string]int, len(s.pictures)), map[string]bool{}
	body := p.Extent(s.text.First, s.text.Last, page.RoleBody, page.RoleSubhead)
	s.first, s.last = int32(body.First), int32(body.Last)
	if s.first < 0 {
		s.first, s.last = s.captionsOnly()
	}
	if s.first < 0 && s.text.Brief {
		s.first, s.last = int32(s.head.Line), int32(s.text.Last)-1
	}
	s.outer = int32(s.text.Main)
	for s.first >= 0 && s.outer > 0 && (p.Boxes[s.outer].First > s.first || p.Boxes[s.outer].Last <= s.last) {
		s.outer = p.Boxes[s.outer].Parent
	}
	for i := range s.pictures {
		if s.pictures[i].Node != nil {
			s.seen[page.Attr(s.pictures[i].Node, "src")]++
		}
	}
	s.body = make([]int32, len(p.Lines)+1)
	for i := range p.Lines {
		s.body[i+1] = s.body[i]
		if p.Lines[i].Role() == page.RoleBody {
			s.body[i+1]++
		}
	}
	s.tailEnd = s.tailFrom(s.last + 1)
	s.chrome = s.chromeWithin(s.outer)
	s.para = s.paragraphStyle(s.first, s.last)
}

// captionsOnly returns the first and last caption of a gallery, whose body holds
// nothing else; -1 where it is none.
func (s *imageSorter) captionsOnly() (first, last int32) {
	p := s.p
	first, last = -1, -1
	n := 0
	for i := max(s.text.First, 0); i < s.text.Last; i++ {
		if p.Lines[i].Role() != page.RoleCaption {
			continue
		}
		if n++; n == 1 {
			first = int32(i)
		}
		last = int32(i)
	}
	if n < body.MinSlides {
		return -1, -1
	}
	return first, last
}

// judge keeps a picture that is in the body and is not a decoration.
func (s *imageSorter) judge(i int) {
	pic := &s.pictures[i]
	if pic.Hidden || s.first < 0 || !s.inBody(pic) || s.chrome[pic.Box] {
		return
	}
	if pic.Line > s.last+1 && !s.tail(pic) || s.decoration(pic) {
		return
	}
	s.keep(pic)
}

// order sorts the pictures by place, where some were moved or added.
func (s *imageSorter) order() {
	slices.SortStableFunc(s.pictures, func(a, b Picture) int { return int(a.Line) - int(b.Line) })
}

// keep gives a picture its addresses and keeps it, unless it has only spacers, was kept
// before, or its file is a decoration.
func (s *imageSorter) keep(pic *Picture) bool {
	urls := s.addressesOf(pic)
	if len(urls) == 0 || s.decorationByAddress(pic, urls[0]) {
		return false
	}
	return s.keepAt(pic, urls)
}

// keepAs keeps a picture that the site's rules name; first, unless empty, is
// its best address.
func (s *imageSorter) keepAs(pic *Picture, first string) bool {
	urls := s.addressesOf(pic)
	if first != "" {
		urls = append([]string{first}, slices.DeleteFunc(urls, func(u string) bool { return u == first })...)
	}
	return len(urls) > 0 && s.keepAt(pic, urls)
}

func (s *imageSorter) keepAt(pic *Picture, urls []string) bool {
	if s.used[sameFile(urls[0])] || len(s.used) >= maxImages {
		s.larger(urls)
		return false
	}
	s.used[sameFile(urls[0])] = true
	urls = s.withCard(urls)
	pic.Image = article.Image{URL: urls[0], Alt: article.Optional(altOf(pic))}
	if len(urls) > 1 {
		pic.Image.Alternates = urls[1:]
	}
	pic.Keep = true
	return true
}

// withCard adds the address of the social card's picture to those of the same
// picture: it is often larger, or kept longer.
func (s *imageSorter) withCard(urls []string) []string {
	card := s.cardPicture()
	if card == "" || pictureName(urls[0]) != card {
		return urls
	}
	u := imageURL(s.p, s.p.Meta("og:image", "og:image:url", "twitter:image", "twitter:image:src"))
	if u == "" || slices.Contains(urls, u) || len(urls) > maxAlternates {
		return urls
	}
	return append(slices.Clone(urls), u)
}

// altOf is a picture's alternative text, "" for the name of its file.
func altOf(pic *Picture) string {
	alt := text.Squeeze(page.Attr(pic.Node, "alt"))
	if pic.background {
		alt = text.Squeeze(page.Attr(pic.Node, "aria-label") + page.Attr(pic.Node, "data-alt"))
	}
	if imageExtension(alt) != "" && !strings.Contains(alt, " ") {
		return ""
	}
	return alt
}

// larger gives a picture that is kept the addresses of a larger variant of its file.
func (s *imageSorter) larger(urls []string) {
	if s.variants++; s.variants > maxImages || widthInQuery(urls[0]) == 0 {
		return
	}
	for i := range s.pictures {
		pic := &s.pictures[i]
		if !pic.Keep || sameFile(pic.Image.URL) != sameFile(urls[0]) || widthInQuery(urls[0]) <= widthInQuery(pic.Image.URL) {
			continue
		}
		all := append(slices.Clone(urls), pic.Image.URL)
		for _, u := range pic.Image.Alternates {
			if !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
		pic.Image.URL, pic.Image.Alternates = all[0], all[1:min(len(all), maxAlternates+1)]
		return
	}
}

// widthInQuery is the width that the query of a resize script's address asks for, 0 where it says none.
func widthInQuery(u string) int {
	_, query, _ := strings.Cut(u, "?")
	for pair := range strings.SplitSeq(query, "&") {
		switch key, value, _ := strings.Cut(pair, "="); key {
		case "w", "width", "wid", "imwidth", "maxwidth":
			return pixels(value)
		}
	}
	return 0
}

// sameFile returns the part that the addresses of one stored file share. A file with a
// name of its own is the same file with any query.
func sameFile(u string) string {
	if path, _, ok := strings.Cut(u, "?"); ok && imageExtension(path) != "" {
		return path
	}
	return u
}

// inBody reports whether a picture stands in the body's container, or between body
// lines that stand outside it.
func (s *imageSorter) inBody(pic *Picture) bool {
	p := s.p
	return p.Within(pic.Box, int32(s.text.Main)) || p.Within(pic.Box, s.outer) && pic.Line > s.first && pic.Line <= s.last
}

// chromeWithin reports for each box inside outer whether it, or a box between it
// and outer, is chrome by its name and holds no body text.
func (s *imageSorter) chromeWithin(outer int32) []bool {
	p := s.p
	chrome := make([]bool, len(p.Boxes))
	if outer < 0 {
		return chrome
	}
	for b := outer + 1; b < p.Boxes[outer].Next; b++ {
		x := &p.Boxes[b]
		inChrome := x.Parent > outer && chrome[x.Parent]
		named := x.Name&page.NameChrome != 0 && x.Name&(page.NameBody|page.NameMedia) == 0
		chrome[b] = inChrome || named && !s.holdsBody(x) && !s.holdsCaption(x)
	}
	return chrome
}

// holdsCaption reports whether a box has one or two lines of which one is a caption: it
// frames a picture, whatever its name.
func (s *imageSorter) holdsCaption(x *page.Box) bool {
	for i := x.First; i < x.Last && x.Last-x.First <= 2; i++ {
		if l := &s.p.Lines[i]; l.LinkMass == 0 && l.Mass > 12 && captionWords(l.Text()) {
			return true
		}
	}
	return false
}

func (s *imageSorter) holdsBody(x *page.Box) bool { return s.body[x.Last] > s.body[x.First] }

// tail reports whether a picture below the last body line still belongs to the article.
// Only captions may be between: below credits and related items there are only follow-us
// banners and advertisements.
func (s *imageSorter) tail(pic *Picture) bool {
	if pic.Link != nil && !s.opensImage(pic) {
		return false
	}
	return pic.Line <= s.tailEnd || s.closes(pic)
}

// closes reports whether a picture is the article's last block, below an
// advertisement that stands among its paragraphs: a figure with a caption, beside
// the last paragraph, and nothing between the two but boxes that are chrome by name.
func (s *imageSorter) closes(pic *Picture) bool {
	p := s.p
	figure := p.Ancestor(pic.Box, func(x *page.Box) bool { return x.Tag == atom.Figure })
	if figure < 0 || s.last < 0 || p.Boxes[figure].Parent != p.Boxes[p.Lines[s.last].Box].Parent {
		return false
	}
	for i := s.last + 1; i < pic.Line; i++ {
		if l := &p.Lines[i]; !l.Hidden() && !s.chrome[l.Box] {
			return false
		}
	}
	for i := figure + 1; i < p.Boxes[figure].Next; i++ {
		if x := &p.Boxes[i]; x.Tag == atom.Figcaption && x.Last > x.First {
			return true
		}
	}
	return false
}

// tailFrom returns the first line from i on that is neither hidden nor a caption.
func (s *imageSorter) tailFrom(i int32) int32 {
	for ; int(i) < len(s.p.Lines); i++ {
		l := &s.p.Lines[i]
		if !l.Hidden() && (l.Mass > 240 || l.LinkMass > 0 || !captionWords(l.Text())) {
			break
		}
	}
	return i
}
