package frontier_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// model is what the frontier promises, written as plainly as possible.
type model struct {
	clock *fakeClock
	ready map[string]time.Time
	turns map[string]int
	items []modelItem
	open  map[int]frontier.Lease[int] // by payload; hosts in busy have not been freed
	busy  map[string]int              // host -> payload
	since map[string]int              // pops since a host became eligible
}

type modelItem struct {
	host    string
	class   frontier.Class
	due     time.Time
	payload int // grows with age
}

// eligible lists the items of a host that may be handed out now.
func (m *model) eligible(host string) []modelItem {
	now := m.clock.now
	if _, leased := m.busy[host]; leased || m.ready[host].After(now) {
		return nil
	}
	var out []modelItem
	for _, it := range m.items {
		if it.host == host && !it.due.After(now) {
			out = append(out, it)
		}
	}
	return out
}

// choice is the item whose turn it is.
func (m *model) choice(host string) modelItem {
	fair := m.turns[host]%8 == 7
	return slices.MinFunc(m.eligible(host), func(a, b modelItem) int {
		if !fair && a.class != b.class {
			return int(a.class) - int(b.class)
		}
		return a.payload - b.payload
	})
}

const (
	modelHosts = 7
)

func hostOf(l frontier.Lease[int]) string { return frontier.HostOf(l.URL) }

func hostName(i int) string { return fmt.Sprintf("h%d.example", i) }

// TestRandomSchedules drives random schedules under a fake clock and compares
// every step with the model: never two leases of one host, never before its
// time, the right item, work handed out whenever there is some, and no host
// passed over more often than there are hosts.
func TestRandomSchedules(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			clock := &fakeClock{start}
			m := &model{clock: clock, ready: map[string]time.Time{}, turns: map[string]int{},
				open: map[int]frontier.Lease[int]{}, busy: map[string]int{}, since: map[string]int{}}
			f := frontier.New[int](frontier.Options{Clock: clock, Ready: func(h string) time.Time { return m.ready[h] }})
			next := 0
			for step := range 600 {
				m.step(t, f, r, &next)
				if t.Failed() {
					t.Fatalf("after step %d", step)
				}
			}
			m.finish(t, f)
		})
	}
}

func (m *model) step(t *testing.T, f *frontier.Frontier[int], r *rand.Rand, next *int) {
	now := m.clock.now
	switch n := r.IntN(100); {
	case n < 35:
		it := modelItem{host: hostName(r.IntN(modelHosts)), class: frontier.Class(r.IntN(4)), payload: *next}
		*next++
		if r.IntN(5) == 0 {
			it.due = now.Add(time.Duration(r.IntN(20)-3) * time.Second)
		}
		m.items = append(m.items, it)
		err := f.Push(frontier.Item[int]{URL: fmt.Sprintf("http://%s/%d", it.host, it.payload), Class: it.class, NotBefore: it.due, Payload: it.payload})
		if err != nil {
			t.Error(err)
		}
	case n < 70:
		m.pop(t, f)
	case n < 90:
		m.end(t, f, r, next)
	case n < 95: // a Retry-After became known
		host := hostName(r.IntN(modelHosts))
		m.ready[host] = later(m.ready[host], now.Add(time.Duration(r.IntN(10))*time.Second))
	default:
		m.clock.now = now.Add(time.Duration(r.IntN(3000)) * time.Millisecond)
	}
	for i := range modelHosts { // a host that ran empty begins anew
		host := hostName(i)
		if !m.has(host) && !slices.ContainsFunc(m.items, func(it modelItem) bool { return it.host == host }) {
			m.turns[host] = 0
		}
	}
	if s := f.Stats(); s.Pending != len(m.items) || s.Leased != len(m.open) {
		t.Errorf("stats %+v, want %d pending and %d leased", s, len(m.items), len(m.open))
	}
}

func (m *model) pop(t *testing.T, f *frontier.Frontier[int]) bool {
	lease, next, ok := f.TryPop()
	if !ok {
		for i := range modelHosts {
			if len(m.eligible(hostName(i))) > 0 {
				t.Errorf("nothing handed out though %s is ready", hostName(i))
			}
		}
		if !next.IsZero() && !next.After(m.clock.now) {
			t.Errorf("next is %v, not after now", next)
		}
		return false
	}
	if len(m.eligible(hostOf(lease))) == 0 {
		t.Errorf("%s was handed out: leased %v, ready %v, now %v", lease.URL, m.busy, m.ready[hostOf(lease)], m.clock.now)
		return false
	}
	want := m.choice(hostOf(lease))
	if lease.Payload != want.payload || lease.Class != want.class {
		t.Errorf("got item %d, want %d", lease.Payload, want.payload)
	}
	for i := range modelHosts {
		host := hostName(i)
		if host == hostOf(lease) || len(m.eligible(host)) == 0 {
			m.since[host] = 0
		} else if m.since[host]++; m.since[host] > modelHosts {
			t.Errorf("%s is ready and was passed over %d times", host, m.since[host])
		}
	}
	m.items = slices.DeleteFunc(m.items, func(it modelItem) bool { return it.payload == lease.Payload })
	m.turns[hostOf(lease)]++
	m.open[lease.Payload] = lease
	m.busy[hostOf(lease)] = lease.Payload
	return true
}

// end frees or ends one of the open leases, or puts its item back under a new number.
func (m *model) end(t *testing.T, f *frontier.Frontier[int], r *rand.Rand, next *int) {
	payloads := make([]int, 0, len(m.open))
	for p := range m.open {
		payloads = append(payloads, p)
	}
	if len(payloads) == 0 {
		return
	}
	slices.Sort(payloads)
	p := payloads[r.IntN(len(payloads))]
	lease := m.open[p]
	holds := m.busy[hostOf(lease)] == p && m.has(hostOf(lease))
	if holds { // the request is over: the host has its pause
		m.ready[hostOf(lease)] = later(m.ready[hostOf(lease)], m.clock.now.Add(time.Duration(r.IntN(2000))*time.Millisecond))
		delete(m.busy, hostOf(lease))
	}
	switch r.IntN(3) {
	case 0:
		f.Free(lease)
		return
	case 1:
		f.Done(lease)
	case 2: // tried again later
		due := m.clock.now.Add(time.Duration(r.IntN(5)) * time.Second)
		m.items = append(m.items, modelItem{host: hostOf(lease), class: lease.Class, due: due, payload: *next})
		if err := f.Push(frontier.Item[int]{URL: lease.URL, Class: lease.Class, NotBefore: due, Payload: *next}); err != nil {
			t.Error(err)
		}
		*next++
		f.Done(lease)
	}
	delete(m.open, p)
}

func (m *model) has(host string) bool { _, ok := m.busy[host]; return ok }

// finish works everything off: nothing may be left behind.
func (m *model) finish(t *testing.T, f *frontier.Frontier[int]) {
	for _, lease := range m.open {
		f.Done(lease)
	}
	m.open, m.busy = map[int]frontier.Lease[int]{}, map[string]int{}
	for range 100_000 {
		if t.Failed() {
			return
		}
		if m.pop(t, f) {
			for p, lease := range m.open {
				f.Done(lease)
				delete(m.open, p)
			}
			clear(m.busy)
			continue
		}
		s := f.Stats()
		if s.Next.IsZero() {
			break
		}
		m.clock.now = s.Next
	}
	if s := f.Stats(); s.Pending != 0 || s.Leased != 0 || len(m.items) != 0 {
		t.Errorf("left behind: %+v, model %d", s, len(m.items))
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// TestNoHostIsStarvedWithoutPauses: where every host is always ready, they take turns.
func TestNoHostIsStarvedWithoutPauses(t *testing.T) {
	f := frontier.New[int](frontier.Options{Clock: &fakeClock{start}})
	for i := range 50 {
		for h := range 5 {
			push(t, f, frontier.Article, h, fmt.Sprintf("http://%s/%d", hostName(h), i))
		}
	}
	least, most := math.MaxInt, 0
	counts := map[int]int{}
	for range 100 {
		l, _, ok := f.TryPop()
		if !ok {
			t.Fatal("nothing to pop")
		}
		counts[l.Payload]++
		f.Done(l)
	}
	for h := range 5 {
		least, most = min(least, counts[h]), max(most, counts[h])
	}
	if least != 20 || most != 20 {
		t.Errorf("turns %v, want 20 each", counts)
	}
}
