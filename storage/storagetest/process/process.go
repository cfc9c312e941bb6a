//go:build unix

// Package process starts servers for tests: on free ports of loopback, with certificates
// made for them, and so that they end with the test whatever ends it.
package process

import (
	"net"
	"os/exec"
	"runtime"
)

// Process is one that was started. Make one with Start.
type Process struct {
	Done <-chan struct{} // closed when it has ended
	cmd  *exec.Cmd
}

// Start starts a process from a thread that lives as long as the process: the system ends
// the process with the thread that started it, also where this program is killed.
func Start(cmd *exec.Cmd) (*Process, error) {
	endWithParent(cmd)
	done, started := make(chan struct{}), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(done)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is of interest only while it starts
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return &Process{Done: done, cmd: cmd}, nil
}

// Kill ends the process, if it has not ended, and waits until it has.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.Done
}

// FreeAddress returns a "127.0.0.1:port" that is not in use.
func FreeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
