package title

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/text"
)

// Find finds the headline. It is nearly always among the candidates that the page prints;
// the question is which one it is. A headline is printed on the page *and* repeated in
// <title> and og:title, with a site name before or after it. So the printed line that
// covers most of one of these wins. If no line does, the result is the head's title
// without the site's name.
func Find(p *page.Page, said *declared.Facts, ruled *rule.Ruled) Result {
	heads := headTitles(p, said)
	if ruled.Title != "" {
		if p.Trace != nil {
			printed(p, heads) // for the explanation alone
		}
		return Result{Text: ruled.Title, Line: -1, From: ruled.Evidence(), Head: others(heads)}
	}
	best := printed(p, heads)
	found := Result{Line: int(best.line), Head: others(heads)}
	if head := overruling(p, &best, heads); head != nil {
		found.Text, found.From = head.text, head.from
		found.Kicker = kickerOf(best.text, head.text)
	} else if best.text != "" {
		found.Text, found.From = withoutTail(spelling(&best, heads), heads), best.from
	}
	return found
}

// printed returns the line or heading that most looks like the headline, one without
// text where none does.
func printed(p *page.Page, heads []headTitle) headline {
	best, score := headline{line: -1, box: -1}, 0.0
	for _, c := range headlines(p) {
		s := scoreHeadline(p, &c, heads)
		if s > score {
			best, score = c, s
		}
		if s > 0 {
			p.Trace.Add("title", c.text, c.from, s)
		}
	}
	if score < 1 {
		best = headline{line: -1, box: -1}
	}
	for i := range heads {
		p.Trace.Add("title", heads[i].text, heads[i].from, heads[i].vote)
	}
	best.key = text.Key(best.text)
	return best
}

// hasTail reports whether a title is the headline with a name behind a separator.
func hasTail(title, headline string) bool {
	tail, ok := strings.CutPrefix(title, headline)
	return ok && strings.ContainsAny(tail[:min(len(tail), 4)], "-|–—_·•")
}

// kickerOf is what stands before the headline in the printed heading, "" where that is a path.
func kickerOf(printed, headline string) string {
	kicker, ok := strings.CutSuffix(printed, headline)
	if kicker = strings.TrimRight(kicker, " :|–—-"); !ok || strings.ContainsAny(kicker, "〉>»/") {
		return ""
	}
	return kicker
}

func others(heads []headTitle) []Other {
	list := make([]Other, len(heads))
	for i := range heads {
		list[i] = Other{heads[i].text, heads[i].from}
	}
	return list
}

// Result is the headline of a page.
type Result struct {
	Text string
	Line int     // index of the line that shows it, -1 where none does
	From string  // what found it, for the evidence
	Head []Other // the head's headlines

	Kicker string // printed in the heading before the headline
}

// Other is a headline that the head has.
type Other struct {
	Text string // without the site's name
	From string // "title", "og:title", "twitter:title", "json-ld headline" or "meta title"
}

// Others returns the head's headline of one of the origins, tried in this order, that
// differs from the headline of the page; "" if there is none.
func (r *Result) Others(from ...string) string {
	for _, origin := range from {
		for _, o := range r.Head {
			if o.From == origin && text.Key(o.Text) != text.Key(r.Text) && !hasTail(o.Text, r.Text) {
				return o.Text
			}
		}
	}
	return ""
}

// spelling returns the printed headline as the head's titles spell it, if a style sheet
// separates parts on the page (kicker and headline, two lines) that the text runs
// together.
func spelling(c *headline, heads []headTitle) string {
	for i := range heads {
		if h := &heads[i]; h.key == c.key && onlySeams(c.text, h.text) {
			return h.text
		}
	}
	return c.text
}

// withoutTail takes the site's name off a printed heading that is the whole of <title>,
// a stroke and the name included.
func withoutTail(printed string, heads []headTitle) string {
	h := headFrom(heads, "title")
	if h == nil || h.raw != printed || h.text == printed {
		return printed
	}
	if tail, ok := strings.CutPrefix(printed, h.text); ok && strings.HasPrefix(strings.TrimSpace(tail), "|") {
		return h.text
	}
	return printed
}

// onlySeams reports whether the head's title differs from the printed one in nothing
// but more signs between words.
func onlySeams(printed, head string) bool {
	a, n := withoutSeams(printed)
	b, m := withoutSeams(head)
	return a == b && (m > n || strings.Contains(printed, " :"))
}

// withoutSeams returns a title without spaces and the signs that part kicker and
// headline, and how many such signs it has.
func withoutSeams(title string) (letters string, seams int) {
	for _, sign := range [...]string{" : ", ": ", " | ", " – ", " — ", " - "} {
		n := strings.Count(title, sign)
		title, seams = strings.ReplaceAll(title, sign, " "), seams+n
	}
	return seamSigns.Replace(title), seams
}

var seamSigns = strings.NewReplacer(" ", "", ":", "", "|", "", "–", "", "—", "", "-", "")

// headlineRank says how much a line above the text looks like its headline.
func headlineRank(p *page.Page, l *page.Line) float64 {
	b := &p.Boxes[l.Box]
	if l.Mass < 18 || l.Mass > 240 || l.LinkMass > 0 || int32(l.Digits)*3 > l.Chars ||
		b.Inherited&(page.NameNav|page.NameFooter|page.NameByline|page.NameDate) != 0 {
		return 0
	}
	rank, _ := headingRank(b)
	if rank == 0 && l.BoldMass == l.Mass {
		rank = 0.8
	}
	if strings.Contains(strings.ToLower(page.Attr(b.Node, "style")+page.Attr(b.Node, "align")), "center") {
		rank += 0.5
	}
	return rank
}

// headline is a candidate for the title that is printed on the page.
type headline struct {
	text string
	key  string
	line int32
	box  int32 // the heading, -1 for a mere line
	from string
	rank float64 // what its element says
}

// headlines lists the lines and headings that can be the headline.
func headlines(p *page.Page) []headline {
	list := make([]headline, 0, len(p.Lines)/4+16)
	for i := range p.Boxes {
		b := &p.Boxes[i]
		rank, from := headingRank(b)
		if rank == 0 || b.Last-b.First == 0 || b.Last-b.First > 4 {
			continue
		}
		s := p.BoxText(int32(i))
		if len(s) > maxHeadlineBytes {
			continue
		}
		if b.Hidden || b.Inherited&page.NameUnseen != 0 || inTrail(p, int32(i)) {
			rank /= 4
		}
		list = append(list, headline{text: WithoutClock(text.Squeeze(s)), line: b.First, box: int32(i), from: from, rank: rank})
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Mass < 12 || len(l.Text()) > maxHeadlineBytes || l.LinkMass*2 > l.Mass {
			continue
		}
		rank := 0.3
		if l.BoldMass == l.Mass {
			rank = 0.8
		}
		if l.Hidden() {
			rank = 0.1
		}
		list = append(list, headline{text: WithoutClock(l.Text()), line: int32(i), box: -1, from: "line", rank: rank})
	}
	return list
}

// headingRank says how much an element looks like the headline's.
func headingRank(b *page.Box) (float64, string) {
	rank, from := 0.0, ""
	switch b.Tag {
	case atom.H1:
		rank, from = 4, "h1"
	case atom.H2:
		rank, from = 2, "h2"
	case atom.H3:
		rank, from = 1.2, "h3"
	case atom.H4, atom.H5:
		rank, from = 1, "h4"
	}
	if b.Name&page.NameTitle != 0 {
		rank++
		if from == "" {
			from = "title class"
		}
	}
	if rank >= 1 && page.Attr(b.Node, "itemprop") == "headline" {
		rank += declaredHeadline
	}
	return rank, from
}

// declaredHeadline is what markup that says "headline" adds to an element's rank: an h2
// then stands above the h1 of a short title.
const declaredHeadline = 2.5

// inTrail reports whether a heading is the last step of a trail of breadcrumbs.
func inTrail(p *page.Page, b int32) bool {
	for up := 0; b >= 0 && up < 3; up++ {
		if page.Attr(p.Boxes[b].Node, "itemprop") == "itemListElement" {
			return true
		}
		b = p.Boxes[b].Parent
	}
	return false
}

// scoreHeadline weighs a candidate: how much of a head title it covers, its
// element, and its place. Below 1 it is no headline.
func scoreHeadline(p *page.Page, c *headline, heads []headTitle) float64 {
	if c.rank < 1 && !c.echoes(heads) {
		return 0
	}
	c.key = text.Key(c.text)
	if len(c.key) < 4 {
		return 0
	}
	cover := 0.0
	untagged := *c
	untagged.key = text.Key(afterRubric(c.text))
	for _, h := range heads {
		if s := max(coverage(c, h.key), coverage(c, h.full)); s > cover {
			cover = s
		}
		if len(untagged.key) >= 12 {
			cover = max(cover, 0.95*max(coverage(&untagged, h.key), coverage(&untagged, h.full)))
		}
	}
	if c.from == "h1" && cover < 0.6 {
		for i := range heads {
			if !strings.Contains(heads[i].full, c.key) {
				cover = max(cover, 0.8*sharedWords(c.text, heads[i].text))
			}
		}
	}
	score := 0.0
	if cover > 0.3 {
		score = 6*cover + c.rank
	} else if len(heads) == 0 || c.from == "h1" {
		score = c.rank / 2
	}
	box := &p.Boxes[p.Lines[c.line].Box]
	if cover < 0.8 && box.Inherited&(page.NameNav|page.NameFooter|page.NameSide|page.NameRelated|page.NameComment) != 0 {
		score /= 2
	}
	if score > 0 && isLogo(p, c) {
		score /= 4
	}
	// Of equal candidates the first one wins, but a sticky bar before it loses
	// to the heading: ranks see to that.
	return score
}

// echoes reports whether a head title contains the line's first letters. The test is
// cheap and rules out most lines before their text is folded.
func (c *headline) echoes(heads []headTitle) bool {
	start := c.text[:min(len(c.text), 6)]
	for i := range heads {
		if strings.Contains(heads[i].raw, start) {
			return true
		}
	}
	return false
}

// coverage says how much of a head title the candidate is: 1 where they are
// equal, its share where it stands inside (half of that at the end, where site
// names stand); 0 otherwise. A head title that was cut off counts as covered by
// the line that it begins.
func coverage(c *headline, head string) float64 {
	line := c.key
	switch {
	case line == head:
		return 1
	case strings.HasPrefix(head, line):
		return float64(len(line)) / float64(len(head))
	case strings.Contains(head, line):
		return 0.6 * float64(len(line)) / float64(len(head))
	case len(head) > 20 && strings.HasPrefix(line, head) && (c.rank >= 1 && len(line) < 2*len(head) || len(line)*10 < len(head)*13):
		return 0.9 * float64(len(head)) / float64(len(line))
	case len(head) > 20 && strings.HasSuffix(line, head) && c.rank >= 1:
		return 0.8 * float64(len(head)) / float64(len(line))
	case len(head) > 20 && commonPrefix(line, head) > len(head)*7/10:
		return 0.8 * float64(commonPrefix(line, head)) / float64(max(len(line), len(head)))
	}
	return 0
}

// sharedWords is the share of a head title's words that a heading has too: newsrooms
// word <title> for search engines, and the heading for readers.
func sharedWords(printed, head string) float64 {
	words := strings.FieldsFunc(text.Lower(head), notWord)
	if len(words) < 3 {
		return 0
	}
	own := strings.FieldsFunc(text.Lower(printed), notWord)
	n := 0
	for _, w := range words {
		if slices.Contains(own, w) {
			n++
		}
	}
	return float64(n) / float64(len(words))
}

func notWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// isLogo reports whether a heading is the site's name: it is a link to the front
// page, or equals og:site_name.
func isLogo(p *page.Page, c *headline) bool {
	return c.key == text.Key(p.Meta("og:site_name")) || c.box >= 0 && leadsHome(p, &p.Boxes[c.box])
}

// leadsHome reports whether most of a box's text is a link to the site's front page.
func leadsHome(p *page.Page, b *page.Box) bool {
	mass, inLinks := p.MassOf(b.First, b.Last)
	if inLinks*2 <= mass {
		return false
	}
	for i := range p.Links {
		if a := &p.Links[i]; a.Line >= b.First && a.Line < b.Last {
			u, err := p.Base.Parse(strings.TrimSpace(page.Attr(a.Node, "href")))
			return err == nil && strings.Trim(u.Path, "/") == "" && (u.RawQuery == "" || u.Path == "/")
		}
	}
	return false
}
