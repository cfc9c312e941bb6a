package compose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// Bounds of an interview whose paragraphs begin with the name of who speaks.
const (
	longName = 40 // characters of a name
	minTurns = 4
)

// turns is who speaks in an interview.
type turns struct {
	count map[string]int // paragraphs by name
	asks  map[string]int // of these, those that end in a question
}

// findTurns returns who speaks in a text whose paragraphs begin with names and colons:
// two or more, of whom each speaks twice or more; nil where it is none.
func (c *composer) findTurns() *turns {
	t := &turns{map[string]int{}, map[string]int{}}
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		l := &c.p.Lines[i]
		if !l.Role().IsText() {
			continue
		}
		if name := c.turnName(int32(i)); name != "" {
			if t.count[name]++; asks(l.Text()) {
				t.asks[name]++
			}
		}
	}
	total := 0
	for name, n := range t.count {
		if n < 2 {
			delete(t.count, name)
			continue
		}
		total += n
	}
	if total < minTurns || len(t.count) < 2 {
		return nil
	}
	return t
}

// turnName returns the name that a line begins with before a colon, where it is bold, in
// capitals, or in a script without them; "" where there is none.
func (c *composer) turnName(i int32) string {
	s := c.p.Lines[i].Text()
	at := colonIn(s[:min(len(s), 4*longName)])
	if at <= 0 || utf8.RuneCountInString(s[:at]) > longName {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	rest := strings.TrimSpace(s[at+size:])
	name := strings.TrimSpace(s[:at])
	if rest == "" || strings.ContainsAny(name, ".?!,;，。0123456789") || slices.Contains(questionLabels, strings.ToLower(name)) ||
		slices.Contains(answerLabels, strings.ToLower(name)) {
		return ""
	}
	if strings.ToUpper(name) == name && strings.ContainsFunc(name, unicode.IsLetter) || c.boldUpTo(i, at) {
		return name
	}
	return ""
}

// colonIn returns the offset of the first colon of either width, -1 if there is none.
func colonIn(s string) int {
	at := strings.IndexByte(s, ':')
	if at >= 0 {
		s = s[:at]
	}
	if wide := strings.Index(s, "："); wide >= 0 {
		return wide
	}
	return at
}

// boldUpTo reports whether the first bytes of a line are bold.
func (c *composer) boldUpTo(i int32, at int) bool {
	from := c.p.Lines[i].Start
	for k := c.rangesFrom(from); k < len(c.p.Ranges) && c.p.Ranges[k].Start <= from; k++ {
		if r := &c.p.Ranges[k]; markTypes[r.Tag] == article.MarkStrong && r.Start == from && r.End >= from+int32(at) && r.End <= from+int32(at)+2 {
			return true
		}
	}
	return false
}

// turn returns who speaks in a line, and whether the line asks or answers.
func (c *composer) turn(i int32) (speaker string, role article.Role) {
	if c.speakers == nil || c.p.Lines[i].Role() != page.RoleBody && c.p.Lines[i].Role() != page.RoleSubhead {
		return "", ""
	}
	name := c.turnName(i)
	n := c.speakers.count[name]
	if n == 0 {
		return "", ""
	}
	if c.speakers.asks[name]*2 > n {
		return name, article.RoleQuestion
	}
	return name, article.RoleAnswer
}
