package frontier

// entry is a stored item: 16 bytes and the payload. Its text lies in the chunk, so
// that the garbage collector does not see one object per entry.
type entry[T any] struct {
	seq     uint64 // age: smaller is older
	start   uint32 // of the text, in the chunk
	size    uint16
	secure  bool
	payload T
}

// chunk is a block of entries and the text of their URLs. Both are allocated
// once with a fixed size: growing would leave copies behind.
type chunk[T any] struct {
	items []entry[T]
	text  []byte
	next  *chunk[T]
}

// fits reports whether an entry whose URL ends in rest fits without growing.
func (c *chunk[T]) fits(rest string) bool {
	return len(c.items) < cap(c.items) && len(c.text)+len(rest) <= cap(c.text)
}

// Sizes of chunks. A host with few URLs must not pay for many, so the first
// chunks are small and later ones grow with the queue.
const (
	minChunk  = 4
	maxChunk  = 512
	textGuess = 40 // bytes of path and query that are planned for an entry at first
)

// fifo is a queue of entries, oldest first.
type fifo[T any] struct {
	first, last *chunk[T]
	head        int // index of the oldest entry in first
	n           int
}

// push appends an entry whose URL ends in rest.
func (q *fifo[T]) push(e entry[T], rest string) {
	c := q.last
	if c == nil || !c.fits(rest) {
		size, text := q.plan()
		c = &chunk[T]{items: make([]entry[T], 0, size), text: make([]byte, 0, max(text, len(rest)))}
		if q.last == nil {
			q.first = c
		} else {
			q.last.next = c
		}
		q.last = c
	}
	e.start, e.size = uint32(len(c.text)), uint16(len(rest))
	c.text = append(c.text, rest...)
	c.items = append(c.items, e)
	q.n++
}

// plan returns the number of entries and the bytes of text for the next chunk.
// The next URLs will be about as long as the host's URLs so far.
func (q *fifo[T]) plan() (size, text int) {
	size = min(max(q.n/4, minChunk), maxChunk)
	length := textGuess
	if c := q.last; c != nil {
		length = len(c.text)/len(c.items) + 1
	}
	return size, size * length
}

// peek returns the oldest entry; the queue must not be empty.
func (q *fifo[T]) peek() *entry[T] { return &q.first.items[q.head] }

// pop takes the oldest entry out; the queue must not be empty.
func (q *fifo[T]) pop() (e entry[T], rest string) {
	c := q.first
	e = c.items[q.head]
	rest = string(c.text[e.start : e.start+uint32(e.size)])
	c.items[q.head] = entry[T]{} // let go of what the payload points to
	q.head++
	q.n--
	if q.head == len(c.items) {
		q.head = 0
		if q.first = c.next; q.first == nil {
			q.last = nil
		}
	}
	return e, rest
}
