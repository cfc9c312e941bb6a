package discover

import (
	"bytes"
	"errors"
	"html"
	"io"
	"strings"
)

const (
	// maxTag bounds a tag; a longer one is a stray "<".
	maxTag = 64 << 10
	// maxText bounds the character data that is kept behind a tag.
	maxText = 64 << 10
	// window is how many bytes are read at once.
	window = 32 << 10
)

// tag is a start or end tag with the character data behind it. Its slices are valid
// until the next tag is read.
type tag struct {
	prefix string // of its namespace, lower case
	name   string // local name, lower case
	end    bool   // "</a>"
	empty  bool   // "<a/>"
	inside []byte // between the angle brackets
	text   []byte // up to the next tag, with comments and CDATA sections; also behind "<a/>", which some write for "<a>"
}

// tagReader reads the tags of an XML file as it arrives. Feeds and sitemaps are so
// plain that a scan for tags reads them; unlike an XML parser it gets over bare
// ampersands, undefined entities, wrong nesting and stray bytes. No entity is ever
// expanded. Comments, instructions and declarations of any length are passed over.
type tagReader struct {
	src   io.Reader // nil if buf holds the whole file
	buf   []byte    // from the construct in hand on
	store []byte    // what buf is a part of, for a file that is streamed
	err   error     // of src; io.EOF at the end
}

// tagsOf returns a reader of a file that is in memory.
func tagsOf(text []byte) *tagReader { return &tagReader{buf: text, err: io.EOF} }

// next returns the next tag, false at the end of the file.
func (r *tagReader) next() (tag, bool) {
	for {
		i := r.find(0, "<", 0)
		if i < 0 {
			return tag{}, false
		}
		r.drop(i)
		switch {
		case r.has("<!--"):
			r.pass("-->")
		case r.has("<![CDATA["):
			r.pass("]]>")
		case r.has("<!"), r.has("<?"):
			r.pass(">")
		default:
			if t, ok := r.tag(); ok {
				return t, true
			}
			if len(r.buf) == 0 {
				return tag{}, false
			}
		}
	}
}

// tag reads the tag that the buffer begins with; a "<" that begins none is dropped.
func (r *tagReader) tag() (tag, bool) {
	gt := r.tagEnd()
	if gt < 0 {
		r.drop(1)
		return tag{}, false
	}
	end := r.textEnd(gt + 1)
	t := tag{inside: r.buf[1:gt], text: r.buf[gt+1 : min(end, gt+1+maxText)]}
	if inside, ok := bytes.CutPrefix(t.inside, []byte("/")); ok {
		t.end, t.inside = true, inside
	}
	if inside, ok := bytes.CutSuffix(t.inside, []byte("/")); ok {
		t.empty, t.inside = true, inside
	}
	t.prefix, t.name = names(t.inside)
	r.drop(end)
	return t, true
}

// tagEnd returns the position of the ">" of the tag that the buffer begins with, -1 if it
// begins with none: another "<" comes first, or no name follows.
func (r *tagReader) tagEnd() int {
	opens := len(r.buf) > 1 && nameStart(r.buf[1])
	if !opens && !r.hasAt(1, "/") {
		return -1
	}
	for at := 1; ; {
		if i := bytes.IndexAny(r.buf[at:], "<>"); i >= 0 {
			if r.buf[at+i] == '<' {
				return -1
			}
			return at + i
		}
		if at = len(r.buf); at > maxTag || !r.more() {
			return -1
		}
	}
}

func nameStart(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

// textEnd returns where the character data from a position on ends: at the next tag
// that stands in no comment and in no CDATA section. A section that is longer than
// maxText does not belong to the text.
func (r *tagReader) textEnd(from int) int {
	for at := from; ; {
		i := r.find(at, "<", maxText)
		if i < 0 {
			return len(r.buf)
		}
		mark := ""
		switch {
		case r.hasAt(i, "<![CDATA["):
			mark = "]]>"
		case r.hasAt(i, "<!--"):
			mark = "-->"
		default:
			return i
		}
		j := r.find(i+len(mark), mark, maxText)
		if j < 0 || i-from > maxText {
			return i
		}
		at = j + len(mark)
	}
}

// find returns the position of mark at or behind from, -1 if there is none before the
// end of the file or, where most is not 0, within about so many bytes. Without a bound
// the bytes that were looked at are dropped: from must be 0 then.
func (r *tagReader) find(from int, mark string, most int) int {
	for at := from; ; {
		if i := bytes.Index(r.buf[min(at, len(r.buf)):], []byte(mark)); i >= 0 {
			return at + i
		}
		at = max(from, len(r.buf)-len(mark)+1)
		if most == 0 && at > 0 {
			r.drop(at)
			at = 0
		}
		if tooFar := most > 0 && len(r.buf)-from > most; tooFar || !r.more() {
			return -1
		}
	}
}

// pass skips everything up to and including a mark; the whole file if there is none.
func (r *tagReader) pass(mark string) {
	r.drop(1) // "<" is no part of any mark
	if i := r.find(0, mark, 0); i >= 0 {
		r.drop(i + len(mark))
	} else {
		r.buf = nil
	}
}

func (r *tagReader) drop(n int) { r.buf = r.buf[n:] }

func (r *tagReader) has(s string) bool { return r.hasAt(0, s) }

func (r *tagReader) hasAt(i int, s string) bool {
	for len(r.buf) < i+len(s) && r.more() {
	}
	return bytes.HasPrefix(r.buf[min(i, len(r.buf)):], []byte(s))
}

// more reads on; false at the end.
func (r *tagReader) more() bool {
	if r.err != nil {
		return false
	}
	if cap(r.buf)-len(r.buf) < window {
		if len(r.store) < len(r.buf)+2*window {
			r.store = make([]byte, 2*len(r.buf)+4*window)
		}
		r.buf = r.store[:copy(r.store, r.buf)]
	}
	n, err := r.src.Read(r.buf[len(r.buf) : len(r.buf)+window])
	r.buf, r.err = r.buf[:len(r.buf)+n], err
	return n > 0 || err == nil
}

// failed returns the error that ended the file early.
func (r *tagReader) failed() error {
	if errors.Is(r.err, io.EOF) {
		return nil
	}
	return r.err
}

// names returns the namespace prefix and the local name of a tag, without its attributes.
func names(inside []byte) (prefix, name string) {
	if i := bytes.IndexAny(inside, " \t\r\n/"); i >= 0 {
		inside = inside[:i]
	}
	const longest = 64
	if len(inside) > longest {
		return "", ""
	}
	if i := bytes.IndexByte(inside, ':'); i >= 0 {
		prefix, inside = strings.ToLower(string(inside[:i])), inside[i+1:]
	}
	return prefix, strings.ToLower(string(inside))
}

// textOf returns the text of character data: comments dropped, CDATA unwrapped,
// entities decoded, HTML's included, because publishers use them without defining them.
func textOf(content []byte) string {
	s := string(bytes.TrimSpace(content[:min(len(content), maxText)]))
	if !strings.Contains(s, "<!") {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<!")
		b.WriteString(html.UnescapeString(before))
		if !found {
			return strings.TrimSpace(b.String())
		}
		if section, ok := strings.CutPrefix(rest, "[CDATA["); ok {
			text, behind, _ := strings.Cut(section, "]]>")
			b.WriteString(text)
			s = behind
			continue
		}
		_, s, _ = strings.Cut(rest, "-->")
	}
}

// attributeOf returns the value of a tag's attribute by its qualified name in lower
// case, "" if it is missing.
func attributeOf(inside []byte, name string) string {
	for rest := inside; ; {
		i := bytes.IndexByte(rest, '=')
		if i < 0 {
			return ""
		}
		key := bytes.TrimRight(rest[:i], " \t\r\n")
		rest = bytes.TrimLeft(rest[i+1:], " \t\r\n")
		var value []byte
		if beginsWithAny(rest, quotes) {
			value, rest, _ = bytes.Cut(rest[1:], rest[:1])
		} else {
			end := indexAny(rest, " \t\r\n")
			value, rest = rest[:end], rest[end:]
		}
		if key = key[bytes.LastIndexAny(key, " \t\r\n")+1:]; strings.EqualFold(string(key), name) {
			return strings.TrimSpace(html.UnescapeString(string(value)))
		}
	}
}

func indexAny(b []byte, chars string) int {
	if i := bytes.IndexAny(b, chars); i >= 0 {
		return i
	}
	return len(b)
}
