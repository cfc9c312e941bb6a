package byline

import (
	"pressmark/extract/body"
	"pressmark/extract/page"
	"pressmark/extract/title"
)

// place knows where the lines of a page stand relative to headline and text.
type place struct {
	p           *page.Page
	head        title.Result
	main        int // the body's box, -1 for none
	first, last int // lines of the body's text; first is the number of lines where there is none
}

func placeOf(p *page.Page, head title.Result, text body.Result) place {
	w := place{p: p, head: head, main: text.Main, first: len(p.Lines), last: -1}
	if e := p.Extent(text.First, text.Last, page.RoleBody); e.Last >= 0 {
		w.first, w.last = e.First, e.Last
	}
	return w
}

// window returns the range of lines where credits can stand: from a little above
// the headline to a little below the body.
func (w *place) window() (from, to int) {
	from, to = 0, len(w.p.Lines)
	switch {
	case w.head.Line >= 0:
		from = max(0, w.head.Line-8)
	case w.first < len(w.p.Lines):
		from = max(0, w.first-20)
	}
	if w.last >= 0 {
		to = min(len(w.p.Lines), w.last+25)
	}
	return from, to
}

// names returns the names of the boxes around a line, up to the article's own.
func (w *place) names(line int) page.NameFlags {
	return w.p.LocalNames(w.p.Lines[line].Box, w.main, w.head.Line)
}

// foreign reports whether a line stands in a box that belongs to something else
// than the article: navigation, comments, related items.
func (w *place) foreign(line int) bool { return w.names(line)&page.ForeignNames != 0 }

// inByline reports whether a line stands in a box that is named after the author.
func (w *place) inByline(line int) bool { return w.names(line)&page.NameByline != 0 }

// inText reports whether a line stands between the first and the last line of the text.
func (w *place) inText(line int) bool { return line > w.first && line < w.last }

// edge reports whether a line is one of the first or last of the text, where a
// byline may stand.
func (w *place) edge(line int) bool { return line <= w.first+3 || line >= w.last-2 }

// underTitle reports whether a line is one of the few around and below the
// headline, where the author is named.
func (w *place) underTitle(line int) bool {
	t := w.head.Line
	return t >= 0 && line >= t-2 && line <= t+12 && line < w.first+6
}
