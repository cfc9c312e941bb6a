// Package cite writes citations of archived articles, as a text for a list of
// references (APA, Chicago, GB/T 7714) and as records for reference managers
// (BibTeX, BibLaTeX, RIS, CSL-JSON).
//
// Every citation says when the page was captured, which revision of the article it
// is, and the hash of its content, so that a reader can find and check the very
// text that was cited. Names are never split into given and family names: an
// article prints them as one text.
package cite

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
)

// Format is one way to write citations. Several citations are written one behind
// the other, between Head and Tail and with Between between them.
type Format struct {
	Name      string // as it is named on the command line
	Title     string // for people
	Extension string // of a file, without the dot
	Head      string
	Between   string
	Tail      string
	write     func(*work) string
}

// Cite writes the citation of an article, without a line end. key is the
// article's key in the archive.
func (f *Format) Cite(a *article.Article, key string) string { return f.write(newWork(a, key)) }

// Formats lists the formats. A new one is a row here, a function in a file of its
// own, and its rows in the tests.
func Formats() []Format {
	return []Format{
		{Name: "apa", Title: "APA, 7th edition", Extension: "txt", Between: "\n", Tail: "\n", write: apa},
		{Name: "chicago", Title: "Chicago, 17th edition, bibliography", Extension: "txt", Between: "\n", Tail: "\n", write: chicago},
		{Name: "gbt7714", Title: "GB/T 7714-2015", Extension: "txt", Between: "\n", Tail: "\n", write: gbt7714},
		{Name: "bibtex", Title: "BibTeX", Extension: "bib", Between: "\n\n", Tail: "\n", write: bibtex},
		{Name: "biblatex", Title: "BibLaTeX", Extension: "bib", Between: "\n\n", Tail: "\n", write: biblatex},
		{Name: "ris", Title: "RIS", Extension: "ris", Between: "\r\n", Tail: "\r\n", write: ris},
		{Name: "csl-json", Title: "CSL-JSON", Extension: "json", Head: "[\n", Between: ",\n", Tail: "\n]\n", write: cslJSON},
	}
}

// Find returns the format with this name.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// work holds the fields that the citation formats print.
type work struct {
	a         *article.Article
	key       string
	container string // the medium: publisher, else credit, else site
	date      date   // of publication
	captured  date
}

func newWork(a *article.Article, key string) *work {
	w := &work{a: a, key: key}
	for _, name := range []string{a.Publisher, a.Credits.Source, a.Site} {
		if w.container = oneLine(name); w.container != "" {
			break
		}
	}
	if a.Published != nil {
		w.date = readDate(*a.Published)
	}
	w.captured = readDate(a.Capture.Fetched)
	return w
}

// proof says which text is cited: revision and hash of the content.
func (w *work) proof() string {
	return fmt.Sprintf("revision %d, sha256:%s", w.a.Revision, w.a.ContentHash)
}

func (w *work) title() string { return oneLine(w.a.Title) }

func (w *work) authors() []string {
	var out []string
	for _, name := range w.a.Credits.Authors {
		if name = oneLine(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

func (w *work) chinese() bool { return strings.HasPrefix(w.a.Language, "zh") }

// date is a day of the calendar; the zero value is unknown.
type date struct{ year, month, day int }

func readDate(s string) date {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return date{t.Year(), int(t.Month()), t.Day()}
		}
	}
	return date{}
}

func (d date) known() bool { return d.year != 0 }

// iso is 2024-03-12, "" if unknown.
func (d date) iso() string {
	if !d.known() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (d date) monthName() string { return time.Month(d.month).String() }

// english is March 12, 2024.
func (d date) english() string {
	return d.monthName() + " " + strconv.Itoa(d.day) + ", " + strconv.Itoa(d.year)
}

// oneLine folds white space, and line ends with it: a field of a record is one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
