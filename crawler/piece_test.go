package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// largest is the largest sitemap that is read in full, of stories with long headlines.
func largest(entries int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><urlset>`)
	title := strings.Repeat("Council takes up the bridge. ", 8)
	for n := range entries {
		fmt.Fprintf(&b, "<url><loc>http://a.example/2024/01/05/council-takes-up-the-bridge-%d.html</loc><lastmod>2024-01-05</lastmod>"+
			"<news:news><news:title>%s</news:title></news:news></url>\n", n, title)
	}
	b.WriteString("</urlset>")
	return []byte(b.String())
}

// mapped answers every request with one sitemap.
type mapped struct{ body []byte }

func (m mapped) Get(_ context.Context, req fetch.Request) (*fetch.Response, error) {
	return &fetch.Response{URL: req.URL, FinalURL: req.URL, Status: http.StatusOK, Started: time.Now(),
		Header: http.Header{"Content-Type": {"application/xml"}}, Body: m.body}, nil
}

// settledShelf is an archive that lets go of what is committed, but for its number and
// the record of the sitemap. With known it holds every story, as one that does not come
// again.
type settledShelf struct {
	shelf
	known   bool
	looked  func() // called for each story that is looked up
	stories int
	sitemap ledger.Record
}

func (s *settledShelf) Lookup(url string) (ledger.Record, bool) {
	if !strings.HasSuffix(url, ".html") {
		return ledger.Record{}, false
	}
	s.looked()
	if !s.known {
		return ledger.Record{}, false
	}
	return ledger.Record{URL: url, ID: article.ID(url), Outcome: ledger.Archived, Article: "a"}, true
}

func (s *settledShelf) Commit(_ context.Context, b ledger.Batch) error {
	for _, rec := range b.Records {
		if rec.Kind == ledger.KindMap {
			s.sitemap = rec
		} else {
			s.stories++
		}
	}
	return nil
}

// readMap reads one sitemap, whose stories are all archived, or all too old for the run.
// at is called for each, when it is looked up and when it has its outcome.
func readMap(t testing.TB, body []byte, known bool, at func()) (*settledShelf, crawler.Summary) {
	s := &settledShelf{known: known, looked: at}
	job := crawler.Job{Site: &configs.Site{Name: "a", Hosts: []string{"a.example"}}, Archive: s, Extractor: reader{}, Depth: -1,
		Seeds: []crawler.Seed{{Source: configs.Source{URL: "http://a.example/sitemap.xml", Type: configs.Sitemap}}}}
	if !known {
		job.Since = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	sums, err := crawler.New(crawler.Options{Fetcher: mapped{body}, Workers: 1, Observe: func(crawler.Event) { at() }}).Run(t.Context(), []crawler.Job{job})
	if err != nil || sums[0].Err != nil {
		t.Fatal(err, sums[0].Err)
	}
	return s, sums[0]
}

// TestSitemapIsReadByThePiece: of a sitemap of 200,000 stories neither the entries nor
// the records are in memory together, whatever becomes of the stories.
func TestSitemapIsReadByThePiece(t *testing.T) {
	const entries, each, most = 200_000, 50_000, 40 << 20
	body := largest(entries)
	for _, known := range []bool{true, false} {
		t.Run(fmt.Sprintf("known=%v", known), func(t *testing.T) {
			var before, now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			n, peak := 0, uint64(0)
			s, sum := readMap(t, body, known, func() {
				if n++; n%each == 0 {
					runtime.GC()
					runtime.ReadMemStats(&now)
					peak = max(peak, now.HeapAlloc)
				}
			})
			if sum.Discovered != entries || n < 2*entries || s.sitemap.Links != entries || s.sitemap.Reason != ledger.ReasonSitemap {
				t.Errorf("%d stories, %d calls, %+v", sum.Discovered, n, s.sitemap)
			}
			if want := map[bool]int{true: 0, false: entries}[known]; s.stories != want {
				t.Errorf("%d records of stories, want %d", s.stories, want)
			}
			grown := int64(peak) - int64(before.HeapAlloc)
			t.Logf("the heap has grown by %d MiB", grown>>20)
			if grown > most {
				t.Errorf("the heap has grown by %d MiB while a sitemap was read", grown>>20)
			}
			runtime.KeepAlive(body)
		})
	}
}

// BenchmarkSitemap reads sitemaps whose stories are archived: the most common look.
func BenchmarkSitemap(b *testing.B) {
	for _, entries := range []int{1_000, 50_000, 200_000} {
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			body := largest(entries)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				readMap(b, body, true, func() {})
			}
		})
	}
}
