package title

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/text"
)

// part is what one child of a heading says.
type part struct {
	key     string
	element bool
}

// isPart reports whether a folded title is the first or the last of several parts,
// and the others are elements of their own.
func isPart(title string, parts []part) bool {
	for i := 1; i < len(parts); i++ {
		if says(parts[:i], title) && elements(parts[i:]) || says(parts[i:], title) && elements(parts[:i]) {
			return true
		}
	}
	return false
}

// says reports whether the parts make up a folded title.
func says(parts []part, title string) bool {
	for _, x := range parts {
		rest, ok := strings.CutPrefix(title, x.key)
		if !ok {
			return false
		}
		title = rest
	}
	return title == ""
}

func elements(parts []part) bool {
	return !slices.ContainsFunc(parts, func(x part) bool { return !x.element })
}

// partsOf returns what an element's children say, each for itself. Elements that
// hold nothing but one other are passed over.
func partsOf(n *html.Node) []part {
	var parts []part
	var last *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if k := text.Key(nodeText(c)); k != "" {
			parts, last = append(parts, part{k, c.Type == html.ElementNode}), c
		}
	}
	if len(parts) == 1 && parts[0].element {
		return partsOf(last)
	}
	return parts
}

// nodeText returns the text inside a node.
func nodeText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
