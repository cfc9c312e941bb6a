package reader

import (
	"encoding/xml"
	"net/http"
	"net/url"

	"pressmark/storage/search"
)

// The types of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Updated   string       `xml:"updated"`
		Published string       `xml:"published,omitempty"`
		Authors   []atomPerson `xml:"author"`
		Links     []atomLink   `xml:"link"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
)

// feed is the Atom feed of a search, newest articles first. An entry without a
// named author has the medium as its author, which Atom asks for.
func (s *server) feed(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	q, opt, _, err := request(r)
	if err != nil {
		return err
	}
	opt.Facets = false
	found, err := s.Index.Find(r.Context(), q, opt)
	if err != nil {
		return err
	}
	title := s.Name
	if text := q.String(); text != "" {
		title = text + " in " + title
	}
	out := atomFeed{ID: "urn:pressmark:search:" + url.QueryEscape(q.String()), Title: title, Updated: "1970-01-01T00:00:00Z",
		Links: []atomLink{{"self", "http://" + r.Host + r.URL.RequestURI()}}}
	for _, h := range found.Hits {
		out.Entries = append(out.Entries, atomOf(r.Host, h))
		out.Updated = max(out.Updated, h.Captured)
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	if _, err := w.Write([]byte(xml.Header)); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(out)
}

func atomOf(host string, h search.Hit) atomEntry {
	e := atomEntry{ID: "urn:pressmark:" + h.ID, Title: h.Title, Updated: h.Captured,
		Links: []atomLink{{"alternate", "http://" + host + "/article/" + url.PathEscape(h.Site) + "/" + h.ID}, {"via", h.URL}}}
	if len(h.Published) > len("2006-01-02") {
		e.Published = h.Published
	}
	for _, name := range h.Authors {
		e.Authors = append(e.Authors, atomPerson{name})
	}
	if len(e.Authors) == 0 {
		name := h.Source
		if name == "" {
			name = h.Site
		}
		e.Authors = []atomPerson{{name}}
	}
	return e
}
