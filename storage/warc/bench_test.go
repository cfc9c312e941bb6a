package warc

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// page makes 30 KB of HTML with as much variety as a news page has.
func page(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, 600)
	for i := range words {
		word := make([]byte, 2+r.IntN(9))
		for j := range word {
			word[j] = "etaoinshrdlucmfwypvbgkjqxz"[min(r.IntN(26), r.IntN(26))]
		}
		words[i] = string(word)
	}
	var b strings.Builder
	for i := 0; b.Len() < 30<<10; i++ {
		fmt.Fprintf(&b, "<li class=\"item-%d\"><a href=\"/2024/%02d/%06d.html\">", r.IntN(9), r.IntN(12), r.IntN(1e6))
		for range 4 + r.IntN(20) {
			b.WriteString(words[min(r.IntN(600), r.IntN(600))] + " ")
		}
		b.WriteString("</a></li>\n")
	}
	return b.String()
}

// BenchmarkWrite shows what capturing a page of 30 KB costs at each level.
func BenchmarkWrite(b *testing.B) {
	pages := make([]*Exchange, 50)
	for i := range pages {
		pages[i] = exchange(fmt.Sprintf("/%d.html", i), page(uint64(i)))
	}
	for _, level := range []int{1, 2, 3, 6} {
		b.Run(fmt.Sprintf("level=%d", level), func(b *testing.B) {
			w, err := NewWriter(io.Discard, Options{File: "a.warc.gz", Level: level})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(30 << 10)
			n := 0
			for b.Loop() {
				if _, err := w.Write(pages[n%len(pages)]); err != nil {
					b.Fatal(err)
				}
				n++
			}
			b.ReportMetric(float64(w.Size())/float64(n), "stored-B/op")
		})
	}
}
