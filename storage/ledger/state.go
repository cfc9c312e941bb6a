package ledger

import (
	"encoding/binary"
	"iter"
	"strings"
	"time"
)

// State is the current record of every URL, computed from a sequence of records. The
// zero value is the state before the first record. While Apply runs, no other call is
// safe; at other times any number of readers may share a State.
//
// # Inherited fields
//
// The record with the highest Seq is a URL's current one. A record holds only what is
// new; fields that it omits are copied from the record before it:
//
//   - ID, Captured and Source: always. First is the earliest of both; it is Time in
//     the first record, if omitted there.
//   - Article, Revision, ContentHash, Title, Published, ETag, LastMod, Digest and
//     Images: unless the outcome is archived, revised or removed. ETag and LastMod are
//     not copied either if the record is of a source and has a Digest.
//   - Visits: if omitted.
//
// Kind, Reason, Detail, Changed, Status, Alias, Tries, Due, Pending, Memory, Links,
// Usual and Warning are never copied. A URL whose record has no Due is not visited
// again. The column keep of the table of fields (fields.go) holds these rules.
//
// # Memory
//
// The records are kept packed, about 300 bytes a URL. Of a large site, all but some 40
// bytes a URL move into a temporary file, if there is one (see [NewState]): a site may
// have a million URLs.
type State struct {
	urls    urls
	records arena // of each URL: its length, the URL, the other fields packed
	names   names
	classes classes
	seq     int64

	buf       []byte // for packing
	next, old Record // of Apply, so that it need not allocate them
}

// NewState returns the state before the first record, as the zero value is, that keeps
// what does not fit into memory in the file that spill makes. If spill or the file
// fails, all stays in memory. spill is called again when the file has been rewritten;
// the file before is not used any more.
func NewState(spill func() (Spill, error)) *State {
	return &State{records: arena{spill: spill}}
}

// class is what many URLs have in common and is known of each without reading its
// record.
type class struct {
	outcome Outcome
	kind    Kind
	article bool // the record names one
}

// classes numbers classes.
type classes struct {
	numbers map[class]uint32
	list    []class
}

func (c *classes) number(of class) uint32 {
	if n, ok := c.numbers[of]; ok {
		return n
	}
	if c.numbers == nil {
		c.numbers = map[class]uint32{}
	}
	of.outcome, of.kind = Outcome(strings.Clone(string(of.outcome))), Kind(strings.Clone(string(of.kind)))
	n := uint32(len(c.list))
	c.numbers[of], c.list = n, append(c.list, of)
	return n
}

// Len returns the number of URLs.
func (s *State) Len() int { return s.urls.n }

// Seq returns the highest record number that was applied, 0 before the first.
func (s *State) Seq() int64 { return s.seq }

// Grow makes room for n more URLs.
func (s *State) Grow(n int) { s.urls.grow(s.urls.n + n) }

// Apply folds r into the state. A record whose Seq is not above that of the
// URL's current record is old and changes nothing.
func (s *State) Apply(r Record) {
	s.seq = max(s.seq, r.Seq)
	s.next = r
	read := s.records.reader(nearWindow)
	var item []byte
	e := s.find(&read, r.URL, &item)
	if e == nil {
		s.add(&s.next)
		return
	}
	s.unpack(e, item, &s.old)
	if r.Seq <= s.old.Seq {
		return
	}
	inherit(&s.next, &s.old)
	s.records.drop(item)
	s.set(e, &s.next)
	if s.records.wasteful() {
		s.rewrite()
	}
}

// find returns the entry of a URL, nil if it has none, and its item.
func (s *State) find(read *arenaReader, url string, item *[]byte) *entry {
	if s.urls.n == 0 {
		return nil
	}
	return s.urls.find(s.urls.hash(url), func(e *entry) bool {
		*item = read.item(e.at)
		got, _ := cutURL(*item)
		return string(got) == url
	})
}

// cutURL splits an item into the URL and the other fields.
func cutURL(item []byte) (url, rest []byte) {
	size, n := binary.Uvarint(item)
	return item[n : n+int(size)], item[n+int(size):]
}

func (s *State) add(r *Record) {
	if r.First.IsZero() {
		r.First = r.Time
	}
	s.urls.grow(s.urls.n + 1) // makes the seed of the hash
	s.set(s.urls.add(entry{hash: s.urls.hash(r.URL)}), r)
}

func (s *State) set(e *entry, r *Record) {
	_ = r.Bound() // of a log that was written without bounds; what would be refused is kept
	s.buf = append(binary.AppendUvarint(s.buf[:0], uint64(len(r.URL))), r.URL...)
	s.buf = s.pack(s.buf, r)
	e.at = s.records.add(s.buf)
	e.class = s.classes.number(class{r.Outcome, r.Kind, r.Article != ""})
	e.due = 0
	if !r.Due.IsZero() {
		e.due = max(r.Due.Unix(), 1)
	}
	if cap(s.buf) > fullChunk {
		s.buf = nil
	}
}

// rewrite leaves out the records that were replaced.
func (s *State) rewrite() {
	old := s.records
	s.records = arena{spill: old.spill}
	read := old.reader(farWindow)
	for e := range s.urls.all() {
		e.at = s.records.add(read.item(e.at))
	}
}

// Get returns the current record of url.
func (s *State) Get(url string) (Record, bool) {
	read := s.records.reader(nearWindow)
	var item []byte
	e := s.find(&read, url, &item)
	if e == nil {
		return Record{}, false
	}
	var r Record
	s.unpack(e, item, &r)
	return r, true
}

// At returns the i-th record of All.
func (s *State) At(i int) Record {
	read := s.records.reader(nearWindow)
	e := s.urls.entry(i)
	var r Record
	s.unpack(e, read.item(e.at), &r)
	return r
}

// Has reports whether url has a record; it is cheaper than Get.
func (s *State) Has(url string) bool {
	read := s.records.reader(nearWindow)
	var item []byte
	return s.find(&read, url, &item) != nil
}

// All yields the current record of every URL, in the order in which the URLs
// came into the log.
func (s *State) All() iter.Seq[Record] {
	return s.Of(func(Outcome, Kind) bool { return true })
}

// Of yields the current records whose outcome and kind are wanted, in the order of All.
// The others are not read.
func (s *State) Of(wanted func(Outcome, Kind) bool) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		read := s.records.reader(farWindow)
		var r Record
		for e := range s.urls.all() {
			if c := s.classes.list[e.class]; !wanted(c.outcome, c.kind) {
				continue
			}
			if s.unpack(e, read.item(e.at), &r); !yield(r) {
				return
			}
		}
	}
}

// Articles returns the number of pages that name an article, and of URLs that were
// removed. It reads no record.
func (s *State) Articles() (named, removed int) {
	for e := range s.urls.all() {
		c := s.classes.list[e.class]
		if c.kind == KindPage && c.article {
			named++
		}
		if c.outcome == Removed {
			removed++
		}
	}
	return named, removed
}

// NextDue returns the earliest time at which a URL is due, zero where none is.
func (s *State) NextDue() time.Time {
	var next int64
	for e := range s.urls.all() {
		if sooner := next == 0 || e.due < next; e.due != 0 && sooner {
			next = e.due
		}
	}
	if next == 0 {
		return time.Time{}
	}
	return time.Unix(next, 0).UTC()
}
