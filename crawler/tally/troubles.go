package tally

import (
	"cmp"
	"slices"
	"strings"

	"pressmark/storage/ledger"
)

// Trouble is one reason why something was not archived, counted over all sites of a
// run: a table of these stays short however many sites fail.
type Trouble struct {
	Kind     string   // skipped, failed … of pages; source, image or site of what else failed
	Reason   string   // as in the log; of a site the error that stopped it
	Sites    int      // sites that have it
	Count    int      // pages, sources, images or sites
	Examples []string // names of the first maxExamples of the sites
}

// maxExamples bounds [Trouble.Examples].
const maxExamples = 3

// Kinds of troubles other than outcomes of pages.
const (
	SourceTrouble = "source"
	ImageTrouble  = "image"
	SiteTrouble   = "site"
)

// Troubles returns the reasons why pages were not archived, by descending number of
// sites.
func Troubles(sums []Summary) []Trouble {
	type name struct{ kind, reason string }
	byName := map[name]*Trouble{}
	for i := range sums {
		s := &sums[i]
		of := map[name]int{}
		for _, r := range s.Reasons {
			of[name{string(r.Outcome), r.Reason}] += r.Count
		}
		for _, p := range s.Problems {
			of[name{SourceTrouble, p.Reason}]++
		}
		if more := s.SourcesFailed - len(s.Problems); more > 0 {
			of[name{SourceTrouble, "see the log"}] += more
		}
		for _, m := range s.MissingImages {
			of[name{ImageTrouble, m.Reason}] += m.Count
		}
		if s.Err != nil {
			of[name{SiteTrouble, strings.ReplaceAll(s.Err.Error(), s.Site, "SITE")}]++
		} else if s.Barren() {
			of[name{SiteTrouble, "no article found"}]++
		}
		for n, count := range of {
			t := byName[n]
			if t == nil {
				t = &Trouble{Kind: n.kind, Reason: n.reason}
				byName[n] = t
			}
			t.Sites++
			t.Count += count
			if len(t.Examples) < maxExamples {
				t.Examples = append(t.Examples, s.Site)
			}
		}
	}
	return sorted(byName)
}

func sorted[K comparable](troubles map[K]*Trouble) []Trouble {
	var out []Trouble
	for _, t := range troubles {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(b.Sites, a.Sites), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// Worst returns at most n sites that need attention: those that stopped first, then
// those with the most failures.
func Worst(sums []Summary, n int) []Summary {
	var out []Summary
	for i := range sums {
		if !sums[i].Complete() || sums[i].Barren() {
			out = append(out, sums[i])
		}
	}
	slices.SortStableFunc(out, func(a, b Summary) int {
		return cmp.Or(-compareBool(a.Err != nil, b.Err != nil), cmp.Compare(b.Failed+b.SourcesFailed, a.Failed+a.SourcesFailed))
	})
	return out[:min(n, len(out))]
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Total returns the sums over sites; Elapsed is the longest.
func Total(sums []Summary) Summary {
	var all Summary
	for i := range sums {
		s := &sums[i]
		for o, n := range map[ledger.Outcome]int{ledger.Archived: s.Archived, ledger.Revised: s.Revised, ledger.Unchanged: s.Unchanged,
			ledger.Gone: s.Gone, ledger.Skipped: s.Skipped, ledger.Failed: s.Failed, ledger.Queued: s.Queued} {
			all.add(outcome{outcome: o}, n)
		}
		all.Images += s.Images
		all.Requests += s.Requests
		all.Elapsed = max(all.Elapsed, s.Elapsed)
	}
	return all
}
