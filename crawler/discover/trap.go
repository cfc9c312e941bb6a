package discover

import (
	"regexp"
	"slices"
	"strings"
)

// Code is the reason why a URL counts as a trap; "" means that it does not. Codes
// are stable and may be stored in a log.
type Code string

// The traps.
const (
	trapLong     Code = "trap_long"         // longer than any article's address
	TrapDeep     Code = "trap_deep"         // too many path segments
	trapRepeat   Code = "trap_repeat"       // mirrored path: /a/b/a/b/, /a/a/a/
	trapQuery    Code = "trap_query"        // too many parameters
	trapSession  Code = "trap_session"      // a session or token in the query
	TrapCalendar Code = "trap_calendar"     // a calendar without an end, or with days to come
	trapVariants Code = "trap_variants"     // one path under too many combinations of parameters
	trapHosts    Code = "trap_hosts"        // one more of endlessly many hosts
	TrapSame     Code = "trap_same_content" // a further list page with the content of an earlier one
)

// Limits of one address.
const (
	maxURL      = 2000 // bytes; a percent-encoded Chinese headline may take 1,000
	maxSegments = 20
	maxParams   = 12
)

// Trap returns the reason if a normalized URL belongs to an endless series by its
// form, or "".
func Trap(url string) Code {
	path, query, _ := strings.Cut(withoutHost(url), "?")
	segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	switch {
	case len(url) > maxURL:
		return trapLong
	case len(segments) > maxSegments:
		return TrapDeep
	case mirrored(segments):
		return trapRepeat
	case strings.Count(query, "&") >= maxParams:
		return trapQuery
	case query != "" && sessionParam.MatchString("&"+query):
		return trapSession
	}
	return ""
}

// sessionParam matches parameters that hold a session by name and a random value. The
// name must be a word of its own: "newsid" is an article's.
var sessionParam = regexp.MustCompile(`(?i)&(?:[a-z]+[_.-])*(?:php|asp|j|user)?(?:sess(?:ion)?(?:_?id)?|sid|csrf(?:_?token)?|nonce)=[0-9a-z._-]{20,}(?:&|$)`)

// mirrored reports whether relative links of an error page have piled up in a path: one
// segment three times in a row, a group of segments twice in a row, or any segment
// five times. Numbers alone are let pass (/2024/11/2024/11/ is two dates), and so
// is a single doubled segment (/news/news/1.html).
func mirrored(segments []string) bool {
	for size := 1; size <= len(segments)/2; size++ {
		need := 2
		if size == 1 {
			need = 3
		}
		for at := 0; at+size*need <= len(segments); at++ {
			if group := segments[at : at+size]; wordy(group) && repeats(segments[at:], group) >= need {
				return true
			}
		}
	}
	if len(segments) < 9 { // five of one and four between
		return false
	}
	counts := make(map[string]int, len(segments))
	for _, s := range segments {
		if counts[s]++; counts[s] >= 5 && wordy([]string{s}) {
			return true
		}
	}
	return false
}

// repeats counts how often group stands in a row at the start of segments.
func repeats(segments, group []string) int {
	n := 0
	for len(segments) >= len(group) && slices.Equal(segments[:len(group)], group) {
		segments = segments[len(group):]
		n++
	}
	return n
}

// wordy reports whether any segment holds something other than digits and marks.
func wordy(segments []string) bool {
	for _, s := range segments {
		if strings.Trim(s, "0123456789-_.") != "" {
			return true
		}
	}
	return false
}
