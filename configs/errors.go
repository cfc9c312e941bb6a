package configs

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Error is one mistake in a site's YAML. [Load] returns all of them, joined;
// [Errors] takes them apart.
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

// Errors lists the mistakes in an error that [Load] returned, by file and
// place; nil where err holds none.
func Errors(err error) []*Error {
	var list []*Error
	var walk func(error)
	walk = func(err error) {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				walk(e)
			}
			return
		}
		var e *Error
		if errors.As(err, &e) {
			list = append(list, e)
		}
	}
	walk(err)
	slices.SortStableFunc(list, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return list
}

// join returns the mistakes as one error, nil where there are none.
func join(list []*Error) error {
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errors.Join(errs...)
}
