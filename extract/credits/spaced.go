package credits

import (
	"strings"
	"unicode/utf8"
)

// closeUp joins credit labels that are spaced out to a column's width: "来 源：",
// "责 任 编 辑", "（记 者 张  三）". Other text stays as it is.
func closeUp(line string) string {
	if !hasLoneHan(line) {
		return line
	}
	var out strings.Builder
	done := 0
	before := rune(0)
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if isHan(r) && !isHan(before) && spaceAt(line, i+size) > 0 {
			if label, end := spacedLabel(line, i, r); end > 0 {
				out.WriteString(line[done:i])
				out.WriteString(label)
				done, i = end, end
				before, _ = utf8.DecodeLastRuneInString(label)
				continue
			}
		}
		before = r
		i += size
	}
	if done == 0 {
		return line
	}
	out.WriteString(line[done:])
	return out.String()
}

// hasLoneHan reports whether a Han character stands between white space or
// punctuation on one side and white space on the other.
func hasLoneHan(line string) bool {
	for i := 1; i < len(line); i++ {
		if c := line[i]; c != ' ' && c != 0xC2 && c != 0xE3 || line[i-1] < utf8.RuneSelf || spaceAt(line, i) == 0 {
			continue // no white space, or behind an ASCII character
		}
		r, size := utf8.DecodeLastRuneInString(line[:i])
		if before, _ := utf8.DecodeLastRuneInString(line[:i-size]); isHan(r) && !isHan(before) {
			return true
		}
	}
	return false
}

// spacedLabel finds the longest label whose characters stand at offset i with
// white space between them; end is 0 where there is none.
func spacedLabel(line string, i int, first rune) (label string, end int) {
	for _, l := range labels[first] {
		if at := matchSpaced(line, i, l.text); at > 0 && (label == "" || len(l.text) > len(label)) {
			label, end = l.text, at
		}
	}
	return label, end
}

func matchSpaced(line string, i int, word string) int {
	if utf8.RuneCountInString(word) < 2 || strings.ContainsAny(word, " /") {
		return 0
	}
	for k, r := range word {
		if k > 0 {
			i += spaceAt(line, i)
		}
		got, size := utf8.DecodeRuneInString(line[i:])
		if got != r {
			return 0
		}
		i += size
	}
	return i
}

// spaceAt returns the length of the white space at offset i, in bytes.
func spaceAt(line string, i int) int {
	n := 0
	for i+n < len(line) {
		r, size := utf8.DecodeRuneInString(line[i+n:])
		if r != ' ' && r != 0xA0 && r != 0x3000 {
			break
		}
		n += size
	}
	return n
}
