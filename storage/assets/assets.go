// Package assets finds what a page needs to look like itself: stylesheets, and the
// pictures and fonts that page and stylesheets name. Scripts and what they would ask
// for are left out. It reads bytes and does no I/O.
package assets

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"

	"pressmark/extract/weburl"
)

// most bounds the addresses of one page or stylesheet.
const most = 300

// OfPage returns what a page names, in the order of the page, each once, in normal
// form: stylesheets, icons, pictures in all sizes, and what its style elements and
// attributes name. base is the page's address.
func OfPage(page []byte, base string) []string {
	at, err := url.Parse(base)
	if err != nil {
		return nil
	}
	l := list{base: at, seen: map[string]bool{}}
	in := html.NewTokenizer(bytes.NewReader(page))
	style := false
	for {
		switch in.Next() {
		case html.ErrorToken:
			return l.found
		case html.StartTagToken, html.SelfClosingTagToken:
			t := in.Token()
			style = t.Data == "style"
			l.element(&t)
		case html.TextToken:
			if style {
				l.style(in.Text())
			}
		case html.EndTagToken:
			style = false
		}
	}
}

// OfStyle returns the URLs that a stylesheet names: imported stylesheets, pictures
// and fonts.
func OfStyle(sheet []byte, base string) []string {
	at, err := url.Parse(base)
	if err != nil {
		return nil
	}
	l := list{base: at, seen: map[string]bool{}}
	l.style(sheet)
	return l.found
}

// IsStyle reports whether an answer is a stylesheet.
func IsStyle(mediaType, address string) bool {
	media, _, _ := strings.Cut(mediaType, ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "text/css":
		return true
	case "", "text/plain", "application/octet-stream":
		path, _, _ := strings.Cut(address, "?")
		return strings.HasSuffix(strings.ToLower(path), ".css")
	}
	return false
}

// list gathers addresses.
type list struct {
	base  *url.URL
	seen  map[string]bool
	found []string
}

func (l *list) add(ref string) {
	ref = strings.TrimSpace(ref)
	if inPage := ref == "" || ref[0] == '#'; inPage || len(l.found) == most {
		return
	}
	address, err := weburl.Resolve(l.base, ref)
	if err == nil && !l.seen[address] {
		l.seen[address] = true
		l.found = append(l.found, address)
	}
}

// element adds the URLs that an element loads.
func (l *list) element(t *html.Token) {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		if _, ok := attrs[a.Key]; !ok {
			attrs[a.Key] = a.Val
		}
	}
	switch t.Data {
	case "base":
		if to, err := l.base.Parse(attrs["href"]); err == nil && attrs["href"] != "" {
			l.base = to
		}
	case "link":
		if loads(attrs["rel"]) {
			l.add(attrs["href"])
		}
	case "img":
		l.add(attrs["src"])
		l.sizes(attrs["srcset"])
	case "source": // of a picture element; src is that of sound and film
		l.sizes(attrs["srcset"])
	case "input":
		if strings.EqualFold(attrs["type"], "image") {
			l.add(attrs["src"])
		}
	case "video":
		l.add(attrs["poster"])
	case "image": // of SVG
		l.add(attrs["href"])
		l.add(attrs["xlink:href"])
	case "body", "table", "td", "th", "tr":
		l.add(attrs["background"])
	}
	if attrs["style"] != "" {
		l.style([]byte(attrs["style"]))
	}
}

// loads reports whether a link element makes a browser load something that is seen.
func loads(rel string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch name {
		case "stylesheet", "icon", "apple-touch-icon", "mask-icon":
			return true
		}
	}
	return false
}

// sizes adds the candidates of a srcset attribute (HTML, section 4.8.4.2.1).
func (l *list) sizes(set string) {
	for set != "" {
		set = strings.TrimLeft(set, " \t\r\n\f,")
		end := strings.IndexAny(set, " \t\r\n\f")
		if end < 0 {
			end = len(set)
		}
		ref := set[:end]
		set = set[end:]
		if trimmed := strings.TrimRight(ref, ","); trimmed != ref {
			l.add(trimmed)
			continue
		}
		l.add(ref)
		_, set, _ = strings.Cut(set, ",")
	}
}

// style adds the URLs of a stylesheet, a style element or a style attribute.
func (l *list) style(sheet []byte) {
	in := css.NewLexer(parse.NewInputBytes(bytes.Clone(sheet)))
	imported, function := false, false
	for {
		kind, data := in.Next()
		if kind == css.ErrorToken {
			return
		}
		if ref, ok := named(kind, data, imported || function); ok {
			l.add(ref)
		}
		if kind != css.WhitespaceToken && kind != css.CommentToken {
			imported, function = kind == css.AtKeywordToken && strings.EqualFold(string(data), "@import"), loadsFrom(kind, data)
		}
	}
}

// unquoted is the value of a string or address token (CSS Syntax, section 4.3.7: escapes).
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for _, quote := range []string{`"`, `'`} {
		if len(s) >= 2 && strings.HasPrefix(s, quote) && strings.HasSuffix(s, quote) {
			s = s[1 : len(s)-1]
			break
		}
	}
	if !strings.Contains(s, `\`) {
		return s
	}
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		code, err := strconv.ParseUint(strings.TrimSpace(e[1:]), 16, 32)
		if err != nil {
			return strings.TrimPrefix(e[1:], "\n")
		}
		return string(rune(code)) //nolint:gosec // at most 24 bits
	})
}

// escape is an escaped code point, or any other escaped character.
var escape = regexp.MustCompile(`(?s)\\(?:[0-9a-fA-F]{1,6}\s?|.)`)

// Restyle returns a stylesheet in which every URL that OfStyle finds is replaced by
// the result of put. If the result is "", the reference loads nothing.
func Restyle(sheet []byte, base string, put func(address string) string) []byte {
	at, err := url.Parse(base)
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	in := css.NewLexer(parse.NewInputBytes(bytes.Clone(sheet)))
	imported, function := false, false
	for {
		kind, data := in.Next()
		if kind == css.ErrorToken {
			return out.Bytes()
		}
		ref, named := named(kind, data, imported || function)
		switch {
		case named && isLocal(ref):
			out.Write(data)
		case named && function:
			out.WriteString(`"` + replaced(at, ref, put) + `"`)
		case named:
			out.WriteString(`url("` + replaced(at, ref, put) + `")`)
		default:
			out.Write(data)
		}
		if kind != css.WhitespaceToken && kind != css.CommentToken {
			imported, function = kind == css.AtKeywordToken && strings.EqualFold(string(data), "@import"), loadsFrom(kind, data)
		}
	}
}

func replaced(base *url.URL, ref string, put func(string) string) string {
	address, err := weburl.Resolve(base, ref)
	if err != nil {
		return "data:,"
	}
	if to := put(address); to != "" {
		return to
	}
	return "data:,"
}

// loadsFrom reports whether a token begins a function whose argument is a URL.
func loadsFrom(kind css.TokenType, data []byte) bool {
	return kind == css.FunctionToken && (strings.EqualFold(string(data), "url(") || strings.EqualFold(string(data), "src("))
}

// named returns the address in a token. wanted says that a string is one.
func named(kind css.TokenType, data []byte, wanted bool) (ref string, ok bool) {
	switch {
	case kind == css.URLToken:
		return unquoted(strings.TrimSuffix(string(data[len("url("):]), ")")), true
	case kind == css.StringToken && wanted:
		return unquoted(string(data)), true
	}
	return "", false
}

// isLocal reports whether a reference needs no request: an empty one, a fragment or a
// data: URL.
func isLocal(ref string) bool {
	return ref == "" || ref[0] == '#' || strings.HasPrefix(ref, "data:")
}
