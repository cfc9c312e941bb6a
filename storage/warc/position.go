package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
)

// source is the input of records: a file with a known offset, or the content of a
// gzip member.
type source interface {
	io.Reader
	io.ByteScanner
}

// readLine reads up to a line feed, which it includes, at most limit bytes. A line
// that ends with the file comes with io.EOF.
func readLine(in source, limit int) (string, error) {
	var line []byte
	for len(line) < limit {
		c, err := in.ReadByte()
		if err != nil {
			return string(line), err
		}
		if line = append(line, c); c == '\n' {
			break
		}
	}
	return string(line), nil
}

// positioned is a buffered reader that knows its offset. gzip is given the buffer
// itself: it takes no byte more than a member has, and is fastest with it.
type positioned struct {
	*bufio.Reader
	taken *countedReader
}

func newPositioned(r io.Reader) positioned {
	taken := &countedReader{in: r}
	return positioned{Reader: bufio.NewReaderSize(taken, 64<<10), taken: taken}
}

// offset is the number of bytes read so far.
func (p positioned) offset() int64 { return p.taken.n - int64(p.Buffered()) }

// countedReader counts the bytes that the buffer takes.
type countedReader struct {
	in     io.Reader
	n      int64
	pushed []byte // read before in
}

func (c *countedReader) Read(b []byte) (int, error) {
	if len(c.pushed) > 0 {
		n := copy(b, c.pushed)
		c.pushed = c.pushed[n:]
		c.n += int64(n)
		return n, nil
	}
	n, err := c.in.Read(b)
	c.n += int64(n)
	return n, err
}

// rewind has rest, which was read last, read again.
func (p positioned) rewind(rest []byte) {
	ahead, _ := p.Peek(p.Buffered())
	at := p.offset() - int64(len(rest))
	p.taken.pushed = slices.Concat(rest, ahead, p.taken.pushed)
	p.taken.n = at
	p.Reader.Reset(p.taken)
}

// restart continues at an offset to which the underlying file was moved.
func (p positioned) restart(offset int64) {
	p.taken.pushed, p.taken.n = nil, offset
	p.Reader.Reset(p.taken)
}

// recordStart is the first line of a record behind the empty line that ends the
// record before it.
var recordStart = regexp.MustCompile(`\r?\n\r?\nWARC/1\.[01]\r?\n`)

// recordWithin finds a record that begins inside a block, or at its end and behind
// it: block[:end] is then the block of the record before it, and next the index at
// which it begins. next is 0 if there is none.
func (p positioned) recordWithin(block []byte) (end, next int) {
	const longest = len("\r\n\r\nWARC/1.0\r\n")
	ahead, _ := p.Peek(longest)
	at := recordStart.FindIndex(block)
	if at == nil {
		tail := max(0, len(block)-longest)
		if at = recordStart.FindIndex(slices.Concat(block[tail:], ahead)); at == nil {
			return 0, 0
		}
		at[0], at[1] = at[0]+tail, at[1]+tail
	}
	start := at[0] + bytes.Index(slices.Concat(block, ahead)[at[0]:at[1]], []byte("WARC/"))
	if start > len(block) { // the record begins behind the block: its length was not too large
		return 0, 0
	}
	return at[0], start
}

// followed reports whether a record or the end of the file comes behind line ends.
func (p positioned) followed() bool {
	ahead, _ := p.Peek(32)
	rest := bytes.TrimLeft(ahead, "\r\n")
	return len(rest) == 0 || bytes.HasPrefix(rest, []byte("WARC/")) || bytes.HasPrefix(rest, magic)
}

// seekRecord moves to the next line that begins a record, and reports whether there
// is one.
func (p positioned) seekRecord() bool {
	for {
		if ahead, _ := p.Peek(len("WARC/1.")); string(ahead) == "WARC/1." {
			return true
		}
		if _, err := p.ReadSlice('\n'); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return false
		}
	}
}

// skipLineEnds skips the line ends between records. io.EOF means that nothing else
// was left.
func skipLineEnds(in source) error {
	for {
		c, err := in.ReadByte()
		if err != nil {
			return err
		}
		if c != '\r' && c != '\n' {
			return in.UnreadByte()
		}
	}
}

// magic begins every gzip member (RFC 1952, section 2.3.1).
var magic = []byte{0x1f, 0x8b, 8}

func (p positioned) gzipped() bool {
	ahead, _ := p.Peek(len(magic))
	return bytes.Equal(ahead, magic)
}

// seekMember moves to the next place that may be a gzip member, past the one that
// began at start. It reports whether there is one.
func (p positioned) seekMember(start int64) bool {
	for {
		if p.offset() > start && p.gzipped() {
			return true
		}
		if _, err := p.ReadByte(); err != nil {
			return false
		}
	}
}
