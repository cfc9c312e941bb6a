package render

import (
	"os/exec"
	"syscall"
)

// bind has the kernel kill Chromium when ours ends, and puts it into a group of its
// own. Its other processes end when they lose it.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

func alive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
