package page

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render writes a tree so that any difference shows, unlike html.Render, which
// may refuse a tree.
func render(n *html.Node) string {
	var b strings.Builder
	var write func(n *html.Node, depth int)
	write = func(n *html.Node, depth int) {
		if n.DataAtom == atom.Svg && n.Namespace == "svg" && plainDrawingIn(n) {
			n = &html.Node{Type: n.Type, Namespace: n.Namespace, Data: n.Data, Attr: n.Attr} // comes out empty
		}
		b.WriteString(strings.Repeat(" ", depth%64))
		b.WriteString(string(rune('0' + n.Type)))
		b.WriteString(n.Namespace + ":" + n.Data)
		for _, a := range n.Attr {
			b.WriteString(" [" + a.Namespace + ":" + a.Key + "=" + a.Val + "]")
		}
		b.WriteByte('\n')
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(c, depth+1)
		}
	}
	write(n, 0)
	return b.String()
}

// plainDrawingIn reports whether a drawing holds shapes alone.
func plainDrawingIn(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode && (c.Type != html.ElementNode || c.Namespace != "svg" || !isShape([]byte(c.Data)) || !plainDrawingIn(c)) {
			return false
		}
	}
	return true
}

func sameTree(t *testing.T, page []byte) {
	t.Helper()
	want, wantErr := html.Parse(bytes.NewReader(page))
	got, err := parseTree(page)
	if (err != nil) != (wantErr != nil) {
		t.Fatalf("error %v, html.Parse: %v\n%.300q", err, wantErr, page)
	}
	if err != nil { // the same: the page is nested too deeply
		return
	}
	if g, w := render(got), render(want); g != w {
		t.Fatalf("another tree than html.Parse makes\ngot:\n%.2000s\nwant:\n%.2000s\npage: %.500q", g, w, page)
	}
}

// TestParseTree checks, on pages that are hard to read, that the tree is that of
// html.Parse, and that texts were set aside where they should be.
func TestParseTree(t *testing.T) {
	code := "var a = '<p>no paragraph</p>'; if (a < 1 && b > 2) { run(a, 'text') }"
	drawing := "<g><path d='M0 0h24v24H0z' fill='none'/><circle cx=1 cy=2 r=3 /></g><use href='#a'/>"
	css := ".a{color:red} .b > .c{font:12px serif} .d:before{content:'<p>'}"
	cases := []struct {
		name  string
		page  string
		aside int // texts set aside
	}{
		{"none", "<p>a</p>", 0},
		{"short", "<script>a()</script><p>b", 0},
		{"one", "<head><script>" + code + "</script></head><p>a", 1},
		{"two", "<style>" + css + "</style><script src=x>" + code + "</script><p>a", 2},
		{"capitals", "<SCRIPT TYPE='text/javascript'>" + code + "</Script ><p>a", 1},
		{"attributes with signs", `<script data-a="1>2" data-b = '</script>' x>` + code + "</script><p>a", 1},
		{"unquoted attribute with quote", `<script data-a=it's>` + code + "</script><p>it's", 1},
		{"end tag of another name", "<script>" + code + "</scripts>" + code + "</script><p>a", 1},
		{"end tag with slash", "<script>" + code + "</script/><p>a", 1},
		{"self-closing", "<script/>" + code + "</script><p>a", 1},
		{"in a comment", "<!-- <script>" + code + "</script> --><p>a", 0},
		{"comment that never ends", "<p>a<!-- <script>" + code + "</script>", 0},
		{"comment that ends oddly", "<!--><script>" + code + "</script>--><p>a", 1},
		{"comment with bang", "<!-- a --!><script>" + code + "</script><!-- b --><p>a", 0},
		{"commented out inside", "<script><!--\n" + code + "\n//--></script><p>a", 0},
		{"escaped twice", "<script><!-- <script>" + code + "</script> " + code + "--></script><p>a", 0},
		{"in an attribute", `<p title="<script>` + code + `</script>">a`, 1}, // and the page is parsed again
		{"in a text area", "<textarea><script>" + code + "</script></textarea><p>a", 0},
		{"in a title", "<title>a <script>" + code + "</script></title><p>a", 0},
		{"in noscript", "<noscript><style>" + css + "</style></noscript><p>a", 0},
		{"in a template", "<template><script>" + code + "</script></template><p>a", 1},
		{"in a table", "<table><script>" + code + "</script><tr><style>" + css + "</style><td>a", 2},
		{"in a select", "<select><script>" + code + "</script><style>" + css + "</style><option>a</select><p>b", 2},
		{"in a frameset", "<html><frameset><script>" + code + "</script><frame src=a></frameset>", 1},
		{"in svg", "<svg><style>" + css + "</style><script>" + code + "</script></svg><p>a", 0},
		{"after svg", "<svg><path d='M0'/></svg><script>" + code + "</script><p>a", 1},
		{"drawing", "<p>a<svg>" + drawing + "</svg>b<p>c", 1},
		{"drawing that is not closed well", "<p>a<svg><g><g>" + drawing + "<path d='M0 0'></svg>b<p>c", 1},
		{"drawing with a paragraph", "<p>a<svg>" + drawing + "<p>b</svg>c", 0},
		{"drawing with an end of paragraph", "<p>a<svg>" + drawing + "</p>b</svg>c", 0},
		{"drawing with a title", "<p>a<svg>" + drawing + "<title>b</title></svg>c", 0},
		{"drawing in a drawing", "<p>a<svg><svg>" + drawing + "</svg>" + drawing + "</svg>c", 0},
		{"empty drawing", "<p>a<svg/>" + drawing + "</svg>c", 0},
		{"drawing in a select", "<select><svg>" + drawing + "</svg><option>c", 1}, // and the page is parsed again
		{"drawing in a table", "<table><svg>" + drawing + "</svg><tr><td><svg>" + drawing + "</svg>c", 2},
		{"drawing in a drawing's label", "<svg><foreignObject><div><svg>" + drawing + "</svg>a</div></foreignObject></svg>b", 0},
		{"drawing in a formula", "<math><svg>" + drawing + "</svg></math>b", 0},
		{"in an iframe", "<iframe><script>" + code + "</script></iframe><p>a", 0},
		{"after plaintext", "<plaintext><script>" + code + "</script><p>a", 0},
		{"never closed", "<p>a<script>" + code + code, 0},
		{"line feeds", "<script>\r\n" + code + "\r" + code + "\r\n\r\n</script><p>a", 1},
		{"NUL", "<script>" + code + "\x00</script><p>a", 0},
		{"the mark itself", "<script>\x010</script><script>" + code + "</script><p>a", 0},
		{"the mark as a reference", "<svg><style>&#1;0</style></svg><script>" + code + "</script><style>" + css + "</style>", 2},
		{"a tag cut off", "<p>a<script", 0},
		{"too deep", strings.Repeat("<div>", 600) + "<script>" + code + "</script>", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sameTree(t, []byte(c.page))
			r := &rawTexts{body: []byte(c.page)}
			if bytes.IndexByte(r.body, rawMark) < 0 {
				r.find()
			}
			if len(r.texts) != c.aside {
				t.Errorf("%d texts set aside, want %d", len(r.texts), c.aside)
			}
		})
	}
}

// TestParseTreeMixed does the same on thousands of random mixtures of the pieces
// that such pages are made of.
func TestParseTreeMixed(t *testing.T) {
	long := strings.Repeat("x<y ", 20)
	shapes := strings.Repeat("<path d='M0 0h24'/>", 4)
	pieces := []string{
		"<script>", "<script a='>'>", "</script>", "</script >", "<style>", "</style>", "<svg>", shapes, "</svg>", shapes, "<g>", "</g>", "<!--", "-->", "--!>", "<!-->", long, long, "<p>", "</p>", "text",
		"<svg>", "</svg>", "<math>", "</math>", "<title>", "</title>", "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<iframe>", "</iframe>",
		"<template>", "</template>", "<select>", "</select>", "<table>", "</table>", "<tr>", "<td>", "<frameset>", "<xmp>", "</xmp>", `<a b="`, `">`, "'", `"`, "=", "<", "</", ">", "\r\n", "\x00", "\x01", "<foreignObject>", "<body>", "</body>", "</html>", "<head>", "</head>", "<plaintext>",
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		var page strings.Builder
		for range 2 + rng.IntN(24) {
			page.WriteString(pieces[rng.IntN(len(pieces))])
		}
		sameTree(t, []byte(page.String()))
	}
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte("<svg><style>&#1;0</style></svg><script>" + strings.Repeat("a<b ", 20) + "</script><style>" + strings.Repeat("p{} ", 20) + "</style><p>a"))
	f.Add([]byte("<!-- a --!><script x='>'>\r\n" + strings.Repeat("a<b ", 20) + "</script><!-- b --><p>a"))
	f.Fuzz(func(t *testing.T, page []byte) {
		if len(page) < 1<<16 {
			sameTree(t, page)
		}
	})
}
