package weburl

import (
	"errors"
	"strconv"
)

// The reasons why a text is refused. Test for them with errors.Is.
var (
	// ErrScheme: the address has a scheme other than http and https
	// (javascript:, mailto:, data:, tel:, ftp: …).
	ErrScheme = errors.New("scheme is not http or https")
	// ErrNotAbsolute: the address has no scheme, so there is no host to ask.
	ErrNotAbsolute = errors.New("address is not absolute")
	// ErrHost: the host is missing or is no host name or IP address.
	ErrHost = errors.New("bad host")
	// ErrPort: the port is no number from 1 to 65535.
	ErrPort = errors.New("bad port")
	// ErrTooLong: the address has more than [MaxLength] bytes.
	ErrTooLong = errors.New("address is too long")
)

// MaxLength is the length in bytes of the longest address that is accepted, before
// and after normalization. Servers commonly refuse request lines over 8 KiB.
const MaxLength = 8192

// Error says which text was refused and why.
type Error struct {
	URL string // the text as given, cut to a few hundred bytes
	Err error  // one of the sentinels
}

// Error returns the text and the reason.
func (e *Error) Error() string { return "url " + strconv.Quote(e.URL) + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// refuse makes an Error that does not keep a huge text (a data: URI) alive.
func refuse(raw string, err error) error {
	const keep = 200
	if len(raw) > keep {
		raw = string([]byte(raw[:keep]))
	}
	return &Error{URL: raw, Err: err}
}
