package link

import (
	"strings"

	"github.com/andybalholm/cascadia"

	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// next looks whether a link leads to the next part of the article or the next
// page of the list. A "next article" is neither: the addresses of parts differ
// from the page's own in a page number alone.
func (f *linkFinder) next(a *page.Anchor, u, text string) {
	if f.out.Part != "" && f.out.List != "" {
		return
	}
	isNext := isNextWord(text)
	rel := page.HasToken(page.Attr(a.Node, "rel"), "next")
	isNext = isNext || rel
	number := 0
	if !isNext {
		if number = weburl.SmallNumber(text); number == 0 {
			return
		}
	}
	f.takeNext(u, isNext, number)
}

// nextInHead takes a link element with rel=next (HTML standard 4.6.7.13, RFC 8288)
// if no link of the page leads on: themes that load on scroll have nothing else.
func (f *linkFinder) nextInHead() {
	for _, s := range f.p.HeadLinks.FilterMatcher(nextLink).EachIter() {
		if u, err := f.p.Resolve(strings.TrimSpace(s.AttrOr("href", ""))); err == nil {
			f.takeNext(u, true, 0)
		}
	}
}

// nextLink matches the head's link to the next page.
var nextLink = cascadia.MustCompile(`link[rel~="next" i][href]`)

// takeNext takes an address for the next part of the article, or the next page of
// the list. isNext is false for a link that shows a page number alone.
func (f *linkFinder) takeNext(u string, isNext bool, number int) {
	here := weburl.PageNumber(f.p.Canonical)
	if u == f.p.Canonical || u == f.p.In.URL {
		return
	}
	base, n, ok := weburl.PartOf(f.p.Canonical, u)
	switch {
	case ok && base && n == here+1 && (isNext || number == n):
		if f.out.Part == "" {
			f.out.Part = u
		}
		if f.out.List == "" {
			f.out.List = u
		}
	case isNext && f.out.List == "" && weburl.SameSite(weburl.HostOf(u), f.host):
		f.out.List = u
	}
}

// isNextWord reports whether a link's text is one of the nextWords, in any case and
// with spaces, arrows and brackets.
func isNextWord(s string) bool {
	if len(s) >= 40 || strings.Count(s, " ") > 4 {
		return false // a headline
	}
	const longest = maxNextWord + 2 // two spaces within
	if s = strings.TrimFunc(s, isAround); len(s) > longest {
		return false
	}
	if s = text.ASCIICase(s); len(s) > longest { // a few letters are longer in lower case
		return false
	}
	var word [longest]byte
	n := 0
	for i := range len(s) {
		if s[i] != ' ' {
			word[n] = text.LowerASCII(s[i])
			n++
		}
	}
	return nextWords.HasBytes(word[:n])
}

// isAround reports whether a character only decorates the text of a link to a next page.
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
var nextWords = text.NewWords(
	"下一页", "下页", "下一頁", "下頁", "后页", "接下一頁", "次へ", "次のページ", "다음",
	"next", "nextpage", "older", "olderposts", "weiter", "nächste", "nächsteseite",
	"suivant", "pagesuivante", "siguiente", "próxima", "seguinte", "successiva", "avanti",
	"następna", "dalej", "далее", "следующая", "вперед", "επόμενη", "volgende", "nästa", "neste",
)
