package cite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// cslItem is an item of CSL-JSON (csl-data.json of the Citation Style Language),
// whose variables are on one level.
type cslItem struct {
	ID              string    `json:"id"`
	Type            string    `json:"type"`
	Title           string    `json:"title"`
	Author          []cslName `json:"author,omitempty"`
	Editor          []cslName `json:"editor,omitempty"`
	Issued          *cslDate  `json:"issued,omitempty"`
	Accessed        *cslDate  `json:"accessed,omitempty"`
	ContainerTitle  string    `json:"container-title,omitempty"`
	Section         string    `json:"section,omitempty"`
	Abstract        string    `json:"abstract,omitempty"`
	Keyword         string    `json:"keyword,omitempty"`
	Language        string    `json:"language,omitempty"`
	URL             string    `json:"URL"`
	Archive         string    `json:"archive"`
	ArchiveLocation string    `json:"archive_location"`
	Note            string    `json:"note"`
	Version         string    `json:"version"`
	Source          string    `json:"source"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	DateParts [][3]int `json:"date-parts"`
}

func cslJSON(w *work) string {
	item := cslItem{
		ID: w.a.ID, Type: "article-newspaper", Title: w.title(), Author: cslNames(w.authors()), Editor: cslNames(w.a.Credits.Editors),
		Issued: cslDay(w.date), Accessed: cslDay(w.captured), ContainerTitle: w.container, Section: w.a.Section,
		Abstract: oneLine(w.a.Description), Keyword: strings.Join(w.a.Keywords, ", "), Language: w.a.Language, URL: w.a.URL,
		Archive: "pressmark", ArchiveLocation: fmt.Sprintf("%s#r%d", w.key, w.a.Revision), Note: w.proof(),
		Version: fmt.Sprint(w.a.Revision), Source: w.a.Extractor,
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(item); err != nil { // texts and numbers have a JSON form
		return "{}"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func cslNames(names []string) []cslName {
	var out []cslName
	for _, n := range names {
		if n = oneLine(n); n != "" {
			out = append(out, cslName{n})
		}
	}
	return out
}

func cslDay(d date) *cslDate {
	if !d.known() {
		return nil
	}
	return &cslDate{[][3]int{{d.year, d.month, d.day}}}
}
