package frontier

import "container/heap"

// returned is an item outside the queues, because it has a time of its own.
type returned[T any] struct {
	entry[T]
	rest  string
	class Class
	due   int64 // ns; 0: at once
}

// pile is a binary heap of returned items; less reports which goes first.
type pile[T any] []returned[T]

func byAge[T any](a, b *returned[T]) bool { return a.seq < b.seq }

func byDue[T any](a, b *returned[T]) bool {
	if a.due != b.due {
		return a.due < b.due
	}
	return a.seq < b.seq
}

func (p *pile[T]) push(r returned[T], less func(a, b *returned[T]) bool) {
	s := append(*p, r)
	for i := len(s) - 1; i > 0; {
		parent := (i - 1) / 2
		if !less(&s[i], &s[parent]) {
			break
		}
		s[i], s[parent] = s[parent], s[i]
		i = parent
	}
	*p = s
}

func (p *pile[T]) pop(less func(a, b *returned[T]) bool) returned[T] {
	s := *p
	top, last := s[0], len(s)-1
	s[0] = s[last]
	s[last] = returned[T]{} // let go of what it points to
	s = s[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && less(&s[child+1], &s[child]) {
			child++
		}
		if !less(&s[child], &s[i]) {
			break
		}
		s[i], s[child] = s[child], s[i]
		i = child
	}
	*p = s
	return top
}

// hosts is a heap of hosts by the time at which each may be asked next.
type hosts[T any] []*host[T]

func (s hosts[T]) Len() int { return len(s) }
func (s hosts[T]) Less(i, j int) bool {
	return s[i].key < s[j].key || s[i].key == s[j].key && s[i].order < s[j].order
}
func (s hosts[T]) Swap(i, j int) {
	s[i], s[j] = s[j], s[i]
	s[i].index, s[j].index = i, j
}

// Push is for package heap.
func (s *hosts[T]) Push(x any) {
	h := x.(*host[T])
	h.index = len(*s)
	*s = append(*s, h)
}

// Pop is for package heap.
func (s *hosts[T]) Pop() any {
	old := *s
	h := old[len(old)-1]
	old[len(old)-1] = nil
	*s = old[:len(old)-1]
	h.index = -1
	return h
}

// place puts a host where its key says: into the heap, elsewhere in it, or out.
func (s *hosts[T]) place(h *host[T], in bool) {
	switch {
	case in && h.index < 0:
		heap.Push(s, h)
	case in:
		heap.Fix(s, h.index)
	case h.index >= 0:
		heap.Remove(s, h.index)
	}
}
