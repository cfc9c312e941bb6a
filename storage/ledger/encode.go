package ledger

import (
	"time"
	"unicode/utf8"
)

// AppendJSON appends the record's JSON, without a line end, and returns the
// result. It writes what encoding/json would write with HTML escaping off, in
// about a fifth of the time; a site's log has hundreds of thousands of lines.
func (r *Record) AppendJSON(b []byte) []byte {
	for i := range fields {
		f := &fields[i]
		if f.need || !f.kind.empty(r) {
			b = f.kind.appendJSON(append(b, f.label...), r)
		}
	}
	return append(b, '}')
}

// appendTime writes the time in UTC; one that RFC 3339 cannot express (a year
// over 9999) becomes the nearest that it can.
func appendTime(b []byte, t time.Time) []byte {
	t = t.UTC()
	switch y := t.Year(); {
	case y > 9999:
		t = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	case y < 0:
		t = time.Time{}
	}
	b = append(b, '"')
	b = t.AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendString writes s as encoding/json does: invalid UTF-8 becomes U+FFFD,
// U+2028 and U+2029 are escaped.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if mustEscape := c < ' ' || c == '"' || c == '\\'; !mustEscape {
				i++
				continue
			}
			b = appendEscaped(append(b, s[start:i]...), c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[start:i]...), `\ufffd`...)
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, s[start:i]...), `\u202`...)
			b = append(b, hexDigits[r&0xf])
		default:
			i += size
			continue
		}
		i += size
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}
