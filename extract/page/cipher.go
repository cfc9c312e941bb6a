package page

import "strings"

// Bounds of the look for an enciphered text.
const (
	leastCipher  = 60 // letters
	fewVowels    = 31 // percent of the letters; Latin texts have more
	cipherSample = 2000
)

// IsEnciphered reports whether a line is a text in Latin letters under a Caesar cipher:
// it has words only if each letter is shifted along the alphabet. Pages for subscribers
// hold the rest of an article in this form.
func (l *Line) IsEnciphered() bool {
	if l.Mass < leastCipher || l.Digits*4 > int16(min(l.Mass, 1<<14)) || !fewVowelsIn(l.text) {
		return false
	}
	sample := strings.ToLower(l.text[:min(len(l.text), cipherSample)])
	words := strings.FieldsFunc(sample, func(r rune) bool { return r < 'a' || r > 'z' })
	if frequentIn(words, 0)*10 >= len(words) {
		return false
	}
	for by := byte(1); by < 26; by++ {
		if n := frequentIn(words, by); n >= 3 && n*6 >= len(words) {
			return true
		}
	}
	return false
}

// fewVowelsIn reports whether a text of ASCII letters has fewer vowels than a language has.
func fewVowelsIn(s string) bool {
	sum := uint32(0)
	for i := range min(len(s), cipherSample) {
		sum += letterCounts[s[i]]
	}
	letters, vowels := sum&0xffff, sum>>16
	return letters >= leastCipher*2/3 && vowels*100 < letters*fewVowels
}

// letterCounts gives what a byte adds to a count of letters (bits 0 to 15) and of vowels
// (bits 16 to 31): a sum of table entries, without a branch, serves each line of each page.
var letterCounts = func() (counts [256]uint32) {
	const letter, vowel = 1, 1 << 16
	for c := byte('a'); c <= 'z'; c++ {
		n := uint32(letter)
		if strings.IndexByte("aeiouy", c) >= 0 {
			n += vowel
		}
		counts[c], counts[c-'a'+'A'] = n, n
	}
	return counts
}()

// frequentIn counts the words that are frequent in a language when their letters are moved.
func frequentIn(words []string, by byte) (n int) {
	var moved [8]byte
	for _, w := range words {
		if len(w) > len(moved) || len(w) < 2 {
			continue
		}
		for i := range len(w) {
			moved[i] = 'a' + (w[i]-'a'+by)%26
		}
		if frequentSet[string(moved[:len(w)])] {
			n++
		}
	}
	return n
}

// frequentSet holds the words of frequentWords.
var frequentSet = func() map[string]bool {
	set := map[string]bool{}
	for _, words := range frequentWords {
		for w := range strings.FieldsSeq(words) {
			set[w] = true
		}
	}
	return set
}()
