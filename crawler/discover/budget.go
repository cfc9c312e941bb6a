package discover

import (
	"cmp"
	"hash/fnv"
	"math"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"time"

	"pressmark/extract/weburl"
)

// Defaults of a Budget's limits, and bounds of its memory.
const (
	defaultCalendar = 400    // over a year of day pages
	defaultCrossed  = 1_000  // combinations of three varying parameters
	defaultPaired   = 20_000 // combinations of two
	maxShapes       = 40     // sets of parameter names on one path
	maxGroups       = 5_000  // paths with parameters that are watched
	manyValues      = 8      // from so many values on a parameter varies
	numbered        = 4      // a parameter that has a new value in one of so many addresses numbers articles
	maxDigests      = 100_000
	defaultHosts    = 300 // below "*.example.com"
)

// Budget watches one site's run for traps that no single address shows. Its zero value
// has the default limits; a nil Budget admits all that [Trap] does. It is not safe for
// concurrent use. Its memory is bounded, at a few megabytes.
type Budget struct {
	// Today is the day of the run: addresses that name a day more than a week
	// later belong to a calendar. Zero: not looked at.
	Today time.Time
	// Calendar is how many pages of calendars are admitted; 0: 400.
	Calendar int
	// Variants is the number of combinations of three or more varying parameters that
	// are admitted on one path. 0 means 1,000. For two varying parameters the limit is
	// twenty times as high. There is no limit if only one parameter varies, or if one of
	// them keeps having new values: it is an article's number.
	Variants int

	// Hosts is how many hosts are admitted: a site that covers all names below its own
	// may answer under any of them. 0: 300.
	Hosts int

	calendars int
	hosts     map[string]struct{}
	groups    map[uint64]*group
	shapes    map[uint64]int // path -> sets of parameter names
	digests   map[uint64]struct{}
}

// group is one path with one set of parameter names.
type group struct {
	admitted int
	values   []distinct // per parameter
}

// Admit returns the reason why a normalized URL must not be crawled, "" if it may: a
// known trap pattern, or too many similar URLs. Call it once for each URL of a run.
func (b *Budget) Admit(url string) Code {
	code := Trap(url)
	if code != "" || b == nil {
		return code
	}
	if b.crowded(weburl.HostOf(url)) {
		return trapHosts
	}
	if b.calendar(url) {
		return TrapCalendar
	}
	if path, query, ok := strings.Cut(url, "?"); ok && b.crossed(path, query) {
		return trapVariants
	}
	return ""
}

// crowded reports whether a host is one too many.
func (b *Budget) crowded(host string) bool {
	if _, known := b.hosts[host]; known {
		return false
	}
	if len(b.hosts) >= cmp.Or(b.Hosts, defaultHosts) {
		return true
	}
	if b.hosts == nil {
		b.hosts = make(map[string]struct{})
	}
	b.hosts[host] = struct{}{}
	return false
}

// Listing returns [TrapSame] if a list page repeats the content of an earlier page
// of the same list. list names the list (the URL of its first page); digest
// identifies the page's content, for example the hash of its links. Call it once for
// each page.
func (b *Budget) Listing(list, digest string) Code {
	if b == nil {
		return ""
	}
	h := hash(list, digest)
	if _, ok := b.digests[h]; ok {
		return TrapSame
	}
	if b.digests == nil {
		b.digests = make(map[uint64]struct{})
	}
	if len(b.digests) < maxDigests {
		b.digests[h] = struct{}{}
	}
	return ""
}

// calendarWord matches the names of calendars in a path. News sites also have
// sections named "events" and the like; of those, only future days are refused.
var (
	calendarWord  = regexp.MustCompile(`(?i)[/_.-](?:calendars?|calendario|calendrier|kalender|kalendarz|cal|rili)[/_.?-]`)
	calendarParam = regexp.MustCompile(`(?i)^(?:year|month|week|yr|mon|ym|cal|cal_\w+)=\d{1,6}$`)
	besideParam   = regexp.MustCompile(`(?i)^(?:day|d|m|y|date|view|mode|lang|type)=`)
)

// calendarName reports whether a path names a calendar. The plain search spares
// nearly all addresses the expression.
func calendarName(path string) bool {
	for _, word := range []string{"al", "AL", "Al", "ili"} {
		if strings.Contains(path, word) {
			return calendarWord.MatchString(path)
		}
	}
	return false
}

// calendarQuery reports whether a query names a month or a week and nothing else. A
// query that also has a number names an article.
func calendarQuery(query string) bool {
	found := false
	for p := range strings.SplitSeq(query, "&") {
		switch {
		case calendarParam.MatchString(p):
			found = true
		case !besideParam.MatchString(p):
			return false
		}
	}
	return found
}

// calendar counts the pages of calendars. It reports whether there are too many, or the
// page is that of a day to come.
func (b *Budget) calendar(url string) bool {
	path, query, _ := strings.Cut(withoutHost(url), "?")
	named := calendarName(path)
	if named || !b.Today.IsZero() {
		first, end, dated := DaysOf(url)
		if dated && b.toCome(path, first, end) {
			return true
		}
		named = named && dated
	}
	if !named && !calendarQuery(query) {
		return false
	}
	b.calendars++
	return b.calendars > cmp.Or(b.Calendar, defaultCalendar)
}

// toCome reports whether a path names a day more than a week ahead, and writes it
// with separators: digits in one run are an article's number as often as a date.
func (b *Budget) toCome(path string, first, end time.Time) bool {
	ahead := !b.Today.IsZero() && first.After(b.Today.AddDate(0, 0, 7))
	oneDay := end.Sub(first) <= 24*time.Hour
	return ahead && oneDay && !strings.Contains(path, first.Format("20060102"))
}

// crossed counts the combinations of parameters on one path and reports whether there
// are too many.
func (b *Budget) crossed(path, query string) bool {
	pairs := strings.Split(query, "&")
	slices.Sort(pairs)
	g, code := b.group(path, pairs)
	if g == nil {
		return code != ""
	}
	varying, most := g.count(pairs)
	limit := cmp.Or(b.Variants, defaultCrossed)
	switch varying {
	case 0, 1:
		limit = math.MaxInt
	case 2:
		limit *= defaultPaired / defaultCrossed
	}
	if g.admitted >= limit && most*numbered < g.admitted {
		return true
	}
	g.admitted++
	return false
}

// group returns the group of a path and the sorted parameter pairs. It is nil if the
// path has too many sets of names (the code says so), or if no further groups are
// tracked.
func (b *Budget) group(path string, pairs []string) (*group, Code) {
	key := hash(path)
	for _, p := range pairs {
		name, _, _ := strings.Cut(p, "=")
		key = key*31 + hash(name)
	}
	if g := b.groups[key]; g != nil {
		return g, ""
	}
	if len(b.groups) >= maxGroups {
		return nil, ""
	}
	if b.groups == nil {
		b.groups, b.shapes = make(map[uint64]*group), make(map[uint64]int)
	}
	shape := hash(path)
	if b.shapes[shape]++; b.shapes[shape] > maxShapes {
		return nil, trapVariants
	}
	g := &group{values: make([]distinct, len(pairs))}
	b.groups[key] = g
	return g, ""
}

// count records the values of a URL. It returns the number of parameters that have
// had many values, and the number of values of the most varied one.
func (g *group) count(pairs []string) (varying, most int) {
	for i, p := range pairs {
		g.values[i].add(hash(p))
		n := g.values[i].n
		if most = max(most, n); n >= manyValues {
			varying++
		}
	}
	return varying, most
}

// distinct counts different values in 64 bytes, give or take an eighth (HyperLogLog:
// Flajolet and others, 2007, with linear counting for few values).
type distinct struct {
	ranks [64]uint8
	n     int // the estimate
}

func (d *distinct) add(h uint64) {
	h ^= h >> 33 // spread FNV's bits
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	rank := uint8(bits.TrailingZeros64(h>>6|1<<58)) + 1
	if i := h & 63; d.ranks[i] < rank {
		d.ranks[i] = rank
		d.n = d.estimate()
	}
}

func (d *distinct) estimate() int {
	const m, alpha = 64, 0.709
	sum, empty := 0.0, 0
	for _, rank := range d.ranks {
		sum += math.Ldexp(1, -int(rank))
		if rank == 0 {
			empty++
		}
	}
	n := alpha * m * m / sum
	if n <= 2.5*m && empty > 0 {
		n = m * math.Log(m/float64(empty))
	}
	return int(n + 0.5)
}

// hash is FNV-1a over parts, each with an end mark: the same in every run, so that two
// runs over the same site admit the same addresses.
func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p)) // never fails
		h.Write([]byte{0})
	}
	return h.Sum64()
}
