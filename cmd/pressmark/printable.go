package main

import (
	"fmt"
	"strings"
	"unicode"
)

// clean makes text that an outsider wrote safe to print for a person: control
// characters of both sets (C0, C1) and the marks that turn the direction of text
// around are written as escapes, so that a page cannot move the cursor, recolour
// the terminal or show one address and mean another.
func clean(s string) string {
	if !strings.ContainsFunc(s, unsafeToPrint) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafeToPrint(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanLines is clean for text of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Join(lines, "\n")
}

func unsafeToPrint(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// counted is a number with its noun: "1 article", "7 articles".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
