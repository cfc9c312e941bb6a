package search

import (
	"hash/fnv"
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
	var weight [64]int
	for i := 0; i+shingle <= len(fields); i++ {
		h := fnv.New64a()
		for _, term := range fields[i : i+shingle] {
			h.Write([]byte(term)) //nolint:errcheck // a hash takes all
			h.Write([]byte{0})    //nolint:errcheck // a hash takes all
		}
		x := mix(h.Sum64())
		for b := range weight {
			weight[b] += int(x>>b&1)*2 - 1
		}
	}
	var out uint64
	for b, w := range weight {
		if w > 0 {
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
