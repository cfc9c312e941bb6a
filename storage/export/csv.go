package export

import (
	"context"
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

	"pressmark/extract/article"
)

// column is a column of the table of articles in CSV.
type column struct {
	name string
	cell func(*Item) string
}

// articleColumns is the table of articles. Lists are joined by "|". Times in
// *_utc are empty if the page shows a day only: midnight is never invented.
func articleColumns() []column {
	of := func(f func(*article.Article) string) func(*Item) string {
		return func(i *Item) string { return f(i.Article) }
	}
	num := strconv.Itoa
	return []column{
		{"id", of(func(a *article.Article) string { return a.ID })},
		{"url", of(func(a *article.Article) string { return a.URL })},
		{"site", func(i *Item) string { return i.Site }},
		{"publisher", of(func(a *article.Article) string { return a.Publisher })},
		{"title", of(func(a *article.Article) string { return a.Title })},
		{"description", of(func(a *article.Article) string { return a.Description })},
		{"published", of(func(a *article.Article) string { return article.Value(a.Published) })},
		{"published_utc", of(func(a *article.Article) string { return utcCell(a.Published) })},
		{"published_date", of(publishedDay)},
		{"published_precision", of(func(a *article.Article) string { return string(a.PublishedPrecision) })},
		{"modified", of(func(a *article.Article) string { return article.Value(a.Modified) })},
		{"language", of(func(a *article.Article) string { return a.Language })},
		{"section", of(func(a *article.Article) string { return a.Section })},
		{"keywords", of(func(a *article.Article) string { return joined(a.Keywords) })},
		{"source", of(func(a *article.Article) string { return a.Credits.Source })},
		{"authors", of(func(a *article.Article) string { return joined(a.Credits.Authors) })},
		{"editors", of(func(a *article.Article) string { return joined(a.Credits.Editors) })},
		{"photographers", of(func(a *article.Article) string { return joined(a.Credits.Photographers) })},
		{"access", of(func(a *article.Article) string { return string(a.Access) })},
		{"text", of(func(a *article.Article) string { return a.Text })},
		{"word_count", of(func(a *article.Article) string { return num(wordCount(a.Text)) })},
		{"char_count", of(func(a *article.Article) string { return num(charCount(a.Text)) })},
		{"image_count", of(func(a *article.Article) string { return num(len(a.Images)) })},
		{"images_archived", of(func(a *article.Article) string { return num(archivedImages(a)) })},
		{"lead_image_url", of(func(a *article.Article) string { return leadImage(a).URL })},
		{"lead_image_key", of(func(a *article.Article) string { return leadImage(a).Key })},
		{"lead_image_caption", of(func(a *article.Article) string { return article.Value(leadImage(a).Caption) })},
		{"revision", of(func(a *article.Article) string { return num(a.Revision) })},
		{"story", func(i *Item) string { return i.Story }},
		{"revisions", func(i *Item) string { return num(max(i.Record.Revision, i.Article.Revision)) }},
		{"outcome", func(i *Item) string { return string(i.Record.Outcome) }},
		{"first_seen", func(i *Item) string { return stamp(firstSeen(&i.Record)) }},
		{"fetched", of(func(a *article.Article) string { return a.Capture.Fetched })},
		{"http_status", of(func(a *article.Article) string { return num(a.Capture.Status) })},
		{"final_url", of(func(a *article.Article) string { return a.Capture.FinalURL })},
		{"content_hash", of(func(a *article.Article) string { return a.ContentHash })},
		{"warc_filename", of(func(a *article.Article) string { return a.Capture.WARC })},
		{"warc_record_offset", of(func(a *article.Article) string { return strconv.FormatInt(a.Capture.Offset, 10) })},
		{"warc_record_length", of(func(a *article.Article) string { return strconv.FormatInt(a.Capture.Length, 10) })},
		{"extractor", of(func(a *article.Article) string { return a.Extractor })},
		{"warnings", of(func(a *article.Article) string { return joined(a.Warnings) })},
	}
}

var (
	imageHeader = []string{"article_id", "revision", "image_id", "position", "url", "fetched_url", "key", "sha256", "media_type", "width", "height", "bytes",
		"caption", "credit", "alt", "status", "reason", "warc_filename", "warc_record_offset", "warc_record_length"}
	linkHeader = []string{"article_id", "revision", "block", "url", "text"}
)

type csvWriter struct {
	columns                 []column
	articles, images, links *table
}

// openCSV writes articles.csv, images.csv and links.csv; to a single place, the
// articles alone. Fields are quoted by RFC 4180, lines end with LF.
func openCSV(t *target) (writer, error) {
	w := &csvWriter{columns: articleColumns()}
	header := make([]string, len(w.columns))
	for i, c := range w.columns {
		header[i] = c.name
	}
	var err error
	if w.articles, err = t.table("articles.csv", header); err != nil || !t.sink.Many() {
		return w, err
	}
	if w.images, err = t.table("images.csv", imageHeader); err != nil {
		return nil, err
	}
	w.links, err = t.table("links.csv", linkHeader)
	return w, err
}

func (w *csvWriter) add(_ context.Context, item *Item) error {
	cells := make([]string, len(w.columns))
	for i, c := range w.columns {
		cells[i] = c.cell(item)
	}
	if err := w.articles.row(cells); err != nil || w.images == nil {
		return err
	}
	a := item.Article
	for i := range a.Images {
		if err := w.images.row(imageCells(a, i)); err != nil {
			return err
		}
	}
	for _, l := range a.Links {
		if err := w.links.row([]string{a.ID, strconv.Itoa(a.Revision), strconv.Itoa(l.Block), l.URL, l.Text}); err != nil {
			return err
		}
	}
	return nil
}

func imageCells(a *article.Article, i int) []string {
	img := &a.Images[i]
	return []string{a.ID, strconv.Itoa(a.Revision), img.ID, strconv.Itoa(i + 1), img.URL, img.FetchedURL, img.Key, img.SHA256, img.MediaType,
		strconv.Itoa(img.Width), strconv.Itoa(img.Height), strconv.FormatInt(img.Bytes, 10), article.Value(img.Caption), article.Value(img.Credit), article.Value(img.Alt),
		string(img.Status), img.Reason, img.WARC, strconv.FormatInt(img.Offset, 10), strconv.FormatInt(img.Length, 10)}
}

func (w *csvWriter) close(context.Context) error {
	var errs []error
	for _, t := range []*table{w.articles, w.images, w.links} {
		if t != nil {
			errs = append(errs, t.close())
		}
	}
	return errors.Join(errs...)
}

// table is one CSV file.
type table struct {
	out   *file
	csv   *csv.Writer
	excel bool
}

func (t *target) table(name string, header []string) (*table, error) {
	out, err := t.files.create(name)
	if err != nil {
		return nil, err
	}
	if t.BOM {
		if _, err := out.WriteString("\uFEFF"); err != nil {
			return nil, err
		}
	}
	tab := &table{out: out, csv: csv.NewWriter(out), excel: t.Excel}
	return tab, tab.csv.Write(header)
}

func (t *table) row(cells []string) error {
	t.out.rows++
	if t.excel {
		for i, c := range cells {
			cells[i] = Defused(c)
		}
	}
	return t.csv.Write(cells)
}

func (t *table) close() error {
	t.csv.Flush()
	return errors.Join(t.csv.Error(), t.out.Close())
}

// Defused puts an apostrophe before a cell that a spreadsheet would run as a
// formula (OWASP, CSV Injection). Numbers stay numbers.
func Defused(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func joined(s []string) string { return strings.Join(s, "|") }

// utcCell is "2024-03-12 07:30:00", the form that pandas and 4CAT read.
func utcCell(s *string) string {
	m := readMoment(s)
	if !m.instant {
		return ""
	}
	return m.at.Format("2006-01-02 15:04:05")
}
