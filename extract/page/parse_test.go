package page

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render writes a tree so that any difference shows, unlike html.Render, which
// may refuse a tree. Texts are compared without white space; TestGaps says which of
// it may be missing.
func render(n *html.Node) string {
	var b strings.Builder
	var write func(n *html.Node, depth int)
	write = func(n *html.Node, depth int) {
		data := n.Data
		if n.Type == html.TextNode {
			if data = strings.Join(strings.FieldsFunc(data, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), ""); data == "" {
				return
			}
		}
		if n.DataAtom == atom.Svg && n.Namespace == "svg" && plainDrawingIn(n) {
			n = &html.Node{Type: n.Type, Namespace: n.Namespace, Data: n.Data, Attr: n.Attr} // comes out empty
		}
		b.WriteString(strings.Repeat(" ", depth%64))
		b.WriteString(string(rune('0' + n.Type)))
		b.WriteString(n.Namespace + ":" + data)
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
		{"commented out inside", "<script><!--\n" + code + "\n//--></script><p>a", 1},
		{"escaped twice", "<script><!-- <script>" + code + "</script> " + code + "--></script><p>a", 0},
		{"in an attribute", `<p title="<script>` + code + `</script>">a`, 0},
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
			r := &asides{body: []byte(c.page)}
			if bytes.IndexByte(r.body, rawMark) < 0 {
				r.find()
			}
			if r.marks != c.aside {
				t.Errorf("%d texts set aside, want %d", r.marks, c.aside)
			}
		})
	}
}

// TestGaps shows which white space is left out: ␣ stands for what must be kept.
func TestGaps(t *testing.T) {
	cases := []struct{ name, page string }{
		{"blocks", "<div> <p>a</p>\n\t<p>b</p> </div>␣"},
		{"words", "<p><b>a</b>␣<i>b</i>␣<span>c</span></p>"},
		{"a block and a word", "<div> <span>a</span> <p>b</p> <em>c</em>␣</div>"},
		{"before text", "<div>␣a</div>␣b<p>c␣</p>"},
		{"line breaks", "<p><b>a</b> <br> <b>b</b>"},
		{"head", "<head>␣<meta a> <link b> <script>c</script> <style>d</style>␣</head>"},
		{"scripts between words", "<p><b>a</b>␣<script>c</script>␣<b>b</b></p>"},
		{"in a link", "<a href=b>␣<div>␣<p>a</p>␣</div>␣</a> <p>b</p> <p>c"},
		{"in preformatted text", "<pre>␣<div>␣</div>␣</pre> <p>b</p>"},
		{"in a text area", "<textarea>␣<p>␣<p>␣</textarea> <p>b</p>"},
		{"in an attribute", `<p title="<p>␣<p>␣<p>">a</p> <p>b</p>`},
		{"in a comment", "<div><!--<p>␣<p>␣-->␣<p>b</p>"},
		{"formatting left open", "<p><b>a</p>␣<div>b</b></div>␣<p>c"},
		{"formatting closed elsewhere", "<b><div>a</b>␣<p>b</p></div>␣<p>c"},
		{"formatting over cells", "<table> <tr> <td><b>a</td>␣<td>b</b></td>␣</tr>␣</table>␣<p>c"},
		{"links in links", "<a href=b>a<a href=c>b</a></a>␣<p>c"},
		{"formatting in a drawing", "<svg><b>␣<p></svg>␣<p>c"},
		{"end tags of nothing", "<p><b>a</b></td>␣<b>b</b></div>␣<i>c</i></p> <i>d</i>"},
		{"cells of no table", "<div><b>a</b><td>␣<b>b</b></td>␣<td>"},
		{"cells", "<table> <tr> <td> <b>a</b>␣</td> <td>b</td> </tr> </table>"},
		{"other spaces", "<div>\u00a0<p>a</p>\u3000<p>b</p>"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page, wanted := strings.ReplaceAll(c.page, "␣", " "), strings.NewReplacer(" <", "<", "\n", "", "\t", "", "␣", " ")
			sameTree(t, []byte(page))
			r := &asides{body: []byte(page)}
			r.find()
			kept, err := io.ReadAll(r)
			if want := wanted.Replace(c.page); err != nil || string(kept) != want {
				t.Errorf("kept %q, %v", kept, err)
			}
		})
	}
}

// TestGapsMixed compares trees of random mixtures of blocks, words, formatting that is
// closed in the wrong place, and white space.
func TestGapsMixed(t *testing.T) {
	pieces := strings.Fields(`<div> </div> <p> </p> <p> <b> </b> <a_href=x> </a> <font_color=y> </font> <i> </i> <span> </span> <li> <ul> </ul> <table> </table> <tr> </tr> <td> </td>
		<button> </button> <h2> </h2> <pre> </pre> <br> a b <script>a</script> <style>a</style> <title> </title> <select> <option> </select> <textarea> </textarea> <svg> </svg> <svg/> <math> </math> <foreignObject>
		<template> </template> <object> </object> <form> </form> <!-- --> <!--> <body> </body> <html> </html> <head> </head> <nobr> </nobr> <center> </center> <frameset> </frameset> <noscript> </noscript> <caption> <colgroup> <col> <hr>
		<div_a='> <p_a="> '> "> <p/> <b/> <p_/a> <p_=a> <p_a==b'> <img> <blockquote> </blockquote> <dd> <dl> </dl> <article> </article> <desc> </desc> <marquee> </marquee> <image> </br> <big> </big> <u> </u>`)
	rng := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 15_000 {
		var page strings.Builder
		for range 2 + rng.IntN(24) {
			page.WriteString(strings.ReplaceAll(pieces[rng.IntN(len(pieces))], "_", " "))
			if rng.IntN(3) > 0 {
				page.WriteString("\n ")
			}
		}
		r := &asides{body: []byte(page.String())}
		r.find()
		found += len(r.texts)
		sameTree(t, r.body)
	}
	if found < 15_000 {
		t.Errorf("%d gaps in all pages: the test compares little", found)
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
