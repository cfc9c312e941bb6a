// Package search is an index of an archive's articles: full text, the values for
// narrowing a search, and the outcome of every URL. It is a SQLite file
// outside the archive.
//
// The index is derived from the sites' logs and can be deleted at any time. It stores
// the number of the last record that it has read of each site, and continues from there
// ([Index.CatchUp]). An index of another format version is replaced.
//
// # Text
//
// Scripts that are written without spaces (Chinese, Japanese, Korean, Thai, Khmer,
// Lao, Burmese, Tibetan) are indexed by overlapping pairs of characters; a query
// for such text is a phrase of pairs, one character alone is a prefix. All other
// text is indexed by word, without case, accents and width ([tokens]). The
// articles' texts are not stored: snippets are cut from the archived JSON.
//
// # Order
//
// An article's number in the index begins with the minute of its publication (of
// its first capture, if it has none). So the newest hits are found without a
// look at the others, and a year is a range of numbers.
//
// # Narrowing
//
// Values such as site, author or language are tokens of a column of their own
// beside the text, so that SQLite's full-text search intersects them. How many
// articles have a value is counted when an article is indexed.
package search
