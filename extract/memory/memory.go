package memory

import (
	"encoding/binary"
	"errors"
	"slices"
	"sync"

	"pressmark/extract/text"
)

// SamplePages is the number of pages that a [Memory] keeps: those with the smallest
// hashes of their IDs.
const SamplePages = 96

// Bounds of a site's memory: it looks at a sample of the site's pages.
const (
	memoryMarks = 320 // marks kept of a page: the smallest
	chromePages = 3   // a block on so many distinct pages is chrome
)

// ErrBadMemory reports data that is not an encoded Memory.
var ErrBadMemory = errors.New("not a site memory")

// Memory knows which blocks repeat across the pages of one site. They are boilerplate,
// whatever they look like. It learns from [article.Result.Marks].
//
// Its content depends on the set of pages that were added, not on their order, and its
// size is bounded: it keeps the pages with the smallest hashes of their IDs (a fair
// sample), and the smallest marks of each page. Two memories of one site can be merged.
// The zero value is an empty memory. It is safe for concurrent use. For output that does
// not depend on the order of pages, extract with the memory as it was when the crawl
// began.
type Memory struct {
	mu    sync.RWMutex
	pages map[uint64][]uint64 // page hash -> sorted marks
	count map[uint64]int      // mark -> pages that carry it
}

// Add adds a page: an ID that is the same for all addresses of one article,
// and the marks of its blocks. A page that is added again adds what is new.
func (m *Memory) Add(pageID string, marks []uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(text.HashOf(pageID), marks)
}

func (m *Memory) add(page uint64, marks []uint64) {
	if m.pages == nil {
		m.pages, m.count = map[uint64][]uint64{}, map[uint64]int{}
	}
	old, seen := m.pages[page]
	if !seen && len(m.pages) >= SamplePages {
		largest := m.largest()
		if page > largest {
			return
		}
		m.forget(largest)
	}
	all := append(slices.Clone(old), marks...)
	slices.Sort(all)
	all = slices.Compact(all)
	all = all[:min(len(all), memoryMarks)]
	if seen {
		m.forget(page)
	}
	m.pages[page] = all
	for _, x := range all {
		m.count[x]++
	}
}

func (m *Memory) largest() uint64 {
	var top uint64
	for page := range m.pages {
		top = max(top, page)
	}
	return top
}

func (m *Memory) forget(page uint64) {
	for _, x := range m.pages[page] {
		if m.count[x]--; m.count[x] == 0 {
			delete(m.count, x)
		}
	}
	delete(m.pages, page)
}

// Known reports whether a block is boilerplate: it occurs on three or more distinct
// pages.
func (m *Memory) Known(mark uint64) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.count[mark] >= chromePages
}

// Pages returns the number of pages in the sample.
func (m *Memory) Pages() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.pages)
}

// Merge adds the pages of other to m.
func (m *Memory) Merge(other *Memory) {
	if m == other {
		return
	}
	other.mu.RLock()
	pages := make(map[uint64][]uint64, len(other.pages))
	for page, marks := range other.pages {
		pages[page] = marks
	}
	other.mu.RUnlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	for page, marks := range pages {
		m.add(page, marks)
	}
}

// memoryMagic begins an encoded Memory; its digit is the format's version.
const memoryMagic = "pmm1"

// MarshalBinary encodes the memory: magic, number of pages, and for each page in
// order of its hash the hash, the number of marks and the marks, all integers
// big endian. Equal memories give equal bytes.
func (m *Memory) MarshalBinary() ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	order := make([]uint64, 0, len(m.pages))
	for page := range m.pages {
		order = append(order, page)
	}
	slices.Sort(order)
	out := []byte(memoryMagic)
	out = binary.BigEndian.AppendUint16(out, uint16(len(order)))
	for _, page := range order {
		out = binary.BigEndian.AppendUint64(out, page)
		out = binary.BigEndian.AppendUint16(out, uint16(len(m.pages[page])))
		for _, x := range m.pages[page] {
			out = binary.BigEndian.AppendUint64(out, x)
		}
	}
	return out, nil
}

// UnmarshalBinary replaces m by an encoded memory. The error is ErrBadMemory.
func (m *Memory) UnmarshalBinary(data []byte) error {
	pages, err := decodeMemory(data)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pages, m.count = nil, nil
	for page, marks := range pages {
		m.add(page, marks)
	}
	return nil
}

func decodeMemory(data []byte) (map[uint64][]uint64, error) {
	if len(data) < 6 || string(data[:4]) != memoryMagic {
		return nil, ErrBadMemory
	}
	n := int(binary.BigEndian.Uint16(data[4:]))
	data = data[6:]
	pages := make(map[uint64][]uint64, min(n, SamplePages))
	for range n {
		if len(data) < 10 {
			return nil, ErrBadMemory
		}
		page, k := binary.BigEndian.Uint64(data), int(binary.BigEndian.Uint16(data[8:]))
		data = data[10:]
		if len(data) < 8*k {
			return nil, ErrBadMemory
		}
		marks := make([]uint64, k)
		for i := range marks {
			marks[i] = binary.BigEndian.Uint64(data[8*i:])
		}
		pages[page], data = marks, data[8*k:]
	}
	if len(data) > 0 {
		return nil, ErrBadMemory
	}
	return pages, nil
}
