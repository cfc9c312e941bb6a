package charset

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"
)

// The score of a reading is the mean logarithm, a byte, of the likelihood of what
// its non-ASCII characters stand for, in the language that explains them best.
// Text of a page scores from -1.8 to -3.5, the same bytes read with a false
// encoding rarely above -4.
const (
	fluent   = -3.55 // score from which no other reading need be tried
	fluent2  = -4.0  // the same for encodings of two bytes, which text of others rarely fits
	readable = -4.3  // least score of text that some language explains
	clearly  = 0.35  // a lead that is no accident

	logBroken     = -12.0 // U+FFFD, control characters, private use
	logForeign    = -10.5 // letters and signs that the language does not use
	logPunctuated = -4.5  // quotation marks, dashes and the like, common to all
	logUnnatural  = -3.0  // added for each unnatural neighbourhood, see oddPair
)

// reading is what an encoding makes of a sample.
type reading struct {
	chars int     // non-ASCII characters
	errs  int     // of these, bytes that could not be decoded
	pairs int     // different pairs of neighbours with a non-ASCII character
	score float64 // see the constants
}

// faulty reports whether the encoding fails on more than a few characters: more than
// breakLimit of them, or one of fewer than eight.
func (r reading) faulty() bool {
	return r.errs > 1 && float64(r.errs) > breakLimit*float64(r.chars) || r.errs == 1 && r.chars < 8
}

// tally is a decoded sample, counted.
type tally struct {
	runes []tallied // in order of appearance, so that sums are the same in every run
	chars int
	errs  int
	pairs map[[2]rune]struct{}
	odd   int // unnatural pairs of neighbours
}

type tallied struct {
	r     rune
	n     int
	floor float64 // likelihood whatever the language, 0 where it decides
}

// fluent reports whether c reads the sample so well that it needs no comparison.
func (c candidate) fluent(r reading) bool {
	if multiByte[c.name] {
		return r.score >= fluent2
	}
	return r.chars == 0 || r.score >= fluent
}

// read scores the sample as read with c's encoding. For an encoding whose
// languages are not known it is the score of the best of all.
func (c candidate) read(sample []byte) reading {
	text := decodeWith(c.enc, sample)
	t := count(text)
	if t.chars > enough && bytes.HasSuffix(text, []byte("\uFFFD\n")) {
		t.errs-- // the body is cut in a character
	}
	langs := languagesOf[c.name]
	if langs == nil {
		langs = allLanguages
	}
	size := nonASCII(sample)
	if multiByte[c.name] {
		size = max(size, 2*t.chars) // second bytes may be ASCII
	}
	return t.reading(langs, size)
}

func (t tally) reading(langs []*language, size int) reading {
	best := math.Inf(-1)
	for _, l := range langs {
		sum := 0.0
		for _, x := range t.runes {
			sum += float64(x.n) * l.likelihood(x)
		}
		best = max(best, sum)
	}
	best += float64(t.odd) * logUnnatural
	return reading{chars: t.chars, errs: t.errs, pairs: len(t.pairs), score: best / float64(max(size, 1))}
}

func count(text []byte) tally {
	t := tally{pairs: map[[2]rune]struct{}{}}
	seen := map[rune]int{}
	prev := ' '
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text[i:])
			at, ok := seen[r]
			if !ok {
				at = len(t.runes)
				seen[r] = at
				t.runes = append(t.runes, tallied{r: r, floor: floorOf(r)})
			}
			t.runes[at].n++
			t.chars++
			if r == utf8.RuneError {
				t.errs++
			}
		}
		if r >= utf8.RuneSelf || prev >= utf8.RuneSelf {
			t.pairs[[2]rune{prev, r}] = struct{}{}
			if oddPair(prev, r) {
				t.odd++
			}
		}
		prev = r
		i += n
	}
	return t
}

// floorOf is the likelihood of what means the same in all languages.
func floorOf(r rune) float64 {
	switch {
	case meaningless(r):
		return logBroken
	case punctuation(r):
		return logPunctuated
	}
	return 0
}

func meaningless(r rune) bool {
	return r == utf8.RuneError || r >= 0x80 && r < 0xA0 || r >= 0xE000 && r < 0xF900
}

// oddPair reports whether text does not have two neighbours: a capital after a small
// letter, letters of two alphabets, a sign stuck to a letter.
func oddPair(a, b rune) bool {
	if a >= 0x2E80 || b >= 0x2E80 { // ideographs, kana, hangul: anything may stand beside them
		return false
	}
	la, lb := unicode.IsLetter(a), unicode.IsLetter(b)
	switch {
	case la && lb:
		return unicode.IsLower(a) && unicode.IsUpper(b) || latin(a) != latin(b)
	case la:
		return oddSign(b)
	case lb:
		return oddSign(a)
	}
	return false
}

func latin(r rune) bool { return r < 0x250 || r >= 0x1E00 && r < 0x1F00 }

func oddSign(r rune) bool {
	return r >= 0x80 && !unicode.IsMark(r) && !punctuation(r)
}
