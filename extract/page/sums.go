package page

// sum makes the prefix sums over the lines that are displayed.
func (p *Page) sum() {
	for i := range p.Lines {
		l := &p.Lines[i]
		p.mass[i+1], p.linkMass[i+1] = p.mass[i], p.linkMass[i]
		if !l.hidden {
			p.mass[i+1] += l.Mass
			p.linkMass[i+1] += l.LinkMass
		}
	}
	p.stale = false
}

// MassOf returns the visible mass of Lines[first:last], and the part of it in links.
func (p *Page) MassOf(first, last int32) (mass, inLinks int32) {
	if p.stale { // a line was un-hidden; summed here and not for each line, of which there may be many
		p.sum()
	}
	return p.mass[last] - p.mass[first], p.linkMass[last] - p.linkMass[first]
}

// VisibleMass returns the mass of all lines that are displayed.
func (p *Page) VisibleMass() int32 {
	mass, _ := p.MassOf(0, int32(len(p.Lines)))
	return mass
}
