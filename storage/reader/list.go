package reader

import (
	"net/http"
	"net/url"
	"strconv"

	"pressmark/storage"
	"pressmark/storage/search"
)

const perPage = 25

// listPage is the data of the template list.html, which reads it by field.
type listPage struct {
	search.Result
	Query   string
	Sort    string
	Page    int
	Prev    string
	Next    string
	Feed    string
	Hits    []listHit
	Lines   []contextLine // of the view of words in context
	KWIC    string        // address of all such lines as a file; "" in other views
	Terms   []view        // conditions of the query, each with the list without it
	Facets  []facet
	Bars    []bar
	Orders  []view
	Views   []view
	Columns []column // of the table; nil: the hits are cards
	Hidden  []column // columns that can be added
	Exports []view
}

// view is a link to another form of the same list.
type view struct {
	Name, URL string
	Here      bool
}

// bar is the number of hits of a year or a month.
type bar struct {
	Text, URL  string
	N, Percent int
}

type listHit struct {
	search.Hit
	Snippet []search.Span
}

type facet struct {
	Name   string
	Values []facetValue
}

type facetValue struct {
	Text string
	N    int
	URL  string
}

func (s *server) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	q, opt, page, err := request(r)
	if err != nil {
		return err
	}
	found, err := s.Index.Find(ctx, q, opt)
	if err != nil {
		return err
	}
	p := listPage{Result: found, Query: r.FormValue("q"), Sort: r.FormValue("sort"), Page: page}
	p.hits(r, s, q.Words(), found.Hits)
	p.links(r, found)
	s.renderQuery(w, "list.html", "Articles", p.Query, p)
	return nil
}

// hits fills in the hits with their text around the words, as the view wants it.
func (p *listPage) hits(r *http.Request, s *server, words []string, hits []search.Hit) {
	shown := r.FormValue("view")
	if shown == viewKWIC && len(words) > 0 {
		p.KWIC = kwicURL(p.Query)
	}
	for _, h := range hits {
		one := listHit{Hit: h}
		if len(words) > 0 && shown != viewTable {
			_, a, err := s.Corpus.Article(r.Context(), storage.ArticleKey(h.Site, h.ID))
			switch {
			case err != nil:
				s.Log.Warn("article not readable; the hit is shown without its text", "article", h.ID, "err", err)
			case shown == viewKWIC:
				for _, l := range search.Concordance(a.Text, words, around) {
					p.Lines = append(p.Lines, contextLine{l, h})
				}
			default:
				one.Snippet = search.Snippet(a.Text, words, 220)
			}
		}
		p.Hits = append(p.Hits, one)
	}
}

// request reads the query of a list from its address.
func request(r *http.Request) (search.Query, search.Options, int, error) {
	q, err := search.Parse(r.FormValue("q"))
	if err != nil {
		return q, search.Options{}, 0, err
	}
	page, err := pageOf(r)
	if err != nil {
		return q, search.Options{}, 0, err
	}
	order := search.Order(r.FormValue("sort"))
	switch order {
	case "", search.Newest, search.Oldest, search.Relevance:
	default:
		return q, search.Options{}, 0, errRequest{"The order is newest, oldest or relevance."}
	}
	return q, search.Options{Order: order, Limit: perPage, Offset: (page - 1) * perPage, Facets: true}, page, nil
}

// pageOf reads the number of a page from an address.
func pageOf(r *http.Request) (int, error) {
	text := r.FormValue("page")
	if text == "" {
		return 1, nil
	}
	page, err := strconv.Atoi(text)
	if inRange := 1 <= page && page <= 1000; err != nil || !inRange {
		return 0, errRequest{"The page is a number from 1 to 1000."}
	}
	return page, nil
}

func (p *listPage) links(r *http.Request, found search.Result) {
	at := func(change map[string]string) string {
		v := url.Values{}
		for _, name := range []string{"q", "sort", "view", "columns"} {
			if text := r.FormValue(name); text != "" {
				v.Set(name, text)
			}
		}
		for name, text := range change {
			if text == "" {
				v.Del(name)
			} else {
				v.Set(name, text)
			}
		}
		return "/articles?" + v.Encode()
	}
	if p.Page > 1 {
		p.Prev = at(map[string]string{"page": strconv.Itoa(p.Page - 1)})
	}
	if p.Page*perPage < found.Total || found.AtLeast {
		p.Next = at(map[string]string{"page": strconv.Itoa(p.Page + 1)})
	}
	p.Feed = "/feed?" + url.Values{"q": {p.Query}}.Encode()
	p.views(r, at)
	q, err := search.Parse(p.Query)
	if err != nil {
		return // the list was found by it
	}
	p.terms(q, at)
	p.facets(q, found, at)
	p.bars(q, found.Months, at)
	for _, o := range []struct {
		order search.Order
		text  string
	}{{search.Newest, "newest first"}, {search.Oldest, "oldest first"}, {search.Relevance, "best match first"}} {
		if o.order == search.Relevance && len(q.Words()) == 0 {
			continue
		}
		here := p.Sort == string(o.order) || p.Sort == "" && o.order == search.Newest
		p.Orders = append(p.Orders, view{o.text, at(map[string]string{"sort": string(o.order)}), here})
	}
}

// terms fills in the conditions of the query.
func (p *listPage) terms(q search.Query, at func(map[string]string) string) {
	for i, t := range q.Terms {
		rest := search.Query{Terms: append(append([]search.Term{}, q.Terms[:i]...), q.Terms[i+1:]...)}
		p.Terms = append(p.Terms, view{Name: search.Query{Terms: []search.Term{t}}.String(), URL: at(map[string]string{"q": rest.String()})})
	}
}

// facets fills in the values that narrow the list. Months are among them once the
// list is of one year.
func (p *listPage) facets(q search.Query, found search.Result, at func(map[string]string) string) {
	for _, name := range search.Facets {
		field := name
		if name == "month" {
			if !oneYear(found.Months) {
				continue
			}
			field = "year"
		}
		f := facet{Name: name}
		for _, v := range found.Facets[name] {
			if !q.Has(field, v.Value) {
				f.Values = append(f.Values, facetValue{valueText(name, v.Value), v.N, at(map[string]string{"q": narrowed(q, field, v.Value)})})
			}
		}
		if len(f.Values) > 0 {
			p.Facets = append(p.Facets, f)
		}
	}
}

// narrowed is a query with one more condition. A time takes the place of another one.
func narrowed(q search.Query, field, value string) string {
	var rest search.Query
	for _, t := range q.Terms {
		if field != "year" || t.Field != "year" || t.Not {
			rest.Terms = append(rest.Terms, t)
		}
	}
	return term(rest.String(), field, value)
}

func oneYear(months []search.Count) bool {
	return len(months) > 0 && months[0].Value[:4] == months[len(months)-1].Value[:4]
}

// bars counts the hits by year, or by month if they are of one year.
func (p *listPage) bars(q search.Query, months []search.Count, at func(map[string]string) string) {
	digits := len("2006")
	if oneYear(months) {
		digits = len("2006-01")
	}
	most := 1
	for _, m := range months {
		period := m.Value[:digits]
		if n := len(p.Bars); n == 0 || p.Bars[n-1].Text != period {
			p.Bars = append(p.Bars, bar{Text: period, URL: at(map[string]string{"q": narrowed(q, "year", period)})})
		}
		last := &p.Bars[len(p.Bars)-1]
		last.N += m.N
		most = max(most, last.N)
	}
	for i := range p.Bars {
		p.Bars[i].Percent = p.Bars[i].N * 100 / most
	}
	if len(p.Bars) == 1 {
		p.Bars = nil // says no more than the title of the page
	}
}
