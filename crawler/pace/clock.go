package pace

import "time"

// Clock is the time as a Pacer sees it. AfterFunc calls f once, from any
// goroutine, when d has passed; stop reports whether it came in time to prevent
// the call.
type Clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// systemClock is the real time.
type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) AfterFunc(d time.Duration, f func()) func() bool {
	return time.AfterFunc(d, f).Stop
}
