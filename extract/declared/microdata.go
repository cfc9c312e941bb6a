package declared

import "pressmark/extract/page"

// spanFacts reads the microdata of the text, outside lists of other articles.
func (r *factReader) spanFacts() {
	const foreign = page.NameRelated | page.NameSide | page.NameComment | page.NameNav | page.NameFooter
	for i := range r.p.Spans {
		s := &r.p.Spans[i]
		if int(s.Line) >= len(r.p.Lines) {
			continue
		}
		prop := page.Attr(s.Node, "itemprop")
		if prop == "" {
			continue
		}
		stamp := page.Attr(s.Node, "datetime")
		if r.p.Boxes[r.p.Lines[s.Line].Box].Inherited&foreign != 0 {
			continue
		}
		if stamp == "" {
			stamp = page.Attr(s.Node, "content")
		}
		r.itemprop(prop, stamp, r.p.TextOf(s.Start, s.End))
	}
	for i := range r.p.Boxes {
		b := &r.p.Boxes[i]
		if b.Name&(page.NameDate|page.NameByline) == 0 || b.Inherited&foreign != 0 {
			continue
		}
		if b.Last-b.First < 4 && page.Attr(b.Node, "itemprop") != "" {
			r.itemprop(page.Attr(b.Node, "itemprop"), page.Attr(b.Node, "content")+page.Attr(b.Node, "datetime"), r.p.BoxText(int32(i)))
		}
	}
}

func (r *factReader) itemprop(prop, value, text string) {
	f := &r.facts
	if value == "" {
		value = text
	}
	switch prop {
	case "datePublished", "dateCreated":
		f.Published = addClaim(f.Published, value, "itemprop "+prop)
	case "dateModified":
		f.Modified = addClaim(f.Modified, value, "itemprop "+prop)
	}
}
