package page

import (
	"strings"
)

// IsProse reports whether a line reads like a sentence or more.
func (l *Line) IsProse() bool {
	text := l.Mass - l.LinkMass
	if l.hidden || l.LinkMass*5 > l.Mass*3 {
		return false
	}
	return text >= 120 || text >= 45 && l.Stops+l.Commas > 0
}

// IsHeadlineLink reports whether a line is a link with a headline's length.
func (l *Line) IsHeadlineLink() bool {
	return l.Mass >= 15 && l.LinkMass*10 >= l.Mass*8 && !l.IsAddress()
}

// IsAddress reports whether a line is a web address and nothing else, printed as text by
// the author.
func (l *Line) IsAddress() bool {
	return strings.HasPrefix(l.text, "http") && strings.Contains(l.text, "://") && !strings.Contains(l.text, " ")
}

// Line is a piece of text between two block or line breaks.
type Line struct {
	text     string // white space collapsed; U+3000 inside a line is kept
	Box      int32  // innermost box
	Start    int32  // offset of Text in Page.Text
	Chars    int32  // runes
	Mass     int32  // runes, a Han, kana or Hangul one counted three times: its weight as text in any script
	LinkMass int32  // mass inside links
	BoldMass int32  // mass inside b, strong or h1 to h6
	Stops    int16  // sentence ends: . ! ? 。！？ and others
	Commas   int16  // , ; and their wide forms
	Digits   int16  // decimal digits
	Breaks   uint8  // <br>s directly before the line, at most 255
	Pre      bool   // inside <pre>
	hidden   bool   // not displayed
	role     Role
	by       string // step that gave the role, "" where none did
}

// linesText returns the text of lines[first:last], joined with "\n".
func (p *Page) linesText(first, last int32) string {
	if first >= last {
		return ""
	}
	end := &p.Lines[last-1]
	return p.Text[p.Lines[first].Start : int(end.Start)+len(end.text)]
}

// TextOf returns page.text[start:end] on one line, trimmed.
func (p *Page) TextOf(start, end int32) string {
	s := strings.TrimSpace(p.Text[start:end])
	if strings.Contains(s, "\n") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// Role returns the role of the line so far.
func (l *Line) Role() Role { return l.role }

// By returns the step that gave the line its role, "" if no step did.
func (l *Line) By() string { return l.by }

// Hidden reports whether the line is not displayed.
func (l *Line) Hidden() bool { return l.hidden }

// Text is the line's text, white space collapsed; U+3000 inside a line is kept.
func (l *Line) Text() string { return l.text }
