package weburl

import "strings"

// Form returns what the addresses of one template have in common, without scheme
// and host: "/news/2024/5.html" and "/news/2023/17.html" both have the form
// "/news/#/#.html". Folders stay as they are, with # for each run of digits. The
// last segment becomes # (digits alone), - (words with hyphens) or w (one word),
// and keeps its file extension. Of a query the keys stay, with # for values that
// begin with a digit.
func Form(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	at := strings.IndexAny(rest, "/?")
	if at < 0 {
		return "/"
	}
	path, query, _ := strings.Cut(rest[at:], "?")
	var b strings.Builder
	cut := strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/') + 1
	numbered(&b, path[:cut])
	last, ending, slash := strings.TrimSuffix(path[cut:], "/"), "", strings.HasSuffix(path[cut:], "/")
	if dot := strings.LastIndexByte(last, '.'); dot > 0 && len(last)-dot <= maxExtension {
		last, ending = last[:dot], last[dot:]
	}
	b.WriteString(segmentForm(last))
	numbered(&b, ending)
	if slash {
		b.WriteByte('/')
	}
	queryForm(&b, query)
	return b.String()
}

// maxExtension is the length of the longest file extension, with its dot: .shtml.
const maxExtension = 6

// numbered writes a text with # for each run of digits.
func numbered(b *strings.Builder, s string) {
	digits := false
	for i := range len(s) {
		switch isDigit := s[i] >= '0' && s[i] <= '9'; {
		case !isDigit:
			b.WriteByte(s[i])
			digits = false
		case !digits:
			b.WriteByte('#')
			digits = true
		}
	}
}

// segmentForm returns the class of an address's last segment.
func segmentForm(s string) string {
	if s == "" {
		return ""
	}
	digits, parts := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '-' || c == '_':
			parts++
		}
	}
	switch {
	case digits == len(s):
		return "#"
	case digits >= 4:
		return "-#"
	case parts > 0 && digits > 0 && parts+digits > len(s)/2:
		return "-#"
	case parts > 0:
		return "-"
	case digits > 0:
		return "w#"
	}
	return "w"
}

func queryForm(b *strings.Builder, query string) {
	mark := byte('?')
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if key == "" {
			continue
		}
		b.WriteByte(mark)
		mark = '&'
		b.WriteString(key)
		b.WriteByte('=')
		switch {
		case value == "":
		case value[0] >= '0' && value[0] <= '9':
			b.WriteByte('#')
		default:
			b.WriteByte('w')
		}
	}
}
