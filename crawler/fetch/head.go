package fetch

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pressmark/storage/warc"
)

// The heads of responses are tidied before net/http reads them: it refuses a whole
// response for one line that is no field, and with it a site whose robots.txt is
// served so. Browsers, curl and wget pass over such lines. Only what says where the
// body ends is left alone if it is ambiguous, and then refused.

// tidyHead returns a response head, which ends with its empty line, in a form that
// net/http reads:
//
//   - The status line may name any version, or none, in any case.
//   - A line without a colon or with a name that is no token is dropped, with the
//     lines folded into it. One that hides a framing field is kept, and refused.
//   - Control bytes in values become spaces; white space before a colon is dropped.
//   - Equal values of Content-Length become one; values that are no number are
//     dropped if there is no other. Different ones are kept, and refused.
//   - Of Transfer-Encoding, "identity" and repetitions are dropped; codings before
//     "chunked" are left to what the decoder finds in the body.
//
// A head that does not begin with a status line is returned as it is.
func tidyHead(raw []byte) []byte {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(raw, "\r\n"), []byte("\n"))
	version, status, reason, ok := warc.StatusLine(first)
	if !ok {
		return raw
	}
	var out bytes.Buffer
	out.Grow(len(raw) + 32)
	fmt.Fprintf(&out, "HTTP/%s %03d %s\r\n", version, status, withoutControls([]byte(reason)))
	var f framing
	kept := false // the field in hand: folded lines belong to it
	for line := range bytes.Lines(rest) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if folded := line[0] == ' ' || line[0] == '\t'; folded {
			if kept {
				out.Write(withoutControls(line))
				out.WriteString("\r\n")
			}
			continue
		}
		name, value, colon := bytes.Cut(line, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		kept = colon && isToken(name)
		switch {
		case colon && !kept && hidesFraming(name):
			return raw
		case kept && f.take(name, value):
			kept = false
		case kept:
			out.Write(name)
			out.WriteByte(':')
			out.Write(withoutControls(value))
			out.WriteString("\r\n")
		}
	}
	f.write(&out)
	out.WriteString("\r\n")
	return out.Bytes()
}

// isToken reports whether a name is one that a field may have (RFC 9110, 5.6.2).
func isToken(name []byte) bool {
	for _, c := range name {
		if !isLetterOrDigit(c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return len(name) > 0
}

func isLetterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// framingNames are the fields that say where a body ends.
var framingNames = []string{"content-length", "transfer-encoding"}

// hidesFraming reports whether a name that is no token becomes that of a framing
// field when its odd bytes are left out: readers would differ about the body's end.
func hidesFraming(name []byte) bool {
	letters := bytes.Map(func(r rune) rune {
		if r == '-' || r < 0x80 && isLetterOrDigit(byte(r)) {
			return r
		}
		return -1
	}, name)
	return slices.Contains(framingNames, strings.ToLower(string(letters)))
}

// isControl reports a byte that no value may have: a control character but the tab.
func isControl(c byte) bool { return c < ' ' && c != '\t' || c == 0x7f }

// withoutControls replaces control characters by spaces.
func withoutControls(value []byte) []byte {
	if !slices.ContainsFunc(value, isControl) {
		return value
	}
	clean := bytes.Clone(value)
	for i, c := range clean {
		if isControl(c) {
			clean[i] = ' '
		}
	}
	return clean
}

// framing collects the framing fields of a head.
type framing struct {
	lengths []string // values of Content-Length, parted at commas
	codings []string // values of Transfer-Encoding, likewise
	sent    []string // that field's lines as sent
}

// take reports whether a field is one of framing's, which write writes.
func (f *framing) take(name, value []byte) bool {
	text := strings.ToLower(string(withoutControls(value)))
	switch {
	case bytes.EqualFold(name, []byte("content-length")):
		f.lengths = append(f.lengths, strings.Split(text, ",")...)
	case bytes.EqualFold(name, []byte("transfer-encoding")):
		f.codings = append(f.codings, strings.Split(text, ",")...)
		f.sent = append(f.sent, text)
	default:
		return false
	}
	return true
}

func (f *framing) write(out *bytes.Buffer) {
	for _, length := range oneLength(f.lengths) {
		fmt.Fprintf(out, "Content-Length: %s\r\n", length)
	}
	switch chunked, clear := chunkedAtLast(f.codings); {
	case chunked:
		out.WriteString("Transfer-Encoding: chunked\r\n")
	case !clear:
		for _, line := range f.sent {
			fmt.Fprintf(out, "Transfer-Encoding:%s\r\n", line)
		}
	}
}

// oneLength returns the length that all values mean, all of them if they differ, and
// none if none is a number.
func oneLength(values []string) []string {
	var numbers []uint64
	words := false
	for i, v := range values {
		values[i] = strings.TrimSpace(v)
		n, err := strconv.ParseUint(values[i], 10, 63)
		if err != nil {
			words = words || values[i] != ""
			continue
		}
		numbers = append(numbers, n)
	}
	if numbers = slices.Compact(numbers); len(numbers) == 0 {
		return nil
	}
	if len(numbers) > 1 || words {
		return values
	}
	return []string{strconv.FormatUint(numbers[0], 10)}
}

// bodyCodings may stand before "chunked". Servers name them there although they
// belong into Content-Encoding; what the body is under shows in its first bytes.
var bodyCodings = []string{"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd"}

// chunkedAtLast reports whether a body comes in chunks, and whether that is clear.
func chunkedAtLast(codings []string) (chunked, clear bool) {
	last := ""
	for _, c := range codings {
		name, _, _ := strings.Cut(c, ";")
		switch name = strings.TrimSpace(name); {
		case slices.Contains([]string{"", "identity", "none", "binary", "7bit", "8bit"}, name):
			continue // not a coding of anything
		case last == "chunked" && name != last:
			return false, false // chunks inside of something else
		case name != "chunked" && !slices.Contains(bodyCodings, name):
			return false, false
		}
		last = name
	}
	return last == "chunked", true
}
