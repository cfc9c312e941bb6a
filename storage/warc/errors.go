package warc

import (
	"errors"
	"fmt"
)

// What can be wrong with a file or a record. Test for them with errors.Is.
var (
	// ErrNotWARC reports bytes that are not a WARC record.
	ErrNotWARC = errors.New("not a WARC record")
	// ErrCut: the file ends inside a record.
	ErrCut = errors.New("record is cut off")
	// ErrCorrupt: a record's bytes are damaged: bad compression, a bad header, a
	// digest that does not fit.
	ErrCorrupt = errors.New("record is corrupt")
	// ErrTooLarge: a record, or a body when decoded, is over its limit.
	ErrTooLarge = errors.New("over the size limit")
	// errCoding: a body has a content coding that package coding does not know, or more
	// codings than it undoes.
	errCoding = errors.New("the body cannot be decoded")
	// ErrNotHTTP: the record holds no HTTP response.
	ErrNotHTTP = errors.New("record holds no HTTP response")
)

// Error names the offset in the file and the fault.
type Error struct {
	Offset int64 // of the record, bytes in the file as stored
	Err    error // wraps one of the sentinels
}

// Error returns the place and the cause.
func (e *Error) Error() string { return fmt.Sprintf("warc record at byte %d: %v", e.Offset, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
