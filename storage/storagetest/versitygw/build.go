//go:build unix

package versitygw

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

const (
	module  = "github.com/versity/versitygw/cmd/versitygw"
	version = "v1.8.0"
)

// Build returns the server's program, building it if it is not in the user's
// cache folder yet; of several processes at one time, one builds. The first
// time takes minutes.
func Build(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("build versitygw: %w", err)
	}
	dir := filepath.Join(cache, "pressmark-test", "versitygw-"+version)
	program := filepath.Join(dir, "versitygw")
	if isFile(program) {
		return program, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", fmt.Errorf("build versitygw: %w", err)
	}
	unlock, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return "", fmt.Errorf("build versitygw: %w", err)
	}
	defer unlock()
	if isFile(program) { // built while we waited
		return program, nil
	}
	return program, install(ctx, dir, program)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// install builds beside program and then gives it its name, so that a program
// under that name is always whole.
func install(ctx context.Context, dir, program string) error {
	bin, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return fmt.Errorf("build versitygw: %w", err)
	}
	defer os.RemoveAll(bin)
	cmd := exec.CommandContext(ctx, "go", "install", module+"@"+version)
	cmd.Dir = bin // outside any module
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+bin, "GOFLAGS=", "GO111MODULE=on", "GOOS=", "GOARCH=", "GOWORK=off")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go install %s@%s (needed once, to test against a real S3 server; it needs the Go module proxy): %w\n%s",
			module, version, errors.Join(err, ctx.Err()), out.Bytes())
	}
	return os.Rename(filepath.Join(bin, "versitygw"), program)
}

// lock waits for the lock on the file name and returns what gives it back. The
// lock ends with the process.
func lock(name string) (func(), error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", name, err)
		}
	}
}
