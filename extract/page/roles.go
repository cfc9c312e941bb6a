package page

// Role is the kind of a line. The zero value means "not decided".
type Role uint8

// Roles of lines. Only those of RoleBody and RoleSubhead are text of the article.
const (
	RoleNone        Role = iota
	RoleBody             // text of the article
	RoleSubhead          // subhead of the article
	RoleTitle            // the headline, or a repetition of it
	RoleCaption          // caption of a picture
	RoleFigure           // caption of a figure whose picture the page does not give
	RolePlaceholder      // text that stands for a picture, "1.png"
	RoleCredit           // credit line: source, authors, editors
	RoleDate             // shows when the article was published or changed
	RoleChrome           // navigation, related items, share bars, disclaimers …
	RoleShown            // given to a hidden line that is shown after all; the line is then RoleNone
)

// IsText reports whether lines of the role are text of the article.
func (r Role) IsText() bool { return r == RoleBody || r == RoleSubhead }

// String returns the name of the role as explanations print it.
func (r Role) String() string {
	return [...]string{"", "body", "subhead", "title", "caption", "figure", "placeholder", "credit", "date", "boilerplate", "shown"}[r]
}

// Roles is the only writer of the steps' decisions about a page's lines: their roles,
// whether hidden lines are shown after all, and where their text ends. After each write
// the sums derived from the lines are correct.
type Roles struct{ p *Page }

// Set gives a line a role; by names the step that decided it. RoleShown un-hides
// the line and leaves its role open.
func (r *Roles) Set(i int, to Role, by string) {
	l := &r.p.Lines[i]
	if to == RoleShown {
		l.hidden, to = false, RoleNone
		r.p.stale = true
	}
	l.role, l.by = to, by
}

// Cut shortens a line's text to its first n bytes.
func (r *Roles) Cut(i, n int) {
	l := &r.p.Lines[i]
	l.text = l.text[:n]
}

// Extent is what the lines of some roles are together.
type Extent struct {
	First, Last int   // the first and the last of them, -1 where there are none
	Mass        int32 // their mass
}

// Extent returns the extent of the lines among Lines[first:last] that have one of
// the roles. first may be negative: it then stands for 0.
func (p *Page) Extent(first, last int, roles ...Role) Extent {
	var wanted uint16
	for _, r := range roles {
		wanted |= 1 << r
	}
	e := Extent{First: -1, Last: -1}
	for i := max(first, 0); i < last; i++ {
		l := &p.Lines[i]
		if wanted&(1<<l.role) == 0 {
			continue
		}
		if e.First < 0 {
			e.First = i
		}
		e.Last = i
		e.Mass += l.Mass
	}
	return e
}
