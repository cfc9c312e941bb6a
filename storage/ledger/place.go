package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// Place is the place of a record in a capture file. Its text is
// "<key>@<offset>+<length>", in bytes of the file.
type Place struct {
	Key            string // of the WARC file
	Offset, Length int64
}

// String returns the place as text; "" for the zero value.
func (p Place) String() string {
	if p.Key == "" {
		return ""
	}
	return fmt.Sprintf("%s@%d+%d", p.Key, p.Offset, p.Length)
}

// ParsePlace reads the text of a place. The error wraps ErrRecord.
func ParsePlace(s string) (Place, error) {
	key, span, found := strings.Cut(s, "@")
	from, size, ok := strings.Cut(span, "+")
	offset, err1 := strconv.ParseInt(from, 10, 64)
	length, err2 := strconv.ParseInt(size, 10, 64)
	whole := found && ok && key != "" && err1 == nil && err2 == nil
	if !whole || min(offset, length) < 0 {
		return Place{}, fmt.Errorf("%w: %.100q is not a place in a capture file", ErrRecord, s)
	}
	return Place{key, offset, length}, nil
}
