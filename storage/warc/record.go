package warc

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // digests that others wrote are checked by what they name
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// maxBlock is the size in bytes of the largest block that is read. A larger record
// gives ErrTooLarge and is skipped.
const maxBlock = 256 << 20

// maxHeader bounds the header of a record.
const maxHeader = 64 << 10

// Record is one record of a WARC file.
type Record struct {
	Header   textproto.MIMEHeader
	Block    []byte
	Location Location // File is not set; Length is 0 where several records share a gzip member
}

// Type is the WARC-Type in lower case: warcinfo, response, request, revisit, metadata …
func (r *Record) Type() string { return strings.ToLower(r.Header.Get("WARC-Type")) }

// ID is the WARC-Record-ID with its angle brackets.
func (r *Record) ID() string { return r.Header.Get("WARC-Record-ID") }

// URL is the WARC-Target-URI, without the angle brackets that some writers put around it.
func (r *Record) URL() string {
	u := r.Header.Get("WARC-Target-URI")
	if strings.HasPrefix(u, "<") && strings.HasSuffix(u, ">") {
		u = u[1 : len(u)-1]
	}
	return u
}

// Date is the WARC-Date; zero where missing or unreadable.
func (r *Record) Date() time.Time {
	return parseDate(r.Header.Get("WARC-Date"))
}

// Started is the start of a request, and whether it is known to the millisecond, as it is
// for request records that this package wrote. Otherwise it is the WARC-Date.
func (r *Record) Started() (start time.Time, exact bool) {
	if t, err := time.Parse(startedFormat, r.Header.Get(startedField)); err == nil {
		return t, true
	}
	return r.Date(), false
}

func parseDate(s string) time.Time {
	t, err := time.Parse(time.RFC3339, strings.ToUpper(s))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// Verify compares the block and payload digests that the record states with its
// bytes. A digest of an unknown algorithm, or of a payload that is not in the record
// (revisits), is not compared. The error wraps ErrCorrupt.
func (r *Record) Verify() error {
	if err := compare(r.Header.Get("WARC-Block-Digest"), r.Block); err != nil {
		return fmt.Errorf("block: %w", err)
	}
	stated := r.Header.Get("WARC-Payload-Digest")
	hasPayload := r.Type() != "revisit" && strings.HasPrefix(r.Header.Get("Content-Type"), "application/http")
	if stated == "" || !hasPayload {
		return nil
	}
	_, body, ok := splitHead(r.Block)
	if !ok {
		return nil
	}
	err := compare(stated, body)
	if err == nil {
		return nil
	}
	// Some writers store the body chunked and take the digest of it dechunked.
	if plain, cut := dechunked(r.Block); cut == nil && compare(stated, plain) == nil {
		return nil
	}
	return fmt.Errorf("payload: %w", err)
}

// algorithms by the names that writers use for them.
var algorithms = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha-1": sha1.New, "sha256": sha256.New, "sha-256": sha256.New,
	"sha512": sha512.New, "sha-512": sha512.New,
}

// compare checks a labelled digest in hexadecimal, base 32 or base 64.
func compare(stated string, b []byte) error {
	label, value, _ := strings.Cut(stated, ":")
	algorithm := algorithms[strings.ToLower(label)]
	if algorithm == nil {
		return nil
	}
	h := algorithm()
	h.Write(b)
	sum := h.Sum(nil)
	if spells(value, sum) {
		return nil
	}
	return fmt.Errorf("%w: digest %s does not fit", ErrCorrupt, stated)
}

// spells reports whether value is the digest sum in one of the spellings of capture
// writers.
func spells(value string, sum []byte) bool {
	value = strings.TrimRight(value, "=")
	switch {
	case strings.EqualFold(value, hex.EncodeToString(sum)),
		strings.EqualFold(value, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum)),
		value == base64.RawStdEncoding.EncodeToString(sum),
		value == base64.RawURLEncoding.EncodeToString(sum):
		return true
	}
	return false
}

// readRecord reads a header and its block. io.EOF means that only line ends were
// left. A truncated block is returned together with ErrCut.
func readRecord(in source, limit int64) (*Record, error) {
	if err := versionLine(in); err != nil {
		return nil, err
	}
	r := &Record{Header: textproto.MIMEHeader{}}
	if err := r.readHeader(in); err != nil {
		return nil, err
	}
	length, err := strconv.ParseInt(strings.TrimSpace(r.Header.Get("Content-Length")), 10, 64)
	if err != nil || length < 0 {
		return nil, fmt.Errorf("%w: Content-Length %q", ErrCorrupt, r.Header.Get("Content-Length"))
	}
	if length > limit {
		if _, err := io.CopyN(io.Discard, in, length); err != nil {
			return nil, readError(err)
		}
		return nil, fmt.Errorf("%w: block of %d bytes", ErrTooLarge, length)
	}
	var block bytes.Buffer // grows with what is there, not with what is claimed
	if length < 1<<20 {
		block.Grow(int(length))
	}
	_, err = io.CopyN(&block, in, length)
	r.Block = block.Bytes()
	if err != nil {
		return r, readError(err)
	}
	return r, nil
}

// versionLine passes over empty lines and a line such as "WARC/1.1".
func versionLine(in source) error {
	if err := skipLineEnds(in); err != nil {
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		return readError(err)
	}
	const longest = 16
	line, err := readLine(in, longest)
	if err != nil && !errors.Is(err, io.EOF) {
		return readError(err)
	}
	ok := strings.HasPrefix(strings.TrimSpace(line), "WARC/")
	switch {
	case ok && strings.HasSuffix(line, "\n"):
		return nil
	case err != nil && (ok || strings.HasPrefix("WARC/", line)):
		return ErrCut
	}
	return ErrNotWARC
}

// readHeader reads named fields up to the empty line. Folded lines are joined.
func (r *Record) readHeader(in source) error {
	last, size := "", 0
	for {
		line, err := readLine(in, maxHeader)
		if size += len(line); size > maxHeader {
			return fmt.Errorf("%w: header over %d bytes", ErrCorrupt, maxHeader)
		}
		if err != nil {
			return readError(err)
		}
		text := strings.TrimRight(line, "\r\n")
		if text == "" {
			return nil
		}
		if folded(text) && last != "" {
			v := r.Header[last]
			v[len(v)-1] += " " + strings.TrimSpace(text)
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return fmt.Errorf("%w: header line %q", ErrCorrupt, text[:min(len(text), 80)])
		}
		last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
		r.Header[last] = append(r.Header[last], strings.TrimSpace(value))
	}
}

// readError converts an error of the underlying reader to the record's error.
func readError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrCut
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}
