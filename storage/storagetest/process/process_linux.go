package process

import (
	"os/exec"
	"syscall"
)

// endWithParent has the system kill the process when the thread that started
// it ends.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
