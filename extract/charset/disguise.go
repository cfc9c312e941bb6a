package charset

import (
	"bytes"
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// disguised returns the encoding of a body that is valid UTF-8 by accident: ISO-2022-JP,
// whose bytes are all ASCII, or a declared two-byte encoding whose few characters happen
// to be valid UTF-8.
func disguised(body []byte, contentType string) (candidate, bool) {
	if escapes(body) {
		return candidate{"iso-2022-jp", japanese.ISO2022JP}, true
	}
	letters := fewLetters(body)
	if len(letters) == 0 {
		return candidate{}, false
	}
	for _, name := range declared(body, contentType) {
		c, ok := lookup(name)
		if !ok || !multiByte[name] { // UTF-8 among them: it decodes what it claims
			return candidate{}, false
		}
		if ideographs(c, letters) {
			return c, true
		}
	}
	return candidate{}, false
}

// escapes reports whether a body holds the escape sequences of ISO-2022-JP (RFC 1468):
// one to two-byte characters, then one back, to ASCII (B), to JIS X 0201 (J, and H as
// some software spelt it) or to katakana (I). No other page has them.
func escapes(body []byte) bool {
	for {
		i := bytes.Index(body, []byte("\x1b$"))
		if i < 0 || i+2 >= len(body) {
			return false
		}
		body = body[i+2:]
		if body[0] != 'B' && body[0] != '@' && body[0] != '(' {
			continue
		}
		back := bytes.Index(body, []byte("\x1b("))
		return back >= 0 && back+2 < len(body) && bytes.IndexByte([]byte("BJHI"), body[back+2]) >= 0
	}
}

// fewMax is the number of bytes that few letters have at most.
const fewMax = 8

// fewLetters returns the non-ASCII bytes of a body of valid UTF-8 that has hardly any:
// letters of two bytes that no ASCII letter stands beside, in words that no language
// has. It returns nil for all other bodies.
func fewLetters(body []byte) []byte {
	var letters []byte
	for i := asciiPrefix(body); i < len(body); {
		n := i
		for n < len(body) && body[n] >= utf8.RuneSelf {
			n++
		}
		word := body[i:n]
		if len(word) > fewMax || besideLetter(body, i, n) || !noWord(word) {
			return nil
		}
		if !bytes.Contains(letters, word) { // a name that a page repeats is one name
			letters = append(append(letters, word...), ' ')
		}
		if len(letters) > 2*fewMax {
			return nil
		}
		i = n + asciiPrefix(body[n:])
	}
	return letters
}

func besideLetter(body []byte, from, to int) bool {
	return from > 0 && asciiLetter(body[from-1]) || to < len(body) && asciiLetter(body[to])
}

func asciiLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// noWord reports whether a sequence of two-byte characters cannot be a word: a rare Latin
// letter alone, a letter of another alphabet alone, or a capital after a small letter.
func noWord(word []byte) bool {
	if utf8.RuneCount(word)*2 != len(word) {
		return false
	}
	prev := rune(0)
	for rest := word; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if !unicode.IsLetter(r) || r < 0x100 || unicode.Is(unicode.Greek, r) { // Greek letters are signs, too
			return false
		}
		if prev != 0 && r >= 0x250 && !oddPair(prev, r) {
			return false
		}
		prev, rest = r, rest[n:]
	}
	return true
}

// ideographs reports whether c decodes all letters as ideographs, kana or hangul.
func ideographs(c candidate, letters []byte) bool {
	for _, r := range string(decodeWith(c.enc, letters)) {
		if r != ' ' && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return false
		}
	}
	return true
}

// asciiPrefix returns the number of ASCII bytes that b begins with.
func asciiPrefix(b []byte) int {
	i := 0
	for ; i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0; i += 8 {
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}
