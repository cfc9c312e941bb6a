//go:build !unix

package dirstore

import "io/fs"

// inode: a file's time and size have to do.
func inode(fs.FileInfo) uint64 { return 0 }
