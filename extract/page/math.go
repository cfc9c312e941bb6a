package page

import (
	"strings"

	"golang.org/x/net/html"
)

// maxMathDepth bounds the nesting of a formula that is read.
const maxMathDepth = 40

// mathText returns a formula (MathML Core) on one line: x², (a+b)/c, √(x). Where
// the element holds no presentation it is the alternative text or the TeX of it.
func mathText(n *html.Node) string {
	var b strings.Builder
	writeMath(&b, n, 0)
	if s := strings.Join(strings.Fields(b.String()), " "); s != "" {
		return s
	}
	return strings.TrimSpace(Attr(n, "alttext"))
}

func writeMath(b *strings.Builder, n *html.Node, depth int) {
	if depth > maxMathDepth {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(strings.TrimSpace(n.Data))
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	switch n.Data {
	case "annotation", "annotation-xml", "mphantom":
		return
	case "msup", "mover":
		writePair(b, n, "^", depth)
		return
	case "msub", "munder":
		writePair(b, n, "_", depth)
		return
	case "mfrac":
		writePair(b, n, "/", depth)
		return
	case "msqrt":
		b.WriteString("√(")
		writeChildren(b, n, depth)
		b.WriteByte(')')
		return
	}
	writeChildren(b, n, depth)
}

func writeChildren(b *strings.Builder, n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeMath(b, c, depth+1)
	}
}

// writePair writes a base and what stands above, below or behind it: x², a_n, (a+b)/c.
func writePair(b *strings.Builder, n *html.Node, sign string, depth int) {
	var parts []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		var part strings.Builder
		writeMath(&part, c, depth+1)
		parts = append(parts, part.String())
	}
	if len(parts) != 2 {
		b.WriteString(strings.Join(parts, " "))
		return
	}
	if sign == "^" {
		if up := inTable(parts[1], raised); up != "" {
			b.WriteString(parts[0] + up)
			return
		}
	}
	b.WriteString(grouped(parts[0]) + sign + grouped(parts[1]))
}

// inTable writes a text in other characters, "" if one has none.
func inTable(s string, table map[rune]rune) string {
	var b strings.Builder
	for _, r := range s {
		if table[r] == 0 {
			return ""
		}
		b.WriteRune(table[r])
	}
	return b.String()
}

// grouped puts a sum in brackets.
func grouped(s string) string {
	if strings.ContainsAny(s, "+-−=/ ") {
		return "(" + s + ")"
	}
	return s
}
