package memstore_test

import (
	"testing"

	"pressmark/storage"
	"pressmark/storage/memstore"
	"pressmark/storage/storagetest"
)

func TestStore(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return memstore.New() })
}
