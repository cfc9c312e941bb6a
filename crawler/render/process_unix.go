//go:build unix && !linux

package render

import (
	"os/exec"
	"syscall"
)

// bind puts Chromium into a group of its own. It ends with ours all the same, because
// its pipe closes then.
func bind(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

func alive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
