package visit

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/article"
)

// sketch is a fingerprint of a text for finding near-duplicates: the smallest hashes
// of its word sequences, in order.
type sketch []uint64

// Sizes for the comparison of sketches.
const (
	runOfWords = 4  // words, or characters of scripts without spaces
	sketched   = 24 // hashes of a sketch
)

// shingles returns the hashes of a text's runs of words, each once and in order.
func shingles(texts ...string) []uint64 {
	var words, all []uint64
	for _, s := range texts {
		words = appendWords(words, s)
	}
	for i := range words {
		if i+runOfWords > len(words) && i > 0 {
			break
		}
		h := uint64(len(words[i:]))
		if i+runOfWords <= len(words) {
			h = 0
		}
		for _, w := range words[i:min(i+runOfWords, len(words))] {
			h = (h ^ w) * 1099511628211
			h ^= h >> 29
		}
		all = append(all, h)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// appendWords appends the hashes of a text's words in lower case; of scripts
// without spaces, those of its characters.
func appendWords(words []uint64, s string) []uint64 {
	h, open := fnv.New64a(), false
	end := func() {
		if open {
			words = append(words, h.Sum64())
			h.Reset()
			open = false
		}
	}
	var buf [utf8.UTFMax]byte
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			end()
			h.Write(buf[:utf8.EncodeRune(buf[:], r)])
			open = true
			end()
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			h.Write(buf[:utf8.EncodeRune(buf[:], unicode.ToLower(r))])
			open = true
		default:
			end()
		}
	}
	end()
	return words
}

// textOf returns the texts of an article's blocks.
func textOf(a *article.Article) []string {
	texts := make([]string, 0, len(a.Body))
	for i := range a.Body {
		b := &a.Body[i]
		texts = append(append(texts, b.Text), b.Items...)
		for _, row := range b.Rows {
			texts = append(texts, row...)
		}
	}
	return texts
}

func sketchOf(a *article.Article) sketch {
	s := shingles(textOf(a)...)
	return slices.Clone(s[:min(len(s), sketched)])
}

// alike reports whether two sketches are of one text, give or take a few changes:
// of the smallest hashes of both together, half are in both.
func (s sketch) alike(other sketch) bool {
	n := min(sketched, max(len(s), len(other)))
	if n == 0 {
		return len(s) == len(other)
	}
	both, seen := 0, 0
	for i, j := 0, 0; seen < n && max(len(s)-i, len(other)-j) > 0; seen++ {
		switch {
		case j == len(other):
			i++
		case i == len(s):
			j++
		case s[i] < other[j]:
			i++
		case other[j] < s[i]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return 2*both >= seen
}

// share returns how much of the shorter of two texts is in the longer: 0 to 1.
func share(a, b []uint64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	both := 0
	for _, h := range a {
		if _, ok := slices.BinarySearch(b, h); ok {
			both++
		}
	}
	return float64(both) / float64(len(a))
}

// likeness is how much an article that is looked at again has of the archived one.
type likeness struct {
	headline bool    // half of the words of the shorter headline are in the other
	text     float64 // share of the shorter text
	size     float64 // length of the new text, of the old one's
}

func compareTo(old, now *article.Article) likeness {
	l := likeness{text: share(shingles(textOf(old)...), shingles(textOf(now)...)), size: 1}
	l.headline = share(headlineWords(old.Title), headlineWords(now.Title)) >= .5
	if n := utf8.RuneCountInString(old.Text); n > 0 {
		l.size = float64(utf8.RuneCountInString(now.Text)) / float64(n)
	}
	return l
}

// headlineWords returns the hashes of a headline's words, each once and in order.
// Words of up to three letters of an alphabet are left out: most headlines share some.
func headlineWords(s string) []uint64 {
	var words []uint64
	for w := range strings.FieldsSeq(s) {
		if len(strings.Trim(w, ".,:;!?\"'()")) > 3 {
			words = appendWords(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Bounds of a revision.
const (
	leastShare = .1  // of the text; less has nothing of the article but common words
	leastSize  = .25 // of the length; less may be a teaser, or the beginning of an answer that broke off
	fullSize   = .5  // of the length: as much as another article has
)

// foreign reports whether the page shows neither the headline nor the text of the
// archived article.
func (l likeness) foreign() bool { return !l.headline && l.text < leastShare }

// doubtful reports whether the page may be something else than a revision of the
// archived article.
func (l likeness) doubtful() bool { return l.foreign() || l.size < leastSize }
