package warc

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// ErrShared reports a record that cannot be blanked alone, because others share its
// gzip member, or because the file has no members.
var ErrShared = errors.New("the record has no gzip member of its own")

// Blank returns the file without the records that drop selects, and their places.
// Each is overwritten by a metadata record of the same length that says so. So every
// other record keeps its offset, and references to places in the file stay valid.
// file itself is not changed; it is returned if nothing is dropped. drop is not
// called for warcinfo records.
//
// The same file and the same choice give the same bytes.
func Blank(file []byte, drop func(*Record) bool) (blanked []byte, dropped []Location, err error) {
	in := NewReader(bytes.NewReader(file))
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		if rec.Type() == "warcinfo" || isFiller(rec) || !drop(rec) {
			continue
		}
		at := rec.Location
		if at.Length == 0 || !bytes.HasPrefix(file[at.Offset:], magic) {
			return nil, nil, &Error{Offset: at.Offset, Err: ErrShared}
		}
		if blanked == nil {
			blanked = bytes.Clone(file)
		}
		fill, err := filler(rec)
		if err != nil {
			return nil, nil, &Error{Offset: at.Offset, Err: err}
		}
		copy(blanked[at.Offset:], fill)
		dropped = append(dropped, at)
	}
	if blanked == nil {
		return file, nil, nil
	}
	return blanked, dropped, nil
}

// fillerNote begins the block of a filler record.
const fillerNote = "note: a record was removed here\r\npadding: "

// isFiller reports whether Blank wrote the record in place of another.
func isFiller(r *Record) bool {
	return r.Type() == "metadata" && bytes.HasPrefix(r.Block, []byte(fillerNote))
}

// filler makes a gzip member as long as that of rec: a metadata record (section 6.6
// of the standard) with padding. It is not compressed, but for records that are so
// small that they would be shorter than the filler.
func filler(rec *Record) ([]byte, error) {
	length := int(rec.Location.Length)
	blocks := (length - memberFrame + storedBlock - 1) / (storedBlock + blockFrame)
	blocks = max(blocks, 1)
	content := length - memberFrame - blocks*blockFrame
	pad := content - len(fillerRecord(rec, 0))
	if pad < 0 {
		return smallFiller(rec, length)
	}
	return stored(fillerRecord(rec, pad), blocks)
}

// fillerRecord is the record with so many bytes of padding. Its length has a fixed
// number of digits, so that every byte of padding makes it one byte longer.
func fillerRecord(rec *Record, pad int) []byte {
	sum := sha256.Sum256([]byte("filler of " + rec.ID()))
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:%x-%x-%x-%x-%x>\r\nWARC-Date: %s\r\n"+
		"Content-Type: application/warc-fields\r\nContent-Length: %010d\r\n\r\n", u[:4], u[4:6], u[6:8], u[8:10], u[10:],
		dateOf(rec.Date()), len(fillerNote)+pad+len("\r\n"))
	b.WriteString(fillerNote)
	b.WriteString(strings.Repeat("-", pad))
	b.WriteString("\r\n\r\n\r\n")
	return b.Bytes()
}

// Sizes of a gzip member that holds stored blocks (RFC 1952, section 2.3, and RFC
// 1951, section 3.2.4).
const (
	memberFrame = 10 + 8 // header and trailer
	blockFrame  = 5
	storedBlock = 65535 // the longest
)

// stored makes a gzip member of content in so many stored blocks.
func stored(content []byte, blocks int) ([]byte, error) {
	whole, err := gzipOf(content, "")
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(content)+memberFrame+blocks*blockFrame)
	out = append(out, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)
	for i := range blocks {
		n := min(len(content), storedBlock)
		last := byte(0)
		if i == blocks-1 {
			last = 1
		}
		out = append(out, last, byte(n), byte(n>>8), byte(^n), byte(^n>>8)) //nolint:gosec // the bytes of a 16-bit number
		out = append(out, content[:n]...)
		content = content[n:]
	}
	return append(out, whole[len(whole)-8:]...), nil // the checksum and length are those of any member
}

// smallFiller is a compressed filler, whose header has the padding that is left (RFC
// 1952, FCOMMENT).
func smallFiller(rec *Record, length int) ([]byte, error) {
	content := fillerRecord(rec, 0)
	member, err := gzipOf(content, "")
	if err != nil {
		return nil, err
	}
	switch rest := length - len(member); {
	case rest == 0:
		return member, nil
	case rest < 2:
		return nil, fmt.Errorf("a record of %d bytes is too short to be replaced", length)
	default:
		return gzipOf(content, strings.Repeat("-", rest-1))
	}
}

func gzipOf(content []byte, comment string) ([]byte, error) {
	var out bytes.Buffer
	gz, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	gz.Comment = comment
	if _, err := gz.Write(content); err != nil {
		return nil, err
	}
	if err := gz.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
