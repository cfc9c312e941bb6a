package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// The types of ninjs 3.1 (IPTC, News in JSON), as far as an article fills them. The
// standard gives their fields.
type (
	ninjs struct {
		Standard           ninjsStandard  `json:"standard"`
		URI                string         `json:"uri"`
		Type               string         `json:"type"`
		RepresentationType string         `json:"representationType"`
		Profile            string         `json:"profile"`
		Version            string         `json:"version"`
		FirstCreated       string         `json:"firstCreated,omitempty"`
		ContentCreated     string         `json:"contentCreated,omitempty"`
		VersionCreated     string         `json:"versionCreated,omitempty"`
		PubStatus          string         `json:"pubStatus"`
		Language           string         `json:"language,omitempty"`
		Headlines          []ninjsText    `json:"headlines"`
		Descriptions       []ninjsText    `json:"descriptions,omitempty"`
		Bodies             []ninjsBody    `json:"bodies"`
		By                 string         `json:"by,omitempty"`
		People             []ninjsParty   `json:"people,omitempty"`
		Organisations      []ninjsParty   `json:"organisations,omitempty"`
		InfoSources        []ninjsSource  `json:"infoSources,omitempty"`
		Subjects           []ninjsParty   `json:"subjects,omitempty"`
		Genres             []ninjsName    `json:"genres,omitempty"`
		CopyrightNotice    string         `json:"copyrightNotice,omitempty"`
		AltIDs             []ninjsAlt     `json:"altIds"`
		Associations       []ninjsPicture `json:"associations,omitempty"`
	}
	ninjsStandard struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Schema  string `json:"schema"`
	}
	ninjsText struct {
		Role        string `json:"role"`
		ContentType string `json:"contentType"`
		Value       string `json:"value"`
	}
	ninjsBody struct {
		Role        string `json:"role"`
		ContentType string `json:"contentType"`
		CharCount   int    `json:"charCount"`
		WordCount   int    `json:"wordCount"`
		Value       string `json:"value"`
	}
	ninjsParty struct {
		Name string `json:"name"`
		Rel  string `json:"rel"`
	}
	ninjsName struct {
		Name string `json:"name"`
	}
	ninjsSource struct {
		Role string `json:"role"`
		Name string `json:"name"`
	}
	ninjsAlt struct {
		Role  string `json:"role"`
		Value string `json:"value"`
	}
	ninjsPicture struct {
		Name         string           `json:"name"`
		URI          string           `json:"uri"`
		Type         string           `json:"type"`
		Descriptions []ninjsText      `json:"descriptions,omitempty"`
		By           string           `json:"by,omitempty"`
		Renditions   []ninjsRendition `json:"renditions,omitempty"`
	}
	ninjsRendition struct {
		Name        string `json:"name"`
		Href        string `json:"href"`
		ContentType string `json:"contentType,omitempty"`
		Width       int    `json:"width,omitempty"`
		Height      int    `json:"height,omitempty"`
		SizeInBytes int64  `json:"sizeInBytes,omitempty"`
	}
)

const (
	ninjsSchema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
	plain       = "text/plain"
)

func openNinjs(t *target) (writer, error) {
	return openLines(t, "articles.ninjs.jsonl", func(item *Item) (any, error) { return ninjsOf(item), nil })
}

func ninjsOf(item *Item) ninjs {
	a := item.Article
	out := ninjs{
		Standard: ninjsStandard{"ninjs", "3.1", ninjsSchema}, URI: a.URL, Type: "text", RepresentationType: "full", Profile: "article",
		Version: strconv.Itoa(a.Revision), FirstCreated: dateTime(article.Value(a.Published)), ContentCreated: dateTime(article.Value(a.Published)),
		VersionCreated: dateTime(article.Value(a.Modified)), PubStatus: "usable", Language: a.Language,
		Headlines: []ninjsText{{"main", plain, a.Title}},
		Bodies:    []ninjsBody{{"main", plain, charCount(a.Text), wordCount(a.Text), a.Text}},
		By:        strings.Join(a.Credits.Lines, "; "), CopyrightNotice: a.Rights,
		AltIDs: []ninjsAlt{{"pressmark-id", a.ID}, {"content-hash", a.ContentHash}},
	}
	if out.VersionCreated == "" {
		out.VersionCreated = dateTime(a.Capture.Fetched)
	}
	if a.Access == article.AccessSubscription || a.Access == article.AccessMetered {
		out.RepresentationType = "partial"
	}
	if item.Record.Outcome == ledger.Gone {
		out.PubStatus = "canceled"
	}
	if a.Description != "" {
		out.Descriptions = []ninjsText{{"summary", plain, a.Description}}
	}
	out.People = append(parties("author", a.Credits.Authors), parties("editor", a.Credits.Editors)...)
	out.People = append(out.People, parties("photographer", a.Credits.Photographers)...)
	out.Organisations = parties("agency", a.Credits.Agencies)
	if a.Credits.Source != "" {
		out.InfoSources = []ninjsSource{{"published-by", a.Credits.Source}}
	}
	out.Subjects = parties("about", a.Keywords)
	if a.Section != "" {
		out.Genres = []ninjsName{{a.Section}}
	}
	for i := range a.Images {
		if a.Images[i].URL != "" {
			out.Associations = append(out.Associations, ninjsImage(&a.Images[i]))
		}
	}
	return out
}

func ninjsImage(img *article.Image) ninjsPicture {
	p := ninjsPicture{Name: fmt.Sprintf("image-%s", img.ID), URI: img.URL, Type: "picture", By: article.Value(img.Credit)}
	if img.Caption != nil {
		p.Descriptions = []ninjsText{{"caption", plain, *img.Caption}}
	}
	r := ninjsRendition{Name: "original", Href: img.URL}
	if img.Key != "" {
		r = ninjsRendition{"archived", img.Key, img.MediaType, img.Width, img.Height, img.Bytes}
	}
	p.Renditions = []ninjsRendition{r}
	return p
}

func parties(rel string, names []string) []ninjsParty {
	var out []ninjsParty
	for _, n := range names {
		out = append(out, ninjsParty{n, rel})
	}
	return out
}

// dateTime is a time as JSON Schema's date-time wants it; a day begins at
// midnight UTC, because ninjs has no day alone.
func dateTime(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return s + "T00:00:00Z"
	}
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		return ""
	}
	return s
}
