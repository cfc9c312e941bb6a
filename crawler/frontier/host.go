package frontier

import "math"

// host is the queue of one host.
type host[T any] struct {
	name    string
	queues  [classes]fifo[T] // items in the order of their coming
	back    [classes]pile[T] // items that had a time and are due, by age; few
	later   pile[T]          // items that are not due yet, by time
	waiting int              // items in all

	lease uint64 // number of the lease that has the host, 0: none
	turns uint32 // leases so far
	key   int64  // place in the heap of hosts: when it may be asked next, in ns
	order uint64 // among equal keys: who came first
	index int    // in the heap of hosts, -1: not in it
}

const never = math.MaxInt64

// due is the time from which the host has an item to hand out, in ns; never if it
// has none.
func (h *host[T]) due() int64 {
	for i := range classes {
		if h.queues[i].n > 0 || len(h.back[i]) > 0 {
			return 0
		}
	}
	if len(h.later) > 0 {
		return h.later[0].due
	}
	return never
}

// put adds an item that has a time or an age of its own.
func (h *host[T]) put(r returned[T], now int64) {
	if r.due > now {
		h.later.push(r, byDue[T])
	} else {
		h.back[r.class].push(r, byAge[T])
	}
	h.waiting++
}

// fairTurn is how often a host's oldest item is taken whatever its class.
const fairTurn = 8

// take removes the item whose turn it is. The host must have one that is due.
func (h *host[T]) take(now int64) returned[T] {
	for len(h.later) > 0 && h.later[0].due <= now {
		r := h.later.pop(byDue[T])
		h.back[r.class].push(r, byAge[T])
	}
	fair := h.turns%fairTurn == fairTurn-1
	h.turns++
	h.waiting--
	best, bestAge := classes, uint64(math.MaxUint64)
	for i := range classes {
		if age := h.age(i); age < bestAge {
			best, bestAge = i, age
			if !fair {
				break
			}
		}
	}
	if back := &h.back[best]; len(*back) > 0 && (*back)[0].seq == bestAge {
		return back.pop(byAge[T])
	}
	r := returned[T]{class: best}
	r.entry, r.rest = h.queues[best].pop()
	return r
}

// age is the number of the oldest item of a class that is due, or the largest number
// if there is none.
func (h *host[T]) age(class Class) uint64 {
	age := uint64(math.MaxUint64)
	if h.queues[class].n > 0 {
		age = h.queues[class].peek().seq
	}
	if len(h.back[class]) > 0 {
		age = min(age, h.back[class][0].seq)
	}
	return age
}
