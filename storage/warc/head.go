package warc

import (
	"bytes"
	"net/http"
	"net/textproto"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// plainHead is a response head as it is stored. Readers dechunk a body whose head
// says "chunked"; ours is stored dechunked, so that field is renamed, as other
// archiving tools rename it, and nothing of what was sent is lost.
func plainHead(head []byte) []byte {
	return RenameFields(head, "X-Archive-Orig-", "transfer-encoding")
}

// RenameFields returns a head in which the fields of some names, given in lower case,
// have a prefix before their names. All other bytes are as they were.
func RenameFields(head []byte, prefix string, names ...string) []byte {
	lower := bytes.ToLower(head)
	if !slices.ContainsFunc(names, func(n string) bool { return bytes.Contains(lower, []byte(n)) }) {
		return head
	}
	renamed := make([]byte, 0, len(head)+len(names)*len(prefix))
	for line := range bytes.Lines(head) {
		name, _, _ := bytes.Cut(line, []byte(":"))
		if slices.Contains(names, strings.ToLower(string(bytes.TrimSpace(name)))) {
			renamed = append(renamed, prefix...)
		}
		renamed = append(renamed, line...)
	}
	return renamed
}

// MaskFields puts "masked" in the place of the values of fields of a head, with the lines
// folded into them. names are in lower case.
func MaskFields(head []byte, names ...string) []byte {
	masked := make([]byte, 0, len(head))
	hiding := false
	for line := range bytes.Lines(head) {
		folded := line[0] == ' ' || line[0] == '\t'
		if folded && hiding {
			continue
		}
		name, _, colon := bytes.Cut(line, []byte(":"))
		hiding = colon && slices.Contains(names, strings.ToLower(string(bytes.TrimSpace(name))))
		if hiding {
			masked = append(append(masked, name...), ": masked\r\n"...)
			continue
		}
		masked = append(masked, line...)
	}
	return masked
}

// looksChunked reports whether a body begins with a chunk (RFC 9112, section 7.1): a
// line with its size, and a line end behind it where the body reaches so far.
func looksChunked(body []byte) bool {
	line, rest, ok := bytes.Cut(body[:min(len(body), 64)], []byte("\r\n"))
	if !ok {
		return false
	}
	size, _, _ := bytes.Cut(line, []byte(";"))
	n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 62)
	if err != nil {
		return false
	}
	start := uint64(len(line) + 2)
	switch end := start + n; {
	case n == 0:
		return len(rest) <= 2 || bytes.HasSuffix(body, []byte("\r\n")) // the last chunk, perhaps with trailers
	case end+2 > uint64(len(body)):
		return true // cut off
	default:
		return bytes.HasPrefix(body[end:], []byte("\r\n"))
	}
}

// splitHead parts a block into head and body. A head may begin with empty lines and
// end with bare line feeds.
func splitHead(block []byte) (head, body []byte, ok bool) {
	for i := len(block) - len(bytes.TrimLeft(block, "\r\n")); i < len(block); {
		j := bytes.IndexByte(block[i:], '\n')
		if j < 0 {
			break
		}
		i += j + 1
		switch rest := block[i:]; {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return block[:i+2], block[i+2:], true
		case bytes.HasPrefix(rest, []byte("\n")):
			return block[:i+1], block[i+1:], true
		}
	}
	return block, nil, false
}

// statusLine is read as browsers read it: in any case, with any version or none, behind a
// byte order mark, from servers that call the protocol otherwise.
var statusLine = regexp.MustCompile(`(?i)^\x{FEFF}?(?:HTTPS?|ICY)(?:[ \t]*/[ \t]*(\d+)(?:\.(\d+))?)?[ \t]+0?(\d{3})(?:$|[^\d](.*))`)

// StatusLine reads the first line of a response head as clients do that get over
// what servers write: "HTTP/1.1 200 OK", "http/1.1 200", "HTTP/2 200 OK". version is
// that of the format, "1.0" or "1.1". Later versions are not accepted.
func StatusLine(line []byte) (version string, status int, reason string, ok bool) {
	const longest = 4 << 10
	m := statusLine.FindSubmatch(bytes.TrimRight(line[:min(len(line), longest)], "\r\n"))
	if m == nil {
		return "", 0, "", false
	}
	status, _ = strconv.Atoi(string(m[3])) // three digits
	version = "1.1"
	switch major, minor := string(m[1]), string(m[2]); {
	case major == "", major == "0", major == "1" && strings.Trim(minor, "0") == "":
		version = "1.0"
	}
	return version, status, strings.TrimSpace(string(m[4])), true
}

// statusOf reads the status of a response head.
func statusOf(head []byte) (status int, ok bool) {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	_, status, _, ok = StatusLine(line)
	return status, ok && status >= 100
}

// folded reports whether a line of a head continues the line before (RFC 9112,
// section 5.2). The line is not empty.
func folded(line string) bool { return line[0] == ' ' || line[0] == '\t' }

// headerOf reads the fields of a head. Lines that are not fields are left out.
func headerOf(head []byte) http.Header {
	h := http.Header{}
	_, rest, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	last := ""
	for line := range bytes.Lines(rest) {
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		if folded(text) && last != "" {
			v := h[last]
			v[len(v)-1] += " " + strings.TrimSpace(text)
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		if name = strings.TrimSpace(name); !ok || name == "" {
			continue
		}
		last = textproto.CanonicalMIMEHeaderKey(name)
		h[last] = append(h[last], strings.TrimSpace(value))
	}
	return h
}
