package extract

import "strings"

// phraseSet finds any of many phrases in a text in one pass: a table of the
// first two bytes of the phrases rules nearly every position out.
type phraseSet struct {
	starts  [1 << 13]uint8 // bits by first two bytes, folded to 16 bits
	list    map[uint16][]string
	longest int // bytes
}

func newPhraseSet(phrases []string) *phraseSet {
	s := &phraseSet{list: make(map[uint16][]string, len(phrases))}
	for _, x := range phrases {
		k := uint16(x[0])<<8 | uint16(x[1])
		s.starts[k>>3] |= 1 << (k & 7)
		s.list[k] = append(s.list[k], x)
		s.longest = max(s.longest, len(x))
	}
	return s
}

// in tells whether the text holds one of the phrases. The text is lower case.
func (s *phraseSet) in(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		k := uint16(text[i])<<8 | uint16(text[i+1])
		if s.starts[k>>3]&(1<<(k&7)) == 0 {
			continue
		}
		for _, x := range s.list[k] {
			if strings.HasPrefix(text[i:], x) {
				return true
			}
		}
	}
	return false
}

// inAnyCase is in for a text in any case. ASCII capitals are lowered on the way,
// without a copy of the text, which nearly every line of prose would need; a text
// with other characters that may be capitals is lowered first.
func (s *phraseSet) inAnyCase(text string) bool {
	if !caseOfASCII(text) {
		return s.in(strings.ToLower(text))
	}
	for i := 0; i+1 < len(text); i++ {
		k := uint16(lowerASCII(text[i]))<<8 | uint16(lowerASCII(text[i+1]))
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

// count returns how many of the phrases the text holds, each counted once.
func (s *phraseSet) count(text string) int {
	var found []string
	for i := 0; i+1 < len(text); i++ {
		k := uint16(text[i])<<8 | uint16(text[i+1])
		if s.starts[k>>3]&(1<<(k&7)) == 0 {
			continue
		}
		for _, x := range s.list[k] {
			if strings.HasPrefix(text[i:], x) {
				found = appendNew(found, x)
			}
		}
	}
	return len(found)
}

// begins tells whether the text begins with one of the phrases. The text is lower case.
func (s *phraseSet) begins(text string) bool {
	if len(text) < 2 {
		return false
	}
	for _, x := range s.list[uint16(text[0])<<8|uint16(text[1])] {
		if strings.HasPrefix(text, x) {
			return true
		}
	}
	return false
}

// beginsAnyCase is begins for a text in any case.
func (s *phraseSet) beginsAnyCase(text string) bool {
	if !caseOfASCII(text) {
		return s.begins(strings.ToLower(text))
	}
	if len(text) < 2 {
		return false
	}
	for _, x := range s.list[uint16(lowerASCII(text[0]))<<8|uint16(lowerASCII(text[1]))] {
		if hasPrefixLower(text, x) {
			return true
		}
	}
	return false
}
