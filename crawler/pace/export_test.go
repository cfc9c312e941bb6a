package pace

import "time"

// TryAcquire takes the host if a request may start now. Otherwise ok is false
// and ready is the time at which to ask again, as Ready returns it.
func (p *Pacer) TryAcquire(host string) (release Release, ready time.Time, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.opts.Clock.Now()
	h := p.host(host)
	if at := p.ready(h, now); at.After(now) {
		return nil, at, false
	}
	h.start(now)
	return p.releaser(h), now, true
}

// Hosts is the number of hosts remembered.
func (p *Pacer) Hosts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.hosts)
}
