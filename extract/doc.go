// Package extract makes an article from a page: bytes and what is known of the site go
// in, an [article.Result] comes out. It does no I/O, reads no clock and writes no log.
// The same page gives the same bytes on every machine.
//
// [Extractor.Extract] reads one page, [Join] joins the parts of a multi-page article, and
// [Memory] learns which blocks repeat on a site's pages. Package extract/manifest reads
// many pages on all cores.
//
// # How a page is read
//
// The page is decoded (package charset), parsed once and laid flat in one walk (package
// page): boxes (block elements), lines (pieces of text between breaks), pictures, links,
// and the contents of the head. All later steps work on that model. extract.go shows the
// whole path: each step is a package of its own that answers one question and returns its
// result. [article.Article.Evidence] names the step that found each field.
//
// Site rules win over structured data, and structured data wins over heuristics, but only
// after it has been checked against the page.
//
// The body is found from three kinds of evidence:
//
//   - how a line reads: its length, punctuation and share of links;
//   - the names of its elements: the words that publishing systems use everywhere. A name
//     is ignored if the box holds too large a share of the text to be what it says;
//   - its place: beside other paragraphs, below the headline, in a group of boxes with the
//     same tag and class.
//
// Inside the container, boilerplate is then removed kind by kind: link lists, cards,
// related items below their heading, comments, captions, notices, calls to subscribe.
//
// # What it promises
//
// A page gives an article, or an [article.Refusal] that says what the page is instead, or
// a typed error if it was not read at all (ErrTooLarge, ErrTooDeep, ErrNotHTML, the
// context's). Time and memory are bounded by the size of the page; pages over 16 MiB are
// not read.
//
// It runs no scripts. Text that only a browser would show is found only if it stands in
// JSON-LD, in a template or in the state that a framework leaves in a script.
package extract
