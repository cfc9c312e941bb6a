package dirstore

import (
	"context"

	"pressmark/storage"
)

// GetRange implements storage.RangeReader.
func (s *Store) GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	path, err := s.path(ctx, key)
	if err != nil {
		return nil, wrap("get", key, err)
	}
	f, err := openFile(path)
	if err != nil {
		return nil, wrap("get", key, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		err = regular(key, info)
	}
	if err != nil {
		return nil, wrap("get", key, err)
	}
	return storage.CutRange(key, f, info.Size(), offset, length)
}
