package text

// Phrases is a set of lower-case phrases that are found in a text in one pass. A table of
// the phrases' first two bytes rules out nearly every position. ASCII capitals of the
// text are lowered during the pass, without a copy of the text.
type Phrases struct {
	starts  [1 << 13]uint8 // bits by first two bytes, folded to 16 bits
	list    map[uint16][]string
	Longest int // bytes
}

// NewPhrases returns a set of phrases, which must be lower case and two bytes or longer.
func NewPhrases(phrases []string) *Phrases {
	s := &Phrases{list: make(map[uint16][]string, len(phrases))}
	for _, x := range phrases {
		k := uint16(x[0])<<8 | uint16(x[1])
		s.starts[k>>3] |= 1 << (k & 7)
		s.list[k] = append(s.list[k], x)
		s.Longest = max(s.Longest, len(x))
	}
	return s
}

// In reports whether the text, in any case, holds one of the phrases.
func (s *Phrases) In(text string) bool {
	text = ASCIICase(text)
	for i := 0; i+1 < len(text); i++ {
		k := uint16(LowerASCII(text[i]))<<8 | uint16(LowerASCII(text[i+1]))
		if s.starts[k>>3]&(1<<(k&7)) == 0 {
			continue
		}
		for _, x := range s.list[k] {
			if hasPrefixLower(text[i:], x) {
				return true
			}
		}
	}
	return false
}

// Count returns how many of the phrases the text, in any case, holds, each counted once.
func (s *Phrases) Count(text string) int {
	text = ASCIICase(text)
	var found []string
	for i := 0; i+1 < len(text); i++ {
		k := uint16(LowerASCII(text[i]))<<8 | uint16(LowerASCII(text[i+1]))
		if s.starts[k>>3]&(1<<(k&7)) == 0 {
			continue
		}
		for _, x := range s.list[k] {
			if hasPrefixLower(text[i:], x) {
				found = AppendNew(found, x)
			}
		}
	}
	return len(found)
}

// Begins reports whether the text, in any case, begins with one of the phrases.
func (s *Phrases) Begins(text string) bool {
	text = ASCIICase(text)
	if len(text) < 2 {
		return false
	}
	for _, x := range s.list[uint16(LowerASCII(text[0]))<<8|uint16(LowerASCII(text[1]))] {
		if hasPrefixLower(text, x) {
			return true
		}
	}
	return false
}
