package page

// Role says what a line is. The zero value is "not decided".
type Role uint8

// Roles of lines. Only those of RoleBody and RoleSubhead are text of the article.
const (
	RoleNone        Role = iota
	RoleBody             // text of the article
	RoleSubhead          // subhead of the article
	RoleTitle            // the headline, or a repetition of it
	RoleCaption          // caption of a picture
	RolePlaceholder      // text that stands for a picture, "1.png"
	RoleCredit           // credit line: source, authors, editors
	RoleDate             // shows when the article was published
	RoleChrome           // navigation, related items, share bars, disclaimers …
	RoleShown            // given to a hidden line that is shown after all; the line is then RoleNone
)

// Roles is the one writer of what the steps decide of a page's lines: their
// roles, whether hidden ones are shown after all, and where their text ends.
type Roles struct{ p *Page }

// Set gives a line a role; by names the step that decided it.
func (r *Roles) Set(i int, to Role, by string) {
	l := &r.p.Lines[i]
	if to == RoleShown {
		l.hidden = false
		return
	}
	l.role, l.by = to, by
}

// Cut shortens a line's text to its first n bytes.
func (r *Roles) Cut(i, n int) {
	l := &r.p.Lines[i]
	l.text = l.text[:n]
}
