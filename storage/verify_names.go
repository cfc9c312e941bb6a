package storage

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pressmark/storage/ledger"
)

// names are the articles that a site's log names. Of each it holds 20 bytes, because a
// site may have a million.
type names struct {
	site  string
	state *ledger.State
	byID  []name                   // sorted
	other map[string]ledger.Record // by keys that are not those of [ArticleKey]
}

// name is a record of the state that names an article.
type name struct {
	id [16]byte
	at uint32 // in State.All
}

func compareNames(a, b name) int {
	return cmp.Or(bytes.Compare(a.id[:], b.id[:]), cmp.Compare(a.at, b.at))
}

// namesOf collects the articles that a state names.
func namesOf(site string, state *ledger.State) names {
	n := names{site: site, state: state, other: map[string]ledger.Record{}}
	at := uint32(0)
	for r := range state.All() {
		if id, ok := n.idOf(r.Article); ok {
			n.byID = append(n.byID, name{id, at})
		} else if strings.HasPrefix(r.Article, "articles/") && CheckKey(r.Article) == nil { // a bad key was reported with its record
			n.other[r.Article] = better(n.other[r.Article], r)
		}
		at++
	}
	slices.SortFunc(n.byID, compareNames)
	return n
}

// better returns which of two records of one article counts: an alias only points at
// it, and an older revision may have had another address. old is the earlier one in the
// log, the zero Record if there is none.
func better(old, r ledger.Record) ledger.Record {
	newer := r.Alias == "" && r.Revision > old.Revision
	if old.URL == "" || old.Alias != "" || newer {
		return r
	}
	return old
}

// idOf returns the ID in an article's key.
func (n *names) idOf(key string) (id [16]byte, ok bool) {
	text, ok := strings.CutPrefix(key, "articles/"+n.site+"/")
	if !ok {
		return id, false
	}
	return parseID(strings.TrimSuffix(text, ".json"), strings.HasSuffix(text, ".json"))
}

func parseID(text string, isID bool) (id [16]byte, ok bool) {
	if !isID || len(text) != 2*len(id) || strings.ToLower(text) != text {
		return id, false
	}
	_, err := hex.Decode(id[:], []byte(text))
	return id, err == nil
}

// all yields the record of each article, in the order of the keys.
func (n *names) all() iter.Seq[ledger.Record] {
	return func(yield func(ledger.Record) bool) {
		for i := 0; i < len(n.byID); {
			end := i + 1
			for end < len(n.byID) && n.byID[end].id == n.byID[i].id {
				end++
			}
			if !yield(n.record(n.byID[i:end])) {
				return
			}
			i = end
		}
		for _, key := range slices.Sorted(maps.Keys(n.other)) {
			if !yield(n.other[key]) {
				return
			}
		}
	}
}

// record returns the record that counts of those of one article.
func (n *names) record(of []name) (r ledger.Record) {
	for _, one := range of {
		r = better(r, n.state.At(int(one.at)))
	}
	return r
}

// find returns the record of an article, false if the log does not name it.
func (n *names) find(id [16]byte) (ledger.Record, bool) {
	first, found := slices.BinarySearchFunc(n.byID, id, func(a name, id [16]byte) int { return bytes.Compare(a.id[:], id[:]) })
	if !found {
		return ledger.Record{}, false
	}
	end := first
	for end < len(n.byID) && n.byID[end].id == id {
		end++
	}
	return n.record(n.byID[first:end]), true
}

// has reports whether the log names the article under a key.
func (n *names) has(key string) bool {
	id, ok := n.idOf(key)
	if !ok {
		_, ok = n.other[key]
		return ok
	}
	_, ok = slices.BinarySearchFunc(n.byID, id, func(a name, id [16]byte) int { return bytes.Compare(a.id[:], id[:]) })
	return ok
}

// revisions are the earlier revisions that the archive holds of a site's articles.
type revisions struct {
	site   string
	keys   spool
	sorted []revision
}

type revision struct {
	id [16]byte
	n  uint32
}

func compareRevisions(a, b revision) int {
	return cmp.Or(bytes.Compare(a.id[:], b.id[:]), cmp.Compare(a.n, b.n))
}

// add takes a key of the list; sort has to follow the last one.
func (r *revisions) add(key string) {
	r.keys.add([]byte(key))
	if one, ok := r.parse(key); ok {
		r.sorted = append(r.sorted, one)
	}
}

func (r *revisions) sort() { slices.SortFunc(r.sorted, compareRevisions) }

// parse is the inverse of [RevisionKey].
func (r *revisions) parse(key string) (one revision, ok bool) {
	rest, ok := strings.CutPrefix(key, "revisions/"+r.site+"/")
	id, file, found := strings.Cut(rest, "/")
	number, isJSON := strings.CutSuffix(file, ".json")
	n, err := strconv.ParseUint(number, 10, 32)
	if !ok || !found || !isJSON || err != nil || strconv.FormatUint(n, 10) != number {
		return one, false
	}
	one.n = uint32(n)
	one.id, ok = parseID(id, true)
	return one, ok
}

// has reports whether the archive holds a revision.
func (r *revisions) has(key string) bool {
	one, ok := r.parse(key)
	if ok {
		_, ok = slices.BinarySearchFunc(r.sorted, one, compareRevisions)
	}
	return ok
}

// isNamed reports whether the record of the article accounts for a revision: it is an
// earlier one, or the current one, which a killed writer may have copied already.
func (r *revisions) isNamed(key string, in *names) bool {
	one, ok := r.parse(key)
	if !ok {
		return false
	}
	rec, ok := in.find(one.id)
	return ok && int64(one.n) <= int64(rec.Revision) && int64(rec.Revision) <= rec.Seq
}
