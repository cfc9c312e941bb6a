package charset

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// Decode returns body as valid UTF-8 and the WHATWG name, in lower case, of the
// encoding it was read with: "utf-8", "gb18030", "big5", "shift_jis",
// "windows-1251" and so on. contentType is the Content-Type header, "" where
// unknown. HTML and XML (feeds, sitemaps) are read alike; a declaration inside
// the text is left as it stands, so a caller that hands the result to an XML
// parser must have it ignore or rewrite encoding="…".
//
// U+FEFF is dropped wherever it stands, NUL bytes are kept (the HTML parser has
// rules for them), bytes that mean nothing become U+FFFD. A body that is valid
// UTF-8 without U+FEFF is returned itself, not copied. Decode never fails: bytes
// that nothing explains are read as windows-1252.
func Decode(body []byte, contentType string) ([]byte, string) {
	if name, enc, skip := byteOrder(body); enc != nil {
		return dropBOM(decodeWith(enc, body[skip:])), name
	}
	if utf8.Valid(body) {
		if c, ok := disguised(body, contentType); ok {
			return dropBOM(decodeWith(c.enc, body)), c.name
		}
		return dropBOM(body), utf8Name
	}
	valid, broken := countUTF8(body)
	if valid >= 9*broken {
		return dropBOM(toValid(body)), utf8Name
	}
	labels := declared(body, contentType)
	if valid >= broken && slices.Contains(labels, utf8Name) {
		return dropBOM(toValid(body)), utf8Name
	}
	c := choose(body, labels)
	return dropBOM(decodeWith(c.enc, body)), c.name
}

// byteOrder returns the encoding of a body that begins with a byte order mark, or
// that is UTF-16 without one: markup always begins with '<' and an ASCII character.
func byteOrder(body []byte) (name string, enc encoding.Encoding, skip int) {
	switch {
	case len(body) < 4:
		return "", nil, 0
	case bytes.HasPrefix(body, []byte("\xFF\xFE")):
		return "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(body, []byte("\xFE\xFF")):
		return "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	case body[0] == '<' && body[1] == 0 && body[2] != 0 && body[3] == 0:
		return "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0
	case body[0] == 0 && body[1] == '<' && body[2] == 0 && body[3] != 0:
		return "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0
	}
	// A UTF-8 mark is no proof that what follows is UTF-8 (an editor's mark before
	// an included GBK page), so it is left to the test of the whole body.
	return "", nil, 0
}

// countUTF8 counts the characters of more than one byte that are valid UTF-8,
// and the bytes that are not.
func countUTF8(body []byte) (valid, broken int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			valid++
		}
		i += n
	}
	return valid, broken
}

func toValid(body []byte) []byte { return bytes.ToValidUTF8(body, []byte("\uFFFD")) }

// dropBOM returns b without U+FEFF; b itself where there is none.
func dropBOM(b []byte) []byte {
	mark := []byte("\uFEFF")
	if !bytes.Contains(b, mark) {
		return b
	}
	return bytes.ReplaceAll(b, mark, nil)
}

// decodeWith reads body with enc; what enc cannot read becomes U+FFFD.
func decodeWith(enc encoding.Encoding, body []byte) []byte {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return toValid(body)
	}
	return out
}
