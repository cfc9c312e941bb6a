package byline

import (
	"strings"

	"pressmark/extract/credits"
	"pressmark/extract/text"
)

// westernAuthors weighs structured authors against the printed byline: people
// win over organizations, a byline that names all of them and more wins over both.
func (c *creditFinder) westernAuthors() {
	if c.fixed.authors {
		return
	}
	people, from := c.structuredPeople()
	labelled := len(c.authors) > 0
	switch {
	case len(people) > 0 && labelled && saysMore(c.authors, people, from):
		c.authorsFrom = "byline"
	case len(people) > 0 && c.contradicts(people):
		c.authors, c.authorsFrom = c.above, "byline"
	case len(people) > 0:
		c.authors, c.authorsFrom = c.withoutOthers(people), from
	default:
		c.printedAuthors()
	}
	if c.source == "" {
		for _, s := range c.said.Source {
			c.source, c.sourceFrom = s.Text, s.From
			break
		}
	}
}

// printedAuthors uses the printed names if structured data names no person: a labelled
// byline, an element made for the author, a name without a label. If none is printed, it
// uses the organizations of structured data.
func (c *creditFinder) printedAuthors() {
	for _, read := range []func() []string{
		func() []string { return c.authors }, c.bylineElements, c.unlabelled, c.aboutBox, c.amidText,
	} {
		if names := read(); len(names) > 0 && (len(c.said.Authors) == 0 || !credits.Agencies(names)) {
			c.authors, c.authorsFrom = names, "byline"
			return
		}
	}
	c.authors, c.authorsFrom = c.structuredOrganizations()
}

// contradicts reports whether a byline between headline and text names entirely different
// people, in full, than structured data does. Structured data often names the account
// that posted.
func (c *creditFinder) contradicts(people []string) bool {
	if !fullNames(c.above) {
		return false
	}
	for _, n := range people {
		for _, printed := range c.above {
			if startsAlike(n, printed) {
				return false
			}
		}
	}
	return true
}

// startsAlike reports whether one name begins with the other: "Jane Doe" and "Jane
// Doe (Doesoft)" are one person.
func startsAlike(a, b string) bool {
	a, b = text.Key(a), text.Key(b)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// saysMore reports whether a printed byline names more than structured data does: all its
// names and others, a full name instead of a first name, people instead of initials.
func saysMore(byline, people []string, from string) bool {
	if strings.HasPrefix(from, "meta") && oneWord(people) && !oneWord(byline) {
		return true
	}
	return covers(byline, people) || extends(byline, people) || spells(byline, people)
}

// spells reports whether a printed name is that of an account, with its words apart:
// "Jane Doe" for "janedoe".
func spells(printed, accounts []string) bool {
	return len(printed) == 1 && len(accounts) == 1 && fullNames(printed) && oneWord(accounts) && credits.Same(printed[0], accounts[0])
}

// extends reports whether a printed name is a structured one in full: "Jane Doe"
// of an account that is called "Jane".
func extends(long, short []string) bool {
	if len(long) != len(short) {
		return false
	}
	for i := range long {
		if strings.Contains(short[i], " ") || strings.Count(long[i], " ") > 2 || !strings.HasPrefix(strings.ToLower(long[i]), strings.ToLower(short[i])+" ") {
			return false
		}
	}
	return true
}

// oneWord reports whether no name has two words: initials, an agency, a site.
func oneWord(names []string) bool {
	for _, n := range names {
		if strings.Contains(n, " ") {
			return false
		}
	}
	return true
}

// covers reports whether every name of few is in many, and many has more.
func covers(many, few []string) bool {
	if len(many) <= len(few) || len(many) > 2*len(few)+1 {
		return false
	}
	for _, f := range few {
		if !hasName(many, f) {
			return false
		}
	}
	return true
}

// structuredPeople returns the authors of the first kind of structured data that names
// others than the publisher. A later kind that names all of them and more replaces it.
func (c *creditFinder) structuredPeople() (names []string, from string) {
	var kinds []string
	byKind := map[string][]string{}
	for _, a := range c.said.Authors {
		if a.Organization || company(a.Name) || c.isPublisher(a.Name) || c.isHost(a.Name) {
			continue
		}
		if byKind[a.From] == nil {
			kinds = append(kinds, a.From)
		}
		byKind[a.From] = credits.Merge(byKind[a.From], []string{a.Name})
	}
	for _, kind := range kinds {
		if from == "" || covers(byKind[kind], names) {
			names, from = byKind[kind], kind
		}
	}
	return credits.WithoutFirms(names), from
}

func (c *creditFinder) structuredOrganizations() ([]string, string) {
	for _, a := range c.said.Authors {
		return []string{a.Name}, a.From
	}
	return nil, ""
}

// company reports whether a name has a legal form.
func company(name string) bool {
	for _, form := range []string{"GmbH", " Ltd", " Inc", " LLC", "sp. z o.o", " S.A.", " AG", " Co.", " Α.Ε.", "ООО ", " s.r.o", " e.V.", " B.V.",
		" Oy", " SpA", " S.p.A"} {
		if strings.Contains(name, form) {
			return true
		}
	}
	return false
}

// isHost reports whether a name is the site's own address.
func (c *creditFinder) isHost(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	return host != "" && strings.EqualFold(strings.TrimPrefix(name, "www."), host)
}

// fullNames reports whether all names have two words.
func fullNames(names []string) bool {
	for _, n := range names {
		if !strings.Contains(n, " ") {
			return false
		}
	}
	return len(names) > 0
}

// namesSite reports whether a name starts with the site's: "MDR THÜRINGEN" on mdr.de.
func (c *creditFinder) namesSite(name string) bool {
	host := strings.TrimPrefix(c.p.Base.Hostname(), "www.")
	label, _, _ := strings.Cut(host, ".")
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return c.isPublisher(name) || len(label) > 1 && first == label
}
