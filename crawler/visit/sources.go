package visit

import (
	"hash/maphash"
	"maps"
	"slices"
	"sync"

	"pressmark/storage/ledger"
)

// sources tracks the feeds, sitemaps and list pages of one site's run: which are
// fetched, which are skipped, and what sitemap indexes state about their sitemaps.
// It is safe for concurrent use; make it with newSources.
type sources struct {
	seed maphash.Seed

	mu      sync.Mutex
	claimed map[uint64]bool            // by the hash of the URL
	quiet   map[uint64]bool            // what an index says of its sitemaps
	left    map[uint64]ledger.Record   // sitemaps that are left alone
	looked  map[uint64]bool            // sources whose look of this run is over
	after   map[uint64][]ledger.Record // sitemaps that wait for the look at their index
}

func newSources() *sources {
	return &sources{seed: maphash.MakeSeed(), claimed: map[uint64]bool{}, quiet: map[uint64]bool{}, left: map[uint64]ledger.Record{},
		looked: map[uint64]bool{}, after: map[uint64][]ledger.Record{}}
}

func (s *sources) hash(url string) uint64 { return maphash.String(s.seed, url) }

// claim reports whether the caller is the first to claim a source, and so the
// one that visits it.
func (s *sources) claim(url string) bool {
	h := s.hash(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.claimed[h]
	s.claimed[h] = true
	delete(s.left, h)
	return !taken
}

// has reports whether a source was claimed.
func (s *sources) has(url string) bool {
	h := s.hash(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.claimed[h]
}

// wait keeps a sitemap until its index was looked at, and reports whether there
// is something to wait for: an index that this run visits and has not looked at.
func (s *sources) wait(index string, below ledger.Record) bool {
	h := s.hash(index)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.claimed[h] || s.looked[h] {
		return false
	}
	s.after[h] = append(s.after[h], below)
	return true
}

// look notes that the look at a source is over, and returns what waited for it.
func (s *sources) look(url string) []ledger.Record {
	h := s.hash(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	waited := s.after[h]
	delete(s.after, h)
	s.looked[h] = true
	return waited
}

// learn keeps what an index says of its sitemaps: whether each is quiet.
func (s *sources) learn(quiet map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for url, q := range quiet {
		s.quiet[s.hash(url)] = q
	}
}

// isQuiet returns what an index said of a sitemap; known is false if none of
// this run has.
func (s *sources) isQuiet(url string) (quiet, known bool) {
	h := s.hash(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	quiet, known = s.quiet[h]
	return quiet, known
}

// leave notes a sitemap that is left alone: what it lists counts as if it had
// answered that it is unchanged.
func (s *sources) leave(rec ledger.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left[s.hash(rec.URL)] = rec
}

// leftAlone returns the records of the sitemaps that were left alone.
func (s *sources) leftAlone() []ledger.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.left))
}
