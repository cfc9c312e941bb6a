package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Errors that every Store returns (wrapped) and that callers test with errors.Is.
var (
	// ErrNotFound reports that there is no object under the key.
	ErrNotFound = errors.New("not found")
	// ErrExists: Create found an object under this key.
	ErrExists = errors.New("already exists")
	// ErrChanged reports that PutIf found another object than the one it was to
	// overwrite.
	ErrChanged = errors.New("changed meanwhile")
	// ErrKey reports a key that not every store can hold, see [CheckKey].
	ErrKey = errors.New("bad key")
	// ErrUnavailable: the store did not answer, or asked to be left alone for
	// now. The same call may succeed later. Whether a write took place is not known.
	ErrUnavailable = errors.New("store unavailable")
)

// Store keeps objects under keys. Objects are small (up to some tens of MiB) and are
// written as a whole: a reader sees the old object, the new one or none, never a part.
// A writer sees its own writes at once. All methods may be called concurrently. They
// stop when ctx ends (with its error, wrapped), name the operation and the key in their
// errors, and refuse keys that [CheckKey] refuses. Stores do not repeat failed calls;
// [WithRetry] does.
type Store interface {
	// Get opens the object; the caller closes it. The error is ErrNotFound if there is
	// none. The content is that of the moment of the call, even if the object is written
	// meanwhile.
	Get(ctx context.Context, key string) (io.ReadCloser, Info, error)
	// Stat describes the object without reading it. The error is ErrNotFound if there is
	// none.
	Stat(ctx context.Context, key string) (Info, error)
	// Put writes the object and overwrites an existing one. It is safe to repeat. It may
	// be lost in a power failure until a later Create has returned.
	Put(ctx context.Context, key string, body []byte, mediaType string) error
	// Create writes the object only if there is none: of many concurrent calls with one
	// key exactly one succeeds, the others get ErrExists. After any other error the object
	// may or may not exist. Create is a write barrier: when it returns, the object and
	// everything that this Store has written before the call survive a power failure, and
	// the object does not survive one without the others.
	Create(ctx context.Context, key string, body []byte, mediaType string) error
	// PutIf writes the object only if the existing one has the given tag (see [Info]); ""
	// means: only if there is none. Check and write are atomic: of many concurrent calls
	// with one key and one tag exactly one succeeds, the others get ErrChanged and write
	// nothing. A tag identifies bytes, not writes: if an object was overwritten and then
	// restored, its old tag is valid again. After an error other than ErrChanged the write
	// may or may not have taken place. Like Put, it may be lost in a power failure until a
	// later Create has returned. The error is errors.ErrUnsupported if the store cannot do
	// it; nothing was written then.
	PutIf(ctx context.Context, key string, body []byte, mediaType, tag string) error
	// List yields the objects whose key begins with prefix and sorts after `after`, in
	// byte order of keys. The prefix need not end at a "/". An error is yielded last.
	// Objects written while List runs may or may not be seen.
	List(ctx context.Context, prefix, after string) iter.Seq2[Info, error]
	// Delete removes the object. A missing object is not an error.
	Delete(ctx context.Context, key string) error
}

// Info describes an object.
type Info struct {
	Key      string
	Size     int64     // bytes
	Modified time.Time // by the store's clock
	// Tag distinguishes the object from those that were or will be under its key: any
	// text, good for PutIf on the same Store, or on another one for the same
	// place. Get and Stat set it, List does not. "" if the store has none.
	Tag string
}

// maxKey is the longest key in bytes; S3 allows 1024 including the prefix.
const maxKey = 900

// CheckKey returns ErrKey unless every store can hold an object under key. A key is
// UTF-8 of 1 to 900 bytes. Its segments are separated by "/"; none is empty, ".", ".."
// or over 255 bytes. It has no control character and no "\" (a separator on some
// systems), and does not begin with "." (a folder keeps its unfinished files under such
// names). Callers must also ensure that no key is a folder of another, which is not
// checked.
func CheckKey(key string) error {
	goodLength := 0 < len(key) && len(key) <= maxKey
	if !goodLength || key[0] == '.' {
		return badKey(key)
	}
	if !utf8.ValidString(key) || strings.ContainsFunc(key, refusedInKey) {
		return badKey(key)
	}
	for segment := range strings.SplitSeq(key, "/") {
		if slices.Contains([]string{"", ".", ".."}, segment) || len(segment) > 255 {
			return badKey(key)
		}
	}
	return nil
}

// refusedInKey reports a character that no key may have: control characters and the
// backslash, which parts folders on Windows.
func refusedInKey(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }

func badKey(key string) error {
	if len(key) > 200 {
		key = key[:200] + "…"
	}
	return fmt.Errorf("%w %q", ErrKey, key)
}

// maxObject is the size in bytes from which an object cannot belong to an archive.
const maxObject = 1 << 30

// ReadObject reads the whole object. An object cut off on its way is an error.
func ReadObject(ctx context.Context, s Store, key string) ([]byte, Info, error) {
	return readObject(ctx, s, key, func() {})
}

// readObject calls moved after each piece.
func readObject(ctx context.Context, s Store, key string, moved func()) ([]byte, Info, error) {
	r, info, err := s.Get(ctx, key)
	if err != nil {
		return nil, Info{}, err
	}
	defer r.Close()
	if info.Size < 0 || info.Size > maxObject {
		return nil, Info{}, &CorruptError{Key: key, Err: fmt.Errorf("%d bytes are too many for an object of an archive", info.Size)}
	}
	body := make([]byte, info.Size)
	for done := 0; done < len(body); {
		n, err := io.ReadFull(r, body[done:min(len(body), done+256<<10)])
		if done += n; err != nil {
			return nil, Info{}, fmt.Errorf("get %s: %w: read %d of %d bytes: %w", key, ErrUnavailable, done, len(body), err)
		}
		moved()
	}
	return body, info, nil
}
