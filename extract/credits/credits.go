package credits

// Role is the role in which a credit names somebody.
type Role uint8

// The roles. Other stands for all that an article does not keep: proof-reader,
// supervisor, publication time, font size. Its label ends the value before it.
const (
	None Role = iota
	Source
	Author
	Editor
	Photographer
	Translator
	Contributor // additional reporting, reviewers, illustrators
	Other
)

// Credits holds what one line names. The zero value names nobody.
type Credits struct {
	Source        string
	Authors       []string
	Editors       []string
	Photographers []string
	Translators   []string
	Contributors  []string
	Agencies      []string // news agencies that a byline names beside the authors

	// Labels is the number of credit labels that were found, empty ones
	// included; 0 for forms without a label.
	Labels int
	// Share is the part of the line's characters (0 to 1) that labels and their
	// values make up. A line of credits alone has 1.
	Share float64
	// Before is what stands before the first label: a sentence where the credit
	// ends a paragraph.
	Before string
}

// Empty reports whether c names nobody.
func (c *Credits) Empty() bool {
	return c.Source == "" && len(c.Authors)+len(c.Editors)+len(c.Photographers)+len(c.Translators)+len(c.Contributors) == 0
}

// add appends the names of a value to a role, each once.
func (c *Credits) add(role Role, names []string) {
	switch role {
	case Author:
		c.Authors = Merge(c.Authors, names)
	case Editor:
		c.Editors = Merge(c.Editors, names)
	case Photographer:
		c.Photographers = Merge(c.Photographers, names)
	case Translator:
		c.Translators = Merge(c.Translators, names)
	case Contributor:
		c.Contributors = Merge(c.Contributors, names)
	}
}

// Merge appends to list the names of more that list does not have. Names are compared
// without case and spaces.
func Merge(list, more []string) []string {
next:
	for _, n := range more {
		for _, have := range list {
			if Same(have, n) {
				continue next
			}
		}
		list = append(list, n)
	}
	return list
}

// Parse reads the labelled credits of a short line. ok is false if the line has none.
// Lines over 400 bytes are not read.
func Parse(line string) (Credits, bool) {
	if len(line) > maxLine || len(line) < 4 {
		return Credits{}, false
	}
	if hasHan(line) {
		if c, ok := parseChinese(line); ok {
			return c, true
		}
		if names := JapaneseByline(line); names != nil {
			return Credits{Authors: names, Labels: 1, Share: 1}, true
		}
	}
	return parseWestern(line)
}

const maxLine = 400
