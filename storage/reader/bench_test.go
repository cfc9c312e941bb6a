//go:build unix

package reader_test

import (
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/corpus"
	"pressmark/storage/reader"
	"pressmark/storage/search"
	"pressmark/storage/storagetest/newsstand"
)

var (
	articles = flag.Int("articles", 2000, "articles of the archive of BenchmarkArchive")
	chars    = flag.Int("chars", 1200, "Chinese characters of an article")
	papers   = flag.Int("papers", 4, "papers; every other one is English, one is Chinese")
)

// BenchmarkArchive indexes an archive whose articles are made when they are read,
// asks the index, and opens the reader's pages. It reports articles a second of
// processor time (without that of making them), the size of the index, and the
// processor time of queries and pages, which is what they take on a machine with
// nothing else to do.
func BenchmarkArchive(b *testing.B) {
	maker := newsstand.New(newsstand.Plan{Sites: *papers, Articles: *articles, Chars: *chars})
	store, err := maker.Virtual(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	making := costOfMaking(b, maker)
	c := corpus.Open(store)
	for n := 0; b.Loop(); n++ {
		path := filepath.Join(b.TempDir(), fmt.Sprint(n, ".db"))
		x, err := search.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		began := cpuTime(b)
		if err := x.CatchUp(b.Context(), c, nil); err != nil {
			b.Fatal(err)
		}
		spent := cpuTime(b) - began - making*time.Duration(*articles)
		b.ReportMetric(float64(*articles)/spent.Seconds(), "articles/cpu-s")
		if info, err := os.Stat(path); err == nil {
			b.ReportMetric(float64(info.Size())/float64(*articles), "index-bytes/article")
		}
		measureQueries(b, x)
		measurePages(b, c, x)
		x.Close()
	}
}

// costOfMaking is the processor time that making and encoding one article takes.
func costOfMaking(b *testing.B, m *newsstand.Maker) time.Duration {
	b.Helper()
	const sample = 500
	began := cpuTime(b)
	for n := range sample {
		if _, err := article.Encode(m.Article(n)); err != nil {
			b.Fatal(err)
		}
	}
	return (cpuTime(b) - began) / sample
}

// slow queries and pages are named.
const slow = 50 * time.Millisecond

// queries are words of all frequencies, phrases, fields and values.
var queries = []string{"工作", "灯会", "税务", "博物馆", "the", "bridge", "harbour", `"of the"`, "bridge -the", "title:大桥", "site:paper-00 市民",
	"author:林丽", "year:2022 council", "section:民生 学校", "江边 灯会", "storm flood", "is:undated", "year:2021..2022 水库", "洪水 -降雨", ""}

func measureQueries(b *testing.B, x *search.Index) {
	b.Helper()
	took := map[string][]time.Duration{}
	var all []time.Duration
	for range 5 {
		for _, text := range append(slices.Clone(queries), "的", "灯") { // the last ones are reported apart
			q, err := search.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			began := cpuTime(b)
			if _, err := x.Find(b.Context(), q, search.Options{}); err != nil {
				b.Fatal(err)
			}
			took[text] = append(took[text], cpuTime(b)-began)
			if text != "的" && text != "灯" {
				all = append(all, took[text][len(took[text])-1])
			}
		}
	}
	for text, list := range took {
		slices.Sort(list)
		if list[len(list)/2] > slow {
			b.Logf("%q takes %s", text, list[len(list)/2])
		}
	}
	report(b, all, "query")
}

func measurePages(b *testing.B, c *corpus.Corpus, x *search.Index) {
	b.Helper()
	h, err := reader.New(reader.Options{Name: "./archive", Corpus: c, Index: x, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	q, err := search.Parse("")
	if err != nil {
		b.Fatal(err)
	}
	found, err := x.Find(b.Context(), q, search.Options{})
	if err != nil {
		b.Fatal(err)
	}
	paths := []string{"/", "/articles", "/articles?page=40", "/completeness", "/pictures", "/pictures?travelled=1", "/pictures?q=site%3Apaper-00", "/stories", "/sites", "/completeness?site=paper-00", "/headlines", "/feed", "/article/" + found.Hits[3].Site + "/" + found.Hits[3].ID,
		"/completeness?site=paper-00&outcome=archived", "/articles?view=kwic&q=" + url.QueryEscape("灯会"), "/articles?q=bridge", "/api/search?q=harbour"}
	var all []time.Duration
	for range 5 {
		for _, path := range paths {
			w := httptest.NewRecorder()
			began := cpuTime(b)
			h.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://localhost"+path, nil))
			all = append(all, cpuTime(b)-began)
			if all[len(all)-1] > slow {
				b.Logf("%s takes %s", path, all[len(all)-1])
			}
			if w.Code != http.StatusOK {
				b.Fatalf("%s: status %d", path, w.Code)
			}
		}
	}
	report(b, all, "page")
}

func report(b *testing.B, took []time.Duration, of string) {
	b.Helper()
	slices.Sort(took)
	for _, p := range []struct {
		name string
		at   int
	}{{"median", len(took) / 2}, {"p99", len(took) * 99 / 100}} {
		b.ReportMetric(float64(took[p.at].Microseconds())/1000, of+"-ms-"+p.name)
	}
}

// cpuTime is what the process has used so far.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
