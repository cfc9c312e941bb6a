package reader

import (
	"net/http"
	"net/url"
	"strconv"

	"pressmark/storage"
	"pressmark/storage/search"
)

const perPage = 25

type listPage struct {
	search.Result
	Query   string
	Sort    string
	Page    int
	Prev    string
	Next    string
	Feed    string
	Hits    []listHit
	Facets  []facet
	Years   []search.Count
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

type listHit struct {
	search.Hit
	Snippet []search.Span
	Lines   []search.Line
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
	kwic := r.FormValue("view") == viewKWIC
	for _, h := range found.Hits {
		one := listHit{Hit: h}
		if words := q.Words(); len(words) > 0 && r.FormValue("view") != viewTable {
			_, a, err := s.Corpus.Article(ctx, storage.ArticleKey(h.Site, h.ID))
			if err != nil {
				s.Log.Warn("reader", "article", h.ID, "err", err) // the hit is shown without its text
			} else if kwic {
				one.Lines = search.Concordance(a.Text, words, 40)
			} else {
				one.Snippet = search.Snippet(a.Text, words, 220)
			}
		}
		p.Hits = append(p.Hits, one)
	}
	p.links(r, found)
	s.renderQuery(w, "list.html", "Articles", p.Query, p)
	return nil
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
	for _, name := range search.Facets {
		if values := found.Facets[name]; len(values) > 0 && name != "month" {
			f := facet{Name: name}
			for _, v := range values {
				f.Values = append(f.Values, facetValue{v.Value, v.N, at(map[string]string{"q": term(p.Query, name, v.Value)})})
			}
			p.Facets = append(p.Facets, f)
		}
	}
	for _, m := range found.Months {
		if n := len(p.Years); n > 0 && p.Years[n-1].Value == m.Value[:4] {
			p.Years[n-1].N += m.N
		} else {
			p.Years = append(p.Years, search.Count{Value: m.Value[:4], N: m.N})
		}
	}
}
