package body

import (
	"pressmark/extract/memory"
	"pressmark/extract/page"
)

// dropKnown drops lines that repeat across the site's pages. If that would drop more than
// half of the text, the page is a duplicate of pages seen before and nothing is dropped.
func (b *bodyFinder) dropKnown() {
	p := b.p
	m := b.memory
	if m == nil || m.Pages() == 0 { // as in the whole first crawl of a site
		return
	}
	var known []int
	var mass, all int32
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody && l.Role() != page.RoleSubhead || !memory.Markable(l) {
			continue
		}
		all += l.Mass
		if m.Known(memory.Mark(l)) {
			known = append(known, i)
			mass += l.Mass
		}
	}
	if mass*2 > all {
		return
	}
	for _, i := range known {
		b.roles.Set(i, page.RoleChrome, "site memory")
	}
}
