package text

// Words is a set of short words. A text that is none of them mostly differs from all of
// them in its first byte or its length, and costs no hash.
type Words struct {
	list    map[string]bool
	lengths [256]uint64 // lengths[c] has bit n set if a word of n bytes begins with c
}

// maxWord is the length in bytes of the longest word that a set can hold.
const maxWord = 63

// NewWords returns a set of words of 1 to 63 bytes.
func NewWords(words ...string) *Words {
	w := &Words{list: make(map[string]bool, len(words))}
	for _, s := range words {
		w.list[s] = true
		w.lengths[s[0]] |= 1 << len(s)
	}
	return w
}

// Has reports whether s is one of the words.
func (w *Words) Has(s string) bool {
	return s != "" && w.mayHave(s[0], len(s)) && w.list[s]
}

// HasBytes is Has without a copy of the text.
func (w *Words) HasBytes(s []byte) bool {
	return len(s) > 0 && w.mayHave(s[0], len(s)) && w.list[string(s)]
}

// mayHave reports whether a word of that length begins with a byte.
func (w *Words) mayHave(first byte, length int) bool {
	return length <= maxWord && w.lengths[first]>>length&1 != 0
}
