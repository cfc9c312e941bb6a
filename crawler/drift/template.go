package drift

import (
	"bytes"
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// A page's template is the set of its class names and ids: a redesign changes most of
// them, and a story nearly none.

const (
	maxTokens  = 4096 // of a run
	maxKept    = 96   // of a template
	leastKept  = 0.3  // share of pages on which a token of the template stands
	nearlyAll  = 0.97 // share of pages on which its core stands
	fewKept    = 5    // tokens of the core without which a template says nothing
	fewPages   = 3    // of a run without which it says nothing of the template
	likesKept  = 60   // pages
	rankChance = 1e-5
	enoughOf   = 16 // pages that a template is made of before anything is said
)

// tokensOf returns the hashes of the class names and ids of a page, each once.
func tokensOf(body []byte) []uint32 {
	seen := map[uint32]bool{}
	for at := 0; len(seen) < maxTokens; {
		i := bytes.IndexByte(body[at:], '=')
		if i < 0 {
			break
		}
		name := attributeBefore(body[:at+i])
		at += i + 1
		if name == 0 {
			continue
		}
		value := valueAt(body[at:])
		for word := range bytes.FieldsSeq(value) {
			if hasDigit(word) {
				continue // a number of the story
			}
			h := fnv.New32a()
			_, _ = h.Write([]byte{name})
			_, _ = h.Write(word)
			seen[h.Sum32()] = true
		}
		at += len(value)
	}
	return slices.Sorted(maps.Keys(seen))
}

// attributeBefore returns 'c' or 'i' if text ends with the name of the attribute class or
// id, 0 otherwise.
func attributeBefore(text []byte) byte {
	text = bytes.TrimRight(text[max(0, len(text)-16):], " \t\r\n")
	for _, name := range [...]string{"class", "id"} {
		n := len(text) - len(name)
		if n > 0 && bytes.EqualFold(text[n:], []byte(name)) && bytes.IndexByte([]byte(" \t\r\n\"'"), text[n-1]) >= 0 {
			return name[0]
		}
	}
	return 0
}

// valueAt returns the attribute value that text begins with, of some length at most.
func valueAt(text []byte) []byte {
	const longest = 1 << 10
	text = bytes.TrimLeft(text[:min(len(text), longest)], " \t\r\n")
	if len(text) == 0 {
		return nil
	}
	var end int
	if text[0] == '"' || text[0] == '\'' {
		quote := text[0]
		text = text[1:]
		end = bytes.IndexByte(text, quote)
	} else {
		end = bytes.IndexAny(text, " \t\r\n>")
	}
	return text[:max(end, 0)]
}

func hasDigit(word []byte) bool {
	return bytes.IndexFunc(word, func(r rune) bool { return '0' <= r && r <= '9' }) >= 0
}

// templateChanged reports whether the pages of the run have another template.
func (w *Watch) templateChanged() (Signal, bool) {
	if len(w.run) < fewPages || w.known.Of < enoughOf {
		return Signal{}, false
	}
	if s, changed := w.coreGone(); changed {
		return s, true
	}
	return w.allUnlike()
}

// coreGone reports whether tokens are gone from all pages of the run that nearly every
// page before had. Pages of a rare kind do not fill a run.
func (w *Watch) coreGone() (Signal, bool) {
	core, gone := 0, 0
	for t, weight := range w.known.Template {
		if weight < nearlyAll {
			continue
		}
		if core++; w.tokens[t] == 0 {
			gone++
		}
	}
	if core < fewKept {
		return Signal{}, false
	}
	return Signal{templateSignal, 1, 1 - float64(gone)/float64(core)}, gone >= max(2, core*8/100)
}

// allUnlike reports whether every page of the run has less of the template than any of
// the last pages before: for sites with few class names, or several templates.
func (w *Watch) allUnlike() (Signal, bool) {
	if len(w.known.Likes) == 0 {
		return Signal{}, false
	}
	least, most := slices.Min(w.known.Likes), slices.Max(w.likes)
	byChance := 1.0 // that the lowest of all stand in the run
	for i := range w.likes {
		byChance *= float64(i+1) / float64(len(w.known.Likes)+i+1)
	}
	const clearly = 0.05
	return Signal{templateSignal, least, most}, most < least-clearly && byChance < rankChance
}

// likeness is how much of the template a page has, from 0 to 1.
func (w *Watch) likeness(tokens []uint32) float64 {
	all, has := 0.0, 0.0
	for _, t := range slices.Sorted(maps.Keys(w.known.Template)) { // in one order, for equal sums
		all += w.known.Template[t]
		if _, found := slices.BinarySearch(tokens, t); found {
			has += w.known.Template[t]
		}
	}
	if all == 0 {
		return 0
	}
	return math.Round(1000*has/all) / 1000
}

// mixed returns the template with that of the run, which has a share in it.
func (w *Watch) mixed(share float64) map[uint32]float64 {
	all := map[uint32]float64{}
	for t, weight := range w.known.Template {
		all[t] = weight * (1 - share)
	}
	for t, n := range w.tokens {
		all[t] += share * float64(n) / float64(len(w.run))
	}
	maps.DeleteFunc(all, func(_ uint32, weight float64) bool { return weight < leastKept })
	kept := slices.SortedFunc(maps.Keys(all), func(a, b uint32) int { return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b)) })
	out := map[uint32]float64{}
	for _, t := range kept[:min(len(kept), maxKept)] {
		out[t] = math.Round(all[t]*1000) / 1000
	}
	return out
}
