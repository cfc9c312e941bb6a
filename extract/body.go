package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// findBody finds the body in three moves: every line gets a weight (how much
// it reads like prose), the box that gathers most of it nearby is the body's
// container, and each line in the container gets its role.
func findBody(p *page, roles *pageRoles, head titleResult, ruled *ruled, known *Memory) bodyResult {
	b := &bodyFinder{p: p, roles: roles, head: head, ruled: ruled, memory: known, text: bodyResult{main: -1, first: -1, last: -1}}
	b.markChrome()
	b.weigh()
	switch {
	case len(ruled.body) > 0:
		b.mainByRule()
	case !b.chooseMain() && !b.chooseFigures():
		return b.text
	}
	b.decide()
	return b.text
}

// bodyResult is where the body of a page stands.
type bodyResult struct {
	main        int      // index of the box that holds the body, -1 where there is none
	first, last int      // lines[first:last] hold it, a lead above the box included; -1, -1 where there is none
	inFooter    bool     // the box stands in the page's footer
	from        string   // what found it, for the evidence
	declared    []string // paragraphs of the body where it stands in structured data alone
}

// bodyFinder holds what the body step works out on the way.
type bodyFinder struct {
	p       *page
	roles   *pageRoles
	head    titleResult
	ruled   *ruled
	memory  *Memory
	text    bodyResult
	chrome  []bool    // by box: its name, or that of a box around it, says chrome and its share of the prose does not deny it
	weight  []float32 // by line
	sum     []float64 // prefix sums of weight
	prose   []int32   // prefix sums of mass of prose lines
	allSize int32     // mass of prose on the page
}

// isProse tells whether a line reads like a sentence or more.
func (l *line) isProse() bool {
	text := l.mass - l.linkMass
	if l.hidden || l.linkMass*5 > l.mass*3 {
		return false
	}
	return text >= 120 || text >= 45 && l.stops+l.commas > 0
}

func (b *bodyFinder) proseIn(box int32) int32 {
	x := &b.p.boxes[box]
	return b.prose[x.last] - b.prose[x.first]
}

// weigh gives each line its weight: prose counts its mass, links and crumbs
// count against the boxes that hold them.
func (b *bodyFinder) weigh() {
	p := b.p
	b.weight = make([]float32, len(p.lines))
	b.sum = make([]float64, len(p.lines)+1)
	for i := range p.lines {
		b.weight[i] = b.lineWeight(&p.lines[i])
		b.sum[i+1] = b.sum[i] + float64(b.weight[i])
	}
}

func (b *bodyFinder) lineWeight(l *line) float32 {
	if l.hidden {
		return 0
	}
	text := l.mass - l.linkMass
	x := &b.p.boxes[l.box]
	switch {
	case l.linkMass*5 > l.mass*3:
		return -8 - float32(min(l.mass, 60))/4
	case !l.isProse():
		return -3
	}
	w := float32(min(text, 1500))
	if l.stops+l.commas == 0 {
		w /= 3
	}
	switch x.tag {
	case atom.Li, atom.Dd, atom.Dt:
		w /= 2
	case atom.Div, atom.Span:
		if b.inTeaser(l.box) {
			w /= 5
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w /= 4
	case atom.P:
		w *= 1.1
	}
	if b.chrome[l.box] {
		w *= 0.1
		if x.inherited&nameComment != 0 {
			w *= 0.1 // readers can say a hundred times what the article says
		}
	}
	if x.inherited&nameBody != 0 {
		w *= 1.3
	}
	return w
}

// inTeaser tells whether a box stands in a list item that holds a headline link:
// a summary under the headline of another article.
func (b *bodyFinder) inTeaser(at int32) bool {
	p := b.p
	li := p.ancestor(at, func(x *box) bool { return x.tag == atom.Li })
	if li < 0 {
		return false
	}
	x := &p.boxes[li]
	if x.last-x.first > 8 {
		return false
	}
	for i := x.first; i < x.last; i++ {
		if p.lines[i].isHeadlineLink() {
			return true
		}
	}
	return false
}

// reach is how a line's weight counts for the boxes around it: paragraphs of
// an article are siblings, teasers of a list stand each in a box of its own.
var reach = [...]float64{1, 1, 0.7, 0.45, 0.3, 0.2}

// chooseMain finds the container.
func (b *bodyFinder) chooseMain() bool {
	p := b.p
	score := make([]float64, len(p.boxes))
	afterTitle := 0
	for i := range p.lines {
		if b.weight[i] <= 0 {
			continue
		}
		w := float64(b.weight[i])
		switch {
		case b.head.line < 0:
		case i < b.head.line:
			w *= 0.4 // text above the headline is seldom the article's
		case i < b.head.line+60 && afterTitle < 2 && !b.chrome[p.lines[i].box]:
			afterTitle++
			w += 60 // the first sentences under it often are
		}
		box := p.lines[i].box
		for d := 0; d < len(reach) && box >= 0; d++ {
			score[box] += w * reach[d]
			box = p.boxes[box].parent
		}
	}
	best := int32(-1)
	for i := range score {
		if score[i] > 0 && (best < 0 || score[i] > score[best]) {
			best = int32(i)
		}
	}
	if best < 0 {
		return false
	}
	best = b.climb(best)
	b.text.main = int(best)
	b.text.first, b.text.last = int(p.boxes[best].first), int(p.boxes[best].last)
	b.text.inFooter = p.ancestor(best, func(x *box) bool {
		return x.name&nameFooter != 0 && x.name&nameMain == 0 && (int32(b.head.line) < x.first || int32(b.head.line) >= x.last)
	}) > 0
	b.text.from = "text density"
	return true
}

// chooseFigures finds the container of a page that has no sentence, but figures
// with their captions: a gallery.
func (b *bodyFinder) chooseFigures() bool {
	p := b.p
	main, figures := int32(-1), 0
	last := int32(-1)
	for i := range p.candidates {
		pic := &p.candidates[i]
		fig := p.near(pic.box, atom.Figure)
		if fig < 0 || fig == last || pic.hidden || b.chrome[fig] || p.boxes[fig].last == p.boxes[fig].first {
			continue
		}
		if last, figures = fig, figures+1; main < 0 {
			main = p.boxes[fig].parent
		}
		for main > 0 && !p.within(fig, main) {
			main = p.boxes[main].parent
		}
	}
	if figures < manyImages || main < 0 {
		return false
	}
	b.text.main = int(main)
	b.text.first, b.text.last = int(p.boxes[main].first), int(p.boxes[main].last)
	b.text.from = "figures"
	return true
}

// mainByRule makes the boxes that the site's rules name the container. What
// stands between them is no body.
func (b *bodyFinder) mainByRule() {
	p := b.p
	main := b.ruled.body[0]
	for _, x := range b.ruled.body[1:] {
		for main > 0 && !p.within(x, main) {
			main = p.boxes[main].parent
		}
	}
	b.text.main = int(main)
	b.text.first, b.text.last = int(p.boxes[main].first), int(p.boxes[main].last)
	for i := b.text.first; i < b.text.last; i++ {
		inside := false
		for _, x := range b.ruled.body {
			inside = inside || p.within(p.lines[i].box, x)
		}
		if !inside {
			b.roles.Set(i, roleChrome, "outside the rule's boxes")
		}
	}
	b.text.from = b.ruled.evidence()
}

// climb widens the container while the box around it adds prose and little else:
// articles that are split over several sections, a first paragraph outside the rest.
func (b *bodyFinder) climb(box int32) int32 {
	p := b.p
	own := b.total(box)
	for up := p.boxes[box].parent; up > 0; up = p.boxes[up].parent {
		if t := b.total(up); t > own*1.08 {
			box, own = up, t
		}
	}
	return box
}

func (b *bodyFinder) total(box int32) float64 {
	x := &b.p.boxes[box]
	return b.sum[x.last] - b.sum[x.first]
}

// decide decides for each line of the container whether it is body.
func (b *bodyFinder) decide() {
	p := b.p
	main := int32(b.text.main)
	b.showParts()
	b.aboveTitle()
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role != roleNone {
			continue
		}
		r, by := b.roleOf(i, l, main)
		b.roles.Set(i, r, by)
	}
	b.dropLinkBlocks()
	b.dropCards()
	b.dropRelated()
	b.dropComments()
	b.dropLegal()
	b.dropCalls()
	b.dropSecondArticle()
	b.rescue()
	b.dropKnown()
	b.trim()
	b.dropContacts()
	b.addLead()
	b.dropTwin()
	b.cutTails()
}

func (b *bodyFinder) roleOf(i int, l *line, main int32) (role, string) {
	p := b.p
	x := &p.boxes[l.box]
	switch {
	case l.hidden:
		return roleChrome, "hidden"
	case b.sameAsTitle(l):
		return roleTitle, "repeats the headline"
	case x.inherited&nameBio == 0 && b.quoted(l.box, main) && !(l.linkMass*2 > l.mass && chromePhrase(l.text)):
		return roleBody, "quotation"
	case b.chromeBelow(l.box, main):
		return roleChrome, "name of a box"
	case b.captionBelow(l.box, main):
		return roleCaption, "name of a box"
	case l.mass < 400 && chromePhrase(l.text):
		return roleChrome, "boilerplate phrase"
	case l.linkMass*10 > l.mass*8 && l.mass < 200 && l.stops == 0 && !l.isAddress():
		return roleChrome, "link"
	}
	if isSubheadTag(x.tag) || l.boldMass == l.mass && l.mass < 150 && l.stops == 0 {
		return roleSubhead, "heading or bold line"
	}
	return roleBody, "text of the body's box"
}

func isSubheadTag(a atom.Atom) bool {
	switch a {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// chromeBelow tells whether a box between the line and the container is chrome by name.
func (b *bodyFinder) chromeBelow(box, main int32) bool {
	return b.chrome[box] && !b.chrome[main]
}

// quoted tells whether the line stands in a quotation inside the container:
// embedded posts of social networks are made of links and bear their names.
func (b *bodyFinder) quoted(at, main int32) bool {
	return b.p.ancestor(at, func(x *box) bool { return x.tag == atom.Blockquote }) > main
}

// captionBelow tells whether a box between the line and the container is a
// picture's caption, and no large part of the text.
func (b *bodyFinder) captionBelow(box, main int32) bool {
	p := b.p
	for ; box > main; box = p.boxes[box].parent {
		if p.boxes[box].name&nameCaption != 0 && b.proseIn(box)*4 < b.proseIn(main) {
			return true
		}
	}
	return false
}

func (b *bodyFinder) sameAsTitle(l *line) bool {
	t := b.head.text
	return t != "" && len(l.text) < 2*len(t)+40 && key(withoutClock(l.text)) == key(t)
}

// seat is home, or for a line in a data table the box in which the table stands.
func (b *bodyFinder) seat(i int) int32 {
	p := b.p
	t := p.dataTable(&p.lines[i], b.text.main)
	if t < 0 {
		return b.home(i)
	}
	return p.ancestor(p.boxes[t].parent, func(x *box) bool { return x.tag != atom.Figure && x.tag != atom.Center })
}

// chromePhrase tells whether a short line is one of the phrases that pages
// everywhere put around articles.
func chromePhrase(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 4*chromePrefixes.longest && s[0] != '#' {
		s = s[:cutAt(s, 4*chromePrefixes.longest)] // prose: its beginning tells
	}
	return chromePrefixes.begins(s) || len(s) < 60 && chromeLines[withoutCount(key(s))] || hashtags(s)
}

// withoutCount takes off the number behind a button's word: 【收藏】[0], "Comments (12)".
func withoutCount(key string) string {
	word := strings.TrimRight(key, "0123456789")
	if len(key)-len(word) > 3 {
		return key
	}
	return word
}

// hashtags tells a line of nothing but tags: #春耕# #青石#, #pool #council.
func hashtags(s string) bool {
	if len(s) < 3 || len(s) > 200 || s[0] != '#' {
		return false
	}
	if strings.HasSuffix(s, "#") && strings.Count(s, "#")%2 == 0 {
		for i, part := range strings.Split(s, "#") {
			if i%2 == 0 && strings.TrimSpace(part) != "" {
				return false
			}
		}
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if word[0] != '#' || len(word) < 2 || strings.Contains(word[1:], "#") {
			return false
		}
	}
	return !strings.ContainsAny(s, "0123456789") || strings.Count(s, "#") > 1
}
