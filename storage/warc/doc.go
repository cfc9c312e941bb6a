// Package warc writes and reads captures in the WARC 1.1 format (ISO 28500:2017,
// https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/).
// It knows the format only; it does no network or file access and has no clock.
//
// A [Writer] takes an [Exchange] for every hop and writes a response and a request
// record, each a gzip member of its own, behind one warcinfo record that says who
// crawled with what. Where the payload is that of an earlier capture, the response
// becomes a revisit record. [Writer.Index] gives the CDXJ lines of what was written.
// Those who fetch at the same time prepare records side by side ([Writer.Prepare])
// and append them one after the other. The same exchanges prepared and appended in
// the same order give the same bytes, record IDs included.
//
// A [Reader] reads WARC 1.0 and 1.1, compressed by record, compressed as a whole or
// plain, and gets over what other tools do: angle brackets around addresses, missing
// or additional line ends, chunked bodies. [ReadAt] reads the record at one place of
// a file. Damage is reported as an [*Error] that names the place and wraps ErrCut,
// ErrCorrupt, ErrTooLarge or ErrNotWARC; a Reader goes on behind it where it can.
//
// # Digests
//
// WARC-Block-Digest is taken over the record's block, WARC-Payload-Digest over the
// entity-body: the body less transfer coding, content coding kept, as the standard
// has it for application/http. Both are SHA-256 in hexadecimal ("sha256:…"). SHA-1 in
// base 32 is what most tools write, but it no longer proves anything, and for bodies
// without content coding ours is the very digest that article records carry.
package warc
