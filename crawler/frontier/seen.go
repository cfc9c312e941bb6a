package frontier

import (
	"hash/maphash"
	"sync"
)

// Seen is a set of strings that keeps only their 64-bit hashes: 16 bytes a
// string or less, so that a run can remember every URL it met. Two of a million
// different strings are taken for one with a probability of 1 in 37 million;
// hashes are keyed at random, so that nobody can make such pairs. The zero value
// is an empty set. It is safe for concurrent use.
type Seen struct {
	mu    sync.Mutex
	seed  maphash.Seed
	slots []uint64 // open addressing; 0: free; the length is a power of two
	n     int
}

// Add puts a string into the set and reports whether it was new.
func (s *Seen) Add(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.slots == nil {
		s.seed = maphash.MakeSeed()
		s.slots = make([]uint64, 64)
	}
	at := s.find(s.hash(text))
	if s.slots[at] != 0 {
		return false
	}
	s.slots[at] = s.hash(text)
	if s.n++; s.n > len(s.slots)*3/4 {
		s.grow()
	}
	return true
}

// Has reports whether a string is in the set.
func (s *Seen) Has(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.slots != nil && s.slots[s.find(s.hash(text))] != 0
}

// Len is the number of strings in the set.
func (s *Seen) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// hash is never 0, which marks a free slot.
func (s *Seen) hash(text string) uint64 { return max(maphash.String(s.seed, text), 1) }

// find returns the slot that holds h, or the free one where it belongs.
func (s *Seen) find(h uint64) int {
	mask := len(s.slots) - 1
	at := int(h) & mask
	for s.slots[at] != 0 && s.slots[at] != h {
		at = (at + 1) & mask
	}
	return at
}

func (s *Seen) grow() {
	old := s.slots
	s.slots = make([]uint64, 2*len(old))
	for _, h := range old {
		if h != 0 {
			s.slots[s.find(h)] = h
		}
	}
}
