package link

import (
	"strings"

	"pressmark/extract/text"
)

// manyAlike is the number of links with the same form of address that makes a list.
const manyAlike = 6

// LeastHeadline is the least mass of a text that can be a headline: six Han characters.
// "Log in" and "Hotels" have less.
const LeastHeadline = 18

// repeated promotes doubtful links: if a page has many with the same form of address
// (/news/123.html, show.php?id=45), and most of them look like articles, all of them
// do. Short headlines and addresses with small numbers are articles too.
func (f *linkFinder) repeated() {
	links := f.out.Links
	if len(links) < manyAlike {
		return
	}
	forms := newPolls(len(links))
	for i := range links {
		if f.marks[i].score >= 1 {
			forms.of(f.marks[i].form).add(f.marks[i].score >= sureArticle-1)
		}
	}
	for i := range links {
		l, m := &links[i], &f.marks[i]
		if m.score < 1 || l.Article || m.mass < LeastHeadline {
			continue
		}
		if n := forms.of(m.form); n.articles >= manyAlike && n.mostly() {
			l.Article, l.Section = true, false
		}
	}
}

// origin is the start of an address up to its path, and its hash. Addresses of one host
// follow each other on a page.
type origin struct {
	text string
	hash text.Hash
}

// formOf hashes what addresses of one template have in common: host and
// folders with digits made alike, the ending of the last segment, the query's keys.
func (f *linkFinder) formOf(u string) uint64 {
	path, query := PathOf(u)
	slash := max(strings.LastIndexByte(path[:len(path)-1], '/'), 0)
	if from := u[:len(u)-len(path)-len(query)]; from != f.origin.text {
		f.origin = origin{from, text.NewHash}
		for i := range len(from) {
			f.origin.hash = f.origin.hash.Byte(oneDigit(from[i]))
		}
	}
	h := f.origin.hash
	digits := false
	for i := 0; i <= slash; i++ { // 2019/9 and 2019/10 are alike
		isDigit := text.IsDigit(path[i])
		if !isDigit || !digits {
			h = h.Byte(oneDigit(path[i]))
		}
		digits = isDigit
	}
	if dot := strings.LastIndexByte(path[slash+1:], '.'); dot >= 0 {
		for i := slash + 1 + dot; i < len(path); i++ {
			h = h.Byte(oneDigit(path[i]))
		}
	}
	value := false
	for i := range len(query) {
		switch c := query[i]; {
		case c == '=':
			value = true
		case c == '&':
			value = false
		case !value:
			h = h.Byte(oneDigit(c))
		}
	}
	return uint64(h)
}

// oneDigit returns 0 for every digit, and other bytes unchanged.
func oneDigit(c byte) byte {
	if text.IsDigit(c) {
		return '0'
	}
	return c
}
