package suggest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"pressmark/configs"
)

// candidate is a selector that may be proposed.
type candidate struct {
	text     string
	selector *configs.Selector
	rank     int // how it names the element; lower is more likely to last
	matches  int // elements that it finds on all pages; set by agrees
}

// The ranks.
const (
	byID = iota
	byClass
	byProperty
	byTag
	byPlace // below another element
	byMeta  // in the head, which nobody sees and which is often wrong
)

// lasting matches ids and classes that a person named: words with at most two digits
// after them. Generated names have digits within words, and change with every build.
var lasting = regexp.MustCompile(`^[A-Za-z]+[0-9]{0,2}([_-]+([A-Za-z]+[0-9]{0,2}|[0-9]{1,2}))*$`)

// maxAbove is how many elements above one are tried to distinguish it from others.
const maxAbove = 6

// selectorsOf lists ways to name an element, and its attribute attr.
func selectorsOf(n *html.Node, attr string) []candidate {
	var out []candidate
	add := func(css string, rank int) {
		text := css
		if attr != "" {
			text += "@" + attr
		}
		if s, err := configs.NewSelector(text); err == nil {
			out = append(out, candidate{text: text, selector: s, rank: rank})
		}
	}
	own := names(n)
	for _, name := range own {
		add(name.css, name.rank)
	}
	above := 0
	for up := n.Parent; up != nil && up.Type == html.ElementNode && above < maxAbove; up = up.Parent {
		above++
		for _, name := range names(up) {
			if name.rank < byTag {
				add(name.css+" "+own[len(own)-1].css, byPlace)
				add(name.css+" "+own[0].css, byPlace)
			}
		}
	}
	return out
}

// named is one way to name an element without its surroundings.
type named struct {
	css  string
	rank int
}

// names lists them, the tag alone last.
func names(n *html.Node) []named {
	var out []named
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if lasting.MatchString(a.Val) {
				out = append(out, named{n.Data + "#" + a.Val, byID})
			}
		case "class":
			var all string
			for _, class := range strings.Fields(a.Val) {
				if lasting.MatchString(class) {
					out = append(out, named{n.Data + "." + class, byClass})
					all += "." + class
				}
			}
			if strings.Count(all, ".") > 1 {
				out = append(out, named{n.Data + all, byClass})
			}
		case "itemprop", "property", "name":
			rank := byProperty
			if n.Data == "meta" {
				rank = byMeta
			}
			if !strings.ContainsAny(a.Val, `"\`) && a.Val != "" {
				out = append(out, named{n.Data + "[" + a.Key + `="` + a.Val + `"]`, rank})
			}
		}
	}
	return append(out, named{n.Data, byTag})
}

// agrees reports whether the first element that the selector finds shows the
// field on every page that has it, and counts what it finds.
func (c *candidate) agrees(f field, samples []sample) bool {
	c.matches = 0
	for i := range samples {
		s := &samples[i]
		if len(f.values(s.res.Article)) == 0 {
			continue
		}
		found := s.doc.FindMatcher(c.selector.Match)
		if found.Length() == 0 || !f.shows(valueOf(found.Get(0), c.selector.Attr), s.res.Article) {
			return false
		}
		c.matches += found.Length()
	}
	return true
}

// ignored are elements whose content is not shown to readers.
var ignored = []string{"head", "script", "style", "noscript", "template"}

// lines returns the elements whose text, of at most maxLine characters, passes
// ok, but none around another of them, in page order.
func lines(n *html.Node, ok func(text string) bool) []*html.Node {
	var out []*html.Node
	if n.Type == html.ElementNode && slices.Contains(ignored, n.Data) {
		return nil
	}
	for c := range n.ChildNodes() {
		out = append(out, lines(c, ok)...)
	}
	if len(out) > 0 || n.Type != html.ElementNode {
		return out
	}
	var b strings.Builder
	if appendText(&b, n, 4*lineBytes); b.Len() <= 4*lineBytes && ok(squeeze(b.String())) {
		return []*html.Node{n}
	}
	return nil
}

// lineBytes is the longest line in bytes; indentation may make its source longer.
const lineBytes = 4 * maxLine

// stripped is a text without white space, which markup makes and takes away.
func stripped(s string) string { return strings.Join(strings.Fields(s), "") }

// valueOf is an element's text, or an attribute of it.
func valueOf(n *html.Node, attr string) string {
	if attr == "" {
		return textOf(n)
	}
	for _, a := range n.Attr {
		if a.Key == attr {
			return squeeze(a.Val)
		}
	}
	return ""
}

// textOf is the text of an element with white space collapsed.
func textOf(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n, maxPage)
	return squeeze(b.String())
}

// appendText adds an element's text until there are more than most bytes.
func appendText(b *strings.Builder, n *html.Node, most int) {
	switch {
	case b.Len() > most:
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Type == html.ElementNode && slices.Contains(ignored[1:], n.Data):
	default:
		for c := range n.ChildNodes() {
			appendText(b, c, most)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
