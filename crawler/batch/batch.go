// Package batch collects the records, articles and captures of a site's run and
// commits them in batches. A batch becomes visible as a whole or not at all.
package batch

import (
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// Limits say when a batch is closed: at the first limit that is reached.
// 0 means the default.
type Limits struct {
	Articles int           // default 50
	Bytes    int64         // of captures and articles; default 32 MiB
	Records  int           // default 5,000
	Age      time.Duration // since its first record; default 1 min
}

func (l Limits) withDefaults() Limits {
	if l.Articles == 0 {
		l.Articles = 50
	}
	if l.Bytes == 0 {
		l.Bytes = 32 << 20
	}
	if l.Records == 0 {
		l.Records = 5000
	}
	if l.Age == 0 {
		l.Age = time.Minute
	}
	return l
}

// times returns limits that are n times as wide.
func (l Limits) times(n int) Limits {
	return Limits{Articles: l.Articles * n, Bytes: l.Bytes * int64(n), Records: l.Records * n, Age: l.Age * time.Duration(n)}
}

// Writer collects exchanges into one capture file (WARC).
type Writer interface {
	// Prepare makes the records of one exchange, which includes compression. It is safe
	// for concurrent use, also with the other methods.
	Prepare(x *warc.Exchange) *warc.Prepared
	// PrepareConversion makes the record of another form of a captured page. It is as
	// safe as Prepare.
	PrepareConversion(c *warc.Conversion) *warc.Prepared
	// Append writes prepared records to the file and returns the place of the response
	// record.
	Append(p *warc.Prepared) (warc.Location, error)
	// Size is the number of bytes so far.
	Size() int64
	// Close ends the file and returns the objects to store: the capture
	// file and its index, or none if nothing was appended.
	Close() ([]ledger.Object, error)
}

// Entry is a record for the log, with the article that is stored under it; nil
// for most.
type Entry struct {
	Record  ledger.Record
	Article *article.Article
}

// batch collects what will be committed together. Its Batches' lock guards it.
type batch struct {
	number   int // of the run, from 1
	began    time.Time
	articles []*article.Article
	records  []ledger.Record
	place    map[string]int // URL -> index in records: the newest record of a URL is kept
	capture  Writer         // nil until something is captured
	text     int64
}

func newBatch(number int) *batch { return &batch{number: number, place: map[string]int{}} }

func (b *batch) add(e Entry) {
	rec := e.Record
	if e.Article != nil {
		b.articles = append(b.articles, e.Article)
		b.text += int64(2 * len(e.Article.Text))
	}
	if len(b.records) == 0 {
		b.began = rec.Time
	}
	if i, ok := b.place[rec.URL]; ok {
		// These are the values that the log would have inherited if the older record had
		// been committed.
		if old := &b.records[i]; rec.Source == "" {
			rec.Source = old.Source
		}
		b.records[i] = rec
		return
	}
	b.place[rec.URL] = len(b.records)
	b.records = append(b.records, rec)
}

// full reports whether the batch has reached one of the limits.
func (b *batch) full(l Limits, now time.Time) bool {
	size := b.text
	if b.capture != nil {
		size += b.capture.Size()
	}
	large := len(b.articles) >= l.Articles || size >= l.Bytes || len(b.records) >= l.Records
	old := len(b.records) > 0 && now.Sub(b.began) >= l.Age
	return large || old
}

// encode turns the batch into objects and the records that name them. key is
// the key of an article's newest revision.
func (b *batch) encode(key func(id string) string) (ledger.Batch, error) {
	out := ledger.Batch{Records: b.records}
	for _, a := range b.articles {
		data, err := article.Encode(a)
		if err != nil {
			return out, err
		}
		o := ledger.Object{Key: key(a.ID), Body: data, MediaType: "application/json"}
		out.Articles = append(out.Articles, o)
		if i, ok := b.place[a.URL]; ok && b.records[i].Kind == ledger.KindPage {
			b.records[i].Article = o.Key
		}
	}
	if b.capture == nil {
		return out, nil
	}
	var err error
	out.Captures, err = b.capture.Close()
	return out, err
}
