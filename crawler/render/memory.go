package render

import (
	"sync"
	"time"
)

// memoryWatch ends page processes of Chromium that take too much memory. Script
// objects have a limit of their own in the engine; buffers and elements do not.
type memoryWatch struct {
	pid   int // of Chromium; its group has the same number
	limit int64
	done  chan struct{}
	once  sync.Once

	mu    sync.Mutex
	sum   int64
	ended int // page processes that were ended
}

// look is how often memory is measured: a page can allocate about a gigabyte in that
// time.
const look = 200 * time.Millisecond

func watchMemory(pid int, limit int64) *memoryWatch {
	w := &memoryWatch{pid: pid, limit: limit, done: make(chan struct{})}
	go w.run()
	return w
}

func (w *memoryWatch) run() {
	t := time.NewTicker(look)
	defer t.Stop()
	for {
		select {
		case <-w.done:
			return
		case <-t.C:
			w.measure()
		}
	}
}

func (w *memoryWatch) measure() {
	var sum int64
	ended := 0
	for _, m := range members(w.pid) {
		sum += m.memory
		if m.renderer && m.memory > w.limit {
			endProcess(m.pid)
			ended++
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sum = sum
	w.ended += ended
}

func (w *memoryWatch) stop() { w.once.Do(func() { close(w.done) }) }

// total is the memory of the group in bytes, as last measured.
func (w *memoryWatch) total() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sum
}

// count returns how many page processes were ended so far.
func (w *memoryWatch) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended
}

// member is one process of the group.
type member struct {
	pid      int
	memory   int64 // resident, without what it shares
	renderer bool  // it runs a page
}
