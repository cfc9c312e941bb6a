package discover

import (
	"slices"
	"strings"

	"pressmark/storage/ledger"
)

// Reader reads the sources of one kind. A new kind of source is one file with
// its Reader and one line in readers.
type Reader interface {
	// Kind is the kind under which the log keeps such sources.
	Kind() ledger.Kind
	// Is reports whether an answer is a source of this kind. expected is the kind that
	// the seed, link or sitemap stated, "" if it stated none.
	Is(h Head, expected ledger.Kind) bool
	// Read hands to take what the source lists, in its order; base is its URL. A
	// sitemap is handed over as it is parsed, a feed once it was read. The error
	// means that the source could not be read in full: if nothing was handed over,
	// not at all.
	Read(body []byte, base string, take func(Entry)) (Rest, error)
}

// readers lists the kinds of source, in the order in which they are tried. List
// pages are not among them: only the extractor can read those.
func readers() []Reader {
	return []Reader{feeds{}, sitemaps{}, texts{}}
}

// Rest holds the next page of a source and the warnings about it.
type Rest struct {
	Next     string   // the next older page of the same source; "" on the last
	Warnings []string // "code: detail", what was wrong with the source
}

// Cut reports whether the source broke off: the whole of it may list more, so that its
// validators must not be sent again.
func (r *Rest) Cut() bool {
	return slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.HasPrefix(w, "cut") })
}

// Head is the beginning of an answer, from which its kind is detected.
type Head struct {
	Kind Kind   // by Sniff
	Body []byte // of the answer, as it came
}

// HeadOf looks at the beginning of an answer.
func HeadOf(body []byte, contentType string) Head {
	return Head{Kind: Sniff(body, contentType), Body: body}
}

// Reader returns the reader of the answer's kind, nil if it is not a source or
// is a page.
func (h Head) Reader(expected ledger.Kind) Reader {
	for _, r := range readers() {
		if r.Is(h, expected) {
			return r
		}
	}
	return nil
}
