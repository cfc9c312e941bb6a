package link

import (
	"strings"
)

// PathOf splits path and query from a normalized address.
func PathOf(u string) (path, query string) {
	_, rest, _ := strings.Cut(u, "://")
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return "/", ""
	}
	path, query, _ = strings.Cut(rest[i:], "?")
	return path, query
}

// ArticleShape returns how much an address looks like an article's: from 0 (not at all)
// to 3.
func ArticleShape(path, query string) int {
	last := path[strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1:]
	last = strings.TrimSuffix(last, "/")
	digits, run := digitRun(path)
	_, slugRun := digitRun(last)
	hyphens := strings.Count(last, "-") + strings.Count(last, "_")
	score := 0
	switch {
	case isIndex(last):
		if digits < 6 || run < 4 {
			if query == "" || strings.HasPrefix(last, "list") {
				return 0
			}
			break // index.php?id=12&news=345: the query identifies the page
		}
		score = 1
	case slugRun >= 4 || digits >= 8 || hyphens >= 3:
		score = 2
	case digits >= 3:
		score = 1
	}
	if len(last) >= 20 && hexRun(last) >= 20 {
		score = 2
	}
	if score > 0 && run >= 4 && digits >= 6 && hyphens >= 2 {
		score = 3
	}
	if score == 0 && namesPage(query) {
		score = 1
	}
	return score
}

// isIndex reports whether the last segment of a path is that of an index.
func isIndex(last string) bool {
	return last == "" || strings.HasPrefix(last, "index") || strings.HasPrefix(last, "list") || strings.HasPrefix(last, "default")
}

// namesPage reports whether a query holds the number of a page.
func namesPage(query string) bool {
	_, run := digitRun(query)
	return run >= 3 || strings.Contains(query, "id=")
}

// digitRun counts the digits of s, and those of its longest run.
func digitRun(s string) (digits, longest int) {
	run := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return digits, longest
}

// hexRun is the length of the longest run of hexadecimal digits.
func hexRun(s string) int {
	run, longest := 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if s[i] >= '0' && s[i] <= '9' || c >= 'a' && c <= 'f' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// sectionShape reports whether an address can be a section's: few and short
// segments without long numbers.
func sectionShape(path, query string) bool {
	if strings.Count(strings.Trim(path, "/"), "/") > 3 || len(path) > 60 || len(query) > 40 {
		return false
	}
	digits, _ := digitRun(path)
	return digits < 5
}
