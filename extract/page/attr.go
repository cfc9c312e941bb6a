package page

import (
	"strings"

	"golang.org/x/net/html"
)

// HasToken reports whether a space-separated attribute value contains a word.
func HasToken(list, word string) bool {
	for list != "" {
		list = strings.TrimLeft(list, " \t\n\f\r")
		end := strings.IndexAny(list, " \t\n\f\r")
		if end < 0 {
			end = len(list)
		}
		if strings.EqualFold(list[:end], word) {
			return true
		}
		list = list[end:]
	}
	return false
}

// Attr returns the attribute's value, "" if the attribute is missing.
func Attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}
