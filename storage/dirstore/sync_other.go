//go:build !linux && !darwin

package dirstore

import "os"

// fileSystem is the one that an archive's folder lies on. Files are synced one by one.
type fileSystem struct{}

func (*fileSystem) open(string) {}

func (*fileSystem) sync(paths []string) []string { return paths }

func (*fileSystem) startWriteback(*os.File) {}

func syncEarly(f *os.File) error { return f.Sync() }
