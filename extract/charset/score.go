package charset

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
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

// sampleMax bounds the bytes that are scored; a few hundred characters decide.
const sampleMax = 3 << 10

// reading is what an encoding makes of a sample.
type reading struct {
	chars int     // non-ASCII characters
	errs  int     // of these, what means nothing
	score float64 // see the constants
}

func (r reading) broken() float64 {
	if r.chars == 0 {
		return 0
	}
	return float64(r.errs) / float64(r.chars)
}

// tally is a decoded sample, counted.
type tally struct {
	runes []tallied // in order of appearance, so that sums are the same in every run
	chars int
	errs  int
	odd   int // unnatural pairs of neighbours
}

type tallied struct {
	r     rune
	n     int
	floor float64 // likelihood whatever the language, 0 where it decides
}

// fluent tells whether c reads the sample so well that it needs no comparison.
func (c candidate) fluent(r reading) bool {
	if multiByte[c.name] {
		return r.score >= fluent2
	}
	return r.chars == 0 || r.score >= fluent
}

// read scores the sample as read with c's encoding. For an encoding whose
// languages are not known it is the score of the best of all.
func (c candidate) read(sample []byte) reading {
	t := count(decodeWith(c.enc, sample))
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
	return reading{chars: t.chars, errs: t.errs, score: best / float64(max(size, 1))}
}

// bestOf returns the encoding that reads the sample best; of equals the first.
func bestOf(sample []byte) (candidate, reading) {
	var best candidate
	lead := reading{score: math.Inf(-1)}
	for _, name := range scored {
		enc, err := htmlindex.Get(name)
		if err != nil {
			continue
		}
		c := candidate{name, enc}
		r := c.read(sample)
		if r.score > lead.score || best.enc == nil {
			best, lead = c, r
		}
		if multiByte[name] && c.fluent(r) && r.chars >= enough && r.broken() <= breakLimit {
			break // none of the others reads such text half as well
		}
	}
	return best, lead
}

func count(text []byte) tally {
	var t tally
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
			if meaningless(r) {
				t.errs++
			}
		}
		if (r >= utf8.RuneSelf || prev >= utf8.RuneSelf) && oddPair(prev, r) {
			t.odd++
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

// oddPair tells neighbours that text does not have: a capital after a small
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

// sampleOf collects the text of body that is not plain ASCII: what stands
// between tags first, everything where that is too little. '<' and '>' are
// second bytes in none of the encodings, so no character is cut.
func sampleOf(body []byte) []byte {
	sample := make([]byte, 0, sampleMax)
	for rest := body; len(rest) > 0 && len(sample) < sampleMax; {
		i := bytes.IndexAny(rest, "<>")
		if i < 0 {
			i = len(rest)
		}
		text := rest[:i]
		rest = rest[min(i+1, len(rest)):]
		if nonASCII(text) > 0 {
			sample = append(append(sample, text[:min(len(text), sampleMax)]...), '\n')
		}
	}
	return sample
}

func nonASCII(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}
