// Package newsstand makes archives of invented articles, of any size, for tests and
// measurements of what reads archives.
//
// The text is drawn from vocabularies of 40,000 words whose frequencies follow
// Zipf's law, as those of natural text do: a few hundred real words lead, words
// made of common Chinese characters and of English syllables follow. The same
// [Plan] gives the same articles.
package newsstand

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// Plan says what an archive holds.
type Plan struct {
	Sites    int  // papers; even numbers are Chinese, odd ones English
	Articles int  // of all sites
	Chars    int  // characters of a Chinese article; English ones have as many bytes times two
	Days     int  // over which they are published
	Captures bool // each article's page is captured, in one WARC file a batch
}

// Maker makes articles. Make one with [New]; it may be used concurrently.
type Maker struct {
	plan             Plan
	chinese, english *vocabulary
}

// New returns a maker of the plan's articles. Zero values mean one site, 1,200
// characters and 1,000 days.
func New(p Plan) *Maker {
	if p.Sites == 0 {
		p.Sites = 1
	}
	if p.Chars == 0 {
		p.Chars = 1200
	}
	if p.Days == 0 {
		p.Days = 1000
	}
	return &Maker{plan: p, chinese: chineseWords(), english: englishWords()}
}

// firstDay is when the papers begin.
var firstDay = time.Date(2021, 1, 1, 6, 0, 0, 0, time.UTC)

// Site returns the name of site n.
func (m *Maker) Site(n int) string { return fmt.Sprintf("paper-%02d", n%m.plan.Sites) }

// Article returns article n.
func (m *Maker) Article(n int) *article.Article {
	r := rand.New(rand.NewPCG(7, uint64(n))) //nolint:gosec // invented text, no secret
	site := m.Site(n)
	at := firstDay.Add(time.Duration(float64(n) / float64(max(1, m.plan.Articles)) * float64(m.plan.Days) * 24 * float64(time.Hour))).Truncate(time.Minute)
	published := at.Format(time.RFC3339)
	a := &article.Article{
		Schema: article.SchemaVersion, URL: fmt.Sprintf("https://%s.example/%s/%d.html", site, at.Format("2006/0102"), n), Site: site,
		Published: &published, PublishedPrecision: article.Minute, Revision: 1,
		Images: []article.Image{}, Pages: []string{}, Warnings: []string{},
		Evidence: map[string]string{"title": "h1", "published": "visible", "body": "density"},
	}
	if n%m.plan.Sites%2 == 0 {
		m.fillChinese(a, r)
	} else {
		m.fillEnglish(a, r)
	}
	a.ID, a.Pages = article.ID(a.URL), append(a.Pages, a.URL)
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	a.Capture = article.Capture{Fetched: at.Add(time.Hour).Format(time.RFC3339), Status: 200, FinalURL: a.URL}
	return a
}

func (m *Maker) fillChinese(a *article.Article, r *rand.Rand) {
	a.Language, a.Title = "zh", m.sentence(r, m.chinese, "", 8)
	a.Section = pick(r, "本地", "民生", "教育", "经济", "体育")
	a.Credits = article.Credits{Source: pick(r, "江报", "晚报", "县融媒体中心"), Authors: []string{pick(r, "林", "杨", "陈", "王") + pick(r, "一", "晓明", "丽", "建国")},
		Editors: []string{}, Lines: []string{}}
	for left := m.plan.Chars; left > 0; {
		text := m.sentence(r, m.chinese, "", 30) + "，" + m.sentence(r, m.chinese, "", 30) + "。"
		a.Body = append(a.Body, article.Block{Type: article.Paragraph, Text: text})
		left -= len([]rune(text))
	}
}

func (m *Maker) fillEnglish(a *article.Article, r *rand.Rand) {
	a.Language, a.Title = "en", m.sentence(r, m.english, " ", 8)
	a.Section = pick(r, "Local", "Schools", "Business", "Sport")
	a.Credits = article.Credits{Source: pick(r, "The Paper", "Wire"), Authors: []string{pick(r, "Ann", "Ben", "Cleo") + " " + pick(r, "Lee", "Teller", "Moss")},
		Editors: []string{}, Lines: []string{}}
	for left := 2 * m.plan.Chars; left > 0; {
		text := m.sentence(r, m.english, " ", 40) + "."
		a.Body = append(a.Body, article.Block{Type: article.Paragraph, Text: text})
		left -= len(text)
	}
}

func (m *Maker) sentence(r *rand.Rand, v *vocabulary, between string, words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(v.draw(r))
	}
	return b.String()
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// batch is the number of articles of one commit.
const batch = 500

// Fill writes the plan's articles into the store, in batches, as a crawl would.
func (m *Maker) Fill(ctx context.Context, store storage.Store) error {
	arch := storage.NewArchive(store, storage.Options{})
	for site := range m.plan.Sites {
		log, err := arch.OpenSite(ctx, m.Site(site))
		if err != nil {
			return err
		}
		for first := site; first < m.plan.Articles; first += batch * m.plan.Sites {
			b, err := m.batch(log, first)
			if err != nil {
				return err
			}
			if err := log.Commit(ctx, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch makes the batch of a site that begins with article first.
func (m *Maker) batch(log *storage.Log, first int) (storage.Batch, error) {
	var b storage.Batch
	var file bytes.Buffer
	key := log.WARCKey("20210101T000000Z", first)
	captures, err := warc.NewWriter(&file, warc.Options{File: key, Date: firstDay, Info: warc.Info{Software: "newsstand"}})
	if err != nil {
		return b, err
	}
	for n := first; n < min(first+batch*m.plan.Sites, m.plan.Articles); n += m.plan.Sites {
		a := m.Article(n)
		if m.plan.Captures {
			if err := capture(captures, a); err != nil {
				return b, err
			}
		}
		if err := add(&b, log, a); err != nil {
			return b, err
		}
	}
	if m.plan.Captures {
		b.Captures = []storage.Object{{Key: key, Body: file.Bytes(), MediaType: storage.TypeWARC},
			{Key: storage.CDXJKey(key), Body: captures.Index(), MediaType: storage.TypeText}}
	}
	return b, nil
}

// capture writes the page of an article, and where it is into the article.
func capture(w *warc.Writer, a *article.Article) error {
	at, err := time.Parse(time.RFC3339, a.Capture.Fetched)
	if err != nil {
		return err
	}
	page := []byte("<!DOCTYPE html><meta charset=utf-8><title>" + a.Title + "</title><h1>" + a.Title + "</h1><article>" + a.Text + "</article>")
	sum := sha256.Sum256(page)
	loc, err := w.Write(&warc.Exchange{URL: a.URL, Started: at, RequestHead: []byte("GET / HTTP/1.1\r\nHost: " + a.Site + ".example\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), ResponseBody: page})
	a.Capture.WARC, a.Capture.Offset, a.Capture.Length, a.Capture.SHA256 = loc.File, loc.Offset, loc.Length, hex.EncodeToString(sum[:])
	return err
}

func add(b *storage.Batch, log *storage.Log, a *article.Article) error {
	body, err := article.Encode(a)
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, a.Capture.Fetched)
	if err != nil {
		return err
	}
	b.Records = append(b.Records, ledger.Record{Time: at, URL: a.URL, ID: a.ID, Outcome: ledger.Archived, Article: log.ArticleKey(a.ID), Revision: 1,
		ContentHash: a.ContentHash, Title: a.Title, Published: *a.Published, Captured: at, Source: "https://" + a.Site + ".example/"})
	b.Articles = append(b.Articles, storage.Object{Key: log.ArticleKey(a.ID), Body: body, MediaType: storage.TypeJSON})
	return nil
}
