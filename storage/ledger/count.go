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

// Counts counts the pages (Kind page) by outcome and reason, in the order of
// both. The numbers add up to the number of pages ever seen.
func (s *State) Counts() []Count {
	counts := map[Count]int{}
	for r := range s.All() {
		if r.Kind == KindPage {
			counts[Count{Outcome: r.Outcome, Reason: r.Reason}]++
		}
	}
	list := make([]Count, 0, len(counts))
	for c, n := range counts {
		c.URLs = n
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// Group is a number of pages that have a day or a source in common.
type Group struct {
	Name       string          // the day of First in UTC ("2026-11-23"), or the Source
	Discovered int             // pages
	Stored     int             // of these, pages of which the archive holds an article
	Outcomes   map[Outcome]int // pages by current outcome
}

// ByDay groups the pages by the day on which they were first seen, in order.
func (s *State) ByDay() []Group {
	return s.groups(func(r *Record) string { return r.First.UTC().Format(time.DateOnly) })
}

// BySource groups the pages by the source that first listed them, in order. The name
// "" holds pages without a source.
func (s *State) BySource() []Group {
	return s.groups(func(r *Record) string { return r.Source })
}

func (s *State) groups(name func(*Record) string) []Group {
	groups := map[string]*Group{}
	for r := range s.All() {
		if r.Kind != KindPage {
			continue
		}
		key := name(&r)
		g := groups[key]
		if g == nil {
			g = &Group{Name: key, Outcomes: map[Outcome]int{}}
			groups[key] = g
		}
		g.Discovered++
		g.Outcomes[r.Outcome]++
		if r.HasArticle() {
			g.Stored++
		}
	}
	list := make([]Group, 0, len(groups))
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, *groups[key])
	}
	return list
}
