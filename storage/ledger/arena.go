package ledger

import (
	"encoding/binary"
	"fmt"
	"io"
)

// Spill is a file in which a [State] keeps what does not fit into memory. No other
// one uses it.
type Spill interface {
	io.ReaderAt
	io.WriterAt
}

// Sizes in bytes.
const (
	firstChunk = 4 << 10  // a fleet has thousands of states open, most of them small
	fullChunk  = 1 << 20  // size of a chunk, but for one with a single larger item
	inMemory   = 32 << 20 // what stays in memory if there is a Spill
	nearWindow = 512      // bytes read of the Spill for one item: most are shorter
	farWindow  = 16 << 10 // and for many in a row
)

// arena keeps items of bytes one behind the other. An item is never changed, so a
// reader needs no lock. The oldest chunks move into the Spill when memory is full.
type arena struct {
	spill  func() (Spill, error) // nil: all stays in memory
	file   Spill                 // nil before the first chunk is spilled
	chunks []chunk
	moved  int   // chunks that are in file
	filed  int64 // bytes of file
	size   int64 // of all items
	dead   int64 // of items that were replaced
}

// chunk is in memory, or at a place of the Spill.
type chunk struct {
	bytes []byte // nil once it is in the Spill
	at    int64  // in the Spill
	size  int
}

// place is the place of an item: number of the chunk, and offset in it.
type place uint64

func (p place) chunk() int  { return int(p >> 32) }
func (p place) offset() int { return int(uint32(p)) }

// add appends an item and returns its place.
func (a *arena) add(item []byte) place {
	var head [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(item)))
	need := n + len(item)
	last := len(a.chunks) - 1
	if last < 0 || cap(a.chunks[last].bytes)-len(a.chunks[last].bytes) < need {
		room := max(need, int(min(fullChunk, max(firstChunk, a.size))))
		a.chunks = append(a.chunks, chunk{bytes: make([]byte, 0, room)})
		last++
		a.makeRoom()
	}
	c := &a.chunks[last]
	p := place(last)<<32 | place(len(c.bytes))
	c.bytes = append(append(c.bytes, head[:n]...), item...)
	c.size = len(c.bytes)
	a.size += int64(need)
	return p
}

// makeRoom moves the oldest chunks into the Spill. If that fails, as on a full disk,
// all stays in memory from then on.
func (a *arena) makeRoom() {
	for a.spill != nil && a.size-a.filed > inMemory && a.moved < len(a.chunks)-1 {
		if a.file == nil {
			file, err := a.spill()
			if err != nil {
				a.spill = nil
				return
			}
			a.file = file
		}
		c := &a.chunks[a.moved]
		if _, err := a.file.WriteAt(c.bytes, a.filed); err != nil {
			a.spill = nil
			return
		}
		c.at, c.bytes = a.filed, nil
		a.filed += int64(c.size)
		a.moved++
	}
}

// drop notes that an item is not needed any more.
func (a *arena) drop(item []byte) { a.dead += int64(len(item)) + 1 }

// wasteful reports whether most of the items are dead.
func (a *arena) wasteful() bool { return a.size > fullChunk && 2*a.dead > a.size }

// arenaReader reads items. Each user has one of its own.
type arenaReader struct {
	arena  *arena
	window []byte // bytes of the Spill from at on
	at     int64
	room   int // bytes to read at one time
}

func (a *arena) reader(room int) arenaReader { return arenaReader{arena: a, room: room} }

// item returns the item at a place, valid until the next call.
func (r *arenaReader) item(p place) []byte {
	c := &r.arena.chunks[p.chunk()]
	if c.bytes != nil {
		return itemAt(c.bytes[p.offset():])
	}
	from, end := c.at+int64(p.offset()), c.at+int64(c.size)
	b := r.read(from, min(end, from+binary.MaxVarintLen64))
	size, n := binary.Uvarint(b)
	return itemAt(r.read(from, from+int64(n)+int64(size)))
}

// itemAt returns the item that b begins with.
func itemAt(b []byte) []byte {
	size, n := binary.Uvarint(b)
	return b[n : n+int(size)]
}

// read returns bytes of the Spill.
func (r *arenaReader) read(from, end int64) []byte {
	if from < r.at || end > r.at+int64(len(r.window)) {
		want := min(max(end-from, int64(r.room)), r.arena.filed-from)
		if int64(cap(r.window)) < want {
			r.window = make([]byte, want)
		}
		r.window, r.at = r.window[:want], from
		if _, err := r.arena.file.ReadAt(r.window, from); err != nil {
			// Nothing can be said of the log without it, and a run may end at any moment.
			panic(fmt.Errorf("the temporary file of a log's state cannot be read: %w", err))
		}
	}
	return r.window[from-r.at : end-r.at]
}
