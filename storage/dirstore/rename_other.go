//go:build !linux

package dirstore

import "os"

// renameNew gives the file temp the name name where nothing has it (fs.ErrExist).
func renameNew(root *os.Root, temp, name string) error { return linkNew(root, temp, name) }
