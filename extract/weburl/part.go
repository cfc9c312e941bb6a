package weburl

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// SmallNumber reads a link's text that is a page number, with or without brackets.
func SmallNumber(text string) int {
	if text == "" || text[0] > '9' && text[0] != '[' && text[0] < utf8.RuneSelf {
		return 0 // nearly every link
	}
	text = strings.Trim(text, "[]()【】 ")
	if len(text) == 0 || len(text) > 3 {
		return 0
	}
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return 0
		}
		n = n*10 + int(text[i]-'0')
	}
	return n
}

// PageNumber returns the number of the part that an address names, 1 if it names none.
func PageNumber(u string) int {
	if _, n := SplitPart(u); n > 0 {
		return n
	}
	return 1
}

// PartOf reports whether other is a part of the same article as own: they are equal apart
// from their page numbers.
func PartOf(own, other string) (same bool, number int, ok bool) {
	a, _ := SplitPart(own)
	b, n := SplitPart(other)
	if n == 0 {
		return false, 0, false
	}
	return a == b || trimSlash(own) == b, n, true
}

// trimSlash drops a closing slash.
func trimSlash(u string) string { return strings.TrimSuffix(u, "/") }

// SplitPart takes a page number off an address: name_2.html, name-2.html,
// name/2, name_all.html stays, ?page=2 (p, pn, pg, page, paged). 0 where there
// is none.
func SplitPart(u string) (base string, number int) {
	parsed, err := url.Parse(u)
	if err != nil {
		return u, 0
	}
	q := parsed.Query()
	for _, k := range []string{"page", "p", "pn", "pg", "paged", "pageno"} {
		if n := SmallNumber(q.Get(k)); n > 0 {
			q.Del(k)
			parsed.RawQuery = q.Encode()
			return trimSlash(parsed.String()), n
		}
	}
	path := trimSlash(parsed.Path)
	ext := ""
	if dot := strings.LastIndexByte(path, '.'); dot > strings.LastIndexByte(path, '/') {
		path, ext = path[:dot], path[dot:]
	}
	cut := strings.LastIndexAny(path, "_-/")
	if cut < 0 {
		return trimSlash(u), 0
	}
	n := SmallNumber(path[cut+1:])
	if n == 0 || path[cut] == '/' && (ext != "" || n > 50) {
		return trimSlash(u), 0 // news/101.html is an article, not a page of one
	}
	head := path[:cut]
	if path[cut] == '/' && strings.HasSuffix(head, "/page") {
		head = strings.TrimSuffix(head, "/page")
	}
	parsed.Path, parsed.RawPath = head+ext, ""
	return trimSlash(parsed.String()), n
}
