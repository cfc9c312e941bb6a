package discover

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/charset"
	"pressmark/extract/weburl"
)

// Refresh returns the target of a page's declarative refresh, in normal form: the
// Refresh header field or a meta element (HTML standard, 4.2.5.3 and 7.9.4, "shared
// declarative refresh steps"). It returns "" if the page has none or only reloads
// itself. Targets in comments and scripts are ignored. base is the page's own URL.
func Refresh(body []byte, header http.Header, base string) string {
	own, err := url.Parse(base)
	if err != nil {
		return ""
	}
	text, encoding := charset.Decode(body[:min(len(body), sniffed)], header.Get("Content-Type"))
	within, found := own, header.Get("Refresh")
	if refreshTarget(found) == "" {
		within, found = metaRefresh(text, own)
	}
	target := refreshTarget(found)
	if target == "" {
		return ""
	}
	to, err := weburl.ResolveIn(within, target, encoding)
	mine, ownErr := weburl.Normalize(base)
	if toItself := ownErr == nil && to == mine; err != nil || toItself {
		return ""
	}
	return to
}

// noscriptTag hides the elements within it from the tokenizer. For a reader without
// scripts they are part of the page.
var noscriptTag = regexp.MustCompile(`(?i)</?noscript\b[^>]*>`)

// metaRefresh returns the content of the first meta element with a refresh that leads
// somewhere, and the base of its address: the first <base href>, else the page's own.
func metaRefresh(text []byte, own *url.URL) (base *url.URL, content string) {
	base = own
	based := false
	text = noscriptTag.ReplaceAll(text, nil)
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return base, content
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		t := z.Token()
		setsBase := t.DataAtom == atom.Base && value(t, "href") != ""
		switch {
		case setsBase && !based:
			based = true
			if u, err := weburl.Resolve(own, value(t, "href")); err == nil {
				base = parseBase(u)
			}
		case content == "" && isRefresh(t):
			content = value(t, "content")
		}
	}
}

// isRefresh reports whether an element is a meta refresh with an address.
func isRefresh(t html.Token) bool {
	return t.DataAtom == atom.Meta && strings.EqualFold(value(t, "http-equiv"), "refresh") && refreshTarget(value(t, "content")) != ""
}

func value(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// asciiSpace is white space as HTML has it.
const asciiSpace = " \t\r\n\f"

// refreshTarget returns the address in the content of a refresh ("5; url=/b"). It
// returns "" if there is no address or the content is malformed.
func refreshTarget(content string) string {
	content = strings.TrimLeft(content, asciiSpace)
	rest := strings.TrimLeft(content, "0123456789")
	if rest == content && !strings.HasPrefix(rest, ".") {
		return "" // no time
	}
	rest = strings.TrimLeft(rest, "0123456789.")
	if rest == "" || !strings.ContainsRune(";,"+asciiSpace, rune(rest[0])) {
		return ""
	}
	rest = strings.TrimLeft(rest, asciiSpace)
	if beginsWithAny(rest, ";,") {
		rest = strings.TrimLeft(rest[1:], asciiSpace)
	}
	return unquoted(behindURL(rest))
}

// behindURL returns the text after "url=", or the whole text if there is no "url=".
func behindURL(s string) string {
	if len(s) < 3 || !strings.EqualFold(s[:3], "url") {
		return s
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(s[3:], asciiSpace), "=")
	if !ok {
		return s
	}
	return strings.TrimLeft(rest, asciiSpace)
}

// unquoted returns the text inside the quotation mark that s begins with. If the
// mark is not closed, the text extends to the end.
func unquoted(s string) string {
	if beginsWithAny(s, quotes) {
		s, _, _ = strings.Cut(s[1:], s[:1])
	}
	return strings.TrimSpace(s)
}
