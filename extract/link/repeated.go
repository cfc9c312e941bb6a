package link

import (
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
		if m.score < 1 || l.Article || text.Mass(l.Text) < LeastHeadline {
			continue
		}
		if n := forms.of(m.form); n.articles >= manyAlike && n.mostly() {
			l.Article, l.Section = true, false
		}
	}
}

// formOf hashes what addresses of one template have in common: host and
// folders with digits made alike, the ending of the last segment, the query's keys.
func formOf(u string) uint64 {
	path, query := PathOf(u)
	slash := 0
	for i := range len(path) - 1 {
		if path[i] == '/' {
			slash = i
		}
	}
	h := text.NewHash
	add := func(c byte) {
		if text.IsDigit(c) {
			c = '0'
		}
		h = h.Byte(c)
	}
	for i := range len(u) - len(path) - len(query) {
		add(u[i])
	}
	digits := false
	for i := 0; i <= slash; i++ { // 2019/9 and 2019/10 are alike
		if !text.IsDigit(path[i]) || !digits {
			add(path[i])
		}
		digits = text.IsDigit(path[i])
	}
	for i := len(path) - 1; i > slash; i-- {
		if path[i] == '.' {
			for ; i < len(path); i++ {
				add(path[i])
			}
			break
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
			add(c)
		}
	}
	return uint64(h)
}
