package cite

import (
	"strconv"
	"strings"
)

// bibMonths are the macros of BibTeX's styles.
var bibMonths = []string{"", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// bibtex writes an @article. The title stands in two pairs of braces, so that
// styles keep its capitals.
func bibtex(w *work) string {
	e := bibEntry{kind: "article", key: w.bibKey()}
	e.braced("author", strings.Join(bibNames(w.authors()), " and "))
	e.raw("title", "{{"+bibEscape(w.title())+"}}")
	e.braced("journal", bibEscape(w.container))
	if w.date.known() {
		e.braced("year", strconv.Itoa(w.date.year))
		e.raw("month", bibMonths[w.date.month])
		e.braced("day", strconv.Itoa(w.date.day))
	}
	e.braced("url", bibURL(w.a.URL))
	e.braced("urldate", w.captured.iso())
	e.braced("language", bibEscape(w.a.Language))
	e.braced("note", bibEscape("Archived "+w.proof()+"; "+w.key))
	return e.String()
}

// biblatex writes an @online.
func biblatex(w *work) string {
	e := bibEntry{kind: "online", key: w.bibKey()}
	e.braced("author", strings.Join(bibNames(w.authors()), " and "))
	e.raw("title", "{{"+bibEscape(w.title())+"}}")
	e.braced("organization", bibEscape(w.container))
	e.braced("date", w.date.iso())
	e.braced("url", bibURL(w.a.URL))
	e.braced("urldate", w.captured.iso())
	e.braced("langid", bibEscape(w.a.Language))
	e.braced("keywords", bibEscape(strings.Join(w.a.Keywords, ", ")))
	e.braced("abstract", bibEscape(oneLine(w.a.Description)))
	e.braced("note", bibEscape("Archived "+w.proof()+"; "+w.key))
	return e.String()
}

// bibKey names an entry: site, year and the beginning of the article's id.
func (w *work) bibKey() string {
	year := "nd"
	if w.date.known() {
		year = strconv.Itoa(w.date.year)
	}
	return w.a.Site + "-" + year + "-" + w.a.ID[:min(8, len(w.a.ID))]
}

type bibEntry struct {
	kind, key string
	fields    []string
}

// braced adds a field in braces; an empty value adds none.
func (e *bibEntry) braced(name, value string) {
	if value != "" {
		e.raw(name, "{"+value+"}")
	}
}

func (e *bibEntry) raw(name, value string) {
	e.fields = append(e.fields, "  "+name+" = "+value)
}

func (e *bibEntry) String() string {
	return "@" + e.kind + "{" + e.key + ",\n" + strings.Join(e.fields, ",\n") + "\n}"
}

// bibNames puts every name in braces of its own: it is one name, whatever
// words, commas or "and" it has.
func bibNames(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = "{" + bibEscape(name) + "}"
	}
	return out
}

var bibSpecial = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
)

func bibEscape(s string) string { return bibSpecial.Replace(s) }

// bibURL keeps an address as it is but for braces, which would end the field.
func bibURL(s string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(s)
}
