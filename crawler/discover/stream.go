package discover

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"pressmark/extract/charset"
)

// maxWraps is how often one body may be compressed: twice happens, where a server
// compresses a file that is compressed.
const maxWraps = 2

func gzipped(b []byte) bool { return len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 }

// decompress returns a reader of body as often decompressed as it is compressed, and
// whether it is. The error is one of a gzip header that is cut.
func decompress(body io.Reader) (r io.Reader, zipped bool, err error) {
	for range maxWraps {
		buffered := bufio.NewReaderSize(body, 4<<10)
		if head, _ := buffered.Peek(3); !gzipped(head) {
			return buffered, zipped, nil
		}
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, true, err
		}
		body, zipped = z, true
	}
	return body, zipped, nil
}

// unzip returns a body that is in memory as often decompressed as it is compressed, up
// to most bytes; the error wraps errTooLarge, and comes with what fits.
func unzip(body []byte, most int64, warnings *[]string) ([]byte, error) {
	if !gzipped(body) {
		return body, nil
	}
	r, _, err := decompress(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		*warnings = append(*warnings, "cut_gzip: "+err.Error())
	}
	if int64(len(plain)) > most {
		return plain[:most], fmt.Errorf("more than %d bytes: %w", most, errTooLarge)
	}
	return plain, nil
}

// textSource is a file of unknown encoding, read as it arrives. Markup is ASCII in all
// encodings but UTF-16, so that only the texts between it are decoded.
type textSource struct {
	tags *tagReader
	head []byte            // the beginning, for what it declares
	enc  encoding.Encoding // nil until a text is not UTF-8
}

// newTextSource begins to read a file. The error is one of body before its first byte.
func newTextSource(body io.Reader) (*textSource, error) {
	r := bufio.NewReaderSize(body, sniffed)
	head, err := r.Peek(sniffed)
	broken := err != nil && !errors.Is(err, io.EOF)
	if len(head) == 0 && broken {
		return nil, err
	}
	s := &textSource{head: bytes.Clone(head)}
	var src io.Reader = r
	if _, name := charset.Decode(head, ""); strings.HasPrefix(name, "utf-16") {
		endian := unicode.LittleEndian
		if name == "utf-16be" {
			endian = unicode.BigEndian
		}
		src = transform.NewReader(r, unicode.UTF16(endian, unicode.UseBOM).NewDecoder())
		s.head, _ = charset.Decode(head, "")
	}
	s.tags = &tagReader{src: src}
	return s, nil
}

// isPlain reports whether the file is plain text: it does not begin with markup, and
// holds no root of a sitemap behind the warnings of a broken server.
func (s *textSource) isPlain() bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(s.head, []byte("\ufeff")), " \t\r\n")
	return len(text) > 0 && text[0] != '<' && !rootElement.Match(text)
}

// decode returns the text of character data as UTF-8.
func (s *textSource) decode(text []byte) string {
	if utf8.Valid(text) {
		return textOf(text)
	}
	if s.enc == nil { // that of all that is in memory: a title alone is too short to guess from
		_, name := charset.Decode(slices.Concat(s.head, text, s.tags.buf), "")
		enc, err := htmlindex.Get(name)
		if err != nil {
			enc = unicode.UTF8
		}
		s.enc = enc
	}
	decoded, err := s.enc.NewDecoder().Bytes(text)
	if err != nil {
		decoded = text
	}
	return textOf(bytes.ToValidUTF8(decoded, []byte("\uFFFD")))
}

// line returns the next line of a plain text file without its end and the white space
// around it; false at the end of the file. Of a line longer than any address the start
// is returned.
func (s *textSource) line() (string, bool) {
	r := s.tags
	i := r.find(0, "\n", maxText)
	if i < 0 && len(r.buf) == 0 {
		return "", false
	}
	end := i + 1
	if i < 0 { // the last line, or an endless one
		i, end = len(r.buf), len(r.buf)
	}
	if j := bytes.IndexByte(r.buf[:i], '\r'); j >= 0 && j+1 < i { // a line end of its own
		i, end = j, j+1
	}
	line := strings.Trim(s.decode(r.buf[:i]), "\ufeff \t\r\n")
	r.drop(end)
	return line, true
}

func (s *textSource) failed() error { return s.tags.failed() }
