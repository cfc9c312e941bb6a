package warc

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// IndexEntry is one line of a CDXJ index: the place of a capture.
type IndexEntry struct {
	Key      string    // SURT, as written
	Time     time.Time // of the capture, UTC
	URL      string
	MIME     string
	Status   int    // 0 if the line has none
	Digest   string // of the payload, as written: hexadecimal or base 32, often with a label ("sha1:…")
	Location        // Length is 0 if the line has none
}

// ReadIndex yields the entries of a CDXJ index, written by this package or other
// tools: values may be strings or numbers, fields may be missing, times may be
// shorter than 14 digits. Empty lines and header lines (beginning with "!" or " ")
// are ignored. A malformed line is yielded as an error that names it, and reading
// continues with the next line; an error of in ends the reading.
func ReadIndex(in io.Reader) iter.Seq2[IndexEntry, error] {
	return func(yield func(IndexEntry, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, maxIndexLine)
		for n := 1; lines.Scan(); n++ {
			line := lines.Bytes()
			if isBlank := len(bytes.TrimSpace(line)) == 0; isBlank || bytes.IndexByte([]byte("! "), line[0]) >= 0 {
				continue
			}
			entry, err := indexEntry(bytes.TrimSpace(line))
			if err != nil {
				err = fmt.Errorf("line %d of the index: %w", n, err)
			}
			if !yield(entry, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(IndexEntry{}, fmt.Errorf("read index: %w", err))
		}
	}
}

// maxIndexLine bounds a line: an address and some hundred bytes.
const maxIndexLine = 1 << 20

// indexEntry reads "key timestamp {object}".
func indexEntry(line []byte) (IndexEntry, error) {
	place, object, ok := bytes.Cut(line, []byte("{"))
	fields := strings.Fields(string(place))
	if !ok || len(fields) < 2 {
		return IndexEntry{}, fmt.Errorf("%.80q is not of the form key, timestamp, JSON object", line)
	}
	at, err := indexTime(fields[len(fields)-1])
	if err != nil {
		return IndexEntry{}, err
	}
	var values map[string]any
	d := json.NewDecoder(bytes.NewReader(append([]byte("{"), object...)))
	d.UseNumber()
	if err := d.Decode(&values); err != nil {
		return IndexEntry{}, fmt.Errorf("%.80q: %w", line, err)
	}
	text := func(names ...string) string {
		for _, name := range names {
			if v := values[name]; v != nil {
				return strings.TrimSpace(fmt.Sprint(v))
			}
		}
		return ""
	}
	e := IndexEntry{Key: strings.Join(fields[:len(fields)-1], " "), Time: at, URL: text("url", "original"), MIME: text("mime", "mimetype"),
		Digest: text("digest", "sha"), Location: Location{File: text("filename", "file")}}
	e.Status, _ = strconv.Atoi(text("status", "statuscode")) // "-" is none
	if e.Offset, err = strconv.ParseInt(text("offset"), 10, 64); err != nil || e.Offset < 0 {
		return IndexEntry{}, fmt.Errorf("%.80q has no offset", line)
	}
	e.Length, _ = strconv.ParseInt(text("length"), 10, 64)
	e.Length = max(e.Length, 0)
	return e, nil
}

// indexTime reads up to 17 digits: year to second, some to the millisecond, some to
// the day only.
func indexTime(digits string) (time.Time, error) {
	const layout = "20060102150405"
	if len(digits) >= 4 && len(digits) <= 17 {
		start := digits[:min(len(digits), len(layout))]
		if t, err := time.ParseInLocation(layout[:len(start)], start, time.UTC); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%.20q is not a timestamp", digits)
}

// IndexedDigest returns the payload digest of the record at an offset in a CDXJ
// index, as written; "" if the index has no such record.
func IndexedDigest(index []byte, offset int64) string {
	digits := strconv.AppendInt(nil, offset, 10)
	for line := range bytes.Lines(index) {
		if !bytes.Contains(line, digits) {
			continue // most lines, unread
		}
		if e, err := indexEntry(bytes.TrimSpace(line)); err == nil && e.Offset == offset {
			return e.Digest
		}
	}
	return ""
}
