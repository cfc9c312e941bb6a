package frontier

import "time"

// What tests look at and a crawl does not need.

// TryPop is Pop without waiting. If no host may be asked now, ok is false and
// next is the time at which one may; zero if nothing is pending or every host
// with items is leased.
func (f *Frontier[T]) TryPop() (lease Lease[T], next time.Time, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	lease, at, ok := f.take()
	if ok || at == never {
		return lease, time.Time{}, ok
	}
	return lease, time.Unix(0, at), false
}

// Stats are the frontier's numbers at one moment.
type Stats struct {
	Pending int       // items not handed out
	Leased  int       // leases not ended
	Hosts   int       // hosts with items or a lease
	Next    time.Time // when a host may be asked next; zero if none waits
}

// Stats returns the frontier's numbers.
func (f *Frontier[T]) Stats() Stats {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := Stats{Pending: f.total, Leased: len(f.leases), Hosts: len(f.hosts)}
	if len(f.queue) > 0 {
		s.Next = time.Unix(0, f.queue[0].key)
	}
	return s
}

// HostOf is the host, with its port, as Options.Ready is asked for it.
func HostOf(url string) string {
	host, _, _, _ := split(url)
	return host
}
