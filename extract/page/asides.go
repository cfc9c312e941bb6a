package page

import (
	"bytes"

	"pressmark/extract/text"
)

// minAside is the shortest text of a script, style or drawing, in bytes, that is worth a mark.
const minAside = 48

// find lists the parts of the page that the parser need not see. What it takes for a
// script wrongly costs a second parsing, what it overlooks only time.
func (r *asides) find() {
	body := r.body
	g := gaps{r: r, behind: -1}
	for i := 0; i < len(body); {
		k := bytes.IndexByte(body[i:], '<')
		if k < 0 || i+k+2 >= len(body) {
			return
		}
		at := i + k
		switch c := body[at+1]; {
		case text.IsLetter(c):
			i = r.start(&g, at)
		case c == '/' && text.IsLetter(body[at+2]):
			tag := tagAt(body[at+2:])
			g.before(at, g.edgeOf(tag, true))
			i = tagEnd(body, at+2)
			g.end(tag, i)
		case c == '!' || c == '?' || c == '/':
			g.before(at, noEdge)
			i = pastComment(body, at+1)
			g.behind = -1
		default:
			i = at + 1
		}
	}
}

// start sees the start tag at an offset and returns the offset from which to go on:
// behind the tag, or before the end tag of an element in which nothing is markup.
func (r *asides) start(g *gaps, at int) int {
	body := r.body
	tag := tagAt(body[at+1:])
	g.before(at, g.edgeOf(tag, false))
	from := tagEnd(body, at+1)
	if !tag.opaque {
		g.start(tag, from)
		return from
	}
	g.pass()
	switch tag.name {
	case nameSVG:
		return r.drawing(g, from)
	case namePlaintext:
		return len(body)
	}
	to := endTag(body, from, tag.name)
	switch inside := body[from:to]; tag.name {
	case nameScript:
		// Behind "<!--" and "<script" an end tag does not end a script.
		if !bytes.Contains(inside, []byte("<!--")) || !containsFold(inside, "<script") {
			r.add(from, to, rawText)
		}
	case nameStyle:
		r.add(from, to, rawText)
	case nameMath:
		g.off = true
	default:
		g.off = g.off || g.selects > 0 && bytes.IndexByte(inside, '<') >= 0
	}
	return to
}

// add notes a part that is worth a mark.
func (r *asides) add(from, to int, kind asideKind) {
	if to < len(r.body) && to-from >= minAside && (kind == drawing || bytes.IndexByte(r.body[from:to], 0) < 0) {
		r.texts = append(r.texts, aside{int32(from), int32(to), kind})
		r.marks++
	}
}

// drawing notes the content of an svg element that begins at an offset, if it is
// a plain one, and returns the offset behind it. The styles and scripts of others
// are markup to the parser and not raw text.
func (r *asides) drawing(g *gaps, from int) int {
	if from < 2 || r.body[from-2] == '/' { // <svg/> is empty
		return from
	}
	to := endTag(r.body, from, nameSVG)
	if plainDrawing(r.body[from:to]) {
		r.add(from, to, drawing)
	} else if !onlyForeign(r.body[from:to]) {
		g.off = true
	}
	return to
}

// plainDrawing reports whether markup holds only tags of shapes, by which no
// parser is led out of a drawing.
func plainDrawing(s []byte) bool {
	for {
		k := bytes.IndexByte(s, '<')
		if k < 0 {
			return true
		}
		s = s[k+1:]
		if len(s) > 0 && s[0] == '/' {
			s = s[1:]
		}
		n := 0
		for n < len(s) && text.IsLetter(s[n]) {
			n++
		}
		if n == len(s) || !endsTagName(s[n]) || !isShape(s[:n]) {
			return false
		}
		s = s[tagEnd(s, n):]
	}
}

func isShape(name []byte) bool {
	switch string(name) {
	case "g", "path", "circle", "rect", "line", "ellipse", "polygon", "polyline", "use", "defs", "stop", "mask", "clipPath", "linearGradient", "radialGradient":
		return true
	}
	return false
}

// onlyForeign reports whether markup holds no comment, and no tag of an element that
// HTML knows as a block or as formatting: such a tag leads out of a drawing.
func onlyForeign(s []byte) bool {
	for {
		k := bytes.IndexByte(s, '<')
		if k < 0 || k+1 >= len(s) {
			return true
		}
		s = s[k+1:]
		if tag := tagAt(s); s[0] == '!' || tag.block || tag.scope || tag.format {
			return false
		}
	}
}

// isTag reports whether s begins with a tag's name.
func isTag(s []byte, name string) bool {
	return len(s) > len(name) && endsTagName(s[len(name)]) && equalFold(s[:len(name)], name)
}

// equalFold compares with a name in lower case.
func equalFold(s []byte, name string) bool {
	for i := range s {
		if s[i]|0x20 != name[i] {
			return false
		}
	}
	return true
}

// containsFold reports whether s holds a word in lower case, in any case.
func containsFold(s []byte, word string) bool {
	for {
		k := bytes.IndexByte(s, word[0])
		if k < 0 || len(s)-k < len(word) {
			return false
		}
		if equalFold(s[k:k+len(word)], word) {
			return true
		}
		s = s[k+1:]
	}
}

func endsTagName(c byte) bool { return tagNameEnds[c] }

// tagNameEnds are the bytes that end the name of a tag or of an attribute.
var tagNameEnds = func() (set [256]bool) {
	for c := range set {
		set[c] = isSpace(byte(c)) || c == '/' || c == '>'
	}
	return set
}()

// isSpace reports whether c is white space of HTML.
func isSpace(c byte) bool { return spaces[c] }

// spaces are the bytes of white space. The search for asides asks for most bytes of a
// page's tags, so it asks a table.
var spaces = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true}

// tagEnd returns the offset behind the > of the tag whose name i stands in, as the
// tokenizer of HTML finds it (13.2.5.8, 13.2.5.32 to 13.2.5.40); the length of the
// page where it does not end.
func tagEnd(body []byte, i int) int {
	for i < len(body) && !endsTagName(body[i]) {
		i++
	}
	for {
		for i < len(body) && isSpace(body[i]) {
			i++
		}
		if i >= len(body) {
			return i
		}
		if body[i] == '>' {
			return i + 1
		}
		key := i
		for i < len(body) && !endsTagName(body[i]) && (body[i] != '=' || i == key) {
			i++
		}
		i = valueEnd(body, i)
	}
}

// valueEnd returns the offset behind the value, if there is one, of an attribute whose
// name ends at i.
func valueEnd(body []byte, i int) int {
	for i < len(body) && isSpace(body[i]) {
		i++
	}
	if i >= len(body) || body[i] != '=' {
		if i < len(body) && body[i] == '/' {
			i++
		}
		return i
	}
	for i++; i < len(body) && isSpace(body[i]); i++ {
	}
	if i >= len(body) || body[i] == '>' {
		return i
	}
	if quote := body[i]; quote == '"' || quote == '\'' {
		k := bytes.IndexByte(body[i+1:], quote)
		if k < 0 {
			return len(body)
		}
		return i + 1 + k + 1
	}
	for i < len(body) && body[i] != '>' && !isSpace(body[i]) {
		i++
	}
	return i
}

// endTag returns the offset of the first end tag of that name at i or later, the
// length of the page where there is none.
func endTag(body []byte, i int, name string) int {
	for i < len(body) {
		k := bytes.Index(body[i:], []byte("</"))
		if k < 0 {
			break
		}
		i += k
		if isTag(body[i+2:], name) {
			return i
		}
		i += 2
	}
	return len(body)
}

// pastComment returns the offset behind the comment, declaration or instruction whose
// sign stands at i. One that ends oddly may be taken for longer.
func pastComment(body []byte, i int) int {
	end := ">"
	switch rest := body[i:]; {
	case bytes.HasPrefix(rest, []byte("!--")):
		end, i = "-->", i+1
	case bytes.HasPrefix(rest, []byte("![CDATA[")):
		end = "]]>"
	}
	k := bytes.Index(body[i:], []byte(end))
	if k < 0 {
		return len(body)
	}
	return i + k + len(end)
}
