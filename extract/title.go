package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// findTitle finds the headline. The page's own candidates nearly always hold
// it; the question is which. A headline is printed on the page *and* repeated,
// with a site name before or after it, in <title> and og:title: so the printed
// line that covers most of one of these wins. Where no line does, the head's
// title is cleaned of the site's name.
func findTitle(p *page, said *facts, ruled *ruled) titleResult {
	if ruled.title != "" {
		return titleResult{text: ruled.title, line: -1, from: ruled.evidence()}
	}
	heads := p.headTitles(said)
	best, score := headline{}, 0.0
	for _, c := range p.headlines() {
		if s := p.scoreHeadline(&c, heads); s > score {
			best, score = c, s
		}
	}
	if score < 1 {
		best = headline{line: -1}
	}
	best.key = key(best.text)
	found := titleResult{line: int(best.line)}
	if head := p.overruling(&best, heads); head != nil {
		found.text, found.from = head.text, head.from
	} else if best.text != "" {
		found.text, found.from = spelling(&best, heads), best.from
	}
	return found
}

// titleResult is the headline of a page.
type titleResult struct {
	text string
	line int    // index of the line that shows it, -1 where none does
	from string // what found it, for the evidence
}

// spelling is the printed headline as the head spells it where that has more
// signs (on the page style sheets part kicker and headline, in the text nothing
// does), or where a label of a word or two is glued to the printed one ("Original").
func spelling(c *headline, heads []headTitle) string {
	for i := range heads {
		h := &heads[i]
		if h.key == c.key && (len(h.text) > len(c.text) || strings.Contains(c.text, " :")) {
			return h.text
		}
		if h.full == c.key && len(h.raw) > len(c.text) {
			return h.raw // what looked like a site's name is printed in the heading
		}
		if extra := len(c.key) - len(h.key); extra > 0 && extra <= 12 && len(h.key) > 4*extra && strings.HasSuffix(c.key, h.key) {
			return h.text
		}
	}
	return c.text
}

// aboveBody looks above the body for a headline that the head does not
// repeat: sites that put the same <title> on every page. It returns head where
// that is sure, or nothing better is there.
func aboveBody(p *page, roles *pageRoles, head titleResult, ruled *ruled, text bodyResult) titleResult {
	if head.line >= 0 || text.main < 0 || ruled.rules != nil && ruled.rules.Title != nil {
		return head
	}
	first := text.first
	for first < text.last && !(p.lines[first].role == roleBody && p.lines[first].isProse()) {
		first++
	}
	best, rank := -1, 0.0
	for i, seen := first-1, 0; i >= 0 && seen < 12; i-- {
		l := &p.lines[i]
		if l.hidden {
			continue
		}
		seen++
		if r := p.headlineRank(l); r > rank {
			best, rank = i, r
		}
	}
	if best < 0 {
		return head
	}
	roles.Set(best, roleTitle, "heading above the text")
	return titleResult{text: withoutClock(p.lines[best].text), line: best, from: "heading above the text"}
}

// headlineRank says how much a line above the text looks like its headline.
func (p *page) headlineRank(l *line) float64 {
	b := &p.boxes[l.box]
	if l.mass < 18 || l.mass > 240 || l.linkMass > 0 || int32(l.digits)*3 > l.chars || b.inherited&(nameNav|nameFooter|nameByline|nameDate) != 0 {
		return 0
	}
	rank, _ := headingRank(b)
	if rank == 0 && l.boldMass == l.mass {
		rank = 0.8
	}
	if strings.Contains(strings.ToLower(attr(b.node, "style")+attr(b.node, "align")), "center") {
		rank += 0.5
	}
	return rank
}

// headline is a candidate for the title that is printed on the page.
type headline struct {
	text string
	key  string
	line int32
	from string
	rank float64 // what its element says
}

// headlines lists the lines and headings that can be the headline.
func (p *page) headlines() []headline {
	list := make([]headline, 0, len(p.lines)/4+16)
	for i := range p.boxes {
		b := &p.boxes[i]
		rank, from := headingRank(b)
		if rank == 0 || b.last-b.first == 0 || b.last-b.first > 4 {
			continue
		}
		text := p.boxText(int32(i))
		if len(text) > maxHeadlineBytes {
			continue
		}
		if b.hidden {
			rank /= 4
		}
		list = append(list, headline{text: withoutClock(squeeze(text)), line: b.first, from: from, rank: rank})
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.mass < 12 || len(l.text) > maxHeadlineBytes || l.linkMass*2 > l.mass {
			continue
		}
		rank := 0.3
		if l.boldMass == l.mass {
			rank = 0.8
		}
		if l.hidden {
			rank = 0.1
		}
		list = append(list, headline{text: withoutClock(l.text), line: int32(i), from: "line", rank: rank})
	}
	return list
}

// headingRank says how much an element looks like the headline's.
func headingRank(b *box) (float64, string) {
	rank, from := 0.0, ""
	switch b.tag {
	case atom.H1:
		rank, from = 4, "h1"
	case atom.H2:
		rank, from = 2, "h2"
	case atom.H3:
		rank, from = 1.2, "h3"
	case atom.H4, atom.H5:
		rank, from = 1, "h4"
	}
	if b.name&nameTitle != 0 {
		rank++
		if from == "" {
			from = "title class"
		}
	}
	return rank, from
}

// scoreHeadline weighs a candidate: how much of a head title it covers, its
// element, and its place. Below 1 it is no headline.
func (p *page) scoreHeadline(c *headline, heads []headTitle) float64 {
	if c.rank < 1 && !c.echoes(heads) {
		return 0
	}
	c.key = key(c.text)
	if len(c.key) < 4 {
		return 0
	}
	cover := 0.0
	untagged := *c
	untagged.key = key(afterRubric(c.text))
	for _, h := range heads {
		if s := max(coverage(c, h.key), coverage(c, h.full)); s > cover {
			cover = s
		}
		if len(untagged.key) >= 12 {
			cover = max(cover, 0.95*max(coverage(&untagged, h.key), coverage(&untagged, h.full)))
		}
	}
	score := 0.0
	if cover > 0.3 {
		score = 6*cover + c.rank
	} else if len(heads) == 0 || c.from == "h1" {
		score = c.rank / 2
	}
	box := &p.boxes[p.lines[c.line].box]
	if cover < 0.8 && box.inherited&(nameNav|nameFooter|nameSide|nameRelated|nameComment) != 0 {
		score /= 2
	}
	if score > 0 && p.isLogo(c) {
		score /= 4
	}
	// Of equal candidates the first one wins, but a sticky bar before it loses
	// to the heading: ranks see to that.
	return score
}

// echoes tells whether a head title holds the line's first letters: a quick look
// that spares most lines of a page the folding of their text.
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

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// isLogo tells that a heading is the site's name: it is a link to the front
// page, or equals og:site_name.
func (p *page) isLogo(c *headline) bool {
	return c.key == key(p.meta("og:site_name"))
}

// key folds a text to its letters and digits, lower case, so that spacing,
// quotes and dashes do not matter in comparisons.
func key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteByte(byte(r))
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < 0x80:
		case r >= 0x4e00 && r <= 0x9fef: // Han characters, spared the tables of all scripts
			b.WriteRune(r)
		case r >= 0xff10 && r <= 0xff5a:
			b.WriteRune(unicode.ToLower(r - 0xfee0))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
