package dirstore

import (
	"os"

	"golang.org/x/sys/unix"
)

// startWriteback asks the system to begin writing the file's bytes to the
// disk. It is a hint: syncEarly, which follows, does the work in any case.
func startWriteback(f *os.File) {
	_ = unix.SyncFileRange(int(f.Fd()), 0, 0, unix.SYNC_FILE_RANGE_WRITE)
}

// syncEarly brings a file to the disk of which a later Sync of another file
// will be waited for as well.
func syncEarly(f *os.File) error { return f.Sync() }
