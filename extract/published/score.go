package published

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/dates"
	"pressmark/extract/page"
)

// score returns how likely a printed time is the article's. It weighs its place, the
// names of its boxes, the words before it, and agreement with other times.
func (t *timeFinder) score(c *printed, f *dates.Found) float64 {
	score := t.place(c.line) + t.boxScore(c) + t.lineScore(c, f)
	if c.Precision > dates.Day && !c.Relative {
		score += 1.5
	}
	if c.Relative {
		score--
	}
	if c.Year < 1990 {
		score -= 3 // seldom the page's: a birthday, an anniversary
	}
	if t.hasURL && t.byURL.Day > 0 {
		if t.byURL.SameDay(c.Stamp) {
			score += 4
		} else {
			score -= 2
		}
	}
	agreed := t.agreement(c.Stamp)
	if c.first && agreed == sameMinute {
		score += 4 // a later time stands more prominently
	}
	return score + agreed - t.today(c)
}

// boxScore scores what the boxes around a line are called and hold.
func (t *timeFinder) boxScore(c *printed) float64 {
	p, i := t.p, c.line
	l := &p.Lines[i]
	name := p.LocalNames(l.Box, t.text.Main, t.head.Line)
	score := 0.0
	if name&page.NameDate != 0 || t.dated[i] {
		score += 2
	}
	if name&page.NameByline != 0 {
		score++
	}
	foreign := t.foreign(i, name)
	if foreign&page.NameFooter != 0 && !c.label {
		score -= 4 // of the site
	}
	if foreign != 0 {
		score -= 4
		if d := i - t.head.Line; t.head.Line >= 0 && d >= -2 && d <= 2 {
			score += 2 // a kicker in a box that is called nav or teaser
		}
	}
	if l.LinkMass*2 > l.Mass && !t.besideTitle(i) { // a menu; a byline links its author, too
		score -= 3
	}
	if l.Hidden() {
		score -= 3
	}
	if t.groups[t.group(l.Box)] > 1 {
		score -= 3 // one of a list of other articles
	}
	return score
}

// foreign returns those of the names around a line whose times belong to
// something else. The article's own footer is not foreign.
func (t *timeFinder) foreign(i int, names page.NameFlags) page.NameFlags {
	names &= page.ForeignNames
	if names&page.NameFooter != 0 && (t.betweenTitleAndBody(i) || t.ownFooter(t.p.Lines[i].Box)) {
		names &^= page.NameFooter
	}
	return names
}

// ownFooter reports whether the footer around a box is that of the article: it
// stands in the same article or main element as the text, or is named after a
// post. The site's footer stands in neither.
func (t *timeFinder) ownFooter(b int32) bool {
	p := t.p
	footer := p.Ancestor(b, func(x *page.Box) bool { return x.Name&page.NameFooter != 0 })
	if footer < 0 || t.text.Main < 0 {
		return false
	}
	if classNames(page.Attr(p.Boxes[footer].Node, "class"), postWords) {
		return true
	}
	around := p.Ancestor(footer, func(x *page.Box) bool { return x.Tag == atom.Article || x.Tag == atom.Main })
	return around >= 0 && p.Within(int32(t.text.Main), around)
}

// postWords are words of the class of an article's own footer: "post-footer", "entry-footer".
var postWords = []string{"post", "entry", "article", "story"}

// classNames reports whether a class holds one of the words.
func classNames(class string, words []string) bool {
	for _, w := range words {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// besideTitle reports whether a line is one of the few around the headline.
func (t *timeFinder) besideTitle(i int) bool {
	d := i - t.head.Line
	return t.head.Line >= 0 && d >= -3 && d <= 3
}

// lineScore scores what stands around a time in its line.
func (t *timeFinder) lineScore(c *printed, f *dates.Found) float64 {
	l := &t.p.Lines[c.line]
	score := 0.0
	if c.label {
		score += 4
	}
	if l.Chars < 60 && (f.End-f.Start)*5 > len(l.Text())*3 {
		score += 1.5 // alone on its line
	}
	if !l.IsProse() || c.alone || inBreadcrumbs(l) || c.complete() && inImprint(l.Text(), f.Start, f.End) {
		return score
	}
	if c.noYear {
		score -= 3
	}
	if c.label || c.updated {
		return score
	}
	return score - proseLoss(l, f, c.noYear)
}

// inBreadcrumbs reports whether a line is a path of links, which is no prose.
func inBreadcrumbs(l *page.Line) bool {
	return l.LinkMass > 0 && strings.ContainsAny(l.Text(), ">›»")
}

// complete reports whether a time shows the year and the time of day.
func (v *printed) complete() bool { return v.Precision > dates.Day && !v.noYear && !v.Relative }

// proseLoss is the penalty for an unlabelled time in a sentence, which is mostly the time
// of an event.
func proseLoss(l *page.Line, f *dates.Found, noYear bool) float64 {
	body := l.Role() == page.RoleBody
	rest := l.Text()[min(f.End, len(l.Text())):]
	switch {
	case body && f.Start == 0 && !noYear && dateline(rest): // "01.02.2022 – The office says …"
		return 3
	case body && strings.ContainsAny(rest, "。！？.!?"):
		return 8
	case f.Start > 12, body && len(l.Text()) > 150:
		return 5
	}
	return 0
}

// dateline reports whether the text after a date at the start of a paragraph separates
// the date from it.
func dateline(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("–—-:：|„“\"«(（【", r)
}

// group returns the box of the list that contains a dated line, -1 if it is not in a
// list: the box around the nearest list item, table row or teaser.
func (t *timeFinder) group(b int32) int32 {
	p := t.p
	for n := 0; b >= 0 && n < 6; n++ {
		x := &p.Boxes[b]
		if t.text.Main >= 0 && p.Within(int32(t.text.Main), b) {
			return -1
		}
		switch x.Tag {
		case atom.Li, atom.Tr, atom.Article, atom.Dd, atom.Option:
			return x.Parent
		}
		b = x.Parent
	}
	return -1
}

// ring scores the lines that stand at a distance from another line: from and to
// are in lines, both inclusive, negative above it.
type ring struct {
	from, to int
	score    float64
}

// The scores by distance. The first ring that holds a distance counts.
var (
	aroundTitle = []ring{{0, 4, 5}, {5, 10, 4}, {11, 20, 2.5}, {21, 40, 1}, {-4, -1, 3}, {-12, -5, 1.5}}
	belowTitle  = []ring{{0, 4, 2.5}} // of a headline that stands far from the text
	aboveBody   = []ring{{-11, 0, 5}} // where the headline is unknown or far away
	belowBody   = []ring{{1, bodyFoot, 2}}
)

// bodyFoot is how many lines below the text a time of the article may stand.
const bodyFoot = 8

// at returns the score of a distance, 0 where no ring holds it.
func at(rings []ring, distance int) float64 {
	for _, r := range rings {
		if distance >= r.from && distance <= r.to {
			return r.score
		}
	}
	return 0
}

// place scores the distance from headline and body.
func (t *timeFinder) place(i int) float64 {
	below := 0.0
	if t.last >= 0 {
		below = at(belowBody, i-t.last)
	}
	if t.titleApart() {
		score := below
		if t.hasBody() {
			score = max(score, at(aboveBody, i-t.first))
		}
		if t.head.Line >= 0 {
			score = max(score, at(belowTitle, i-t.head.Line))
		}
		return score
	}
	score := at(aroundTitle, i-t.head.Line)
	if t.betweenTitleAndBody(i) {
		return score + 2
	}
	return score + below
}

// hasBody reports whether a text was found.
func (t *timeFinder) hasBody() bool { return t.first < len(t.p.Lines) }

// titleApart reports whether the headline gives no hint where times are: it is unknown,
// far above the text, or below its beginning.
func (t *timeFinder) titleApart() bool {
	if t.head.Line < 0 {
		return true
	}
	return t.hasBody() && (t.first-t.head.Line > 40 || t.head.Line > t.first+4)
}

// betweenTitleAndBody reports whether line i stands below the headline and above the text.
func (t *timeFinder) betweenTitleAndBody(i int) bool {
	return t.head.Line >= 0 && i > t.head.Line && i < t.first && t.hasBody()
}

// sameMinute is the agreement of a printed time with structured data to the minute.
const sameMinute = 7

// agreement scores what structured data says of a printed time.
func (t *timeFinder) agreement(s dates.Stamp) float64 {
	best := 0.0
	for _, c := range t.claims {
		switch {
		case c.Precision > dates.Day && s.Precision > dates.Day && (c.SameMinute(s) || t.sameInstant(c.Stamp, s)):
			return sameMinute
		case t.sameDay(c.Stamp, s):
			best = 2.5
		}
	}
	return best
}

// today is the penalty for what looks like today's date in the page's head.
func (t *timeFinder) today(c *printed) float64 {
	now := t.p.In.Fetched
	inHead := t.head.Line >= 0 && c.line <= t.head.Line
	bareDay := c.Precision <= dates.Day && !c.label && !c.Relative
	if now.IsZero() || !inHead || !bareDay {
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
		switch {
		case c.updated:
			updated = better(updated, c)
		case t.followsFirst(published, c): // two unlabelled times: of publication and of change
			if !updated.ok {
				updated = c
			}
		default:
			published = better(published, c)
		}
	}
	return published, updated
}

// better returns the likelier of two times; a if they are equally likely.
func better(a, b printed) printed {
	if !a.ok || b.score > a.score {
		return b
	}
	return a
}

// followsFirst reports whether a later time stands directly behind a likely one,
// neither with a label.
func (t *timeFinder) followsFirst(a, b printed) bool {
	if !a.ok || a.label || b.label || a.score < strongScore || b.line-a.line > 1 {
		return false
	}
	return b.Time(t.zone.loc).Sub(a.Time(t.zone.loc)) > 24*time.Hour
}

// shownAbove reports whether a time of publication stands right above the headline
// or between it and the text: then those below the text are of comments and other articles.
func (t *timeFinder) shownAbove(list []printed) bool {
	for _, c := range list {
		aboveText := t.head.Line >= 0 && c.line >= t.head.Line-3 && c.line < t.first
		if aboveText && c.score >= minScore && !c.updated {
			return true
		}
	}
	return false
}
