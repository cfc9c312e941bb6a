package dirstore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// errNotDir: a part of the path is a file, so no object exists below it.
var errNotDir error = syscall.ENOTDIR

// maxDirty bounds the memory for names of files that may not have reached the disk.
const maxDirty = 4096

// dirtyFiles remembers the files that may not have reached the disk.
type dirtyFiles struct {
	root     string
	disk     fileSystem
	flushing sync.Mutex // held by the one that flushes; taken before mu
	mu       sync.Mutex // guards paths; held for moments only, so that writes go on during a flush
	paths    []string
}

// add remembers path; the files are flushed when they are many.
func (d *dirtyFiles) add(path string) error {
	d.mu.Lock()
	d.paths = append(d.paths, path)
	full := len(d.paths) >= maxDirty
	d.mu.Unlock()
	if full {
		return noCollision(d.flush())
	}
	return nil
}

// flush brings all remembered files and their folders to the disk. Whoever
// comes while another one flushes waits for it: a Create must not overtake
// files that were written before it, whichever process writes them back.
func (d *dirtyFiles) flush() error {
	d.flushing.Lock()
	defer d.flushing.Unlock()
	d.mu.Lock()
	paths := d.paths
	d.paths = nil
	d.mu.Unlock()
	if err := d.sync(paths); err != nil {
		d.mu.Lock()
		d.paths = append(paths, d.paths...)
		d.mu.Unlock()
		return err
	}
	return nil
}

// many is how many files are worth a sync of all that waits for the disk.
const many = 8

// sync brings files and the folders that they lie in, up to root, to the disk.
func (d *dirtyFiles) sync(paths []string) error {
	if len(paths) >= many {
		paths = d.disk.sync(paths)
	}
	dirs := map[string]bool{}
	for _, path := range paths {
		if err := syncFile(path, syncEarly); err != nil {
			return err
		}
		for dir := filepath.Dir(path); !dirs[dir] && len(dir) >= len(d.root); dir = filepath.Dir(dir) {
			dirs[dir] = true
		}
	}
	for dir := range dirs {
		if err := syncFile(dir, syncEarly); err != nil {
			return err
		}
	}
	return nil
}

// syncDirs syncs the folder dir and those above it, up to root.
func syncDirs(root, dir string) error {
	for {
		if err := syncFile(dir, (*os.File).Sync); err != nil {
			return err
		}
		if dir == root || len(dir) <= len(root) {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}

// syncFile syncs a file or folder. A file deleted meanwhile is not an error. Some
// file systems cannot sync folders.
func syncFile(path string, sync func(*os.File) error) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	err = sync(f)
	if unsupported := errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP); unsupported {
		return nil
	}
	return err
}
