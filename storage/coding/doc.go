// Package coding undoes HTTP content codings (RFC 9110, 8.4). The crawl and the
// reader of captures share it, so that a body that was archived can be read again.
//
// gzip, deflate (in zlib's format and raw), br and zstd are known. Bodies are
// foreign input: the number of codings, the decoded size, the ratio of decoded to
// encoded bytes and the time are bounded. A stream that breaks off or whose
// checksum is wrong gives the bytes before the damage, as browsers show them, and
// then an error that wraps [ErrCut].
//
// The package has no state and does no I/O.
package coding
