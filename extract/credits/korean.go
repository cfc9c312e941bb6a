package credits

import (
	"strings"
	"unicode/utf8"
)

// korean reads "홍길동 기자": the name stands before the word for reporter.
func korean(line string) (Credits, bool) {
	i := strings.Index(line, "기자")
	if strings.HasPrefix(line, "기자명") {
		line = line[len("기자명"):]
		i = strings.Index(line, "기자")
	}
	if i < 0 {
		i = strings.Index(line, "특파원")
	}
	if i <= 0 || utf8.RuneCountInString(line) > 60 {
		return Credits{}, false
	}
	before := line[:i]
	for _, rank := range []string{"선임", "수습", "인턴", "객원", "전문"} { // 선임기자: senior reporter
		before = strings.TrimSuffix(before, rank)
	}
	fields := strings.FieldsFunc(before, func(r rune) bool {
		return r == ' ' || r == ',' || r == '·' || r == '=' || r == '/' || r == '[' || r == ']' || r == '(' || r == ')'
	})
	var names []string
	for k := len(fields) - 1; k >= 0; k-- {
		rs := []rune(fields[k])
		if len(rs) < 2 || len(rs) > 4 || !isHangul(rs) || fields[k] == "사진" || fields[k] == "취재" {
			break
		}
		names = append([]string{fields[k]}, names...)
		if !strings.ContainsAny(line[:i], ",·") {
			break
		}
	}
	if len(names) == 0 {
		return Credits{}, false
	}
	return Credits{Authors: names, Labels: 1, Share: 1}, true
}

func isHangul(rs []rune) bool {
	for _, r := range rs {
		if r < 0xAC00 || r > 0xD7A3 {
			return false
		}
	}
	return true
}
