package reader

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pressmark/storage/search"
)

// The views of a list other than cards.
const (
	viewKWIC  = "kwic"  // the words of the query in their context
	viewTable = "table" // a row an article, with columns to choose
)

// column is one column of a list's table.
type column struct {
	Name   string
	Title  string
	Change string // address of the list without the column, or with it
	text   func(search.Hit) string
}

// Text is the cell of a hit.
func (c column) Text(h listHit) string { return c.text(h.Hit) }

// columns lists the columns that can be chosen, in their order. The title is always
// there.
func columns() []column {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return []column{
		{Name: "published", Title: "published", text: func(h search.Hit) string { return day(h.Published, h.Precision) }},
		{Name: "site", Title: "site", text: func(h search.Hit) string { return h.Site }},
		{Name: "source", Title: "source", text: func(h search.Hit) string { return h.Source }},
		{Name: "authors", Title: "authors", text: func(h search.Hit) string { return strings.Join(h.Authors, ", ") }},
		{Name: "section", Title: "section", text: func(h search.Hit) string { return h.Section }},
		{Name: "language", Title: "language", text: func(h search.Hit) string { return h.Language }},
		{Name: "characters", Title: "characters", text: func(h search.Hit) string { return number(h.Chars) }},
		{Name: "pictures", Title: "pictures", text: func(h search.Hit) string { return number(h.Images) }},
		{Name: "revision", Title: "revision", text: func(h search.Hit) string { return number(h.Revision) }},
		{Name: "captured", Title: "captured (UTC)", text: func(h search.Hit) string { return moment(h.Captured) }},
		{Name: "story", Title: "papers with the story", text: func(h search.Hit) string { return number(h.StorySize) }},
		{Name: "state", Title: "state", text: func(h search.Hit) string {
			var texts []string
			for _, b := range badges(h) {
				texts = append(texts, b.Text)
			}
			return strings.Join(texts, ", ")
		}},
		{Name: "url", Title: "address", text: func(h search.Hit) string { return h.URL }},
	}
}

const usualColumns = "published,site,source,authors,characters,pictures,state"

// views fills in the links to other forms of the list. at makes an address of the
// list with changed parameters.
func (p *listPage) views(r *http.Request, at func(map[string]string) string) {
	here := r.FormValue("view")
	for _, v := range []struct{ name, value string }{{"Cards", ""}, {"Table", viewTable}, {"Word in context", viewKWIC}} {
		p.Views = append(p.Views, view{v.name, at(map[string]string{"view": v.value, "columns": ""}), v.value == here})
	}
	for _, f := range exports() {
		p.Exports = append(p.Exports, view{Name: f.Name, URL: "/export?" + url.Values{"q": {p.Query}, "format": {f.Name}}.Encode()})
	}
	if here != viewTable {
		return
	}
	chosen := strings.Split(r.FormValue("columns"), ",")
	if !r.Form.Has("columns") {
		chosen = strings.Split(usualColumns, ",")
	}
	for _, c := range columns() {
		if slices.Contains(chosen, c.Name) {
			c.Change = at(map[string]string{"columns": strings.Join(slices.DeleteFunc(slices.Clone(chosen), func(n string) bool { return n == c.Name }), ",")})
			p.Columns = append(p.Columns, c)
		} else {
			c.Change = at(map[string]string{"columns": strings.Join(append(slices.Clone(chosen), c.Name), ",")})
			p.Hidden = append(p.Hidden, c)
		}
	}
}
