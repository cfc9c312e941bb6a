package page

import (
	"runtime"
	"slices"
)

// Limits of what is kept from one page for the next.
const (
	keepLines = 1 << 14 // lines, boxes and pictures of a page whose memory is kept
	keepText  = 1 << 20 // bytes of text
)

// Scratch is the memory in which a page is laid flat. It is reused for the next page,
// because otherwise most of it would be cleared and collected each time. No Result refers
// to it. It also keeps the flags of class names, since all pages of a site have the same
// classes.
type Scratch struct {
	names          *nameCache
	buf            []byte
	starts, open   []int32
	mass, linkMass []int32
	lines          []Line
	boxes          []Box
	spans          []Span
	links          []Anchor
	pictures       []Picture
	ranges         []Range
	embeds         []Embed
}

// Pool holds the memory of finished pages, for as many pages as are read at the same
// time. It is not a sync.Pool: the garbage collector would empty that, and the class
// names with it, every few pages.
type Pool chan *Scratch

// NewPool returns an empty pool.
func NewPool() Pool { return make(Pool, runtime.GOMAXPROCS(0)) }

// Get returns the memory of a finished page, or new memory.
func (p Pool) Get() *Scratch {
	select {
	case s := <-p:
		return s
	default:
		return &Scratch{names: newNameCache()}
	}
}

// Put returns the memory of a finished page to the pool.
func (p Pool) Put(s *Scratch) {
	select {
	case p <- s:
	default: // more were read than there are processors
	}
}

// lend makes the page's and the walker's lists of the scratch's memory.
func (s *Scratch) lend(w *walker, size, tags int) {
	p := w.p
	w.names = s.names
	w.buf = slices.Grow(s.buf[:0], size/8+256)
	w.starts, w.open = s.starts[:0], s.open[:0]
	p.Lines = slices.Grow(s.lines[:0], tags/9+16)
	p.Boxes = slices.Grow(s.boxes[:0], tags/5+16)
	p.Spans, p.Links, p.Pictures = s.spans[:0], s.links[:0], s.pictures[:0]
	p.Ranges, p.Embeds = s.ranges[:0], s.embeds[:0]
}

// sums takes memory for the prefix sums of n lines.
func (s *Scratch) sums(p *Page, n int) {
	p.mass = slices.Grow(s.mass[:0], n+1)[:n+1]
	p.linkMass = slices.Grow(s.linkMass[:0], n+1)[:n+1]
	p.mass[0], p.linkMass[0] = 0, 0
}

// GiveBack returns the lists of a finished page, cleared, so that they keep nothing of it
// alive. The lists of a huge page are left to the garbage collector.
func (s *Scratch) GiveBack(p *Page) {
	if len(p.Lines)+len(p.Boxes)+len(p.Spans)+len(p.Links)+len(p.Pictures)+len(p.Ranges) > keepLines || cap(s.buf) > keepText {
		*s = Scratch{names: s.names}
	} else {
		clear(p.Lines)
		clear(p.Boxes)
		clear(p.Spans)
		clear(p.Links)
		clear(p.Pictures)
		clear(p.Embeds)
		s.lines, s.boxes, s.spans, s.links, s.pictures = p.Lines, p.Boxes, p.Spans, p.Links, p.Pictures
		s.ranges, s.embeds = p.Ranges, p.Embeds
		s.mass, s.linkMass = p.mass, p.linkMass
	}
}
