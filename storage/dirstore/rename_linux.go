package dirstore

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// renameNew gives the file temp the name name where nothing has it (fs.ErrExist).
func renameNew(root *os.Root, temp, name string) error {
	err := renameNoReplace(root, temp, name)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // some file systems cannot
		return linkNew(root, temp, name)
	}
	return err
}

// renameNoReplace renames between folders that root has opened, so that no symbolic
// link leads elsewhere.
func renameNoReplace(root *os.Root, temp, name string) error {
	from, err := root.Open(filepath.Dir(temp))
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := root.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer to.Close()
	for {
		err := unix.Renameat2(int(from.Fd()), filepath.Base(temp), int(to.Fd()), filepath.Base(name), unix.RENAME_NOREPLACE)
		if err == nil {
			return nil
		}
		if err != unix.EINTR {
			return &os.LinkError{Op: "rename", Old: temp, New: name, Err: err}
		}
	}
}
