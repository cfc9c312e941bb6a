package body

import (
	"strings"

	"pressmark/extract/text"
)

// ChromePhrase reports whether a short line is one of the phrases that pages
// everywhere put around articles.
func ChromePhrase(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 4*chromePrefixes.Longest && s[0] != '#' {
		s = s[:text.CutAt(s, 4*chromePrefixes.Longest)] // prose: its beginning is enough
	}
	return chromePrefixes.Begins(s) || len(s) < 60 && chromeLines[withoutCount(text.Key(s))] || hashtags(s)
}

// withoutCount takes off the number behind a button's word: 【收藏】[0], "Comments (12)".
func withoutCount(key string) string {
	word := strings.TrimRight(key, "0123456789")
	if len(key)-len(word) > 3 {
		return key
	}
	return word
}

// hashtags reports whether a line consists of tags: #春耕# #青石#, #pool #council.
func hashtags(s string) bool {
	if len(s) < 3 || len(s) > 200 || s[0] != '#' {
		return false
	}
	if strings.HasSuffix(s, "#") && strings.Count(s, "#")%2 == 0 {
		for i, part := range strings.Split(s, "#") {
			if i%2 == 0 && strings.TrimSpace(part) != "" {
				return false
			}
		}
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if word[0] != '#' || len(word) < 2 || strings.Contains(word[1:], "#") {
			return false
		}
	}
	return !strings.ContainsAny(s, "0123456789") || strings.Count(s, "#") > 1
}
