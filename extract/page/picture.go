package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// picture notes an image candidate.
func (w *walker) picture(n *html.Node) {
	p := w.p
	inline := len(w.buf) > w.lineStart
	pic := Picture{Node: n, Box: w.box, Line: w.linesBefore(), Inline: inline, Hidden: w.hidden >= 0 || w.hiddenIn != nil}
	if w.openLink >= 0 {
		pic.Link = p.Links[w.openLink].Node
		p.Links[w.openLink].Picture = true
	}
	p.Pictures = append(p.Pictures, pic)
}

// pressed sees the pictures inside a button, which enlarges them. Its text is a label.
func (w *walker) pressed(button *html.Node) {
	for n := range button.Descendants() {
		if n.DataAtom == atom.Img {
			w.picture(n)
		}
	}
}

// imageElement reports whether a custom element stands for a picture: amp-img,
// brick-image, with an address.
func imageElement(n *html.Node) bool {
	if strings.IndexByte(n.Data, '-') <= 0 || !strings.Contains(n.Data, "img") && !strings.Contains(n.Data, "image") && !strings.Contains(n.Data, "picture") {
		return false
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "src", "data-src", "srcset", "data-srcset":
			return n.Attr[i].Val != ""
		}
	}
	return false
}
