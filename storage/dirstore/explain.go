package dirstore

import (
	"errors"
	"io/fs"
	"syscall"

	"pressmark/storage"
)

// faults explains the errors of the operating system for a folder.
var faults = [...]struct {
	err   error
	cause storage.Cause
}{
	{errOutside, storage.Cause{Code: "link", What: "a symbolic link below the folder leads out of it",
		Advice: "remove the link; a part on another disk is mounted there (mount --bind)"}},
	{syscall.ENOSPC, storage.Cause{Code: "full", What: "the disk is full", Advice: "make room and run the same command again"}},
	{syscall.EDQUOT, storage.Cause{Code: "full", What: "the user's share of the disk is used up", Advice: "make room or ask for more, and run the same command again"}},
	{syscall.EROFS, storage.Cause{Code: "read_only", What: "the file system is mounted read-only", Advice: "mount it for writing, or name another folder with --to"}},
	{fs.ErrPermission, storage.Cause{Code: "denied", What: "this user may not read or write there", Advice: "run as the folder's owner, or change its rights"}},
	{syscall.EMFILE, storage.Cause{Code: "too_many_files", What: "the process has too many files open", Advice: "raise the limit (ulimit -n), or lower --workers"}},
	{syscall.ENFILE, storage.Cause{Code: "too_many_files", What: "the machine has too many files open", Advice: "raise fs.file-max"}},
	{syscall.EIO, storage.Cause{Code: "broken", What: "the disk cannot be read or written", Advice: "look at the system's log (dmesg), and replace the disk"}},
	{syscall.ENAMETOOLONG, storage.Cause{Code: "name_too_long", What: "the file system does not take names of this length", Advice: "name a folder with a shorter path with --to"}},
}

// Explain returns the cause of an error of a folder.
func Explain(err error) storage.Cause {
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return f.cause
		}
	}
	return storage.Cause{Code: "store", What: "the folder cannot be used: " + err.Error()}
}
