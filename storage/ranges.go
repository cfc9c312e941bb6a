package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// RangeReader is a Store that can read a part of an object. [ReadRange] uses it.
type RangeReader interface {
	// GetRange reads length bytes from offset on, and no others of the object. The error
	// is ErrNotFound if there is no object, ErrRange if the object is shorter.
	GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error)
}

// ErrRange reports that the object is shorter than the requested range.
var ErrRange = errors.New("no such bytes in the object")

// ReadRange reads length bytes of an object from offset on. If the store is not a
// RangeReader, the object is read from its start. The error wraps ErrNotFound or
// ErrRange.
func ReadRange(ctx context.Context, s Store, key string, offset, length int64) ([]byte, error) {
	if min(offset, length) < 0 || length > maxObject {
		return nil, fmt.Errorf("get %s: %w: %d bytes at %d", key, ErrRange, length, offset)
	}
	if ranger, ok := s.(RangeReader); ok {
		return ranger.GetRange(ctx, key, offset, length)
	}
	r, info, err := s.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return CutRange(key, r, info.Size, offset, length)
}

// CutRange reads length bytes from offset on of an object of this size, for stores.
// r is moved there if it can seek.
func CutRange(key string, r io.Reader, size, offset, length int64) ([]byte, error) {
	if offset+length > size {
		return nil, fmt.Errorf("get %s: %w: %d bytes at %d of %d", key, ErrRange, length, offset, size)
	}
	if err := moveTo(r, offset); err != nil {
		return nil, fmt.Errorf("get %s: %w: %w", key, ErrUnavailable, err)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, fmt.Errorf("get %s: %w: %w", key, ErrUnavailable, err)
	}
	return body, nil
}

func moveTo(r io.Reader, offset int64) error {
	if s, ok := r.(io.Seeker); ok {
		_, err := s.Seek(offset, io.SeekStart)
		return err
	}
	_, err := io.CopyN(io.Discard, r, offset)
	return err
}

// GetRange implements RangeReader.
func (r *retrier) GetRange(ctx context.Context, key string, offset, length int64) (body []byte, err error) {
	err = r.do(ctx, "get", key, 0, func(ctx context.Context, _ func()) (err error) {
		body, err = ReadRange(ctx, r.store, key, offset, length)
		return err
	})
	return body, err
}

// GetRange implements RangeReader.
func (p *probed) GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	return ReadRange(ctx, p.Store, key, offset, length)
}
