package configs

import (
	"errors"
	"fmt"
	"strings"
)

// Error is one mistake in a site's YAML. [Load] returns all of them, joined by
// [errors.Join].
type Error struct {
	File         string
	Line, Column int    // from 1; 0 where the mistake has no place (a folder without files)
	Field        string // path of the key, "rules[0].title"; "" for the file as a whole
	Problem      string // what is wrong
	Fix          string // what to do
}

// Error returns "file:line:col: field: what is wrong: what to do".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	for _, part := range []string{e.Field, e.Problem, e.Fix} {
		if part != "" {
			b.WriteString(": ")
			b.WriteString(part)
		}
	}
	return b.String()
}

// join returns the mistakes as one error, nil where there are none.
func join(list []*Error) error {
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errors.Join(errs...)
}
