package link

import (
	"pressmark/extract/text"
)

// manyAlike is how many links whose addresses are of one make are a list.
const manyAlike = 6

// LeastHeadline is the mass of a text that is hardly a headline any more: six Han
// characters. "Log in" and "Hotels" have less.
const LeastHeadline = 18

// repeated takes links for articles' that one by one are in doubt: where a page
// has many whose addresses are of one make (/news/123.html, show.php?id=45), and
// most of them look like an article's, all are. Short headlines and
// addresses with small numbers are no less articles for it.
func (f *linkFinder) repeated() {
	links := f.out.Links
	if len(links) < manyAlike {
		return
	}
	type count struct{ likely, all int }
	keys := make([]uint64, len(links))
	makes := make(map[uint64]count, 16)
	for i := range links {
		if f.scores[i] < 1 {
			continue
		}
		keys[i] = makeOf(links[i].URL)
		n := makes[keys[i]]
		n.all++
		if f.scores[i] >= sureArticle-1 {
			n.likely++
		}
		makes[keys[i]] = n
	}
	for i := range links {
		l := &links[i]
		if f.scores[i] < 1 || l.Article {
			continue
		}
		if n := makes[keys[i]]; n.likely >= manyAlike && n.likely*3 >= n.all*2 && text.Mass(l.Text) >= LeastHeadline {
			l.Article, l.Section = true, false
		}
	}
}

// makeOf hashes what addresses of one template have in common: host and
// folders with digits made alike, the ending of the last segment, the query's keys.
func makeOf(u string) uint64 {
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
