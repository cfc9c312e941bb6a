//go:build unix

package storage_test

import (
	"bytes"
	"fmt"
	"syscall"
	"testing"
	"time"

	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// BenchmarkOpenSite loads the log of a site with 200,000 URLs from a folder.
func BenchmarkOpenSite(b *testing.B) {
	for _, snapshot := range []bool{true, false} {
		b.Run(map[bool]string{true: "snapshot", false: "segments"}[snapshot], func(b *testing.B) {
			s, err := dirstore.Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			a := storage.NewArchive(s, storage.Options{SnapshotEvery: -1})
			l, err := a.OpenSite(b.Context(), "gazette")
			if err != nil {
				b.Fatal(err)
			}
			const urls, size = 200_000, 500
			for i := 0; i < urls; i += size {
				if err := l.Commit(b.Context(), storage.Batch{Records: typical(i, size)}); err != nil {
					b.Fatal(err)
				}
			}
			if snapshot {
				if err := l.Snapshot(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			b.ResetTimer()
			began := cpuTime(b)
			for b.Loop() {
				l, err := a.OpenSite(b.Context(), "gazette")
				if err != nil || l.State().Len() != urls {
					b.Fatal(err)
				}
			}
			b.ReportMetric((cpuTime(b)-began).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// cpuTime is what the process has used so far: the time on the clock says little
// on a machine that others use.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// typical are records with the fields that an archived article's has.
func typical(first, n int) []ledger.Record {
	var list []ledger.Record
	for i := first; i < first+n; i++ {
		url := fmt.Sprintf("https://www.gazette.example/county/2026/11/%02d/council-meets-over-bridge-%d.html", i%30+1, i)
		id := hashOf(url)[:32]
		at := noon.Add(time.Duration(i) * time.Second)
		list = append(list, ledger.Record{
			Time: at, URL: url, ID: id, Outcome: ledger.Archived, Article: storage.ArticleKey("gazette", id), Revision: 1,
			ContentHash: hashOf(id), ETag: `"` + id[:16] + `"`, LastMod: at.Format(time.RFC1123), Status: 200,
			Title: fmt.Sprintf("县议会讨论第 %d 号桥梁修缮 Council meets over bridge", i), Published: at.Format(time.RFC3339),
			Source: "https://www.gazette.example/feed.xml", Visits: 1, Due: at.Add(time.Hour), First: at, Images: 2,
		})
	}
	return list
}

// BenchmarkCommit commits batches of 50 articles with a capture file to a folder.
func BenchmarkCommit(b *testing.B) {
	s, err := dirstore.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	l, err := storage.NewArchive(s, storage.Options{}).OpenSite(b.Context(), "gazette")
	if err != nil {
		b.Fatal(err)
	}
	body, capture := bytes.Repeat([]byte("text "), 2400), bytes.Repeat([]byte("record"), 80_000)
	n := 0
	for b.Loop() {
		batch := storage.Batch{
			Captures: []storage.Object{{Key: l.WARCKey("run", n), Body: capture}},
			Records:  typical(n, 50),
		}
		for _, r := range batch.Records {
			batch.Articles = append(batch.Articles, storage.Object{Key: r.Article, Body: body})
		}
		if err := l.Commit(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		n += 50
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
}
