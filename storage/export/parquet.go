package export

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"pressmark/extract/article"
	"pressmark/storage/warc"
)

// rowsPerGroup and bytesPerGroup bound the memory of a file under way; readers skip whole
// groups.
const (
	rowsPerGroup  = 5000
	bytesPerGroup = 16 << 20 // of texts
)

// articleRow is a row of the table of articles. The names from url_surtkey on are
// those of Common Crawl's columnar index. A row is flat, because each field is a column.
type articleRow struct {
	ID             string     `parquet:"id"`
	URL            string     `parquet:"url"`
	Site           string     `parquet:"site,dict"`
	Publisher      string     `parquet:"publisher,dict"`
	Title          string     `parquet:"title"`
	Description    string     `parquet:"description"`
	Published      *string    `parquet:"published,optional"`
	PublishedUTC   *time.Time `parquet:"published_utc,optional,timestamp(microsecond)"`
	PublishedDate  *int32     `parquet:"published_date,optional,date"`
	PublishedZone  *int32     `parquet:"published_offset_minutes,optional"`
	Precision      string     `parquet:"published_precision,dict"`
	Modified       *string    `parquet:"modified,optional"`
	ModifiedUTC    *time.Time `parquet:"modified_utc,optional,timestamp(microsecond)"`
	Language       string     `parquet:"language,dict"`
	Section        string     `parquet:"section,dict"`
	Keywords       []string   `parquet:"keywords,list"`
	Access         string     `parquet:"access,dict"`
	Source         string     `parquet:"source,dict"`
	Authors        []string   `parquet:"authors,list"`
	Editors        []string   `parquet:"editors,list"`
	Photographers  []string   `parquet:"photographers,list"`
	CreditLines    []string   `parquet:"credit_lines,list"`
	Text           string     `parquet:"text,zstd"`
	BodyJSON       string     `parquet:"body_json,zstd"`
	EvidenceJSON   string     `parquet:"evidence_json,zstd"`
	Pages          []string   `parquet:"pages,list"`
	Warnings       []string   `parquet:"warnings,list"`
	WordCount      int32      `parquet:"word_count"`
	CharCount      int32      `parquet:"char_count"`
	Images         int32      `parquet:"image_count"`
	ImagesArchived int32      `parquet:"images_archived"`
	Extractor      string     `parquet:"extractor,dict"`
	Revision       int32      `parquet:"revision"`
	Revisions      int32      `parquet:"revisions"`
	Story          string     `parquet:"story"`
	Outcome        string     `parquet:"outcome,dict"`
	ContentHash    string     `parquet:"content_hash"`
	FirstSeen      time.Time  `parquet:"first_seen,timestamp(microsecond)"`
	Seq            int64      `parquet:"seq"`
	SURT           string     `parquet:"url_surtkey"`
	Host           string     `parquet:"url_host_name,dict"`
	FetchTime      *time.Time `parquet:"fetch_time,optional,timestamp(microsecond)"`
	FetchStatus    int32      `parquet:"fetch_status"`
	Digest         string     `parquet:"content_digest"`
	WARC           string     `parquet:"warc_filename,dict"`
	WARCOffset     int64      `parquet:"warc_record_offset"`
	WARCLength     int64      `parquet:"warc_record_length"`
}

// imageRow is a row of the table of images; each field is a column.
type imageRow struct {
	ArticleID  string `parquet:"article_id"`
	Revision   int32  `parquet:"revision"`
	ImageID    string `parquet:"image_id"`
	Position   int32  `parquet:"position"`
	URL        string `parquet:"url"`
	FetchedURL string `parquet:"fetched_url"`
	Key        string `parquet:"key"`
	SHA256     string `parquet:"sha256"`
	PHash      string `parquet:"phash"`
	MediaType  string `parquet:"media_type,dict"`
	Width      int32  `parquet:"width"`
	Height     int32  `parquet:"height"`
	Bytes      int64  `parquet:"bytes"`
	Caption    string `parquet:"caption"`
	Credit     string `parquet:"credit"`
	Alt        string `parquet:"alt"`
	Status     string `parquet:"status,dict"`
	Reason     string `parquet:"reason,dict"`
}

type linkRow struct {
	ArticleID string `parquet:"article_id"`
	Revision  int32  `parquet:"revision"`
	Block     int32  `parquet:"block"`
	URL       string `parquet:"url"`
	Text      string `parquet:"text"`
}

// parquetWriter writes <table>/site=<site>/month=<month>/part-<n>.parquet, as hive
// partitions. Articles come sorted by site and time, so only two partitions are open
// at a time: one month and the undated articles.
type parquetWriter struct {
	t    *target
	open map[string]*partition // by month
	site string
	last map[string]int // parts written by site and month
}

// partition is the files of one site and month.
type partition struct {
	articles *parquetFile[articleRow]
	images   *parquetFile[imageRow]
	links    *parquetFile[linkRow]
}

const undated = "unknown"

func openParquet(t *target) (writer, error) {
	if !t.sink.Many() {
		return nil, errors.New("parquet writes several files: name a folder with -o")
	}
	return &parquetWriter{t: t, open: map[string]*partition{}, last: map[string]int{}}, nil
}

func (w *parquetWriter) add(_ context.Context, item *Item) error {
	month := undated
	if day := publishedDay(item.Article); day != "" {
		month = day[:7]
	}
	p, err := w.partition(item.Site, month)
	if err != nil {
		return err
	}
	row := articleRowOf(item)
	if err := p.articles.write(row, len(row.Text)+len(row.BodyJSON)+len(row.EvidenceJSON)); err != nil {
		return err
	}
	a := item.Article
	for i := range a.Images {
		img := imageRowOf(a, i)
		if err := p.images.write(img, len(img.URL)+len(img.Caption)+len(img.Alt)); err != nil {
			return err
		}
	}
	for _, l := range a.Links {
		if err := p.links.write(linkRow{a.ID, int32(a.Revision), int32(l.Block), l.URL, l.Text}, len(l.URL)+len(l.Text)); err != nil { //nolint:gosec // small
			return err
		}
	}
	return nil
}

func (w *parquetWriter) partition(site, month string) (*partition, error) {
	if p := w.open[month]; p != nil && site == w.site {
		return p, nil
	}
	for m, p := range w.open {
		if bothDated := m != undated && month != undated; site != w.site || bothDated {
			if err := p.close(); err != nil {
				return nil, err
			}
			delete(w.open, m)
		}
	}
	w.site = site
	place := "site=" + site + "/month=" + month
	w.last[place]++
	name := fmt.Sprintf("%s/part-%d.parquet", place, w.last[place])
	p := &partition{newParquetFile[articleRow](w.t, "articles/"+name), newParquetFile[imageRow](w.t, "images/"+name), newParquetFile[linkRow](w.t, "links/"+name)}
	w.open[month] = p
	return p, nil
}

func (p *partition) close() error {
	return errors.Join(p.articles.close(), p.images.close(), p.links.close())
}

func (w *parquetWriter) close(context.Context) error {
	var errs []error
	for _, p := range w.open {
		errs = append(errs, p.close())
	}
	return errors.Join(errs...)
}

// parquetFile is one file of a table; it is made with its first row.
type parquetFile[T any] struct {
	t    *target
	name string
	out  *file
	rows *parquet.GenericWriter[T]
	held int // bytes of texts in the group under way
}

func newParquetFile[T any](t *target, name string) *parquetFile[T] {
	return &parquetFile[T]{t: t, name: name}
}

// write adds a row with about so many bytes of text.
func (f *parquetFile[T]) write(row T, size int) error {
	if f.rows == nil {
		out, err := f.t.files.create(f.name)
		if err != nil {
			return err
		}
		f.out = out
		f.rows = parquet.NewGenericWriter[T](out, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(rowsPerGroup),
			parquet.CreatedBy("pressmark", "", ""), parquet.KeyValueMetadata("pressmark.schema", article.SchemaVersion))
	}
	f.out.rows++
	_, err := f.rows.Write([]T{row})
	if f.held += size; err == nil && f.held >= bytesPerGroup {
		f.held = 0
		err = f.rows.Flush()
	}
	return err
}

func (f *parquetFile[T]) close() error {
	if f.rows == nil {
		return nil
	}
	return errors.Join(f.rows.Close(), f.out.Close())
}

func articleRowOf(item *Item) articleRow {
	a, r, c := item.Article, &item.Record, item.Article.Capture
	published, modified := readMoment(a.Published), readMoment(a.Modified)
	row := articleRow{
		ID: a.ID, URL: a.URL, Site: item.Site, Publisher: a.Publisher, Title: a.Title, Description: a.Description, Published: a.Published,
		PublishedUTC: published.utc(), PublishedDate: published.date(), PublishedZone: published.zone(), Precision: string(a.PublishedPrecision),
		Modified: a.Modified, ModifiedUTC: modified.utc(), Language: a.Language, Section: a.Section, Keywords: list(a.Keywords),
		Access: string(a.Access), Source: a.Credits.Source, Authors: list(a.Credits.Authors), Editors: list(a.Credits.Editors),
		Photographers: list(a.Credits.Photographers), CreditLines: list(a.Credits.Lines), Text: a.Text, BodyJSON: quoted(a.Body),
		EvidenceJSON: quoted(a.Evidence), Pages: list(a.Pages), Warnings: list(a.Warnings), WordCount: int32(wordCount(a.Text)), //nolint:gosec // below 2^31: a page has 32 MiB at most
		CharCount: int32(charCount(a.Text)), Images: int32(len(a.Images)), ImagesArchived: int32(archivedImages(a)), Extractor: a.Extractor, //nolint:gosec // small
		Revision: int32(a.Revision), Revisions: int32(max(a.Revision, r.Revision)), Story: item.Story, Outcome: string(r.Outcome), ContentHash: a.ContentHash, //nolint:gosec // small
		FirstSeen: firstSeen(r).UTC(), Seq: r.Seq, SURT: surt(a.URL), Host: hostOf(a.URL), FetchStatus: int32(c.Status), //nolint:gosec // three digits
		WARC: c.WARC, WARCOffset: c.Offset, WARCLength: c.Length,
	}
	if c.SHA256 != "" {
		row.Digest = "sha256:" + c.SHA256
	}
	if t, err := time.Parse(time.RFC3339Nano, c.Fetched); err == nil {
		row.FetchTime = &t
	}
	return row
}

func imageRowOf(a *article.Article, i int) imageRow {
	img := &a.Images[i]
	return imageRow{a.ID, int32(a.Revision), img.ID, int32(i + 1), img.URL, img.FetchedURL, img.Key, img.SHA256, img.PHash, img.MediaType, //nolint:gosec // small
		int32(img.Width), int32(img.Height), img.Bytes, article.Value(img.Caption), article.Value(img.Credit), article.Value(img.Alt), string(img.Status), img.Reason} //nolint:gosec // pixels
}

// surt is the sort-friendly form of an address, without the scheme, as Common
// Crawl has it.
func surt(address string) string { return strings.TrimPrefix(warc.SURT(address), "http://") }

func (m moment) utc() *time.Time {
	if !m.instant {
		return nil
	}
	return &m.at
}

// date is the number of days since 1970-01-01 of the day by the page's clock.
func (m moment) date() *int32 {
	t, err := time.Parse(time.DateOnly, m.day)
	if err != nil {
		return nil
	}
	days := int32(t.Unix() / 86400) //nolint:gosec // years 1 to 9999
	return &days
}

func (m moment) zone() *int32 {
	if !m.instant {
		return nil
	}
	minutes := int32(m.offset) //nolint:gosec // at most a day
	return &minutes
}
