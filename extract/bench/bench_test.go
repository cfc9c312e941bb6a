package bench

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"net/http/httptest"
	nurl "net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract"
	"pressmark/extract/article"
)

// pages loads what is measured.
func pages(b *testing.B) [][]byte {
	b.Helper()
	if dir := os.Getenv("PRESSMARK_PAGES"); dir != "" {
		return pagesBelow(b, dir)
	}
	sites, err := newsroom.New(newsroom.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var out [][]byte
	for _, s := range sites {
		for _, a := range s.Truth() {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", a.URL, nil))
			out = append(out, w.Body.Bytes())
		}
	}
	return out
}

func pagesBelow(b *testing.B, dir string) [][]byte {
	var out [][]byte
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, ".html") {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && strings.HasSuffix(path, ".gz") {
			var z *gzip.Reader
			if z, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
				data, err = io.ReadAll(z)
			}
		}
		out = append(out, data)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// turn is how many pages one extractor reads before the next one has its turn:
// few, so that a busy moment of the machine meets all of them, and enough for each
// to have its tables in the processor's caches, as it has where it works alone.
const turn = 50

// runner is one of the programs that are compared.
type runner struct {
	name string
	run  func(page []byte)
}

// BenchmarkExtractors runs everything over every page, by turns, and reports the time of
// each as a multiple of html.Parse. "…/parse" is the ratio of all the time spent;
// "…/parse-least" is that of the sums of each page's shortest run, which leaves out what
// else the machine did and, mostly, the garbage collector. It needs -benchtime 5x or more.
func BenchmarkExtractors(b *testing.B) {
	all := pages(b)
	runners := runners(b)
	spent := make([]time.Duration, len(runners))
	least := make([][]time.Duration, len(runners)) // by page
	for i := range least {
		least[i] = make([]time.Duration, len(all))
	}
	var bytesRead int64
	for _, p := range all {
		bytesRead += int64(len(p))
	}
	b.SetBytes(bytesRead)
	b.ResetTimer()
	for range b.N {
		for from := 0; from < len(all); from += turn {
			for i := range runners {
				for k := from; k < min(from+turn, len(all)); k++ {
					began := time.Now()
					runners[i].run(all[k])
					took := time.Since(began)
					spent[i] += took
					if least[i][k] == 0 || took < least[i][k] {
						least[i][k] = took
					}
				}
			}
		}
	}
	for i := 1; i < len(runners); i++ {
		b.ReportMetric(float64(spent[i])/float64(spent[0]), runners[i].name+"/parse")
		b.ReportMetric(float64(sum(least[i]))/float64(sum(least[0])), runners[i].name+"/parse-least")
	}
	b.ReportMetric(float64(spent[1])/float64(spent[2]), "pressmark/trafilatura")
	b.ReportMetric(float64(spent[1])/float64(spent[3]), "pressmark/readability")
}

// runners are html.Parse, against which all are measured, and the extractors.
func runners(b *testing.B) []runner {
	x := extract.New(extract.Options{})
	base, _ := nurl.Parse("https://news.example/a.html")
	return []runner{
		{"parse", func(p []byte) { _, _ = html.Parse(bytes.NewReader(p)) }},
		{"pressmark", func(p []byte) {
			res, err := x.Extract(b.Context(), article.Page{URL: "https://news.example/a.html", Body: p})
			if err == nil && res.Article != nil {
				_, _ = article.Encode(res.Article)
			}
		}},
		{"trafilatura", func(p []byte) {
			_, _ = trafilatura.Extract(bytes.NewReader(p), trafilatura.Options{EnableFallback: true, OriginalURL: base})
		}},
		{"readability", func(p []byte) { _, _ = readability.FromReader(bytes.NewReader(p), base) }},
	}
}

func sum(list []time.Duration) (total time.Duration) {
	for _, d := range list {
		total += d
	}
	return total
}

// BenchmarkSlope extracts one page at sizes from 10 KB to 10 MB; the time a
// byte must stay the same.
func BenchmarkSlope(b *testing.B) {
	x := extract.New(extract.Options{})
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		page := longPage(size)
		b.Run(fmt.Sprint(size/1000, "KB"), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for range b.N {
				if _, err := x.Extract(b.Context(), article.Page{URL: "https://news.example/a.html", Body: page}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func longPage(size int) []byte {
	var p strings.Builder
	p.WriteString("<html><head><title>A long report</title></head><body><nav><a href=/>Home</a></nav><article><h1>A long report</h1>")
	for n := 0; p.Len() < size; n++ {
		fmt.Fprintf(&p, "<p>Paragraph %d of the report tells, <a href=\"/n/%d\">as before</a>, what the council said on the day, and why the road stayed closed.</p>\n", n, n)
	}
	p.WriteString("</article><footer>Footer</footer></body></html>")
	return []byte(p.String())
}
