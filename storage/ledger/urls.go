package ledger

import (
	"hash/maphash"
	"iter"
)

// urls finds the entry of a URL. It holds hashes only; the URL itself is in the arena.
// The zero value is empty.
type urls struct {
	seed    maphash.Seed
	slots   []uint32 // number of the entry plus 1; 0 is free. The length is a power of 2
	entries [][]entry
	n       int
}

// entry is one URL's current record.
type entry struct {
	at    place
	due   int64  // Unix seconds, 0 for never: so that NextDue need not unpack
	hash  uint32 // of the URL
	class uint32 // number in State.classes
}

const entriesInBlock = 4096

func (u *urls) entry(i int) *entry { return &u.entries[i/entriesInBlock][i%entriesInBlock] }

// all yields the entries in order.
func (u *urls) all() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, block := range u.entries {
			for i := range block {
				if !yield(&block[i]) {
					return
				}
			}
		}
	}
}

func (u *urls) hash(url string) uint32 { return uint32(maphash.String(u.seed, url)) }

// find returns the entry with this hash for which is returns true.
func (u *urls) find(hash uint32, is func(*entry) bool) *entry {
	if len(u.slots) == 0 {
		return nil
	}
	mask := uint32(len(u.slots) - 1)
	for at := hash & mask; u.slots[at] != 0; at = (at + 1) & mask {
		if e := u.entry(int(u.slots[at] - 1)); e.hash == hash && is(e) {
			return e
		}
	}
	return nil
}

// add appends an entry.
func (u *urls) add(e entry) *entry {
	u.grow(u.n + 1)
	if last := len(u.entries) - 1; last < 0 || len(u.entries[last]) == entriesInBlock {
		u.entries = append(u.entries, nil)
	}
	block := &u.entries[len(u.entries)-1]
	*block = append(*block, e)
	u.place(e.hash, u.n)
	u.n++
	return &(*block)[len(*block)-1]
}

// grow makes room for n URLs.
func (u *urls) grow(n int) {
	size := max(16, len(u.slots))
	for 4*n > 3*size {
		size *= 2
	}
	if size == len(u.slots) {
		return
	}
	if u.slots == nil {
		u.seed = maphash.MakeSeed()
	}
	u.slots = make([]uint32, size)
	i := 0
	for e := range u.all() {
		u.place(e.hash, i)
		i++
	}
}

// place puts the number of an entry into a free slot.
func (u *urls) place(hash uint32, i int) {
	mask := uint32(len(u.slots) - 1)
	at := hash & mask
	for u.slots[at] != 0 {
		at = (at + 1) & mask
	}
	u.slots[at] = uint32(i + 1)
}
