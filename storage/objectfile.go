package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// ObjectFile reads an object as a file, piece by piece, in memory that does not grow
// with it. Make one with [OpenObject]. It is not safe for concurrent use.
type ObjectFile struct {
	ctx    context.Context // of the reading: an io.Reader has none
	store  Store
	info   Info
	offset int64
	window []byte // bytes from at on
	at     int64
}

// objectWindow is the number of bytes read at one time.
const objectWindow = 2 << 20

// OpenObject opens an object of a store. The error is ErrNotFound if there is none.
func OpenObject(ctx context.Context, s Store, key string) (*ObjectFile, error) {
	info, err := s.Stat(ctx, key)
	if err != nil {
		return nil, err
	}
	return &ObjectFile{ctx: ctx, store: s, info: info}, nil
}

// Read implements io.Reader.
func (f *ObjectFile) Read(p []byte) (int, error) {
	if f.offset >= f.info.Size {
		return 0, io.EOF
	}
	if f.offset < f.at || f.offset >= f.at+int64(len(f.window)) {
		window, err := ReadRange(f.ctx, f.store, f.info.Key, f.offset, min(objectWindow, f.info.Size-f.offset))
		if err != nil {
			return 0, err
		}
		f.window, f.at = window, f.offset
	}
	n := copy(p, f.window[f.offset-f.at:])
	f.offset += int64(n)
	return n, nil
}

// Seek implements io.Seeker.
func (f *ObjectFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.offset
	case io.SeekEnd:
		offset += f.info.Size
	}
	if offset < 0 {
		return f.offset, fmt.Errorf("seek in %s: %w", f.info.Key, errors.ErrUnsupported)
	}
	f.offset = offset
	return offset, nil
}

// Close implements io.Closer.
func (f *ObjectFile) Close() error { f.window = nil; return nil }
