package inflight

import (
	"bytes"
	"io/fs"
	"strconv"
)

// limits are the files in which Linux says how much memory a process may use: the
// cgroup of version 2 and of version 1, then the machine. "max" and huge numbers mean
// no limit.
var limits = []string{"sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"}

// Machine returns the bytes of memory that the process may use, by the root of a
// file system with /proc and /sys: the limit of its cgroup or the machine's memory,
// whichever is less; 0 if neither is known.
func Machine(root fs.FS) int64 {
	least := int64(0)
	note := func(n int64) {
		if lower := least == 0 || n < least; n > 0 && lower {
			least = n
		}
	}
	for _, name := range limits {
		text, _ := fs.ReadFile(root, name) // one of the versions is there, or none
		n, _ := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
		note(n)
	}
	text, _ := fs.ReadFile(root, "proc/meminfo")
	for line := range bytes.Lines(text) {
		if fields := bytes.Fields(line); len(fields) >= 2 && string(fields[0]) == "MemTotal:" {
			n, _ := strconv.ParseInt(string(fields[1]), 10, 53)
			note(n << 10)
		}
	}
	return least
}

// Plan is how a process divides its memory.
type Plan struct {
	Limit int64 // what the garbage collector is held to
	Bytes int64 // of bodies in flight, for New
}

// most is the memory limit of a process if the operator sets none.
const most = 512 << 20

// PlanFor divides the memory that a process may use. told is the operator's limit in
// bytes; 0 means half of the machine's memory, at most 512 MiB. A quarter is for
// bodies in flight, because extraction takes several times the size of a body. The
// garbage collector works harder from seven tenths on.
func PlanFor(told, machine int64) Plan {
	if told <= 0 {
		told = most
		if machine > 0 {
			told = min(told, machine/2)
		}
	}
	return Plan{Limit: told / 10 * 7, Bytes: told / 4}
}
