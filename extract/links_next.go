package extract

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"pressmark/extract/weburl"
)

// next looks whether a link leads to the next part of the article or the next
// page of the list. A "next article" is neither: the addresses of parts differ
// from the page's own in a page number alone.
func (f *linkFinder) next(a *anchor, u, text string) {
	if f.out.part != "" && f.out.list != "" {
		return
	}
	isNext := isNextWord(text)
	rel := hasToken(attr(a.node, "rel"), "next")
	isNext = isNext || rel
	number := 0
	if !isNext {
		if number = smallNumber(text); number == 0 {
			return
		}
	}
	here := pageNumber(f.p.canonical)
	if u == f.p.canonical || u == f.p.in.URL {
		return
	}
	base, n, ok := partOf(f.p.canonical, u)
	switch {
	case ok && base && n == here+1 && (isNext || number == n):
		if f.out.part == "" {
			f.out.part = u
		}
		if f.out.list == "" {
			f.out.list = u
		}
	case isNext && f.out.list == "" && weburl.SameSite(weburl.HostOf(u), f.host):
		f.out.list = u
	}
}

// isNextWord tells whether a link's text is one of the nextWords, in any case and
// with spaces, arrows and brackets.
func isNextWord(text string) bool {
	if len(text) >= 40 || strings.Count(text, " ") > 4 {
		return false // a headline
	}
	text = strings.TrimFunc(text, isAround)
	text = asciiCase(text)
	var word [maxNextWord + 2]byte // two spaces within
	if len(text) > len(word) {
		return false
	}
	n := 0
	for i := range len(text) {
		if text[i] != ' ' {
			word[n] = lowerASCII(text[i])
			n++
		}
	}
	return nextWords[string(word[:n])]
}

// isAround tells what stands around the text of a link to a next page.
func isAround(r rune) bool {
	switch r {
	case ' ', '\u3000', '»', '›', '>', '→', '[', ']', '(', ')', '【', '】', '…':
		return true
	}
	return false
}

// maxNextWord is the length in bytes of the longest of the nextWords.
const maxNextWord = len("следующая")

// nextWords are the texts of links to a next page, in lower case and without spaces.
var nextWords = map[string]bool{
	"下一页": true, "下页": true, "下一頁": true, "下頁": true, "后页": true, "接下一頁": true, "次へ": true, "次のページ": true, "다음": true,
	"next": true, "nextpage": true, "older": true, "olderposts": true, "weiter": true, "nächste": true, "nächsteseite": true,
	"suivant": true, "pagesuivante": true, "siguiente": true, "próxima": true, "seguinte": true, "successiva": true, "avanti": true,
	"następna": true, "dalej": true, "далее": true, "следующая": true, "вперед": true, "επόμενη": true, "volgende": true, "nästa": true, "neste": true,
}

// smallNumber reads a link's text that is a page number, with or without brackets.
func smallNumber(text string) int {
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

// pageNumber is the number of the part that an address names; 1 where it names none.
func pageNumber(u string) int {
	if _, n := splitPart(u); n > 0 {
		return n
	}
	return 1
}

// partOf tells whether other is a part of the same article as own: whether
// they are equal without their page numbers.
func partOf(own, other string) (same bool, number int, ok bool) {
	a, _ := splitPart(own)
	b, n := splitPart(other)
	if n == 0 {
		return false, 0, false
	}
	return a == b || trimSlash(own) == b, n, true
}

// trimSlash drops a closing slash.
func trimSlash(u string) string { return strings.TrimSuffix(u, "/") }

// splitPart takes a page number off an address: name_2.html, name-2.html,
// name/2, name_all.html stays, ?page=2 (p, pn, pg, page, paged). 0 where there
// is none.
func splitPart(u string) (base string, number int) {
	parsed, err := url.Parse(u)
	if err != nil {
		return u, 0
	}
	q := parsed.Query()
	for _, k := range []string{"page", "p", "pn", "pg", "paged", "pageno"} {
		if n := smallNumber(q.Get(k)); n > 0 {
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
	n := smallNumber(path[cut+1:])
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
