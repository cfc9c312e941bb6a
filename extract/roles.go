package extract

// pageRoles is the one writer of what the steps decide of a page's lines: their
// roles, whether hidden ones are shown after all, and where their text ends.
type pageRoles struct{ p *page }

// Set gives a line a role; by names the step that decided it.
func (r *pageRoles) Set(i int, to role, by string) {
	l := &r.p.lines[i]
	if to == roleShown {
		l.hidden = false
		return
	}
	l.role, l.by = to, by
}

// Cut shortens a line's text to its first n bytes.
func (r *pageRoles) Cut(i, n int) {
	l := &r.p.lines[i]
	l.text = l.text[:n]
}
