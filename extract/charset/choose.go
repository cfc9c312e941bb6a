package charset

import (
	"math"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding/htmlindex"
)

const (
	// breakLimit is the share of non-ASCII characters that a declaration may break.
	breakLimit = 0.02
	// enough is the number of characters from which the score of step 6 can be trusted.
	enough = 4
	// A declaration that decodes without a fault is overruled on enoughPairs different
	// pairs of neighbours at least, and where these, times the lead in score, make
	// enoughEvidence. A name that a page repeats is no more evidence than the name once.
	// On fewer than plentyPairs the other encoding must read fluently.
	enoughPairs    = 10
	plentyPairs    = 60
	enoughEvidence = 25
)

// choose picks the encoding of a body that is not UTF-8: a declared one that fits the
// text, else the one that scores best.
func choose(body []byte, labels []string) candidate {
	sample := sampleOf(body)
	said, heard := declaredBest(sample, labels)
	if said.enc != nil && said.fluent(heard) {
		return said
	}
	best, r := bestOf(sample)
	if said.enc != nil && !overrules(best, r, heard) {
		return said
	}
	if r.chars >= enough && r.score >= readable {
		return best
	}
	return guess(sample, best)
}

// declaredBest returns the first declared encoding that reads the sample fluently,
// else the first that decodes it, unless a later one reads it clearly better. The
// candidate is empty if every declaration is faulty.
func declaredBest(sample []byte, labels []string) (candidate, reading) {
	var said candidate
	heard := reading{score: math.Inf(-1)}
	for _, name := range labels {
		c, ok := lookup(name)
		if !ok {
			continue
		}
		r := c.read(sample)
		switch {
		case r.faulty():
		case c.fluent(r):
			return c, r
		case said.enc == nil || r.score > heard.score+clearly:
			said, heard = c, r
		}
	}
	return said, heard
}

// overrules reports whether c, which reads best of all, counts more than a declared
// encoding that has no fault.
func overrules(c candidate, best, declared reading) bool {
	lead := best.score - declared.score
	sound := c.fluent(best) || best.pairs >= plentyPairs && best.score >= readable
	return sound && best.pairs >= enoughPairs && lead > clearly && lead*float64(best.pairs) >= enoughEvidence
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
		if multiByte[name] && c.fluent(r) && r.chars >= enough && !r.faulty() {
			break // none of the others reads such text half as well
		}
	}
	return best, lead
}

// guess uses ICU's statistical detector. The detector is right more often about the
// family of an encoding than about the member, so a result counts only if its confidence
// is high.
func guess(sample []byte, otherwise candidate) candidate {
	results, err := chardet.NewHtmlDetector().DetectAll(sample)
	if err != nil {
		return otherwise
	}
	var best chardet.Result
	for _, r := range results { // they come in no fixed order
		if r.Confidence > best.Confidence || r.Confidence == best.Confidence && r.Charset < best.Charset {
			best = r
		}
	}
	c, ok := lookup(best.Charset)
	if ok && best.Confidence >= 50 && !c.read(sample).faulty() {
		return c
	}
	return otherwise
}
