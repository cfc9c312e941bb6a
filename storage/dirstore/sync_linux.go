package dirstore

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// fileSystem is the file system that holds the archive's folder. Its zero value syncs
// nothing.
//
// If one syncfs(2) is as safe as an fsync(2) of each file, a batch is synced by one
// syncfs. The system can then write neighbouring files together and wait once: a crawl
// without pauses into a folder on ext4 takes a sixth less time. But syncfs also writes
// the data of other programs, so it is not used while much of that is waiting.
type fileSystem struct {
	root   *os.File // the archive's folder; nil where files are synced one by one
	device uint64
	most   int64       // bytes that may be waiting for the machine's disks where all are waited for
	apart  atomic.Bool // the files of the last batch were left to be synced one by one
}

// maxWaiting is the usual fileSystem.most: two seconds of a slow disk.
const maxWaiting = 256 << 20

// open looks whether the file system of the folder root syncs as a whole. It is
// called before the first write: its sync returns errors that come later.
func (s *fileSystem) open(root string) {
	f, err := os.Open(root)
	if err != nil {
		return
	}
	var stat unix.Statfs_t
	info, err := f.Stat()
	if err == nil {
		err = unix.Fstatfs(int(f.Fd()), &stat)
	}
	kind := int64(stat.Type) //nolint:unconvert // of 32 bits on some machines
	if reliable := syncsWhole(kind) && tellsErrors(); err != nil || !reliable {
		f.Close()
		return
	}
	s.root, s.device, s.most = f, deviceOf(info), maxWaiting
}

// syncsWhole reports whether the sync of a whole file system is known to do for each of
// its files what fsync does. Those of a network and of programs (FUSE) write out what
// they have but need not ask the other side to keep it.
func syncsWhole(kind int64) bool {
	switch kind {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.TMPFS_MAGIC: // ext2 and ext3 have the number of ext4
		return true
	}
	return false
}

// tellsErrors reports whether syncfs returns that bytes were lost on their way to the
// disk, as Linux does since version 5.8.
func tellsErrors() bool {
	var u unix.Utsname
	var major, minor int
	if unix.Uname(&u) != nil {
		return false
	}
	if n, _ := fmt.Sscanf(unix.ByteSliceToString(u.Release[:]), "%d.%d", &major, &minor); n < 2 {
		return false
	}
	return major > 5 || major == 5 && minor >= 8
}

// sync brings the files, and all else on the file system, to the disk, and returns
// those that it did not reach: all where it is not possible or others have written
// much, or those in folders that lie on another disk.
func (s *fileSystem) sync(paths []string) (left []string) {
	whole := s.root != nil && s.syncAll()
	s.apart.Store(!whole)
	if !whole {
		return paths
	}
	here := map[string]bool{}
	for _, path := range paths {
		dir := filepath.Dir(path)
		if _, known := here[dir]; !known {
			info, err := os.Stat(dir)
			here[dir] = err == nil && deviceOf(info) == s.device
		}
		if !here[dir] {
			left = append(left, path)
		}
	}
	return left
}

// syncAll writes everything that is waiting for the file system to the disk, and
// reports whether it succeeded. An error of syncfs may concern any file of the file
// system, even another program's, and may be older than this process; or the call
// may be forbidden. So after a failure each file is synced, which shows whether it
// is affected.
func (s *fileSystem) syncAll() bool {
	info, err := os.ReadFile("/proc/meminfo")
	return err == nil && waiting(info) <= s.most && unix.Syncfs(int(s.root.Fd())) == nil
}

func deviceOf(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev) //nolint:unconvert // of 32 bits on some machines
	}
	return 0
}

// waiting is how many bytes wait to be written to the disks of the machine, or are on
// their way, by /proc/meminfo; very many if that cannot be read.
func waiting(meminfo []byte) int64 {
	sum, found := int64(0), 0
	for lines := bufio.NewScanner(bytes.NewReader(meminfo)); lines.Scan(); {
		fields := bytes.Fields(lines.Bytes())
		if len(fields) < 2 || !slices.Contains([]string{"Dirty:", "Writeback:"}, string(fields[0])) {
			continue
		}
		if n, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
			sum, found = sum+n<<10, found+1 // kB are 1,024 bytes here
		}
	}
	if found < 2 {
		return 1 << 62
	}
	return sum
}

// startWriteback asks the system to begin writing the file's bytes to the disk, so
// that the fsync of a batch's files finds most of them there and has not to wait for
// one after the other. Where all are written at once it is better left to that.
func (s *fileSystem) startWriteback(f *os.File) {
	if s.root != nil && !s.apart.Load() {
		return
	}
	c, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = c.Control(func(fd uintptr) { _ = unix.SyncFileRange(int(fd), 0, 0, unix.SYNC_FILE_RANGE_WRITE) })
}

// syncEarly brings a file to the disk of which a later Sync of another file
// will be waited for as well.
func syncEarly(f *os.File) error { return f.Sync() }
