package picture

import "pressmark/extract/text"

// fromOtherTime reports whether an address names a month more than two months from the
// month of publication. Parts of the layout and advertisements are older than the article
// or, on a page that was saved late, younger.
func (s *imageSorter) fromOtherTime(u string) bool {
	if s.when.Published == nil {
		return false
	}
	published, ok := monthIn(*s.when.Published)
	stored, found := monthIn(u)
	return ok && found && (stored-published > 2 || published-stored > 2)
}

// monthIn finds the first year and month, as 2012-01, 2012/1, 2012/0117, 20120117
// or 201201, and returns them as a count of months.
func monthIn(s string) (months int, ok bool) {
	for i := 0; i+5 < len(s); i++ {
		if i > 0 && text.IsDigit(s[i-1]) || s[i] != '1' && s[i] != '2' {
			continue
		}
		year, rest := leadingDigits(s[i:], 4)
		if year < 1995 || year > 2100 || rest == "" {
			continue
		}
		if rest[0] == '-' || rest[0] == '/' || rest[0] == '_' {
			rest = rest[1:]
		}
		if month, _ := leadingDigits(rest, 2); month >= 1 && month <= 12 {
			return year*12 + month - 1, true
		}
	}
	return 0, false
}

// leadingDigits reads at most n digits.
func leadingDigits(s string, n int) (v int, rest string) {
	for n > 0 && s != "" && text.IsDigit(s[0]) {
		v = v*10 + int(s[0]-'0')
		s = s[1:]
		n--
	}
	return v, s
}
