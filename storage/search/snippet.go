package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Span is a piece of text; Mark is set for text that the query names.
type Span struct {
	Text string `json:"text"`
	Mark bool   `json:"mark,omitempty"`
}

// Snippet returns about n characters of text around the first place that one of
// the words names, with all such places in it marked. Without one it returns the
// beginning. Cut ends have an ellipsis.
func Snippet(text string, words []string, n int) []Span {
	text = strings.Join(strings.Fields(text), " ")
	found := places(text, words)
	runes := []rune(text)
	start := 0
	if len(found) > 0 {
		start = max(0, found[0].start-n/3)
	}
	end := min(len(runes), start+n)
	start = max(0, end-n)
	var out []Span
	add := func(s string, mark bool) {
		if s != "" {
			out = append(out, Span{s, mark})
		}
	}
	at := start
	if start > 0 {
		add("…", false)
	}
	for _, p := range found {
		if p.start < at || p.end > end {
			continue
		}
		add(string(runes[at:p.start]), false)
		add(string(runes[p.start:p.end]), true)
		at = p.end
	}
	add(string(runes[at:end]), false)
	if end < len(runes) {
		add("…", false)
	}
	return out
}

// Line is one place in a text with its context: a keyword in context.
type Line struct {
	Left  string `json:"left"`
	Word  string `json:"word"`
	Right string `json:"right"`
}

// Concordance returns every place in text that one of the words names, with n
// characters on both sides.
func Concordance(text string, words []string, n int) []Line {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	var out []Line
	for _, p := range places(text, words) {
		out = append(out, Line{
			Left: string(runes[max(0, p.start-n):p.start]), Word: string(runes[p.start:p.end]), Right: string(runes[p.end:min(len(runes), p.end+n)]),
		})
	}
	return out
}

// place is a range of characters.
type place struct{ start, end int }

// places finds the words in text as the index does: without case, accents and
// width, whole words only, except in scripts without spaces.
func places(text string, words []string) []place {
	folded, origin := foldText(text)
	queries := make([][]rune, len(words))
	for i, w := range words {
		query, _ := foldText(w)
		queries[i] = trimSpaces(query)
	}
	var out []place
	for i := 0; i < len(folded); {
		size := 0
		for _, query := range queries {
			size = max(size, matchAt(folded, i, query))
		}
		if size == 0 {
			i++
			continue
		}
		out = append(out, place{origin[i], origin[i+size-1] + 1})
		i += size
	}
	return out
}

// matchAt returns the length of the query if it stands at i as whole words, else 0.
func matchAt(text []rune, i int, query []rune) int {
	if len(query) == 0 || i+len(query) > len(text) {
		return 0
	}
	for k, r := range query {
		if text[i+k] != r {
			return 0
		}
	}
	if i > 0 && joins(text[i-1], text[i]) {
		return 0
	}
	if end := i + len(query); end < len(text) && joins(text[end-1], text[end]) {
		return 0
	}
	return len(query)
}

// joins reports whether two characters belong to one word.
func joins(a, b rune) bool { return isWord(a) && isWord(b) && !isPaired(a) && !isPaired(b) }

// foldText returns the characters as the index has them, with everything between
// words as one space, and for each the character of text that it comes from.
func foldText(text string) (folded []rune, origin []int) {
	at := -1
	for _, r := range text {
		at++
		parts := string(r)
		if r > unicode.MaxASCII && !isPaired(r) {
			parts = norm.NFKD.String(parts)
		}
		for _, d := range parts {
			switch {
			case d >= 0x0300 && d <= 0x036F:
			case isWord(d):
				folded, origin = append(folded, fold(d)), append(origin, at)
			case len(folded) > 0 && folded[len(folded)-1] != ' ':
				folded, origin = append(folded, ' '), append(origin, at)
			}
		}
	}
	return folded, origin
}

func trimSpaces(r []rune) []rune {
	for len(r) > 0 && unicode.IsSpace(r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	return r
}
