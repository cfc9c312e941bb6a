package frontier

import "time"

// Waiting without a goroutine or a timer for each worker: the Pops that find
// nothing stand in a line, one timer runs for the host that is ready first, and
// a call that makes a host ready wakes one of them. A woken Pop that takes an
// item wakes the next if another host is ready too.

// drained reports whether no item can come any more.
func (f *Frontier[T]) drained() bool {
	return f.total == 0 && len(f.leases) == 0 && f.holds == 0
}

// notify wakes one waiter if a host is ready, else sets the timer for the first.
func (f *Frontier[T]) notify() {
	if len(f.waiters) == 0 {
		return
	}
	if len(f.queue) == 0 {
		f.setAlarm(never)
		return
	}
	if at := f.queue[0].key; at > nanos(f.clock.Now()) {
		f.setAlarm(at)
		return
	}
	f.wakeOne()
}

func (f *Frontier[T]) wakeOne() {
	if len(f.waiters) == 0 {
		return
	}
	f.waiters[0] <- struct{}{}
	copy(f.waiters, f.waiters[1:])
	f.waiters[len(f.waiters)-1] = nil
	f.waiters = f.waiters[:len(f.waiters)-1]
}

func (f *Frontier[T]) wakeAll() {
	for len(f.waiters) > 0 {
		f.wakeOne()
	}
	f.setAlarm(never)
}

// setAlarm has the timer go off at the given time, in ns; never stops it.
func (f *Frontier[T]) setAlarm(at int64) {
	if f.alarm != nil && f.alarmAt == at {
		return
	}
	if f.alarm != nil {
		f.alarm()
		f.alarm = nil
	}
	if at == never {
		return
	}
	f.alarmAt = at
	f.alarm = f.clock.AfterFunc(time.Duration(at-nanos(f.clock.Now())), func() { f.ring(at) })
}

// ring is called by the timer. A timer that was replaced meanwhile wakes one Pop too
// early, which is harmless.
func (f *Frontier[T]) ring(at int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.alarmAt == at {
		f.alarm = nil
	}
	f.wakeOne()
}

// leave takes a waiter whose context ended out of the line. If it was woken at
// the same moment, the wake is handed on.
func (f *Frontier[T]) leave(wake chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, w := range f.waiters {
		if w == wake {
			f.waiters = append(f.waiters[:i], f.waiters[i+1:]...)
			return
		}
	}
	f.notify()
}
