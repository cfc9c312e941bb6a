package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"

	"compress/gzip"
)

// linesPerBlock is the number of lines of a gzip block of a ZipNum index.
const linesPerBlock = 3000

// zipNum compresses a sorted index in blocks into out and makes the list of the blocks.
func zipNum(out io.Writer, lines iter.Seq2[string, error]) (idx []byte, err error) {
	z := zipNumWriter{out: out}
	fmt.Fprintf(&z.list, "!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":\"index.cdx.gz\"}\n")
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		if z.block = append(z.block, line); len(z.block) == linesPerBlock {
			if err := z.flush(); err != nil {
				return nil, err
			}
		}
	}
	err = z.flush()
	return z.list.Bytes(), err
}

type zipNumWriter struct {
	out   io.Writer
	size  int64
	block []string
	list  bytes.Buffer
}

// flush writes the lines in hand as a block.
func (z *zipNumWriter) flush() error {
	if len(z.block) == 0 {
		return nil
	}
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	gz.Write([]byte(strings.Join(z.block, "\n") + "\n")) //nolint:errcheck // a buffer takes all
	gz.Close()                                           //nolint:errcheck // a buffer takes all
	key, _, _ := strings.Cut(z.block[0], " {")
	sum := sha256.Sum256(packed.Bytes())
	fmt.Fprintf(&z.list, "%s {\"offset\":%d,\"length\":%d,\"digest\":\"sha256:%s\",\"filename\":\"index.cdx.gz\"}\n",
		key, z.size, packed.Len(), hex.EncodeToString(sum[:]))
	z.size += int64(packed.Len())
	z.block = z.block[:0]
	_, err := z.out.Write(packed.Bytes())
	return err
}
