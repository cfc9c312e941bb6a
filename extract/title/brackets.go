package title

import (
	"strings"
)

// afterRubric is a headline without the section or kind that newsrooms put before it
// in brackets (【快讯】, [公司]); "" where none stands there. A headline is compared
// with the head's titles without it, but keeps it.
func afterRubric(text string) string {
	for _, pair := range [...][2]string{{"【", "】"}, {"[", "]"}, {"［", "］"}, {"〔", "〕"}} {
		if rest, ok := strings.CutPrefix(text, pair[0]); ok {
			if tag, rest, ok := strings.Cut(rest, pair[1]); ok && tag != "" && len(tag) <= 36 {
				return strings.TrimSpace(rest)
			}
			return ""
		}
	}
	return ""
}

// WithoutClock removes a bracketed time of day at the end of a headline: "… 【10:25】" is
// the time when the report came in.
func WithoutClock(text string) string {
	for _, pair := range [...][2]string{{"【", "】"}, {"[", "]"}, {"(", ")"}, {"（", "）"}} {
		rest, ok := strings.CutSuffix(text, pair[1])
		if !ok {
			continue
		}
		if at := strings.LastIndex(rest, pair[0]); at > 0 && isClock(rest[at+len(pair[0]):]) {
			return strings.TrimSpace(rest[:at])
		}
	}
	return text
}

// isClock reports whether s is a time such as 9:05 or 10:25.
func isClock(s string) bool {
	h, m, ok := strings.Cut(s, ":")
	return ok && len(h) > 0 && len(h) <= 2 && len(m) == 2 && strings.Trim(h+m, "0123456789") == ""
}
