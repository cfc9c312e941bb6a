package visit

import (
	"hash/maphash"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/discover"
)

// traps watches one site's run for what would never end: endless addresses,
// lists that repeat themselves, pages that redirect by refresh. It is safe for
// concurrent use; make it with newTraps.
type traps struct {
	seed maphash.Seed

	mu   sync.Mutex
	urls discover.Budget
	led  map[uint64]int // length of the redirect chain that ends at a page, by its hash
}

func newTraps(today time.Time) *traps {
	return &traps{seed: maphash.MakeSeed(), urls: discover.Budget{Today: today}, led: map[uint64]int{}}
}

// admit returns why a URL looks like one of endlessly many, or "". It is called
// once for each URL.
func (t *traps) admit(url string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.urls.Admit(url))
}

// repeats reports whether a page of a list brings nothing but what an earlier
// page of the same list brought. It is called once for each page.
func (t *traps) repeats(list, digest string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.urls.Listing(list, digest) != ""
}

// maxLed is the number of pages without a text in a row whose refresh is followed.
const maxLed = 3

// leads reports whether a page's refresh may be followed to another page.
func (t *traps) leads(from, to string) bool {
	f, n := maphash.String(t.seed, from), maphash.String(t.seed, to)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.led[f] == maxLed {
		return false
	}
	t.led[n] = t.led[f] + 1
	return true
}

func withoutQuery(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return url
}
