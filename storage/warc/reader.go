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
	seeker io.Seeker // of the file, if it has one
	origin int64     // where in it the reading began
	reread int64     // bytes that were read a second time
	wrong  *Error    // damage of the record that was returned last, to be reported next
}

// NewReader reads from r. gzip is recognized by its magic number, member by member.
func NewReader(r io.Reader) *Reader {
	reader := &Reader{in: newPositioned(r), limit: maxBlock}
	if s, ok := r.(io.Seeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil {
			reader.seeker, reader.origin = s, at
		}
	}
	return reader
}

// Next returns the next record, io.EOF at the end of the file. After an [*Error] it
// may be called again. It then continues at the next gzip member that holds a record
// (the one directly after the damage may be missed), or, in a plain file, at the
// next line that begins a record. A record with a wrong Content-Length in a plain
// file is returned as far as its bounds are known; the error follows with the next
// call.
func (r *Reader) Next() (*Record, error) {
	if err := r.wrong; err != nil {
		r.wrong = nil
		return nil, err
	}
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
	return r.plain()
}

// plain reads a record of a file that is not compressed. Its Content-Length alone
// says where the next one begins: if none begins there, and one begins inside the
// block, the length is too large.
func (r *Reader) plain() (*Record, error) {
	rec, err := readRecord(r.in, r.limit)
	broken := err != nil && !errors.Is(err, ErrCut)
	if rec == nil || broken {
		return nil, err
	}
	end := r.in.offset()
	if err != nil || !r.in.followed() {
		if within, next := r.in.recordWithin(rec.Block); next > 0 && r.reread < maxReread {
			r.wrong = &Error{Offset: r.start, Err: fmt.Errorf("%w: Content-Length of %s goes beyond the next record", ErrCorrupt, rec.Header.Get("Content-Length"))}
			rest := rec.Block[min(next, len(rec.Block)):]
			end -= int64(len(rec.Block) - within)
			r.reread += int64(len(rest))
			r.in.rewind(rest)
			rec.Block, err = rec.Block[:within], nil
		}
	}
	if err != nil {
		return nil, err
	}
	rec.Location = Location{Offset: r.start, Length: end - r.start}
	return rec, nil
}

// maxReread bounds the bytes that wrong lengths can have read twice.
const maxReread = 4 * maxBlock

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
	if rec == nil && errors.Is(err, io.EOF) {
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
	r.member, r.lost = nil, true
	if r.gz != nil {
		r.done = !r.in.seekMember(r.start)
		return
	}
	if errors.Is(err, ErrCut) && r.seeker != nil && !r.returnTo(r.start) {
		r.done = true // not even the line that began the damaged record can be read again
		return
	}
	r.done = !r.in.seekRecord()
}

// returnTo goes back behind the first line of the record at an offset, if its
// Content-Length led past the end of the file.
func (r *Reader) returnTo(offset int64) bool {
	if r.reread >= maxReread {
		return false
	}
	r.reread += r.in.offset() - offset
	if _, err := r.seeker.Seek(r.origin+offset, io.SeekStart); err != nil {
		return false
	}
	r.in.restart(offset)
	_, err := r.in.ReadSlice('\n')
	return err == nil
}

// ReadAt reads the one record at a place of a file. length is that of the compressed
// record, or 0 if unknown. The error is an [*Error].
func ReadAt(file io.ReaderAt, offset, length int64) (*Record, error) {
	if length <= 0 {
		length = maxBlock + maxHeader
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
