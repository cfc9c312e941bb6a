package byline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/credits"
	"pressmark/extract/page"
)

// lastLines is how many lines of text from the end can introduce the author: several
// authors, or one and a call to write to them.
const lastLines = 4

// dropBiography drops paragraphs that introduce an author: "Jane Doe is a reporter at …",
// "Max Muster ist Fachanwalt für …". They stand above the body's box, or among the last
// lines of the text, with the name as a heading above them.
func (c *creditFinder) dropBiography() {
	if c.p.Lang == "zh" || len(c.authors) == 0 || len(c.ruled.Body) > 0 || c.last <= c.first {
		return
	}
	for i := c.first; i < c.last && (c.p.Lines[i].By() == "lead above the body's box" || !c.p.Lines[i].Role().IsText()); i++ {
		if c.p.Lines[i].Role().IsText() && c.isBiography(i) {
			c.roles.Set(i, page.RoleChrome, introducesAuthor)
		}
	}
	seen := 0
	for i := c.last; i > c.first && seen < lastLines; i-- {
		l := &c.p.Lines[i]
		if !l.Role().IsText() {
			continue
		}
		seen++
		if !c.isBiography(i) {
			continue
		}
		c.roles.Set(i, page.RoleChrome, introducesAuthor)
		if above := &c.p.Lines[i-1]; above.Role().IsText() && above.Stops == 0 && c.isAuthor(above.Text()) {
			c.roles.Set(i-1, page.RoleChrome, introducesAuthor)
		}
	}
}

const introducesAuthor = "introduces the author"

// isBiography reports whether a line introduces one of the authors: with the full name,
// or with the first name and an occupation.
func (c *creditFinder) isBiography(i int) bool {
	l := &c.p.Lines[i]
	for _, name := range c.authors {
		first, _, several := strings.Cut(name, " ")
		if several && introduces(l.Text(), name) || introduces(l.Text(), first) && credits.Occupation(l.Text()[:min(len(l.Text()), nearName)]) {
			return true
		}
	}
	return false
}

// nearName is how many bytes from the beginning of a line an occupation stands at most if
// the line begins with a first name: "Sarah is a writer, …".
const nearName = 50

// isAuthor reports whether a line is the name of an author.
func (c *creditFinder) isAuthor(line string) bool {
	return hasName(c.authors, strings.TrimRight(line, "*: "))
}

// introductions are the verbs that say who somebody is.
var introductions = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "covers": true, "writes": true, "works": true, "ist": true, "sind": true, "war": true, "waren": true,
	"arbeitet": true, "schreibt": true, "studierte": true, "lebt": true, "est": true, "sont": true, "es": true, "è": true, "é": true, "jest": true,
	"är": true, "skriver": true, "schrijft": true, "werkt": true, "escribe": true, "couvre": true,
}

// introduces reports whether a line begins with the name and says who that is. A title or
// an office may stand before the name, degrees and years behind it.
func introduces(line, name string) bool {
	line = strings.TrimLeft(line, "*–— ")
	at := strings.Index(line, name)
	if at < 0 || at > longestOffice || at > 0 && !isOffice(line[:at]) {
		return false
	}
	return introductions[firstWord(strings.TrimLeft(withoutDegrees(line[at+len(name):]), " "))]
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// longestOffice is how many bytes stand before the name at most.
const longestOffice = 30

// isOffice reports whether words before a name can be a title or an office: "Dr. ",
// "Korrespondent ". Each begins with a capital, and they end in a space.
func isOffice(s string) bool {
	if !strings.HasSuffix(s, " ") || strings.Count(s, " ") > 2 {
		return false
	}
	for word := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			return false
		}
	}
	return credits.Occupation(s) || strings.HasSuffix(s, ". ")
}

// withoutDegrees takes degrees between commas and years in brackets off what follows a
// name: ", MD, is", ", PhD is", " (*1958) ist".
func withoutDegrees(s string) string {
	s = strings.TrimLeft(s, " ")
	if after, ok := strings.CutPrefix(s, "("); ok {
		if _, rest, closed := strings.Cut(after, ")"); closed {
			return rest
		}
	}
	for strings.HasPrefix(s, ", ") {
		degree, rest, _ := strings.Cut(s[2:], " ")
		letters := strings.Trim(degree, ".,*")
		if len(letters) < 2 || len(letters) > 6 || strings.ToLower(letters[len(letters)-1:]) == letters[len(letters)-1:] {
			return s // no degree: "Jane Doe, who is …"
		}
		if s = " " + rest; strings.HasSuffix(degree, ",") && !introductions[firstWord(rest)] {
			s = "," + s
		}
	}
	return s
}
