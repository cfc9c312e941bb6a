package extract

import "strings"

// lower is strings.ToLower, which looks every character beyond ASCII up in
// Unicode's tables: Chinese and Japanese text without Latin capitals, the most
// frequent there is, is returned after a look at its first bytes.
func lower(s string) string {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < 'A' || c > 'Z' && c < 0x80:
			i++
		case c >= 0xE3 && c <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
			i += 3 // U+3000 to U+9FFF: kana and Han have no case
		default:
			return strings.ToLower(s)
		}
	}
	return s
}
