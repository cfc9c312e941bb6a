package weburl

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// encodedQuery writes the query of a link in an encoding, with escapes. What cannot be
// written in it becomes a numeric character reference, as forms have it (URL standard,
// "percent-encode after encoding").
func encodedQuery(ref, name string) string {
	if name == "" || name == "utf-8" || strings.HasPrefix(name, "utf-16") || len(ref) > MaxLength {
		return ref
	}
	address, fragment, _ := strings.Cut(ref, "#")
	before, query, asked := strings.Cut(address, "?")
	if !asked || ascii(query) || !utf8.ValidString(query) {
		return ref
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return ref
	}
	ref = before + "?" + percentEncoded(query, enc.NewEncoder())
	if fragment != "" {
		ref += "#" + fragment
	}
	return ref
}

// percentEncoded writes the stretches of s that are not ASCII through enc, as escapes.
func percentEncoded(s string, enc *encoding.Encoder) string {
	var b strings.Builder
	for len(s) > 0 {
		n := 0
		for n < len(s) && s[n] < utf8.RuneSelf {
			n++
		}
		b.WriteString(s[:n])
		s, n = s[n:], 0
		for n < len(s) && s[n] >= utf8.RuneSelf {
			n++
		}
		writeStretch(&b, s[:n], enc)
		s = s[n:]
	}
	return b.String()
}

// writeStretch writes characters that are not ASCII: at once, for encodings with a state,
// or one by one where one of them cannot be written.
func writeStretch(b *strings.Builder, s string, enc *encoding.Encoder) {
	if out, err := enc.String(s); err == nil {
		writeBytes(b, out)
		return
	}
	for _, r := range s {
		if out, err := enc.String(string(r)); err == nil {
			writeBytes(b, out)
		} else {
			fmt.Fprintf(b, "%%26%%23%d%%3B", r)
		}
	}
}

// writeBytes writes encoded characters. Bytes that may stand in a query do, even as the
// second byte of a character: that is how browsers send them.
func writeBytes(b *strings.Builder, chars string) {
	for i := 0; i < len(chars); i++ {
		if c := chars[i]; c < utf8.RuneSelf && unreserved[c] {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(b, "%%%02X", c)
		}
	}
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
