package dirstore_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"pressmark/storage/dirstore"
)

func TestExplain(t *testing.T) {
	for err, want := range map[error]string{syscall.ENOSPC: "full", syscall.EROFS: "read_only", syscall.EACCES: "denied", syscall.EMFILE: "too_many_files",
		syscall.EIO: "broken", syscall.ENXIO: "store", fs.ErrPermission: "denied"} {
		got := dirstore.Explain(fmt.Errorf("put k: %w", &os.PathError{Op: "open", Path: "/srv/news", Err: err}))
		if got.Code != want || got.What == "" || want == "store" && !strings.Contains(got.What, "/srv/news") {
			t.Errorf("%v: %+v, want %s", err, got, want)
		}
	}
}
