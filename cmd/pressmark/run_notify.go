package main

import (
	"log/slog"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// notifySystem returns a function that reports to systemd that the program is ready (Type=notify), at its
// first call, and alive (WatchdogSec), at each. Elsewhere it does nothing.
func notifySystem(log *slog.Logger) func() {
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		log.Warn("systemd's watchdog is not served", "error", err)
	}
	ready := false
	var last time.Time
	return func() {
		if !ready {
			ready = true
			notify(log, daemon.SdNotifyReady)
		}
		if every > 0 && time.Since(last) >= every/4 {
			last = time.Now()
			notify(log, daemon.SdNotifyWatchdog)
		}
	}
}

func notify(log *slog.Logger, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		log.Warn("systemd not notified", "state", state, "error", err)
	}
}
