package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unpack replaces a <script type="text/template"> that holds the body of a post by its
// markup: some blogs keep a post there until a script shows it.
func (w *walker) unpack(n *html.Node) bool {
	if w.box < 0 || n.FirstChild == nil || !strings.HasSuffix(Attr(n, "type"), "/template") || w.p.Boxes[w.box].Inherited&(NameBody|NameMain) == 0 {
		return false
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), context)
	if err != nil {
		return false
	}
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	for _, c := range nodes {
		n.AppendChild(c)
	}
	return true
}
