package weburl

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	problem "github.com/nlnwa/whatwg-url/errors"
	whatwg "github.com/nlnwa/whatwg-url/url"
)

// reader reads addresses as browsers do (WHATWG URL standard): this is where the
// package's rules on backslashes, numbers as hosts, international names and dot
// segments come from.
var reader = whatwg.NewParser()

// read reads a cleaned address, relative to base if it is not absolute.
func read(base *url.URL, s string) (*whatwg.Url, error) {
	if n := schemeLength(s); n > 0 && !strings.EqualFold(s[:n], "http") && !strings.EqualFold(s[:n], "https") {
		return nil, refuse(s, ErrScheme)
	}
	ref := s
	if i := strings.IndexByte(s, '#'); i >= 0 { // no server sees a fragment; the mark keeps a space before it
		ref = s[:i+1]
	}
	if len(ref) > MaxLength {
		return nil, refuse(s, ErrTooLong)
	}
	if longHost(ref) {
		return nil, refuse(s, ErrHost)
	}
	ref = validUTF8(ref)
	var u *whatwg.Url
	var err error
	if base == nil {
		u, err = reader.Parse(ref)
	} else {
		u, err = reader.ParseRef(base.String(), ref)
	}
	switch {
	case err != nil:
		return nil, refuse(s, reasonOf(err))
	case u.Scheme() != "http" && u.Scheme() != "https":
		return nil, refuse(s, ErrScheme)
	}
	return u, nil
}

// reasonOf returns the sentinel for an error of the reader.
func reasonOf(err error) error {
	switch problem.Type(err) {
	case problem.PortInvalid, problem.PortOutOfRange, problem.PortMissing:
		return ErrPort
	case problem.MissingSchemeNonRelativeURL:
		return ErrNotAbsolute
	}
	return ErrHost
}

// longHost reports whether the host of an address is longer than any name, escaped or
// not: mapping international names takes time.
func longHost(s string) bool {
	const longest = 1024
	i := strings.IndexAny(s, `/\`)
	if i < 0 || len(s) < longest {
		return false
	}
	host := strings.TrimLeft(s[i:], `/\`)
	end := strings.IndexAny(host, `/\?`)
	return end < 0 && len(host) > longest || end > longest
}

// validUTF8 escapes the bytes of an address that are not UTF-8: those of a legacy
// encoding, which the server knows.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, n := 0, 0; i < len(s); i += n {
		r, size := utf8.DecodeRuneInString(s[i:])
		if n = size; r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%%%02X", s[i])
			continue
		}
		b.WriteString(s[i : i+n])
	}
	return b.String()
}
