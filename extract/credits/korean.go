package credits

import (
	"strings"
	"unicode/utf8"
)

// koreanReporter are the words behind a reporter's name: reporter, correspondent.
var koreanReporter = []string{"기자", "특파원"}

// korean reads "홍길동 기자": the name stands before the word for reporter.
func korean(line string) (Credits, bool) {
	line = strings.TrimPrefix(line, "기자명")
	at := -1
	for _, w := range koreanReporter {
		if at = strings.Index(line, w); at >= 0 {
			break
		}
	}
	if at <= 0 || utf8.RuneCountInString(line) > 60 {
		return Credits{}, false
	}
	names := koreanNames(line[:at])
	return Credits{Authors: names, Labels: 1, Share: 1}, len(names) > 0
}

// koreanNames reads the name, or the names with commas between them, that end a text.
func koreanNames(before string) []string {
	several := strings.ContainsAny(before, ",·")
	for _, rank := range []string{"선임", "수습", "인턴", "객원", "전문"} { // 선임기자: senior reporter
		before = strings.TrimSuffix(before, rank)
	}
	fields := strings.FieldsFunc(before, func(r rune) bool { return strings.ContainsRune(" ,·=/[]()", r) })
	first := len(fields)
	for first > 0 && koreanName(fields[first-1]) && (several || first == len(fields)) {
		first--
	}
	return fields[first:]
}

// koreanName reports whether a word can be a name: two to four syllables, and not the
// word for photo or coverage.
func koreanName(s string) bool {
	rs := []rune(s)
	return len(rs) >= 2 && len(rs) <= 4 && isHangul(rs) && s != "사진" && s != "취재"
}

func isHangul(rs []rune) bool {
	for _, r := range rs {
		if r < 0xAC00 || r > 0xD7A3 {
			return false
		}
	}
	return true
}
