package ledger

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// State is what a sequence of records folds into: for every URL its current
// record. The zero value is the state before the first record. It is not safe
// for concurrent use while Apply runs; any number of readers may share it
// otherwise.
//
// # The fold
//
// The record with the highest Seq is a URL's current one. What it leaves out is
// taken over from the one before it, so that a record need only say what is new:
//
//   - always: ID, First (the earliest one; that of the first record is its Time
//     if it says none), Captured and Source;
//   - unless the outcome is archived or revised, which state the content anew, or removed:
//     Article, Revision, ContentHash, Title, Published, ETag, LastMod, Digest
//     and Images; a source's record with a Digest states ETag and LastMod anew;
//   - Visits, where the record says none.
//
// The table of fields has this in its column keep. Never taken over: Kind, Reason, Detail, Changed, Status, Alias, Tries, Due,
// Pending, Memory, Links, Usual and Warning. A record without Due means: never again.
//
// The state is kept packed, about 400 bytes a URL (its URL and title included)
// instead of about 900 for a Record: a site may have a million URLs.
type State struct {
	index   map[string]int32
	entries []entry
	names   names
	seq     int64

	next, old Record // of Apply, so that it need not allocate them
}

// entry is one URL's current record.
type entry struct {
	url     string
	rest    string // the other fields, packed
	due     int64  // Unix seconds, 0 for never: so that Due need not unpack
	outcome uint32 // number in State.names
}

// Len returns the number of URLs.
func (s *State) Len() int { return len(s.entries) }

// Seq returns the highest record number that was applied, 0 before the first.
func (s *State) Seq() int64 { return s.seq }

// Grow makes room for n more URLs.
func (s *State) Grow(n int) {
	s.entries = slices.Grow(s.entries, n)
	if s.index == nil {
		s.index = make(map[string]int32, n)
	}
}

// Apply folds r into the state. A record whose Seq is not above that of the
// URL's current record is old and changes nothing.
func (s *State) Apply(r Record) {
	s.seq = max(s.seq, r.Seq)
	s.next = r
	i, known := s.index[r.URL]
	if !known {
		s.add(&s.next)
		return
	}
	e := &s.entries[i]
	s.unpack(e, &s.old)
	if r.Seq <= s.old.Seq {
		return
	}
	inherit(&s.next, &s.old)
	s.set(e, &s.next)
}

func (s *State) add(r *Record) {
	if s.index == nil {
		s.index = map[string]int32{}
	}
	if r.First.IsZero() {
		r.First = r.Time
	}
	url := strings.Clone(r.URL) // r.URL may be part of a whole line
	s.index[url] = int32(len(s.entries))
	s.entries = append(s.entries, entry{url: url})
	s.set(&s.entries[len(s.entries)-1], r)
}

func (s *State) set(e *entry, r *Record) {
	_ = r.Bound() // of a log that was written without bounds; what would be refused is kept
	e.rest = s.pack(r)
	e.outcome = s.names.number(string(r.Outcome))
	e.due = 0
	if !r.Due.IsZero() {
		e.due = max(r.Due.Unix(), 1)
	}
}

// Get returns the current record of url.
func (s *State) Get(url string) (Record, bool) {
	i, ok := s.index[url]
	if !ok {
		return Record{}, false
	}
	var r Record
	s.unpack(&s.entries[i], &r)
	return r, true
}

// Has reports whether url has a record; it is cheaper than Get.
func (s *State) Has(url string) bool {
	_, ok := s.index[url]
	return ok
}

// All yields the current record of every URL, in the order in which the URLs
// came into the log.
func (s *State) All() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		var r Record
		for i := range s.entries {
			if s.unpack(&s.entries[i], &r); !yield(r) {
				return
			}
		}
	}
}

// NextDue returns the earliest time at which a URL is due, zero where none is.
func (s *State) NextDue() time.Time {
	var next int64
	for i := range s.entries {
		d := s.entries[i].due
		if sooner := next == 0 || d < next; d != 0 && sooner {
			next = d
		}
	}
	if next == 0 {
		return time.Time{}
	}
	return time.Unix(next, 0).UTC()
}
