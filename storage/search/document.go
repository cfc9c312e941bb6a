package search

import (
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/corpus"
	"pressmark/storage/ledger"
)

// document is an article as the index holds it.
type document struct {
	site    string
	record  ledger.Record
	article *article.Article
	gone    bool
	at      time.Time // publication by the page's clock, or the first capture
	dated   bool      // at is the publication
	doc     int64
	words   wordsRow
	hash    uint64
	values  []value
}

// wordsRow is a row of the table words.
type wordsRow struct{ title, body, caption, author, source, section, tag string }

// everything is a term that every article has, for queries that only exclude.
const everything = "all"

func newDocument(e corpus.Entry) document {
	d := document{site: e.Site, record: e.Record, article: e.Article, gone: e.Record.Outcome == ledger.Gone}
	d.at, d.dated = publishedAt(e.Article, &e.Record)
	a := e.Article
	d.words = wordsRow{
		title: tokens(a.Title), body: tokens(bodyText(a)), caption: tokens(captions(a)),
		author: tokens(strings.Join(a.Credits.Authors, "\n")), source: tokens(a.Credits.Source), section: tokens(a.Section),
	}
	d.hash = simhash(d.words.body)
	var tags strings.Builder
	tags.WriteString(everything + " ")
	d.values = valuesOf(&d)
	for _, v := range d.values {
		tags.WriteString(tag(v.name, v.value))
		tags.WriteByte(' ')
	}
	d.words.tag = tags.String()
	return d
}

// bodyText is the text of the body without the places of pictures.
func bodyText(a *article.Article) string {
	var b strings.Builder
	b.Grow(len(a.Text))
	for i := range a.Body {
		b.WriteString(article.BlockText(&a.Body[i]))
		b.WriteByte('\n')
	}
	return b.String()
}

func captions(a *article.Article) string {
	var b strings.Builder
	for i := range a.Images {
		img := &a.Images[i]
		b.WriteString(article.Value(img.Caption))
		if img.Credit != nil {
			b.WriteString("\n" + *img.Credit)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (d *document) missing() int {
	n := 0
	for i := range d.article.Images {
		if img := &d.article.Images[i]; img.Status != "" && !isArchived(img) {
			n++
		}
	}
	return n
}

// lead is the key of the first archived picture, "" if there is none.
func (d *document) lead() string {
	for i := range d.article.Images {
		if img := &d.article.Images[i]; isArchived(img) {
			return img.Key
		}
	}
	return ""
}
