package picture

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// Bounds of the search for a gallery in the page's scripts.
const (
	maxScript     = 1 << 20 // bytes of one script that are looked at
	minSlides     = 3       // fewer are no gallery
	maxSlides     = 300
	maxSlideDepth = 64
	galleryText   = 1800 // mass of body text above which a page needs no gallery
)

// slide is one picture of a gallery that a script holds.
type slide struct {
	addresses []string
	caption   string
	credit    string
}

// slideShowData is a list of slides as a script holds it.
type slideShowData struct {
	slides []slide
	name   string // the key under which the list stands
	items  bool   // they may be other articles
}

// galleryNames are words of the names of lists of pictures.
var galleryNames = []string{"galler", "slide", "image", "photo", "picture", "carousel", "bilder", "fotos", "imagen", "diaporama", "pics"}

// isGallery reports whether a list is a gallery: its name says so, and nearly every
// picture has a text.
func (d *slideShowData) isGallery() bool {
	name, told := strings.ToLower(d.name), 0
	for i := range d.slides {
		if d.slides[i].caption != "" {
			told++
		}
	}
	return len(d.slides) >= minSlides && !d.items && told*3 >= len(d.slides)*2 &&
		slices.ContainsFunc(galleryNames, func(w string) bool { return strings.Contains(name, w) })
}

// gallery adds the pictures of a slide show whose list stands only in a script or
// in a data attribute, as an array of objects with an address and a text. Arrays
// whose objects link to pages are lists of other articles.
func (s *imageSorter) gallery() {
	before := len(s.pictures)
	s.dataGalleries()
	if len(s.p.Scripts) > 0 {
		s.scriptGallery()
	}
	if len(s.pictures) > before {
		s.order()
	}
}

// scriptGallery adds the longest gallery of the page's scripts. A page with text
// and pictures of its own has one only in a script inside the article, under a
// name that says so: other lists there are of other articles.
func (s *imageSorter) scriptGallery() {
	bare := s.kept() == 0 && s.bodyMass() <= galleryText
	var best slideShowData
	for _, n := range s.p.Scripts {
		text := n.FirstChild.Data
		if len(text) >= maxScript || !bare && !s.insideMain(n) || !strings.Contains(text, ".jp") || !strings.Contains(text, "{") {
			continue
		}
		// A copy, because an article keeps the addresses and the script goes with its page.
		found := findSlides(strings.Clone(text))
		if len(found.slides) > len(best.slides) && (bare && !(found.items && s.bodyMass() > 0) || found.isGallery()) {
			best = found
		}
	}
	s.addSlides(best.slides, int32(max(s.text.Last, s.head.Line+1, 0)))
}

// dataGalleries adds the galleries of data attributes inside the article.
func (s *imageSorter) dataGalleries() {
	if s.text.Main < 0 {
		return
	}
	for _, r := range s.p.Data[:min(len(s.p.Data), maxDataGalleries)] {
		if !s.p.Within(r.Box, int32(s.text.Main)) {
			continue
		}
		for i := range r.Node.Attr {
			val := r.Node.Attr[i].Val
			if !strings.HasPrefix(r.Node.Attr[i].Key, "data-") || len(val) >= maxScript || !strings.Contains(val, ".jp") ||
				!strings.ContainsAny(val[:1], "[{") {
				continue
			}
			found := findSlides(strings.Clone(val))
			found.name += " " + r.Node.Attr[i].Key
			if found.isGallery() {
				s.addSlides(found.slides, r.Line)
			}
		}
	}
}

// maxDataGalleries bounds the data attributes that are searched.
const maxDataGalleries = 20

// insideMain reports whether a node stands inside the container of the text.
func (s *imageSorter) insideMain(n *html.Node) bool {
	if s.text.Main < 0 {
		return false
	}
	main := s.p.Boxes[s.text.Main].Node
	for ; n != nil; n = n.Parent {
		if n == main {
			return true
		}
	}
	return false
}

func (s *imageSorter) addSlides(slides []slide, line int32) {
	for _, x := range slides {
		s.addSlide(x, line)
	}
}

func (s *imageSorter) kept() (n int) {
	for i := range s.pictures {
		if s.pictures[i].Keep {
			n++
		}
	}
	return n
}

func (s *imageSorter) bodyMass() (mass int32) {
	for i := max(s.first, 0); i <= s.last; i++ {
		if s.p.Lines[i].Role() == page.RoleBody {
			mass += s.p.Lines[i].Mass
		}
	}
	return mass
}

func (s *imageSorter) addSlide(x slide, line int32) {
	a := addresses{p: s.p}
	for _, u := range x.addresses {
		rank := rankPlain
		if strings.Contains(u, "thumb") || strings.Contains(u, "small") {
			rank = rankSmaller
		}
		a.add(u, rank)
	}
	urls := a.best()
	if len(urls) == 0 || s.used[sameFile(urls[0])] {
		return
	}
	s.used[sameFile(urls[0])] = true
	pic := Picture{Picture: page.Picture{Node: noElement(), Line: line}, Keep: true, Image: article.Image{URL: urls[0], Alternates: urls[1:]}}
	s.pictures = append(s.pictures, pic)
	added := &s.pictures[len(s.pictures)-1]
	if x.caption != "" {
		s.setCaption(added, x.caption)
	}
	if x.credit != "" && added.Image.Credit == nil {
		added.Image.Credit = article.Optional(creditName(x.credit))
	}
}

// noElement stands for the element of a picture that has none on the page.
func noElement() *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: atom.Img, Data: "img"}
}

// findSlides returns the longest array of objects with pictures in a script. It
// reads JSON and what passes for it in JavaScript: keys without quotes, strings in
// single quotes.
func findSlides(script string) slideShowData {
	var r slideReader
	r.read(script)
	return r.best
}

// slideReader walks over a script once, keeping a stack of open brackets.
type slideReader struct {
	stack []level
	best  slideShowData
}

// level is an open object or array.
type level struct {
	array  bool
	key    string // object: the key whose value comes next
	name   string // array: the key under which it stands
	slide  slide  // object: what was read of it
	named  bool   // object: it has an identifier
	told   bool   // object: it has a text beside its title
	page   bool   // object: it links to a page
	slides []slide
	others bool // array: some object links to a page
	items  bool // array: some object has an identifier and no text but a title, as items of a list have
}

func (r *slideReader) read(script string) {
	scanner := text.Scanner{S: script}
	for t, ok := scanner.Next(); ok; t, ok = scanner.Next() {
		switch t.Kind {
		case '"', 'w':
			r.take(&t)
		case '{', '[':
			if !r.open(t.Kind == '[') {
				return
			}
		default:
			r.close(t.Kind == ']')
		}
	}
}

// open begins an object or array. It reports false where the nesting is too deep.
func (r *slideReader) open(array bool) bool {
	if len(r.stack) >= maxSlideDepth {
		return false
	}
	name := ""
	if top := r.top(); top != nil {
		name = top.key
	}
	r.stack = append(r.stack, level{array: array, name: name})
	return true
}

func (r *slideReader) top() *level {
	if len(r.stack) == 0 {
		return nil
	}
	return &r.stack[len(r.stack)-1]
}

// take takes a string or word: a key where a colon follows, else the value of the open key.
func (r *slideReader) take(t *text.Token) {
	top := r.top()
	if top == nil || top.array {
		return
	}
	text := t.Value(' ')
	if t.Key {
		top.open(text)
		return
	}
	key := strings.ToLower(top.key)
	top.key = ""
	switch {
	case imageExtension(text) != "" && strings.Contains(text, "/"):
		top.slide.addresses = append(top.slide.addresses, text)
	case hasScheme(text, "http") || hasScheme(text, "https") || strings.HasPrefix(text, "//") || strings.HasSuffix(text, "html"):
		top.page = true
	case creditKey(key) && len(text) < longCredit && !strings.ContainsAny(text, "{}"):
		top.slide.credit = text
	case captionKey(key) && len(text) > len(top.slide.caption) && !strings.ContainsAny(text, "{}"):
		top.slide.caption = text
		top.told = top.told || key != "title"
	}
}

// open notes the key whose value comes next.
func (l *level) open(key string) {
	l.key = key
	switch strings.ToLower(key) {
	case "id", "cid", "aid", "nid", "sid", "docid", "newsid", "articleid", "article_id", "postid", "post_id", "guid", "slug", "storyid", "contentid", "oid":
		l.named = true
	}
}

func captionKey(key string) bool {
	switch key {
	case "note", "desc", "description", "caption", "intro", "alt", "summary", "text", "title", "content", "imgtext", "picdesc", "imagedesc", "memo", "explain":
		return true
	}
	return false
}

func creditKey(key string) bool {
	switch key {
	case "credit", "credits", "photographer", "copyright", "photocredit", "photo_credit", "imagecredit", "image_credit", "byline":
		return true
	}
	return false
}

// close ends the innermost object or array.
func (r *slideReader) close(array bool) {
	top := r.top()
	if top == nil || top.array != array {
		r.stack = r.stack[:0]
		return
	}
	closed := *top
	r.stack = r.stack[:len(r.stack)-1]
	up := r.top()
	if array {
		if len(closed.slides) >= minSlides && !closed.others && len(closed.slides) > len(r.best.slides) {
			r.best = slideShowData{closed.slides, closed.name, closed.items}
		}
		return
	}
	if up == nil {
		return
	}
	switch {
	case !up.array: // an address may stand in an object of its own
		up.slide.addresses = append(up.slide.addresses, closed.slide.addresses...)
		if up.slide.caption == "" {
			up.slide.caption = closed.slide.caption
		}
		if up.slide.credit == "" {
			up.slide.credit = closed.slide.credit
		}
		up.page = up.page || closed.page
		up.told = up.told || closed.told
	case closed.page:
		up.others = true
	case len(closed.slide.addresses) > 0 && len(up.slides) < maxSlides:
		closed.slide.caption = text.Squeeze(closed.slide.caption)
		up.items = up.items || closed.named && !closed.told
		up.slides = append(up.slides, closed.slide)
	}
}
