package credits

import (
	"strings"
	"unicode/utf8"
)

// Bounds of a line that is nothing but names.
const (
	maxAloneLine  = 20 // characters
	maxAloneNames = 4
)

// Alone reads a line that is nothing but the names of one to four Chinese people:
// "赵晓东、李文", "胡平". A name of two characters that stands alone needs a common
// surname; of several names one needs a surname that is known.
func Alone(line string) []string {
	if utf8.RuneCountInString(line) > maxAloneLine || nobody[line] || strings.ContainsAny(line, "图圖摄攝") {
		return nil
	}
	line = closeUp(line)
	names := Names(line)
	if len(names) == 0 || len(names) > maxAloneNames || !allParted(line, names) {
		return nil
	}
	if len(names) == 1 && !plausible(names) {
		return nil
	}
	known := false
	for _, n := range names {
		rs := []rune(n)
		if !nameAlone(n, rs) {
			return nil
		}
		known = known || looksChinese(rs) && (len(rs) == 3 || common[rs[0]])
	}
	if !known {
		return nil
	}
	return names
}

// nameAlone reports whether two or three characters can be a name: they are no word
// and no medium.
func nameAlone(n string, rs []rune) bool {
	if len(rs) < 2 || len(rs) > 3 || !allHan(rs) {
		return false
	}
	return !words[n] && !words[string(rs[:2])] && !looksMedium(n)
}
