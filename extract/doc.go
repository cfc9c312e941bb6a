// Package extract makes an article of a page: bytes and what is known of the
// site go in, an [article.Result] comes out. It does no I/O, reads no clock and
// writes no log; the same page gives the same bytes on every machine.
//
// [Extractor.Extract] reads one page, [Join] puts the parts of a multi-page
// article together, and [Memory] learns which blocks repeat on a site's pages.
// Package extract/manifest reads many pages on all cores.
//
// # How a page is read
//
// The page is decoded (package charset), parsed once and laid flat in one walk (package
// page): boxes (block elements), lines (pieces of text between breaks), pictures,
// links, and what the head says. All that follows works on that model; extract.go
// shows the whole path, in which each step has a package of its own that answers one
// question and returns what it found. Every field remembers which step found it, in [article.Article.Evidence].
//
// Site rules win over structured data, which wins over heuristics; but structured
// data is checked against the page.
//
// The body is found from three kinds of evidence: how a line reads (length,
// punctuation, share of links), what its elements are called (words that publishing
// systems use the world over, believed only where the share of the text does not
// deny them), and where it stands (beside other paragraphs, under the headline, in
// a group of boxes of one make). Inside the container, lines are taken out by what
// they are: link lists, cards, related items under their heading, comments,
// captions, notices, calls to subscribe.
//
// # What it promises
//
// A page ends as an article, as an [article.Refusal] that says what the page is
// instead, or as a typed error for what was not read at all (ErrTooLarge,
// ErrTooDeep, the context's). Time and memory are bounded by the page's size, of
// which 16 MiB are the most that is read.
//
// It runs no scripts: text that only a browser would show is not seen, unless it
// stands in JSON-LD or in a template.
package extract
