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
	letters, vowels := 0, 0
	for i := 0; i < len(s) && i < cipherSample; i++ {
		switch c := s[i] | 0x20; {
		case c == 'a', c == 'e', c == 'i', c == 'o', c == 'u', c == 'y':
			vowels++
			letters++
		case c >= 'a' && c <= 'z':
			letters++
		}
	}
	return letters >= leastCipher*2/3 && vowels*100 < letters*fewVowels
}

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
