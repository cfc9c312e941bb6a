package compose

import (
	"slices"
	"sort"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// markTypes are what inline elements mean.
var markTypes = map[atom.Atom]article.MarkType{
	atom.B: article.MarkStrong, atom.Strong: article.MarkStrong, atom.Em: article.MarkEmphasis, atom.I: article.MarkEmphasis,
	atom.Q: article.MarkQuote, atom.Sup: article.MarkSup, atom.Sub: article.MarkSub,
	atom.Code: article.MarkCode, atom.Kbd: article.MarkCode, atom.Samp: article.MarkCode, atom.Tt: article.MarkCode,
	atom.Del: article.MarkDeleted, atom.S: article.MarkDeleted, atom.Strike: article.MarkDeleted, atom.Ins: article.MarkInserted,
}

// marks returns the marks of a line as offsets in code points of its text, moved
// on by at. A heading is bold by itself.
func (c *composer) marks(i int32, at int) []article.Mark {
	l := &c.p.Lines[i]
	from, to := l.Start, l.Start+int32(len(l.Text()))
	var out []article.Mark
	for k := c.rangesFrom(from); k < len(c.p.Ranges) && c.p.Ranges[k].Start < to; k++ {
		r := &c.p.Ranges[k]
		kind := markTypes[r.Tag]
		if r.End <= from || kind == article.MarkStrong && l.Role() == page.RoleSubhead {
			continue
		}
		out = appendMark(out, article.Mark{Type: kind}, l.Text(), int(r.Start-from), int(r.End-from), at)
	}
	for k := c.linksFrom(from); k < len(c.p.Links) && c.p.Links[k].Start < to; k++ {
		a := &c.p.Links[k]
		if a.End <= from || a.End <= a.Start {
			continue
		}
		href, ok := c.p.LinkURL(a)
		if !ok {
			continue
		}
		out = appendMark(out, article.Mark{Type: article.MarkLink, Href: href}, l.Text(), int(a.Start-from), int(a.End-from), at)
	}
	return out
}

// appendMark adds a mark of the bytes text[start:end], white space at its ends
// left out; the same range marked twice alike counts once.
func appendMark(out []article.Mark, m article.Mark, text string, start, end, at int) []article.Mark {
	start, end = max(start, 0), min(end, len(text))
	for start < end && (text[start] == ' ') {
		start++
	}
	for start < end && text[end-1] == ' ' {
		end--
	}
	if start >= end {
		return out
	}
	m.Start = at + utf8.RuneCountInString(text[:start])
	m.End = m.Start + utf8.RuneCountInString(text[start:end])
	if slices.Contains(out, m) {
		return out
	}
	return append(out, m)
}

// lookBack is how far before a line an element may begin that reaches into it.
const lookBack = 8

// rangesFrom returns the first range that can reach into the text from an offset on.
func (c *composer) rangesFrom(at int32) int {
	k := sort.Search(len(c.p.Ranges), func(i int) bool { return c.p.Ranges[i].Start >= at })
	return max(k-lookBack, 0)
}

func (c *composer) linksFrom(at int32) int {
	k := sort.Search(len(c.p.Links), func(i int) bool { return c.p.Links[i].Start >= at })
	return max(k-1, 0)
}

// sortMarks puts the marks of a block in order: by start, longer ones first.
func sortMarks(marks []article.Mark) []article.Mark {
	slices.SortStableFunc(marks, func(a, b article.Mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return marks
}

// bodyLinks lists the links of the body in reading order.
func bodyLinks(blocks []article.Block) []article.BodyLink {
	var out []article.BodyLink
	for i := range blocks {
		b := &blocks[i]
		var runes []rune
		for _, m := range b.Marks {
			if m.Type != article.MarkLink {
				continue
			}
			if runes == nil {
				runes = []rune(article.BlockText(b))
			}
			if m.End <= len(runes) {
				out = append(out, article.BodyLink{URL: m.Href, Text: string(runes[m.Start:m.End]), Block: i})
			}
		}
	}
	return out
}
