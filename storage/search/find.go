package search

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
)

// Order is the order of hits.
type Order string

// The orders. The zero value is Newest.
const (
	Newest    Order = "newest" // by publication
	Oldest    Order = "oldest"
	Relevance Order = "relevance" // BM25; it has to look at every hit
)

// Bounds of the work of one query.
const (
	countLimit = 10000 // hits that are counted
	facetLimit = 2000  // newest hits whose values are counted
	topValues  = 12    // values of a facet that are returned
)

// Options select the hits of a query. The zero value means the newest 20.
type Options struct {
	Order  Order
	Limit  int // 0 means 20
	Offset int
	Facets bool // count values, too
}

// Hit is one article that a query found.
type Hit struct {
	About
	Holding
	// Story is the id of the first article with nearly the same text, on any site; "" if
	// there is no other.
	Story     string `json:"story,omitempty"`
	StorySize int    `json:"story_size,omitempty"` // number of the articles of the story, itself included
	doc       int64
	story     int64
}

// About is what the newest revision of an article says of itself.
type About struct {
	Site      string   `json:"site"`
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Published string   `json:"published"` // as archived; "" if the page shows none
	Precision string   `json:"precision,omitempty"`
	Language  string   `json:"language"`
	Source    string   `json:"source"`
	Authors   []string `json:"authors"`
	Section   string   `json:"section,omitempty"`
	Access    string   `json:"access,omitempty"`
}

// Holding is what the archive holds of an article.
type Holding struct {
	Revision int    `json:"revision"`
	Gone     bool   `json:"gone,omitempty"`
	First    string `json:"first"`          // first seen, UTC
	Captured string `json:"captured"`       // capture of the newest revision, UTC
	Chars    int    `json:"chars"`          // code points of the text
	Images   int    `json:"images"`         // pictures of the article
	Missing  int    `json:"missing"`        // of these, not archived
	Lead     string `json:"lead,omitempty"` // key of the first archived picture
}

// Count is a value with the number of articles that have it.
type Count struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

// Result is the answer to a query.
type Result struct {
	Searched int                `json:"searched"` // articles in the index
	Total    int                `json:"total"`    // hits
	AtLeast  bool               `json:"at_least"` // there are more than Total hits
	Hits     []Hit              `json:"hits"`
	Months   []Count            `json:"months"`              // hits by month of publication, oldest first
	Facets   map[string][]Count `json:"facets,omitempty"`    // by name, most frequent values first
	FacetsOf int                `json:"facets_of,omitempty"` // newest hits whose values are counted
}

// Find answers a query.
func (x *Index) Find(ctx context.Context, q Query, opt Options) (Result, error) {
	r, err := x.find(ctx, q, opt)
	if err != nil {
		return Result{}, fmt.Errorf("search %q: %w", q.String(), err)
	}
	return r, nil
}

func (x *Index) find(ctx context.Context, q Query, opt Options) (Result, error) {
	c, err := compile(q)
	if err != nil {
		return Result{}, err
	}
	r := Result{Hits: []Hit{}, Months: []Count{}}
	if r.Searched, err = x.Len(ctx); err != nil {
		return r, err
	}
	if c.match == "" && len(c.ranges) == 0 {
		r.Total, err = r.Searched, x.all(ctx, &r, opt.Facets)
	} else {
		err = x.count(ctx, c, &r, opt.Facets)
	}
	if err != nil {
		return r, err
	}
	r.Hits, err = x.hits(ctx, c, opt)
	return r, err
}

// Len returns the number of articles in the index.
func (x *Index) Len(ctx context.Context) (int, error) {
	var n sql.NullInt64
	err := x.db.QueryRowContext(ctx, `select sum(n) from total where name = 'site'`).Scan(&n)
	return int(n.Int64), err
}

// all fills in the numbers of all articles, which are kept.
func (x *Index) all(ctx context.Context, r *Result, facets bool) error {
	var err error
	if r.Months, err = x.counts(ctx, `select value, sum(n) from total where name = 'month' and n > 0 group by value order by value`); err != nil || !facets {
		return err
	}
	r.Facets, r.FacetsOf = map[string][]Count{}, r.Searched
	for _, name := range Facets {
		if r.Facets[name], err = x.counts(ctx, `select value, sum(n) as n from total where name = ? and n > 0 group by value order by n desc, value limit ?`, name, topValues); err != nil {
			return err
		}
	}
	return nil
}

// count fills in the numbers of a query's hits.
func (x *Index) count(ctx context.Context, c condition, r *Result, facets bool) error {
	where, args := c.where()
	rows, err := x.db.QueryContext(ctx, `select `+c.number()+` from `+c.from()+where+` order by `+c.number()+` desc limit ?`, append(args, countLimit+1)...)
	if err != nil {
		return err
	}
	months, oldest, err := r.tally(rows)
	if err != nil {
		return err
	}
	for _, m := range sortedKeys(months) {
		r.Months = append(r.Months, Count{m, months[m]})
	}
	if !facets || r.Total == 0 {
		return nil
	}
	return x.facets(ctx, c, r, oldest)
}

// tally counts the hits by month. It returns the number of the last hit whose
// values are counted.
func (r *Result) tally(rows *sql.Rows) (months map[string]int, last int64, err error) {
	defer rows.Close()
	months = map[string]int{}
	for rows.Next() {
		var doc int64
		if err := rows.Scan(&doc); err != nil {
			return nil, 0, err
		}
		if r.Total == countLimit {
			r.AtLeast = true
			break
		}
		r.Total++
		if r.FacetsOf < facetLimit {
			r.FacetsOf++
			last = doc
		}
		year, month := monthOf(doc)
		months[fmt.Sprintf("%04d-%02d", year, month)]++
	}
	return months, last, rows.Err()
}

func (x *Index) facets(ctx context.Context, c condition, r *Result, last int64) error {
	c.ranges = append(c.ranges[:len(c.ranges):len(c.ranges)], docRange{first: last, end: lastDoc})
	where, args := c.where()
	rows, err := x.db.QueryContext(ctx, `select facets from article where doc in (select `+c.number()+` from `+c.from()+where+`)`, args...)
	if err != nil {
		return err
	}
	packed, err := texts(rows)
	if err != nil {
		return err
	}
	counts := map[value]int{}
	for _, p := range packed {
		for v := range unpackValues(p) {
			counts[v]++
		}
	}
	r.Facets = mostFrequent(counts)
	return nil
}

// mostFrequent returns the first topValues values of each facet.
func mostFrequent(counts map[value]int) map[string][]Count {
	out := map[string][]Count{}
	for v, n := range counts {
		out[v.name] = append(out[v.name], Count{v.value, n})
	}
	for name, list := range out {
		slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Value, b.Value)) })
		out[name] = list[:min(len(list), topValues)]
	}
	return out
}

func (x *Index) counts(ctx context.Context, query string, args ...any) ([]Count, error) {
	rows, err := x.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Count{}
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Value, &c.N); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// hitColumns are read by scanHit.
const hitColumns = `doc, site, id, url, title, published, precision, language, source, authors, section, access, revision, gone,
	first, captured, chars, images, missing, lead, story`

func (x *Index) hits(ctx context.Context, c condition, opt Options) ([]Hit, error) {
	if opt.Limit <= 0 {
		opt.Limit = 20
	}
	where, args := c.where()
	order := c.number() + ` desc`
	switch {
	case opt.Order == Oldest:
		order = c.number()
	case opt.Order == Relevance && c.match != "":
		order = `rank`
	}
	query := `select ` + hitColumns + ` from article` + where + ` order by ` + order + ` limit ? offset ?`
	if c.match != "" {
		query = `select ` + hitColumns + ` from (select rowid as hit, row_number() over () as place from
			(select rowid from words` + where + ` order by ` + order + ` limit ? offset ?)) join article on doc = hit order by place`
	}
	rows, err := x.db.QueryContext(ctx, query, append(args, opt.Limit, opt.Offset)...)
	if err != nil {
		return nil, err
	}
	return x.withStories(ctx, rows)
}

func scanHits(rows *sql.Rows) ([]Hit, error) {
	defer rows.Close()
	out := []Hit{}
	for rows.Next() {
		var h Hit
		var authors string
		if err := rows.Scan(&h.doc, &h.Site, &h.ID, &h.URL, &h.Title, &h.Published, &h.Precision, &h.Language, &h.Source, &authors,
			&h.Section, &h.Access, &h.Revision, &h.Gone, &h.First, &h.Captured, &h.Chars, &h.Images, &h.Missing, &h.Lead, &h.story); err != nil {
			return nil, err
		}
		h.Authors = []string{}
		if authors != "" {
			h.Authors = strings.Split(authors, "\n")
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// number is the column of article numbers in from().
func (c condition) number() string {
	if c.match == "" {
		return "doc"
	}
	return "rowid"
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Each yields all hits of a query, in an order other than Relevance, without
// keeping them. An error is yielded last.
func (x *Index) Each(ctx context.Context, q Query, order Order) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		c, err := compile(q)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		for {
			hits, err := x.hits(ctx, c, Options{Order: order, Limit: pageSize})
			if err != nil {
				yield(Hit{}, fmt.Errorf("search %q: %w", q.String(), err))
				return
			}
			for _, h := range hits {
				if !yield(h, nil) {
					return
				}
			}
			if len(hits) < pageSize {
				return
			}
			c = c.behind(hits[len(hits)-1].doc, order)
		}
	}
}

// pageSize is the number of hits that Each reads at one time.
const pageSize = 500

// behind narrows a condition to the hits that follow doc.
func (c condition) behind(doc int64, order Order) condition {
	rest := docRange{first: 0, end: doc}
	if order == Oldest {
		rest = docRange{first: doc + 1, end: lastDoc}
	}
	c.ranges = append(c.ranges[:len(c.ranges):len(c.ranges)], rest)
	return c
}
