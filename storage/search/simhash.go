package search

import (
	"math/bits"
	"strings"
)

const (
	shingle  = 3  // terms in a row that count as one feature
	fewTerms = 40 // a shorter text says too little to be compared
	near     = 3  // texts that differ in so many bits, or fewer, are one story
	bands    = 4  // two hashes that differ in at most 3 bits share one of 4 bands
)

// simhash returns the fingerprint of a text, given as terms: near texts have
// hashes that differ in few bits (Charikar 2002; Manku, Jain, Das Sarma 2007).
// 0 means that the text is too short to be compared.
func simhash(terms string) uint64 {
	fields := strings.Fields(terms)
	if len(fields) < fewTerms {
		return 0
	}
	hashes := make([]uint64, len(fields))
	for i, term := range fields {
		hashes[i] = hashOf(term)
	}
	var v votes
	for i := 0; i+shingle <= len(hashes); i++ {
		x := uint64(0)
		for _, h := range hashes[i : i+shingle] {
			x = mix(x*31 + h)
		}
		v.add(x)
	}
	return v.majority()
}

// hashOf is the FNV-1a hash of a term.
func hashOf(term string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(term) {
		h = (h ^ uint64(term[i])) * 1099511628211
	}
	return h
}

// votes counts how often each bit is set. Eight bits are counted at one time, in
// the bytes of a lane, which are emptied before they overflow.
type votes struct {
	lanes  [8]uint64
	inLane int
	counts [64]int
	all    int
}

const byteMax = 255

func (v *votes) add(x uint64) {
	if v.inLane == byteMax {
		v.empty()
	}
	v.inLane++
	v.all++
	for i := range v.lanes {
		v.lanes[i] += spread(byte(x >> (8 * i)))
	}
}

// spread puts bit n of a byte into byte n.
func spread(b byte) uint64 {
	const each, one = 0x0101010101010101, 0x8040201008040201
	v := uint64(b) * each & one
	return (v + 0x7f7f7f7f7f7f7f7f) >> 7 & each // byte n of v is 0 or 1<<n: no byte carries into the next
}

func (v *votes) empty() {
	for i, lane := range v.lanes {
		for n := range 8 {
			v.counts[8*i+n] += int(lane >> (8 * n) & 0xff)
		}
		v.lanes[i] = 0
	}
	v.inLane = 0
}

// majority has the bits that are set in more than half of the hashes.
func (v *votes) majority() uint64 {
	v.empty()
	var out uint64
	for b, n := range v.counts {
		if 2*n > v.all {
			out |= 1 << b
		}
	}
	return out
}

// mix spreads the bits of an FNV hash, whose high bits are weak (splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func band(hash uint64, n int) int64 { return int64(hash >> (16 * n) & 0xffff) }

func alike(a, b uint64) bool { return bits.OnesCount64(a^b) <= near }
