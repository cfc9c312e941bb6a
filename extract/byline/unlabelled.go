package byline

import (
	"strings"

	"pressmark/extract/credits"
	"pressmark/extract/page"
)

// Bounds of the look for names that no label announces.
const (
	linesBelowTitle = 4   // a name stands this near to the headline
	maxNameLine     = 40  // characters of a line that is a name
	maxDateLine     = 120 // characters of a line with date and name
)

// unlabelled reads a person's name that no label announces: beside the date, or
// on a line of its own next to the headline.
func (c *creditFinder) unlabelled() []string {
	from, to := c.window()
	to = min(to, c.first+4)
	var alone []string
	for i := from; i < to; i++ {
		if c.silent(i) || c.foreign(i) && !c.underTitle(i) {
			continue
		}
		l := &c.p.Lines[i]
		if l.Digits > 0 && l.Chars <= maxDateLine {
			if names := c.besideDate(i); names != nil {
				return names
			}
		}
		if alone == nil && c.nextToTitle(i) {
			alone = c.namesAlone(i)
		}
	}
	return alone
}

// nextToTitle reports whether a line is one of the few around the headline, before
// the text goes on.
func (c *creditFinder) nextToTitle(i int) bool {
	t := c.head.Line
	return t >= 0 && i >= t-1 && i <= t+linesBelowTitle && i <= c.first
}

// namesAlone reads a line that is nothing but a name, a team, or names with degrees.
func (c *creditFinder) namesAlone(i int) []string {
	l := &c.p.Lines[i]
	switch {
	case l.Chars <= maxNameLine && (c.isPerson(i, l.Text()) || credits.Team(l.Text())):
		return []string{l.Text()}
	case l.Stops <= 4:
		return credits.WithDegrees(l.Text())
	}
	return nil
}

// besideDate reads a person's name in the line of the date: "11.12.2019 - Anna
// Muster", "Dec 26, 2025 • Jane Doe in Culture", "Jane Doe | 3 hours ago".
func (c *creditFinder) besideDate(i int) []string {
	bare := dashes.Replace(c.withoutDates(c.p.Lines[i].Text()))
	for _, part := range bylineParts(bare) {
		part, _, _ = strings.Cut(part, " in ")
		part = strings.Trim(part, " ,-–—/")
		if c.isPerson(i, part) {
			return []string{part}
		}
	}
	return nil
}

// dashes replaces each sign that separates the fields of a line, if white space surrounds
// it, by a bar.
var dashes = strings.NewReplacer(" - ", "|", " – ", "|", " — ", "|", " / ", "|")

// amidText reads the only labelled byline on a line of its own in the second half of the
// text. The text then includes boxes that follow the article.
func (c *creditFinder) amidText() []string {
	var found []string
	var lines []int
	for i := (c.first+c.last)/2 + 1; i <= c.last; i++ {
		l := &c.p.Lines[i]
		if l.Hidden() || l.Chars > maxNameLine*2 {
			continue
		}
		if got, ok := credits.Parse(l.Text()); ok && got.Share == 1 && fullNames(got.Authors) {
			found = credits.Merge(found, got.Authors)
			lines = append(lines, i)
		}
	}
	if len(lines) != 1 {
		return nil
	}
	c.mark(lines[0])
	return found
}

// isPerson reports whether a text of line i is the name of a person who may have
// written the article: one of a common given name, or with a portrait beside it or
// with the person introduced elsewhere on the page. A name in the headline is the subject's.
func (c *creditFinder) isPerson(i int, name string) bool {
	if !credits.PersonLike(name) || c.isPublisher(name) || c.isHost(name) || strings.Contains(c.head.Text, name) {
		return false
	}
	return credits.Person(name) || c.portrait(i, name) || c.described(i+1) || c.introduced(name)
}

// described reports whether a line stands in a box that describes an author.
func (c *creditFinder) described(i int) bool {
	if i >= len(c.p.Lines) {
		return false
	}
	x := &c.p.Boxes[c.p.Lines[i].Box]
	return x.Name&(page.NameByline|page.NameBio) != 0 && describes(x.Node)
}

// portrait reports whether a picture beside line i shows the person: its
// alternative text holds the name, or its class says so.
func (c *creditFinder) portrait(i int, name string) bool {
	for k := range c.p.Pictures {
		pic := &c.p.Pictures[k]
		if d := int(pic.Line) - i; d < -1 || d > 1 {
			continue
		}
		if strings.Contains(page.Attr(pic.Node, "alt"), name) {
			return true
		}
		if class := strings.ToLower(page.Attr(pic.Node, "class")); strings.Contains(class, "avatar") || strings.Contains(class, "author") {
			return true
		}
	}
	return false
}

// introduced reports whether a sentence of the page introduces a person: "Jane Doe is
// a reporter at …".
func (c *creditFinder) introduced(name string) bool {
	for i := max(c.head.Line+1, 0); i < len(c.p.Lines); i++ {
		if l := &c.p.Lines[i]; !l.Hidden() && introducesPerson(l.Text(), name) {
			return true
		}
	}
	return false
}

// introducesPerson is introduces for names that may be places: "Lakeside State Park is …"
// does not introduce a person.
func introducesPerson(line, name string) bool {
	return introduces(line, name) && (credits.Person(name) || credits.Occupation(line))
}

// aboutBox reads the author introduced at the end of the text or below it: a name on a
// line of its own, followed by a sentence that begins with the name. If several people
// are introduced, they are the subject of the article, not its authors.
func (c *creditFinder) aboutBox() []string {
	if c.last < 0 {
		return nil
	}
	var found []string
	for i := (c.first+c.last)/2 + 1; i < min(c.last+20, len(c.p.Lines)-1); i++ {
		l := &c.p.Lines[i]
		if l.Hidden() || l.Chars > maxNameLine || c.names(i)&(page.NameComment|page.NameRelated|page.NameAd) != 0 {
			continue
		}
		name := strings.TrimSuffix(l.Text(), ":")
		if credits.PersonLike(name) && !c.isPublisher(name) && c.introducedBehind(i, name) {
			found = credits.Merge(found, []string{name})
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// introducedBehind reports whether one of the three lines behind line i says who the
// person is.
func (c *creditFinder) introducedBehind(i int, name string) bool {
	for k := i + 1; k <= min(i+3, len(c.p.Lines)-1); k++ {
		if introducesPerson(c.p.Lines[k].Text(), name) {
			return true
		}
	}
	return false
}

// withoutOthers removes from a list the names that the page prints under another role
// than author, provided that it prints an author too.
func (c *creditFinder) withoutOthers(names []string) []string {
	if len(c.authors) == 0 {
		return names
	}
	var out []string
	for _, n := range names {
		if hasName(c.authors, n) || !hasName(c.others, n) {
			out = append(out, n)
		}
	}
	return out
}

// noteOthers collects the names that a line gives under another role than author.
func (c *creditFinder) noteOthers(got *credits.Credits) {
	for _, list := range [][]string{got.Photographers, got.Contributors, got.Translators} {
		c.others = credits.Merge(c.others, list)
	}
}
