//go:build !linux && !darwin

package dirstore

import "os"

func startWriteback(*os.File) {}

func syncEarly(f *os.File) error { return f.Sync() }
