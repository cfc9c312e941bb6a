package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/dates"
)

// foreignNames are the names of boxes whose times belong to something else.
const foreignNames = nameRelated | nameComment | nameNav | nameFooter | nameSide | namePromo | nameAd | nameForm | nameCaption | namePager

// score says how likely a printed time is the article's: where it stands, what
// its box is called, what stands before it, and whether others agree.
func (t *timeFinder) score(c *printed, f *dates.Found) float64 {
	score := t.place(c.line) + t.boxScore(c.line) + t.lineScore(c, f)
	if c.Precision > dates.Day && !c.Relative {
		score += 1.5
	}
	if c.Relative {
		score--
	}
	if t.hasURL && t.byURL.Day > 0 {
		if t.byURL.SameDay(c.Stamp) {
			score += 4
		} else {
			score -= 2
		}
	}
	return score + t.agreement(c.Stamp) - t.today(c)
}

// boxScore scores what the boxes around a line are called and hold.
func (t *timeFinder) boxScore(i int) float64 {
	p := t.p
	l := &p.lines[i]
	name := p.localNames(l.box, t.text.main, t.head.line)
	score := 0.0
	if name&nameDate != 0 || t.dated[i] {
		score += 2
	}
	if name&nameByline != 0 {
		score++
	}
	if name&foreignNames != 0 {
		score -= 4
		if d := i - t.head.line; t.head.line >= 0 && d >= -2 && d <= 2 {
			score += 2 // a kicker in a box that is called nav or teaser
		}
	}
	if l.linkMass*2 > l.mass {
		score -= 3
	}
	if l.hidden {
		score -= 3
	}
	if t.groups[t.group(l.box)] > 1 {
		score -= 3 // one of a list of other articles
	}
	return score
}

// lineScore scores what stands around a time in its line.
func (t *timeFinder) lineScore(c *printed, f *dates.Found) float64 {
	l := &t.p.lines[c.line]
	score := 0.0
	if c.label {
		score += 4
	}
	if l.chars < 60 && (f.End-f.Start)*5 > len(l.text)*3 {
		score += 1.5 // alone on its line
	}
	if !l.isProse() || c.alone || l.linkMass > 0 && strings.ContainsAny(l.text, ">›»") { // breadcrumbs are no prose
		return score
	}
	if c.Precision > dates.Day && !c.noYear && !c.Relative && inImprint(l.text, f.Start, f.End) {
		return score
	}
	if c.noYear {
		score -= 3
	}
	if c.label || c.updated {
		return score
	}
	rest := l.text[min(f.End, len(l.text)):]
	switch apart := f.Start == 0 && !c.noYear && dateline(rest); {
	case apart && l.role == roleBody: // "01.02.2022 – The office says …"
		score -= 3
	case l.role == roleBody && strings.ContainsAny(rest, "。！？.!?"): // an event's date
		score -= 8
	case f.Start > 12 || l.role == roleBody && len(l.text) > 150:
		score -= 5
	}
	return score
}

// dateline tells whether what follows a date at the head of a paragraph sets it apart.
func dateline(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("–—-:：|„“\"«(（【", r)
}

// group returns the box that holds the list which a dated line is an item of,
// -1 where it is in none: the box around the nearest list item, table row or
// teaser.
func (t *timeFinder) group(b int32) int32 {
	p := t.p
	for n := 0; b >= 0 && n < 6; n++ {
		x := &p.boxes[b]
		if t.text.main >= 0 && p.within(int32(t.text.main), b) {
			return -1
		}
		switch x.tag {
		case atom.Li, atom.Tr, atom.Article, atom.Dd, atom.Option:
			return x.parent
		}
		b = x.parent
	}
	return -1
}

// place scores the distance from headline and body.
func (t *timeFinder) place(i int) float64 {
	p := t.p
	if t.head.line < 0 || t.first < len(p.lines) && (t.first-t.head.line > 40 || t.head.line > t.first+4) {
		switch d := t.first - i; {
		case t.first == len(p.lines):
			return 0
		case d >= 0 && d < 12:
			return 5
		case d < 0 && i > t.last && i-t.last < 8:
			return 2
		}
		return 0
	}
	score := 0.0
	switch d := i - t.head.line; {
	case d >= 0 && d <= 4:
		score = 5
	case d > 0 && d <= 10:
		score = 4
	case d > 0 && d <= 20:
		score = 2.5
	case d > 0 && d <= 40:
		score = 1
	case d < 0 && d >= -4:
		score = 3
	case d < 0 && d >= -12:
		score = 1.5
	}
	switch {
	case i > t.head.line && i < t.first && t.first < len(p.lines):
		score += 2
	case t.last >= 0 && i > t.last && i-t.last <= 8:
		score += 2
	}
	return score
}

// agreement scores what structured data says of a printed time.
func (t *timeFinder) agreement(s dates.Stamp) float64 {
	best := 0.0
	for _, c := range t.claims {
		switch {
		case c.Precision > dates.Day && s.Precision > dates.Day && (c.SameMinute(s) || t.sameInstant(c.Stamp, s)):
			return 7
		case t.sameDay(c.Stamp, s):
			best = 2.5
		}
	}
	return best
}

// today is the penalty for what looks like today's date in the page's head.
func (t *timeFinder) today(c *printed) float64 {
	now := t.p.in.Fetched
	if now.IsZero() || c.Precision > dates.Day || c.label || c.Relative || t.head.line < 0 || c.line > t.head.line {
		return 0
	}
	if dates.From(now.In(t.zone.loc)).SameDay(c.Stamp) {
		return 4
	}
	return 0
}

// minScore is what a printed time needs to count, strongScore what it needs to
// win over structured data that disagrees.
const (
	minScore    = 3
	strongScore = 6
)

// best returns the likeliest time of publication and of change. Where
// structured data is silent, less is asked of them.
func (t *timeFinder) best(list []printed) (published, updated printed) {
	least := float64(minScore)
	if len(t.claims) == 0 {
		least = 0.5
	}
	above := t.shownAbove(list)
	for _, c := range list {
		if above && t.last >= 0 && c.line > t.last && !c.label {
			c.score -= 3
		}
		if c.score < least {
			continue
		}
		into := &published
		if c.updated {
			into = &updated
		}
		if !into.ok || c.score > into.score {
			*into = c
		}
	}
	return published, updated
}

// shownAbove tells whether a time of publication stands between headline and
// text: then those below the text are of comments and other articles.
func (t *timeFinder) shownAbove(list []printed) bool {
	for _, c := range list {
		if c.line > t.head.line && t.head.line >= 0 && c.line < t.first && c.score >= minScore && !c.updated {
			return true
		}
	}
	return false
}
