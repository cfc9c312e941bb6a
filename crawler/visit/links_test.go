package visit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// plainDigest is the digest as logs hold it: of the sorted links, each once.
func plainDigest(links []string) string {
	set := slices.Compact(slices.Sorted(slices.Values(links)))
	sum := sha256.Sum256([]byte(strings.Join(set, "\n")))
	return hex.EncodeToString(sum[:])
}

// TestLinkSetDigest: a set that is kept in runs has the digest of the links put
// together, so that a source that did not change is not taken for another one.
func TestLinkSetDigest(t *testing.T) {
	random := func(n, different int) (links []string) {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		for range n {
			k := r.IntN(different)
			links = append(links, fmt.Sprintf("https://news.example.com/%d/%s%x", k%7, strings.Repeat("ab", k%5), k))
		}
		return links
	}
	for _, c := range []struct {
		name  string
		links []string
	}{
		{"none", nil},
		{"one", []string{"https://news.example.com/1"}},
		{"one twice", []string{"https://news.example.com/1", "https://news.example.com/1"}},
		{"one the beginning of another", []string{"https://a.example/ab", "https://a.example/a", "https://a.example/abc", "https://a.example/"}},
		{"the empty one", []string{"", "https://a.example/"}},
		{"the empty one alone", []string{"", ""}},
		{"bytes beyond ASCII", []string{"https://a.example/\xff", "https://a.example/ü", "https://a.example/z"}},
		{"long ones", []string{strings.Repeat("a", 8000) + "1", strings.Repeat("a", 8000) + "0", strings.Repeat("a", 300)}},
		{"a run less one", random(linksInRun-1, 1<<20)},
		{"a run", random(linksInRun, 1<<20)},
		{"a run and one", random(linksInRun+1, 1<<20)},
		{"the same in all runs", random(5*linksInRun, 100)},
		{"many", random(20*linksInRun+77, 3*linksInRun)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s linkSet
			for i, link := range c.links {
				s.add(link)
				if i == len(c.links)/2 && s.digest() != plainDigest(c.links[:i+1]) {
					t.Error("another digest halfway")
				}
			}
			if s.n != len(c.links) || s.digest() != plainDigest(c.links) || s.digest() != plainDigest(c.links) {
				t.Errorf("%d links, want %d; or another digest", s.n, len(c.links))
			}
			held := int64(0)
			for _, run := range s.runs {
				held += int64(len(run))
			}
			if s.held != held {
				t.Errorf("%d bytes are counted, %d are held", s.held, held)
			}
		})
	}
}

// BenchmarkLinkSet is the digest of the links of the largest sitemap, and what is held
// of each.
func BenchmarkLinkSet(b *testing.B) {
	links := make([]string, 200_000)
	for i := range links {
		links[i] = fmt.Sprintf("https://news.example.com/2024/%02d/%02d/council-takes-up-the-bridge-%06x.html", i%12+1, i%28+1, i*7919%1_000_003)
	}
	b.ReportAllocs()
	for b.Loop() {
		var s linkSet
		for _, link := range links {
			s.add(link)
		}
		s.digest()
		b.ReportMetric(float64(s.held)/float64(len(links)), "heldB/link")
	}
}
