package text

// Hash is a 64-bit FNV-1a hash (draft-eastlake-fnv) that is computed byte by byte. Unlike
// hash/maphash it is the same on every machine, and it needs no copy of the text.
type Hash uint64

// NewHash returns the hash of no bytes.
const NewHash Hash = 14695981039346656037

// Byte returns the hash with one more byte.
func (h Hash) Byte(c byte) Hash { return (h ^ Hash(c)) * 1099511628211 }

// HashOf returns the hash of a text.
func HashOf(s string) uint64 {
	h := NewHash
	for i := 0; i < len(s); i++ {
		h = h.Byte(s[i])
	}
	return uint64(h)
}
