package dirstore

import (
	"context"

	"pressmark/storage"
)

// GetRange implements storage.RangeReader.
func (s *Store) GetRange(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	f, info, err := s.open(ctx, key)
	if err != nil {
		return nil, wrap(opGet, key, err)
	}
	defer f.Close()
	return storage.CutRange(key, f, info.Size(), offset, length)
}
