package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
)

// findPictures decides which of the page's image candidates belong to the
// article; lines that become captions or placeholders get roleCaption and
// rolePlaceholder.
//
// The order matters: what a picture is comes from where it stands and from what
// its markup declares; a caption is looked for only below a picture that is
// kept; a placeholder's text is matched to what then has no place of its own.
func findPictures(p *page, roles *pageRoles, ruled *ruled, head titleResult, text bodyResult, when publishedResult, who bylineResult) pictureResult {
	s := &imageSorter{p: p, roles: roles, ruled: ruled, head: head, text: text, when: when, who: who}
	s.measure()
	s.find()
	kept := s.pictures[:0]
	for i := range s.pictures {
		if s.pictures[i].keep {
			kept = append(kept, s.pictures[i])
		}
	}
	s.out.pictures = kept
	return s.out
}

// picture is a candidate, with what was found out of it.
type picture struct {
	candidate
	keep  bool          // it belongs to the article
	image article.Image // ID is given when the blocks are made
}

// pictureResult holds the pictures of an article in reading order: each stands
// in the body before lines[picture.line].
type pictureResult struct {
	pictures []picture
	from     string // what found them, for the evidence; "" where the heuristics did
	warnings []string
}

func (s *imageSorter) find() {
	if s.text.main < 0 {
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
	if !ruled {
		s.signs()
	}
	s.gallery()
}

// maxImages bounds the pictures of one article.
const maxImages = 1000

// imageSorter tells the article's pictures from the others.
type imageSorter struct {
	p         *page
	roles     *pageRoles
	ruled     *ruled
	head      titleResult
	text      bodyResult
	when      publishedResult
	who       bylineResult
	out       pictureResult
	pictures  []picture
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

	next  []int32 // by picture: place of the next one that is kept
	twins map[*html.Node]*html.Node

	mostShort, onlyShort, fewShort bool // see lineUp
}

// measure looks over the page's pictures and the body's lines.
func (s *imageSorter) measure() {
	p := s.p
	s.first, s.last = -1, -1
	s.pictures = make([]picture, len(p.candidates))
	for i := range p.candidates {
		s.pictures[i].candidate = p.candidates[i]
	}
	s.seen, s.used = make(map[string]int, len(s.pictures)), map[string]bool{}
	for i := max(s.text.first, 0); i < s.text.last; i++ {
		if r := p.lines[i].role; r == roleBody || r == roleSubhead {
			if s.first < 0 {
				s.first = int32(i)
			}
			s.last = int32(i)
		}
	}
	if s.first < 0 {
		s.first, s.last = s.captionsOnly()
	}
	s.outer = int32(s.text.main)
	for s.first >= 0 && s.outer > 0 && (p.boxes[s.outer].first > s.first || p.boxes[s.outer].last <= s.last) {
		s.outer = p.boxes[s.outer].parent
	}
	for i := range s.pictures {
		if s.pictures[i].node != nil {
			s.seen[attr(s.pictures[i].node, "src")]++
		}
	}
	s.body = make([]int32, len(p.lines)+1)
	for i := range p.lines {
		s.body[i+1] = s.body[i]
		if p.lines[i].role == roleBody {
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
	for i := max(s.text.first, 0); i < s.text.last; i++ {
		if p.lines[i].role != roleCaption {
			continue
		}
		if n++; n == 1 {
			first = int32(i)
		}
		last = int32(i)
	}
	if n < manyImages {
		return -1, -1
	}
	return first, last
}

// judge keeps a picture that stands in the body and is no decoration.
func (s *imageSorter) judge(i int) {
	pic := &s.pictures[i]
	if pic.hidden || s.first < 0 || !s.inBody(pic) || s.chrome[pic.box] {
		return
	}
	if pic.line > s.last+1 && !s.tail(pic) || s.decoration(pic) {
		return
	}
	s.keep(pic)
}

// order sorts the pictures by place, where some were moved or added.
func (s *imageSorter) order() {
	slices.SortStableFunc(s.pictures, func(a, b picture) int { return int(a.line) - int(b.line) })
}

// keep gives a picture its addresses; one that has only spacers, that was kept
// before or whose file is a decoration is not kept.
func (s *imageSorter) keep(pic *picture) bool {
	urls := s.addressesOf(pic)
	if len(urls) == 0 || s.decorationByAddress(pic, urls[0]) {
		return false
	}
	return s.keepAt(pic, urls)
}

// keepAs keeps a picture that the site's rules name; first, unless empty, is
// its best address.
func (s *imageSorter) keepAs(pic *picture, first string) bool {
	urls := s.addressesOf(pic)
	if first != "" {
		urls = append([]string{first}, slices.DeleteFunc(urls, func(u string) bool { return u == first })...)
	}
	return len(urls) > 0 && s.keepAt(pic, urls)
}

func (s *imageSorter) keepAt(pic *picture, urls []string) bool {
	if s.used[sameFile(urls[0])] || len(s.used) >= maxImages {
		return false
	}
	s.used[sameFile(urls[0])] = true
	pic.image = article.Image{URL: urls[0]}
	if len(urls) > 1 {
		pic.image.Alternates = urls[1:]
	}
	pic.keep = true
	return true
}

// sameFile is what the addresses of one stored file share: a file of a name of
// its own is the same with another query.
func sameFile(u string) string {
	if path, _, ok := strings.Cut(u, "?"); ok && imageExtension(path) != "" {
		return path
	}
	return u
}

// inBody tells whether a picture stands in the body's container, or between body
// lines that stand outside it.
func (s *imageSorter) inBody(pic *picture) bool {
	p := s.p
	return p.within(pic.box, int32(s.text.main)) || p.within(pic.box, s.outer) && pic.line > s.first && pic.line <= s.last
}

// chromeWithin tells for each box inside outer whether it, or a box between it
// and outer, is chrome by its name and holds no body text.
func (s *imageSorter) chromeWithin(outer int32) []bool {
	p := s.p
	chrome := make([]bool, len(p.boxes))
	if outer < 0 {
		return chrome
	}
	for b := outer + 1; b < p.boxes[outer].next; b++ {
		x := &p.boxes[b]
		chrome[b] = x.parent > outer && chrome[x.parent] ||
			x.name&nameChrome != 0 && x.name&(nameBody|nameMedia) == 0 && !s.holdsBody(x) && !s.holdsCaption(x)
	}
	return chrome
}

// holdsCaption tells a box with one or two lines of which one is a caption: it
// frames a picture, whatever its name.
func (s *imageSorter) holdsCaption(x *box) bool {
	for i := x.first; i < x.last && x.last-x.first <= 2; i++ {
		if l := &s.p.lines[i]; l.linkMass == 0 && l.mass > 12 && captionWords(l.text) {
			return true
		}
	}
	return false
}

func (s *imageSorter) holdsBody(x *box) bool { return s.body[x.last] > s.body[x.first] }

// tail tells whether a picture below the last body line still belongs to the
// article: nothing but captions may stand between, for what follows credits and
// related items is follow-us banners and advertisements.
func (s *imageSorter) tail(pic *picture) bool {
	if pic.link != nil && imageExtension(attr(pic.link, "href")) == "" {
		return false
	}
	return pic.line <= s.tailEnd || s.closes(pic)
}

// closes tells whether a picture is the article's last block, below an
// advertisement that stands among its paragraphs: a figure with a caption, beside
// the last paragraph, and nothing between the two but boxes that are chrome by name.
func (s *imageSorter) closes(pic *picture) bool {
	p := s.p
	figure := p.ancestor(pic.box, func(x *box) bool { return x.tag == atom.Figure })
	if figure < 0 || s.last < 0 || p.boxes[figure].parent != p.boxes[p.lines[s.last].box].parent {
		return false
	}
	for i := s.last + 1; i < pic.line; i++ {
		if l := &p.lines[i]; !l.hidden && !s.chrome[l.box] {
			return false
		}
	}
	for i := figure + 1; i < p.boxes[figure].next; i++ {
		if x := &p.boxes[i]; x.tag == atom.Figcaption && x.last > x.first {
			return true
		}
	}
	return false
}

// tailFrom returns the first line from i on that is neither hidden nor a caption.
func (s *imageSorter) tailFrom(i int32) int32 {
	for ; int(i) < len(s.p.lines); i++ {
		l := &s.p.lines[i]
		if !l.hidden && (l.mass > 240 || l.linkMass > 0 || !captionWords(l.text)) {
			break
		}
	}
	return i
}
