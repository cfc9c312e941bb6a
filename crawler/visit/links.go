package visit

import (
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
)

// linksInRun is how many links of a linkSet are sorted at once.
const linksInRun = 4096

// linkSet is the set of links of a source, kept for its digest. The digest is that of
// the sorted links, which logs hold since long, so that the links have to be kept: in
// sorted runs that hold of each link only where it differs from the one before it, a
// fraction of its length. The zero value is empty.
type linkSet struct {
	n    int      // links added, those that came twice included
	hand []string // not in a run yet
	runs [][]byte
	held int64 // bytes of runs and hand
}

// add adds a link.
func (s *linkSet) add(link string) {
	s.n++
	s.hand = append(s.hand, link)
	s.held += int64(len(link)) + 16
	if len(s.hand) == linksInRun {
		s.pack()
	}
}

// pack makes a run of the links in hand: for each, how many bytes it shares with the
// one before it, how many more it has, and these.
func (s *linkSet) pack() {
	if len(s.hand) == 0 {
		return
	}
	slices.Sort(s.hand)
	var run []byte
	last := ""
	for _, link := range s.hand {
		s.held -= int64(len(link)) + 16
		shared := 0
		for shared < min(len(last), len(link)) && last[shared] == link[shared] {
			shared++
		}
		run = binary.AppendUvarint(run, uint64(shared))
		run = binary.AppendUvarint(run, uint64(len(link)-shared))
		run = append(run, link[shared:]...)
		last = link
	}
	clear(s.hand)
	s.hand, s.runs = s.hand[:0], append(s.runs, slices.Clip(slices.Clone(run)))
	s.held += int64(len(run))
}

// digest returns the SHA-256 of the sorted links, each once, with a line feed between
// two. Links may be added afterwards.
func (s *linkSet) digest() string {
	s.pack()
	h, m := sha256.New(), merge{}
	for _, run := range s.runs {
		c := &cursor{rest: run}
		c.next()
		heap.Push(&m, c)
	}
	var last []byte
	for first := true; len(m) > 0; {
		c := m[0]
		if first || string(c.link) != string(last) {
			if !first {
				_, _ = h.Write([]byte{'\n'}) // a hash takes everything
			}
			_, _ = h.Write(c.link)
			last, first = append(last[:0], c.link...), false
		}
		if c.next() {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// cursor reads a run.
type cursor struct {
	link []byte // the one it stands at
	rest []byte // of the run
}

// next goes to the next link; false at the end.
func (c *cursor) next() bool {
	if len(c.rest) == 0 {
		return false
	}
	shared, n := binary.Uvarint(c.rest)
	more, k := binary.Uvarint(c.rest[n:])
	from := n + k
	to := from + int(more)
	c.link = append(c.link[:shared], c.rest[from:to]...)
	c.rest = c.rest[to:]
	return true
}

// merge is a heap of cursors: the one at the least link comes first.
type merge []*cursor

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return string(m[i].link) < string(m[j].link) }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }

// Push implements heap.Interface.
func (m *merge) Push(x any) { *m = append(*m, x.(*cursor)) }

// Pop implements heap.Interface.
func (m *merge) Pop() any {
	last := len(*m) - 1
	c := (*m)[last]
	*m = (*m)[:last]
	return c
}
