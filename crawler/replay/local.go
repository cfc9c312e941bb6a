package replay

import (
	"bytes"
	"context"
	"io"
	"os"
)

// Local returns a WARC file on the disk. What comes through a pipe is read into memory
// now, because its pages are read a second time; the error is that of reading it.
func Local(name string) (File, error) {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		data, err := os.ReadFile(name)
		return local(name, func() (source, error) { return inMemory{bytes.NewReader(data)}, nil }), err
	}
	return local(name, func() (source, error) { return os.Open(name) }), nil
}

// source is a file, or the bytes that came through a pipe.
type source interface {
	io.ReadSeekCloser
	io.ReaderAt
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

func local(name string, open func() (source, error)) File {
	return File{Name: name,
		Open: func(context.Context) (io.ReadSeekCloser, error) { return open() },
		Range: func(_ context.Context, offset, length int64) ([]byte, error) {
			f, err := open()
			if err != nil {
				return nil, err
			}
			defer f.Close()
			part := make([]byte, length)
			_, err = io.ReadFull(io.NewSectionReader(f, offset, length), part)
			return part, err
		}}
}
