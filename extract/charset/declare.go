package charset

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

const utf8Name = "utf-8"

// metaLimit is how far into the body a meta element is looked for. The HTML
// standard stops after 1,024 bytes; scripts put before the declaration are often longer.
const metaLimit = 16 << 10

// strayLabels are labels that the standard does not know and pages use.
var strayLabels = map[string]string{
	"cp936": "gb18030", "ms936": "gb18030", "gb-2312": "gb18030", "gb18030-2000": "gb18030", "gbk2312": "gb18030",
	"cp950": "big5", "ms950": "big5", "big-5": "big5", "big5hkscs": "big5", "big5-hkscs:2004": "big5",
	"cp932": "shift_jis", "ms932": "shift_jis", "shift-jis-2004": "shift_jis", "eucjp": "euc-jp", "euc_jp": "euc-jp",
	"cp949": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "euc_kr": "euc-kr", "euckr": "euc-kr",
	"win-1250": "windows-1250", "win-1251": "windows-1251", "win1251": "windows-1251", "windows1251": "windows-1251",
	"utf_8": utf8Name, "utf-8mb4": utf8Name, "utf8mb4": utf8Name, "latin-1": "windows-1252",
}

// candidate is an encoding with its WHATWG name.
type candidate struct {
	name string
	enc  encoding.Encoding
}

// lookup finds an encoding by any of its labels. utf-8 and utf-16 are not
// found: a body that gets here is neither.
func lookup(label string) (candidate, bool) {
	name := canonical(label)
	if name == "" || name == utf8Name {
		return candidate{}, false
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return candidate{}, false
	}
	return candidate{name, enc}, true
}

// canonical returns the WHATWG name of a label, "" if the label is unknown or useless.
func canonical(label string) string {
	label = strings.ToLower(strings.Trim(label, " \t\r\n\f\"'/;,"))
	if s, ok := strayLabels[label]; ok {
		return s
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	switch {
	case err != nil || name == "replacement" || name == "x-user-defined" || strings.HasPrefix(name, "utf-16"):
		return ""
	case name == "gbk":
		return "gb18030"
	}
	return name
}

// declared lists the names of the encodings that header, meta elements and XML
// declaration claim, in the order in which they are to be believed, each once.
func declared(body []byte, contentType string) []string {
	head := body[:min(len(body), metaLimit)]
	var names []string
	add := func(label string) {
		if name := canonical(label); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add(charsetParam([]byte(contentType)))
	for _, label := range metaLabels(head) {
		add(label)
	}
	add(xmlLabel(head))
	return names
}

// metaLabels returns the labels of the meta elements in head, by a scan of the
// bytes: comments and scripts are passed over, nothing is parsed.
func metaLabels(head []byte) []string {
	var labels []string
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return labels
		}
		head = head[i:]
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			head = after(head, "-->")
		case hasPrefixFold(head, "<script"):
			head = after(head, "</script")
			if head == nil {
				return labels
			}
		case hasPrefixFold(head, "<meta"):
			label, rest := metaLabel(head[len("<meta"):])
			if label != "" {
				labels = append(labels, label)
			}
			head = rest
		default:
			head = head[1:]
		}
	}
}

// metaLabel returns the label that the attributes of a meta element declare, and what
// follows them. A charset in the content of a named element ("description") is prose.
func metaLabel(tag []byte) (label string, rest []byte) {
	pragma, named, content := false, false, ""
	for {
		name, value, behind := attribute(tag)
		if name == "" {
			if label == "" && (pragma || !named) {
				label = content
			}
			return label, behind
		}
		switch name {
		case "charset":
			if label = charsetParam(value); label == "" { // a whole content in the wrong place holds one
				label = string(value)
			}
		case "http-equiv":
			pragma = hasPrefixFold(value, "content-type")
		case "name", "property", "itemprop":
			named = true
		case "content":
			content = charsetParam(value)
		}
		tag = behind
	}
}

// attribute returns the next attribute of a tag, its name in lower case, and what
// follows it; the name is empty at the end of the tag.
func attribute(tag []byte) (name string, value, rest []byte) {
	tag = bytes.TrimLeft(tag, " \t\r\n\f/")
	if len(tag) == 0 || tag[0] == '>' {
		return "", nil, tag
	}
	n := 1 + indexAny(tag[1:], " \t\r\n\f/>=")
	name, tag = strings.ToLower(string(tag[:n])), bytes.TrimLeft(tag[n:], " \t\r\n\f")
	if len(tag) == 0 || tag[0] != '=' {
		return name, nil, tag
	}
	tag = bytes.TrimLeft(tag[1:], " \t\r\n\f")
	if len(tag) > 0 && (tag[0] == '"' || tag[0] == '\'') {
		value, rest, _ = bytes.Cut(tag[1:], tag[:1])
		return name, value, rest
	}
	n = indexAny(tag, " \t\r\n\f>")
	return name, tag[:n], tag[n:]
}

// indexAny is bytes.IndexAny, but returns len(b) if there is none.
func indexAny(b []byte, chars string) int {
	if i := bytes.IndexAny(b, chars); i >= 0 {
		return i
	}
	return len(b)
}

// after returns what follows the first s in b (ASCII case ignored), nil where there is none.
func after(b []byte, s string) []byte {
	for ; len(b) >= len(s); b = b[1:] {
		if b[0]|0x20 == s[0]|0x20 && hasPrefixFold(b, s) {
			return b[len(s):]
		}
	}
	return nil
}

// charsetParam finds charset=label in a header or in the content of a meta element.
func charsetParam(b []byte) string {
	for {
		b = after(b, "charset")
		if b == nil {
			return ""
		}
		b = bytes.TrimLeft(b, " \t\r\n\f")
		if len(b) == 0 || b[0] != '=' {
			continue
		}
		b = bytes.TrimLeft(b[1:], " \t\r\n\f\"'")
		if i := bytes.IndexAny(b, " \t\r\n\f\"';,/>"); i >= 0 {
			return string(b[:i])
		}
		return string(b)
	}
}

// xmlLabel returns the encoding that an XML declaration names.
func xmlLabel(head []byte) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	if !hasPrefixFold(head, "<?xml") {
		return ""
	}
	if i := bytes.IndexByte(head, '>'); i >= 0 {
		head = head[:i]
	}
	head = bytes.TrimLeft(after(head, "encoding"), " \t\r\n=")
	if len(head) < 2 || head[0] != '"' && head[0] != '\'' {
		return ""
	}
	i := bytes.IndexByte(head[1:], head[0])
	if i < 0 {
		return ""
	}
	return string(head[1 : 1+i])
}

// hasPrefixFold reports whether b begins with the ASCII string s, case ignored.
func hasPrefixFold(b []byte, s string) bool {
	return len(b) >= len(s) && bytes.EqualFold(b[:len(s)], []byte(s))
}
