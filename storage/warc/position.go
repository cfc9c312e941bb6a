package warc

import (
	"bufio"
	"bytes"
	"io"
)

// source is what records are read from: a file that knows its place, or the content
// of a gzip member.
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

// positioned is a buffered reader that knows its place. The buffer itself is handed
// to gzip, which takes from it no byte more than a member has, and is fast with it.
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
	in io.Reader
	n  int64
}

func (c *countedReader) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.n += int64(n)
	return n, err
}

// skipLineEnds passes over the line ends between records. io.EOF means that nothing
// else was left.
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
