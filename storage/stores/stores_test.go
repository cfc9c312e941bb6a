package stores_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pressmark/storage"
	"pressmark/storage/stores"
)

func TestOpen(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ address, want string }{
		{filepath.Join(t.TempDir(), "new"), ""},
		{"s3://bucket/news", ""},
		{"s3://", `"" is not a bucket name; want s3://bucket/prefix`},
		{"ftp://host/archive", "ftp://host/archive: give a folder or s3://bucket/prefix"},
		{file, fmt.Sprintf("open archive %[1]s: open folder %[1]s: it is a file", file)},
	} {
		s, err := stores.Open(t.Context(), tt.address, stores.Options{})
		if tt.want != "" && (err == nil || err.Error() != tt.want || !errors.Is(err, stores.ErrAddress)) {
			t.Errorf("%s: %v, want %s", tt.address, err, tt.want)
		}
		if tt.want == "" && (err != nil || s == nil) {
			t.Errorf("%s: %v, %v", tt.address, s, err)
		}
	}
}

// TestTrouble: what a folder's system refuses is told in plain words, what a caller asks
// for is not.
func TestTrouble(t *testing.T) {
	dir := t.TempDir()
	s, err := stores.Open(t.Context(), dir, stores.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var trouble *storage.Trouble
	if _, _, err := s.Get(t.Context(), "a/b"); !errors.Is(err, storage.ErrNotFound) || errors.As(err, &trouble) {
		t.Errorf("get: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), "a/b", nil, ""); !errors.As(err, &trouble) || trouble.Store != dir || trouble.Err == nil {
		t.Errorf("put below a file: %v", err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_PROFILE", "")
	t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	if _, err := stores.Open(t.Context(), "s3://bucket/news", stores.Options{}); !errors.As(err, &trouble) || trouble.Code != "no_credentials" ||
		err.Error() != "archive s3://bucket/news: no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role" {
		t.Errorf("without credentials: %v", err)
	}
}
