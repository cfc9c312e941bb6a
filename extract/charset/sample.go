package charset

import (
	"bytes"
	"unicode/utf8"
)

const (
	// sampleMax bounds the bytes that are scored; a few hundred characters decide.
	sampleMax = 3 << 10
	// pieceMax bounds what one piece of text adds to the sample, so that a script
	// in front of the text cannot fill it.
	pieceMax = 1 << 10
	// lead is the number of ASCII bytes kept on either side of a stretch that is not
	// ASCII: neighbours count in the score. It is longer than the longest character.
	lead = 12
)

// sampleOf collects the stretches of body that are not plain ASCII, each once, with a
// few ASCII bytes around them. A piece of text ends at a tag. '<' and '>' are second
// bytes in no encoding, so no character is cut.
func sampleOf(body []byte) []byte {
	sample := make([]byte, 0, sampleMax+pieceMax)
	for rest := body; len(rest) > 0 && len(sample) < sampleMax; {
		i := bytes.IndexAny(rest, "<>")
		if i < 0 {
			i = len(rest)
		}
		sample = appendStretches(sample, rest[:i])
		rest = rest[min(i+1, len(rest)):]
	}
	return sample
}

// appendStretches appends the stretches of one piece of text.
func appendStretches(sample, text []byte) []byte {
	most := len(sample) + pieceMax
	for len(text) > 0 && len(sample) < most {
		first := firstNonASCII(text)
		if first == len(text) {
			break
		}
		text = text[max(0, first-lead):]
		n := min(stretch(text), most-len(sample))
		if part := text[:n]; !bytes.Contains(sample, part) {
			sample = append(append(sample, part...), '\n')
		}
		text = text[n:]
	}
	return sample
}

// stretch returns the length of the stretch that text begins with: up to 2*lead ASCII
// bytes in a row, of which the first half belongs to it.
func stretch(text []byte) int {
	last := firstNonASCII(text)
	for i := last; i < len(text) && i-last < 2*lead; i++ {
		if text[i] >= utf8.RuneSelf {
			last = i
		}
	}
	return min(len(text), last+lead)
}

func firstNonASCII(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
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
