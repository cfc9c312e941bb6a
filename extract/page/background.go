package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minData is the least length of a data attribute that can hold a gallery, in bytes.
const minData = 80

// dressed sees what an element other than img shows by its attributes: a picture
// as its background, a gallery that a script builds of a data attribute.
func (w *walker) dressed(n *html.Node) {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return
	}
	shown, data := false, false
	for i := range n.Attr {
		a := &n.Attr[i]
		switch {
		case a.Key == "style":
			shown = shown || BackgroundURL(a.Val) != ""
		case len(a.Key) < 6 || a.Key[:5] != "data-":
		case strings.HasSuffix(a.Key, "src") && w.holdsPicture(n):
			shown = shown || hasImageExtension(a.Val)
		case BackgroundKey(a.Key):
			shown = shown || a.Val != ""
		case len(a.Val) >= minData && (a.Val[0] == '[' || a.Val[0] == '{'):
			data = true
		}
	}
	if shown {
		w.background(n)
	}
	if data && w.box >= 0 {
		w.p.Data = append(w.p.Data, Remark{n, w.linesBefore(), w.box})
	}
}

// holdsPicture reports whether a script may put a picture into an element: it is an
// empty div or span.
func (w *walker) holdsPicture(n *html.Node) bool {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Span {
		return false
	}
	child := n.FirstChild
	if child == nil {
		return true
	}
	return child.Type == html.TextNode && child.NextSibling == nil && strings.TrimSpace(child.Data) == ""
}

// hasImageExtension reports whether an address ends as that of a photograph.
func hasImageExtension(u string) bool {
	u, _, _ = strings.Cut(u, "?")
	for _, ext := range [...]string{".jpg", ".jpeg", ".png", ".webp", ".avif"} {
		if strings.HasSuffix(u, ext) {
			return true
		}
	}
	return false
}

// Background is an element that shows a picture behind its content.
type Background struct {
	Picture
	Own int32 // its own box, -1 if it is an inline element
}

func (w *walker) background(n *html.Node) {
	b := Background{Picture{Node: n, Box: w.box, Line: w.linesBefore(), Hidden: w.hidden >= 0 || w.hiddenIn != nil}, -1}
	if w.openLink >= 0 {
		b.Link = w.p.Links[w.openLink].Node
	}
	if isBlock(n) {
		b.Own = int32(len(w.p.Boxes)) // the next that is opened
	}
	if w.box >= 0 {
		w.p.Backgrounds = append(w.p.Backgrounds, b)
	}
}

// BackgroundKey reports whether an attribute has the address of a background that
// a script sets: data-bg, data-background-image, data-bgset.
func BackgroundKey(key string) bool {
	switch key {
	case "data-bg", "data-bgset", "data-background", "data-background-image", "data-bg-image", "data-bg-src", "data-bg-url", "data-background-url",
		"data-image-src", "data-lazy-background", "data-lazy-bg":
		return true
	}
	return false
}

// BackgroundURL returns the address in the background of a style attribute, or of
// a value such as url("…"), "" if it has none.
func BackgroundURL(style string) string {
	i := strings.Index(style, "url(")
	if i < 0 {
		return ""
	}
	if before := style[:i]; before != "" && !strings.Contains(before, "background") && !strings.Contains(before, "--") {
		return "" // a mask, a cursor, a list's sign
	}
	s, _, ok := strings.Cut(style[i+len("url("):], ")")
	if !ok {
		return ""
	}
	return strings.Trim(s, " \t\n\"'")
}
