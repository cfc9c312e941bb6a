//go:build !linux

package dirstore

import "os"

func rename(temp, path string) error { return os.Rename(temp, path) }

// renameNew gives the file temp the name path where nothing has it (fs.ErrExist).
func renameNew(temp, path string) error { return linkNew(temp, path) }
