package render

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// members lists the processes of a group.
func members(group int) []member {
	entries, _ := os.ReadDir("/proc")
	var list []member
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || groupOf(pid) != group {
			continue
		}
		cmdline, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "cmdline"))
		list = append(list, member{pid, residentOf(pid), bytes.Contains(cmdline, []byte("--type=renderer"))})
	}
	return list
}

// groupOf returns the process group out of /proc/PID/stat: the third field behind the
// program's name in parentheses.
func groupOf(pid int) int {
	stat, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	end := bytes.LastIndexByte(stat, ')')
	if end < 0 {
		return 0
	}
	fields := strings.Fields(string(stat[end+1:]))
	if len(fields) < 3 {
		return 0
	}
	group, _ := strconv.Atoi(fields[2])
	return group
}

// residentOf returns the resident memory less the shared part, out of /proc/PID/statm.
func residentOf(pid int) int64 {
	statm, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "statm"))
	fields := strings.Fields(string(statm))
	if len(fields) < 3 {
		return 0
	}
	resident, _ := strconv.ParseInt(fields[1], 10, 64)
	shared, _ := strconv.ParseInt(fields[2], 10, 64)
	return max(resident-shared, 0) * int64(os.Getpagesize())
}

func endProcess(pid int) { _ = syscall.Kill(pid, syscall.SIGKILL) }
