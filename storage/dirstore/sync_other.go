//go:build !linux && !darwin

package dirstore

import "os"

// fileSystem is the file system that holds the archive's folder. Files are synced
// one by one.
type fileSystem struct{}

func (*fileSystem) open(string) {}

func (*fileSystem) sync(paths []string) []string { return paths }

func (*fileSystem) startWriteback(*os.File) {}

func syncEarly(f *os.File) error { return f.Sync() }
