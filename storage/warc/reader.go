package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// Reader reads the records of a WARC file one after the other. It is not safe for
// concurrent use.
type Reader struct {
	in     positioned
	gz     *gzip.Reader
	member *bufio.Reader // content of the gzip member in hand; nil between members
	start  int64         // offset of the record or member in hand
	shared bool          // the member holds more than one record
	limit  int64         // bytes of the largest block
	lost   bool          // damage was met, and no record read since
	done   bool
}

// NewReader reads from r; gzip is told by its magic number, member by member.
func NewReader(r io.Reader) *Reader {
	return &Reader{in: newPositioned(r), limit: MaxBlock}
}

// Next returns the next record, io.EOF at the end of the file. After an [*Error] it
// may be called again: it goes on at the next gzip member that holds a record (the
// one right behind the damage may be missed), or, in a plain file, behind a record
// that was too large; where that cannot be, it returns io.EOF.
func (r *Reader) Next() (*Record, error) {
	for !r.done {
		rec, err := r.next()
		switch {
		case err == nil:
			r.lost = false
			return rec, nil
		case errors.Is(err, errMemberEnd):
			continue
		case errors.Is(err, io.EOF):
			r.done = true
			continue
		}
		known := r.lost
		r.recover(err)
		if !known { // one report for one damaged place
			return nil, &Error{Offset: r.start, Err: err}
		}
	}
	return nil, io.EOF
}

// errMemberEnd says that a gzip member holds no further record.
var errMemberEnd = errors.New("end of gzip member")

func (r *Reader) next() (*Record, error) {
	if r.member != nil {
		return r.fromMember()
	}
	if err := skipLineEnds(r.in); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, readError(err)
	}
	r.start = r.in.offset()
	if r.in.gzipped() {
		if err := r.openMember(); err != nil {
			return nil, err
		}
		return r.fromMember()
	}
	rec, err := readRecord(r.in, r.limit)
	if err != nil {
		return nil, err
	}
	rec.Location = Location{Offset: r.start, Length: r.in.offset() - r.start}
	return rec, nil
}

func (r *Reader) openMember() error {
	var err error
	if r.gz == nil {
		r.gz, err = gzip.NewReader(r.in.Reader)
	} else {
		err = r.gz.Reset(r.in.Reader)
	}
	if err != nil {
		return readError(err)
	}
	r.gz.Multistream(false)
	r.member, r.shared = bufio.NewReaderSize(r.gz, 32<<10), false
	return nil
}

// fromMember reads a record of the gzip member in hand.
func (r *Reader) fromMember() (*Record, error) {
	rec, err := readRecord(r.member, r.limit)
	if errors.Is(err, io.EOF) {
		r.member = nil
		return nil, errMemberEnd
	}
	if err != nil {
		return nil, err
	}
	rec.Location.Offset = r.start
	if end, err := r.memberEnds(); err != nil {
		return nil, err
	} else if end && !r.shared {
		rec.Location.Length = r.in.offset() - r.start
	}
	return rec, nil
}

// memberEnds reads the line ends behind a record and reports whether the member,
// whose checksum is then proved, ends there.
func (r *Reader) memberEnds() (bool, error) {
	switch err := skipLineEnds(r.member); {
	case errors.Is(err, io.EOF):
		r.member = nil
		return true, nil
	case err != nil:
		return false, readError(err)
	}
	r.shared = true
	return false, nil
}

// recover looks for a place to go on after damage.
func (r *Reader) recover(err error) {
	if errors.Is(err, ErrTooLarge) {
		return // it was read to its end
	}
	compressed := r.gz != nil
	r.member, r.lost = nil, true
	r.done = !compressed || !r.in.seekMember(r.start)
}

// ReadAt reads the one record at a place of a file. length is that of the compressed
// record, or 0 where it is not known. The error is an [*Error].
func ReadAt(file io.ReaderAt, offset, length int64) (*Record, error) {
	if length <= 0 {
		length = MaxBlock + maxHeader
	}
	if offset < 0 {
		return nil, &Error{Offset: offset, Err: fmt.Errorf("%w: negative offset", ErrNotWARC)}
	}
	r := NewReader(io.NewSectionReader(file, offset, length))
	rec, err := r.Next()
	var typed *Error
	switch {
	case errors.As(err, &typed):
		typed.Offset += offset
		return nil, typed
	case errors.Is(err, io.EOF):
		return nil, &Error{Offset: offset, Err: ErrNotWARC}
	case err != nil:
		return nil, &Error{Offset: offset, Err: err}
	}
	rec.Location.Offset += offset
	return rec, nil
}

// ReadBytes reads the one record that b holds.
func ReadBytes(b []byte) (*Record, error) { return ReadAt(bytes.NewReader(b), 0, int64(len(b))) }
