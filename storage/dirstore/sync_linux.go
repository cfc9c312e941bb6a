package dirstore

import (
	"os"

	"golang.org/x/sys/unix"
)

// startWriteback asks the system to begin writing the file's bytes to the disk,
// so that the syncEarly of a batch's files, which does the work in any case, finds
// most of them there and has not to wait for one after the other.
func startWriteback(f *os.File) {
	c, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = c.Control(func(fd uintptr) { _ = unix.SyncFileRange(int(fd), 0, 0, unix.SYNC_FILE_RANGE_WRITE) })
}

// syncEarly brings a file to the disk of which a later Sync of another file
// will be waited for as well.
func syncEarly(f *os.File) error { return f.Sync() }
