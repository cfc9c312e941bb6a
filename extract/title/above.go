package title

import (
	"strings"

	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/text"
)

// AboveBody looks above the body, which is lines[first:last] in box main, for a headline
// that the head's titles do not repeat: some sites put the same <title> on every page, or
// print the site's or a widget's name as a heading. A headline shares words with its
// text. The result is head if head is certain, or if there is nothing better.
func AboveBody(p *page.Page, roles *page.Roles, said *declared.Facts, head Result, ruled *rule.Ruled, main, first, last int) Result {
	if main < 0 || ruled.Rules != nil && ruled.Rules.Title != nil {
		return head
	}
	words := textOf(p, first, last)
	least := 0.0
	if head.Line >= 0 {
		if len(words) < leastWitness || agrees(words, head.Text) {
			return head
		}
		if other, ok := headOfBody(p, said, words); ok {
			return other
		}
		least = leastAgreement
	}
	for first < last && !(p.Lines[first].Role() == page.RoleBody && p.Lines[first].IsProse()) {
		first++
	}
	best, rank := -1, 0.0
	for i, seen := first-1, 0; i >= 0 && seen < 12; i-- {
		l := &p.Lines[i]
		if l.Hidden() {
			continue
		}
		seen++
		if r := headlineRank(p, l); r > rank && (least == 0 || Agreement(words, l.Text()) >= least) {
			best, rank = i, r
		}
	}
	if best < 0 {
		return head
	}
	roles.Set(best, page.RoleTitle, "heading above the text")
	return Result{Text: WithoutClock(p.Lines[best].Text()), Line: best, From: "heading above the text", Head: head.Head}
}

// textOf returns what lines[first:last] say that are text.
func textOf(p *page.Page, first, last int) string {
	var b strings.Builder
	size := 0
	for i := max(first, 0); i < last; i++ {
		size += len(p.Lines[i].Text()) + 1
	}
	b.Grow(size)
	for i := max(first, 0); i < last; i++ {
		if l := &p.Lines[i]; l.Role().IsText() {
			b.WriteString(l.Text())
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// leastWitness is how many bytes of text can deny a printed headline: a caption does not.
const leastWitness = 200

// leastAgreement is the share of a headline's words that its article has too.
const leastAgreement = 0.4

// headOfBody returns the head's title that speaks of what the text speaks of.
func headOfBody(p *page.Page, said *declared.Facts, body string) (Result, bool) {
	for _, h := range headTitles(p, said) {
		if Agreement(body, h.text) >= leastAgreement {
			return Result{Text: h.text, Line: -1, From: h.from, Head: others(headTitles(p, said))}, true
		}
	}
	return Result{}, false
}

// agrees reports whether Agreement is more than 0. Mostly the first lines of the body tell,
// and the rest of it need not be lowered.
func agrees(body, title string) bool {
	const firstLines = 1000 // bytes
	if len(body) > 2*firstLines && Agreement(body[:text.CutAt(body, firstLines)], title) > 0 {
		return true
	}
	return Agreement(body, title) > 0
}

// Agreement returns the share of a title's words, or of its pairs of Han characters, that
// the body contains; 1 if the title is too short to tell.
func Agreement(body, title string) float64 {
	body = text.Lower(body)
	n, found := 0, 0
	see := func(word string) {
		n++
		if strings.Contains(body, word) {
			found++
		}
	}
	for _, w := range strings.FieldsFunc(text.Lower(title), notWord) {
		word := make([]rune, 0, 16)
		previous := rune(0)
		for _, r := range w {
			if !text.IsWide(r) {
				word, previous = append(word, r), 0
				continue
			}
			if previous != 0 {
				see(string([]rune{previous, r}))
			}
			previous = r
		}
		if len(word) >= 4 {
			see(string(word[:min(len(word), 6)])) // its stem: endings change
		}
	}
	if n < 2 {
		return 1
	}
	return float64(found) / float64(n)
}
