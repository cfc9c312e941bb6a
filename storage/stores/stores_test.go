package stores_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pressmark/storage/dirstore"
	"pressmark/storage/stores"
)

func TestOpen(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ address, kind, want string }{
		{filepath.Join(t.TempDir(), "new"), "*dirstore.Store", ""},
		{"s3://bucket/news", "*storage.retrying", ""},
		{"s3://", "", `"" is no name of a bucket; want s3://bucket/prefix`},
		{"ftp://host/archive", "", "ftp://host/archive: give a folder or s3://bucket/prefix"},
		{file, "", fmt.Sprintf("open archive %[1]s: open folder %[1]s: it is a file", file)},
	} {
		s, err := stores.Open(t.Context(), tt.address, stores.Options{})
		if tt.want != "" && (err == nil || err.Error() != tt.want || !errors.Is(err, stores.ErrAddress)) {
			t.Errorf("%s: %v, want %s", tt.address, err, tt.want)
		}
		if _, folder := s.(*dirstore.Store); tt.want == "" && (err != nil || folder != (tt.kind == "*dirstore.Store")) {
			t.Errorf("%s: %T, %v", tt.address, s, err)
		}
	}
}
