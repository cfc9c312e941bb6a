package declared

import (
	"strings"
)

// commentFacts reads the fields that Chinese publishing systems leave in
// comments: <!--enpproperty <date>…</date><author>…</author>/enpproperty-->.
func (r *factReader) commentFacts() {
	for _, c := range r.p.Comments {
		s := c.Node.Data
		if !strings.Contains(s, "enpproperty") {
			continue
		}
		f := &r.facts
		f.Published = addClaim(f.Published, between(s, "<date>", "</date>"), "comment date")
		f.Source = addClaim(f.Source, between(s, "<source>", "</source>"), "comment source")
		f.Source = addClaim(f.Source, between(s, "<sourcename>", "</sourcename>"), "comment source")
		f.Editors = addClaim(f.Editors, between(s, "<editor>", "</editor>"), "comment editor")
		r.addAuthors(between(s, "<author>", "</author>"), "comment author", false)
	}
}

// maxField is the length in bytes of the longest value of a publishing system's field.
const maxField = 200

func between(s, open, end string) string {
	_, rest, ok := strings.Cut(s, open)
	if !ok {
		return ""
	}
	value, _, ok := strings.Cut(rest, end)
	if !ok || len(value) > maxField {
		return ""
	}
	return strings.TrimSpace(value)
}
