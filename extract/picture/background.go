package picture

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// maxBackgrounds bounds the backgrounds that are looked at.
const maxBackgrounds = 200

// photoWords are words of the class of an element whose background is a photograph.
var photoWords = text.NewWords(
	"image", "img", "photo", "photograph", "picture", "pic", "hero", "lead", "cover",
	"featured", "poster",
	"foto", "bild", "imagen", "imagem", "immagine", "slide",
)

// backgrounds adds the elements whose background is a photograph, not a pattern or
// a colour of the layout, to the candidates.
func (s *imageSorter) backgrounds() {
	p := s.p
	if s.text.Main < 0 || len(p.Backgrounds) == 0 {
		return
	}
	shared := s.cardPicture()
	before := len(s.pictures)
	for i := range p.Backgrounds[:min(len(p.Backgrounds), maxBackgrounds)] {
		if b := &p.Backgrounds[i]; s.photograph(b, shared) {
			s.pictures = append(s.pictures, Picture{Picture: b.Picture, background: true})
		}
	}
	if len(s.pictures) > before {
		s.order()
	}
}

// cardPicture is what the addresses of the social card's picture share, "" where there is none.
func (s *imageSorter) cardPicture() string {
	return pictureName(s.p.Meta("og:image", "twitter:image", "twitter:image:src"))
}

// photograph reports whether a background is a picture of its own: that of the
// social card, or of an element that holds nearly nothing else and is a figure's,
// says that it is a picture, or is named after one.
func (s *imageSorter) photograph(b *page.Background, shared string) bool {
	p := s.p
	a := addresses{p: p}
	a.fromBackground(b.Node)
	urls := a.best()
	if len(urls) == 0 {
		return false
	}
	if shared != "" && pictureName(urls[0]) == shared {
		return true
	}
	switch imageExtension(urls[0]) {
	case "gif", "svg":
		return false
	}
	if b.Own >= 0 && p.Boxes[b.Own].Last > p.Boxes[b.Own].First {
		return false // text stands on it
	}
	return page.Attr(b.Node, "role") == "img" || p.Near(b.Box, atom.Figure) >= 0 || b.Node.DataAtom == atom.Figure ||
		classHasWord(page.Attr(b.Node, "class"), photoWords)
}

// fromBackground reads the addresses of an element's background.
func (a *addresses) fromBackground(n *html.Node) {
	for i := range n.Attr {
		key, val := n.Attr[i].Key, n.Attr[i].Val
		switch {
		case key == "style":
			a.addBackground(page.BackgroundURL(val), rankPlain)
		case key == "data-bgset":
			a.fromSrcset(val)
		case strings.HasPrefix(key, "data-") && strings.HasSuffix(key, "src") && imageExtension(val) != "":
			a.addBackground(val, attributeRank(key))
		case page.BackgroundKey(key):
			if inner := page.BackgroundURL(val); inner != "" {
				val = inner
			}
			a.addBackground(val, rankLazy)
		}
	}
}

func (a *addresses) addBackground(val string, rank addressRank) {
	if val = strings.TrimSpace(val); val != "" && !strings.ContainsAny(val, " (") {
		a.add(val, rank)
	}
}
