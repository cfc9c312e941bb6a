package dirstore

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// rename is os.Rename without its check of the target: one system call.
func rename(temp, path string) error { return rename2(temp, path, 0) }

// renameNew gives the file temp the name path where nothing has it (fs.ErrExist).
func renameNew(temp, path string) error {
	err := rename2(temp, path, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // some file systems cannot
		return linkNew(temp, path)
	}
	return err
}

func rename2(temp, path string, flags uint) error {
	for {
		err := unix.Renameat2(unix.AT_FDCWD, temp, unix.AT_FDCWD, path, flags)
		if err == nil {
			return nil
		}
		if err != unix.EINTR {
			return &os.LinkError{Op: "rename", Old: temp, New: path, Err: err}
		}
	}
}
