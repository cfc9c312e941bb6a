package extract

import (
	"runtime"
	"slices"
)

// Limits of what is kept from one page for the next.
const (
	keepLines = 1 << 14 // lines, boxes and pictures of a page whose memory is kept
	keepText  = 1 << 20 // bytes of text
	keepNames = 10_000  // attribute values whose flags are remembered
	keepName  = 80      // bytes of such a value
)

// scratch is the memory in which a page is laid flat, kept from page to page:
// most of it would else be cleared and collected for each. Nothing of a Result
// points into it. The names are worth keeping for their own sake, since a
// site's pages all have the same classes.
type scratch struct {
	names          *nameCache
	buf            []byte
	starts, open   []int32
	mass, linkMass []int32
	lines          []line
	boxes          []box
	spans          []span
	links          []anchor
	pictures       []candidate
}

// scratchPool holds the memory of pages that are done, for as many as are read at
// the same time. It is no sync.Pool, because that is emptied by the garbage
// collector, and the names with it, every few pages where others make garbage.
type scratchPool chan *scratch

func newScratchPool() scratchPool { return make(scratchPool, runtime.GOMAXPROCS(0)) }

func (p scratchPool) get() *scratch {
	select {
	case s := <-p:
		return s
	default:
		return &scratch{names: newNameCache()}
	}
}

func (p scratchPool) put(s *scratch) {
	select {
	case p <- s:
	default: // more were read than there are processors
	}
}

// lend makes the page's and the walker's lists of the scratch's memory.
func (s *scratch) lend(w *walker, size, tags int) {
	p := w.p
	w.names = s.names
	w.buf = slices.Grow(s.buf[:0], size/8+256)
	w.starts, w.open = s.starts[:0], s.open[:0]
	p.lines = slices.Grow(s.lines[:0], tags/9+16)
	p.boxes = slices.Grow(s.boxes[:0], tags/5+16)
	p.spans, p.links, p.candidates = s.spans[:0], s.links[:0], s.pictures[:0]
}

// sums takes memory for the prefix sums of n lines.
func (s *scratch) sums(p *page, n int) {
	p.mass = slices.Grow(s.mass[:0], n+1)[:n+1]
	p.linkMass = slices.Grow(s.linkMass[:0], n+1)[:n+1]
	p.mass[0], p.linkMass[0] = 0, 0
}

// giveBack takes the lists of a page that is done, cleared, so that they hold on
// to nothing of it. A huge page's are left to the collector.
func (s *scratch) giveBack(p *page) {
	if len(p.lines)+len(p.boxes)+len(p.spans)+len(p.links)+len(p.candidates) > keepLines || cap(s.buf) > keepText {
		*s = scratch{names: s.names}
	} else {
		clear(p.lines)
		clear(p.boxes)
		clear(p.spans)
		clear(p.links)
		clear(p.candidates)
		s.lines, s.boxes, s.spans, s.links, s.pictures = p.lines, p.boxes, p.spans, p.links, p.candidates
		s.mass, s.linkMass = p.mass, p.linkMass
	}
	s.names.trim()
}
