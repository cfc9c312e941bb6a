//go:build !unix

package render

import (
	"os"
	"os/exec"
)

// bind does nothing: Chromium ends when its pipe closes.
func bind(*exec.Cmd) {}

func killGroup(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}

// alive cannot be known here: the folders stay.
func alive(int) bool { return true }
