// Package warc writes and reads captures in the WARC 1.1 format (ISO 28500:2017,
// https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/). It
// handles the format only: it has no network or file access and no clock.
//
// A [Writer] takes an [Exchange] for every hop and writes a response and a request
// record, each as a gzip member of its own, after one warcinfo record that names the
// crawler. If the payload is that of an earlier capture, the response becomes a revisit
// record. [Writer.Index] returns the CDXJ lines of the records. Concurrent fetches
// prepare their records in parallel ([Writer.Prepare]) and append them one after the
// other. The same exchanges prepared and appended in the same order give the same bytes,
// record IDs included.
//
// A [Reader] reads WARC 1.0 and 1.1, compressed by record, compressed as a whole or
// plain. It accepts the deviations of other tools: angle brackets around URLs, missing or
// additional line ends, chunked bodies. [ReadAt] reads the record at one place of a file.
// Damage is reported as an [*Error] that names the place and wraps ErrCut, ErrCorrupt,
// ErrTooLarge or ErrNotWARC. If possible, a Reader then continues after the damage.
//
// # Digests
//
// WARC-Block-Digest covers the record's block. WARC-Payload-Digest covers the
// entity-body: the body without transfer coding but with content coding, as the standard
// defines it for application/http. Both are SHA-256 in hexadecimal ("sha256:…"). Most
// tools write SHA-1 in base 32, but SHA-1 no longer proves anything. For bodies without
// content coding, the payload digest equals the digest in article records.
package warc
