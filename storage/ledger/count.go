package ledger

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Count is the number of URLs with one outcome and reason.
type Count struct {
	Outcome Outcome
	Reason  string
	URLs    int
}

// Group is a number of pages that have a day or a source in common.
type Group struct {
	Name       string          // the day of First in UTC ("2026-11-23"), or the Source
	Discovered int             // pages
	Stored     int             // of these, pages of which the archive holds an article
	Outcomes   map[Outcome]int // pages by current outcome
}

// Counts counts the pages (Kind page) by outcome and reason, in the order of
// both. The numbers add up to the number of pages ever seen.
func (s *State) Counts() []Count {
	var t Tally
	for r := range s.Of(func(_ Outcome, k Kind) bool { return k == KindPage }) {
		t.Add(&r)
	}
	return t.Counts()
}

// Tally counts records, each the current one of its URL, while they are read once. The
// zero value has counted none.
type Tally struct {
	counts        map[Count]int
	days, sources map[string]*Group
}

// Add counts a record; those of other kinds than pages are passed over.
func (t *Tally) Add(r *Record) {
	if r.Kind != KindPage {
		return
	}
	if t.counts == nil {
		t.counts, t.days, t.sources = map[Count]int{}, map[string]*Group{}, map[string]*Group{}
	}
	t.counts[Count{Outcome: r.Outcome, Reason: r.Reason}]++
	addTo(t.days, r.First.UTC().Format(time.DateOnly), r)
	addTo(t.sources, r.Source, r)
}

func addTo(groups map[string]*Group, name string, r *Record) {
	g := groups[name]
	if g == nil {
		g = &Group{Name: name, Outcomes: map[Outcome]int{}}
		groups[name] = g
	}
	g.Discovered++
	g.Outcomes[r.Outcome]++
	if r.HasArticle() {
		g.Stored++
	}
}

// Counts returns the numbers of pages by outcome and reason, in the order of both. They
// add up to the number of pages.
func (t *Tally) Counts() []Count {
	list := make([]Count, 0, len(t.counts))
	for c, n := range t.counts {
		c.URLs = n
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// Days groups the pages by the day on which they were first seen, in order.
func (t *Tally) Days() []Group { return inOrder(t.days) }

// Sources groups the pages by the source that first listed them, in order. The name ""
// holds pages without a source.
func (t *Tally) Sources() []Group { return inOrder(t.sources) }

func inOrder(groups map[string]*Group) []Group {
	list := make([]Group, 0, len(groups))
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, *groups[key])
	}
	return list
}
