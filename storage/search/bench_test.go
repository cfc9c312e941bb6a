//go:build unix

package search_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"pressmark/storage/corpus"
	"pressmark/storage/memstore"
	"pressmark/storage/search"
	"pressmark/storage/storagetest/newsstand"
)

var articles = flag.Int("articles", 2000, "articles of the archive that BenchmarkIndex indexes")

// BenchmarkIndex indexes an archive and asks it common and rare words. It reports
// articles a second of processor time, the size of the index by article, and the
// median and the 99th percentile of the queries.
func BenchmarkIndex(b *testing.B) {
	store := memstore.New()
	maker := newsstand.New(newsstand.Plan{Sites: 4, Articles: *articles})
	if err := maker.Fill(b.Context(), store); err != nil {
		b.Fatal(err)
	}
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
		b.ReportMetric(float64(*articles)/(cpuTime(b)-began).Seconds(), "articles/cpu-s")
		if info, err := os.Stat(path); err == nil {
			b.ReportMetric(float64(info.Size())/float64(*articles), "bytes/article")
		}
		measureQueries(b, x)
		x.Close()
	}
}

// queries are words of all frequencies, phrases, fields and facets.
var queries = []string{"工作", "灯会", "税务", "的", "灯", "the", "bridge", "harbour", `"of the"`, "bridge -the", "title:大桥", "site:paper-00 市民",
	"author:林丽", "year:2022 council", "section:民生 学校", "江边 灯会", "storm flood", "is:undated", ""}

func measureQueries(b *testing.B, x *search.Index) {
	b.Helper()
	var took []time.Duration
	for range 5 {
		for _, text := range queries {
			q, err := search.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			began := time.Now()
			if _, err := x.Find(b.Context(), q, search.Options{}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
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
