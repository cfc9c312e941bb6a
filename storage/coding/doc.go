// Package coding undoes HTTP content codings (RFC 9110, 8.4). The crawl and the
// reader of captures share it, so that a body that was archived can be read again.
//
// It decodes gzip, deflate (in zlib's format and raw), br and zstd. Because bodies are
// foreign input, the number of codings, the decoded size, the ratio of decoded to
// encoded bytes and the time are bounded. If a stream is truncated or its checksum is
// wrong, a Reader returns the bytes before the damage, as browsers show them, and then
// an error that wraps [ErrCut].
//
// The package has no state and does no I/O.
package coding
