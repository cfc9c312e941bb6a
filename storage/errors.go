package storage

import (
	"errors"
	"fmt"
)

// Errors of archives and logs; test with errors.Is, and read more with errors.As.
var (
	// ErrConflict: another writer has added to the site's log. See [ConflictError].
	ErrConflict = errors.New("another writer has added to the log")
	// ErrCorrupt reports an object that does not match its key. See [CorruptError].
	ErrCorrupt = errors.New("corrupt")
	// ErrBatch: the batch contradicts itself or the site; nothing was written.
	ErrBatch = errors.New("bad batch")
)

// ConflictError is ErrConflict with its place.
type ConflictError struct {
	Site    string
	Segment int // the number that the other writer took
}

// Error names the site and the segment and explains the conflict.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("site %s: another crawler wrote segment %d of the log while this one was at work; "+
		"the batch in hand is not committed, all earlier ones are", e.Site, e.Segment)
}

// Is makes errors.Is(e, ErrConflict) true.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// CorruptError is ErrCorrupt with the place in the archive.
type CorruptError struct {
	Key  string
	Line int // from 1; 0 where the damage is not in one line
	Err  error
}

// Error names key and line.
func (e *CorruptError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: corrupt: %v", e.Key, e.Err)
	}
	return fmt.Sprintf("%s, line %d: corrupt: %v", e.Key, e.Line, e.Err)
}

// Is makes errors.Is(e, ErrCorrupt) true.
func (e *CorruptError) Is(target error) bool { return target == ErrCorrupt }

// Unwrap returns the cause.
func (e *CorruptError) Unwrap() error { return e.Err }
