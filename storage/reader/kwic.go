package reader

import (
	"encoding/csv"
	"mime"
	"net/http"
	"net/url"

	"pressmark/storage"
	"pressmark/storage/export"
	"pressmark/storage/search"
)

// around is the number of characters on both sides of a word in context.
const around = 60

// kwicAround is the same in the file, which has room.
const kwicAround = 120

// contextLine is one place of a word, with the article that it is in.
type contextLine struct {
	search.Line
	Hit search.Hit
}

// kwicURL is the address of the lines of a query as a file.
func kwicURL(query string) string { return "/kwic?" + url.Values{"q": {query}}.Encode() }

// kwic writes every place in every article that has a word of the query, with its
// context, as CSV: oldest article first, a row a place.
func (s *server) kwic(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	q, err := search.Parse(r.FormValue("q"))
	if err != nil {
		return err
	}
	words := q.Words()
	if len(words) == 0 {
		return errRequest{"The query has no word that could be shown in its context."}
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "words-in-context.csv"}))
	if err := s.writeLines(w, r, q, words); err != nil && r.Context().Err() == nil {
		s.Log.Error("list of words in context broken off", "query", q.String(), "err", err)
		panic(http.ErrAbortHandler) // the client sees that the file is not whole
	}
	return nil
}

func (s *server) writeLines(w http.ResponseWriter, r *http.Request, q search.Query, words []string) error {
	if _, err := w.Write([]byte("\uFEFF")); err != nil { // spreadsheets read it as UTF-8
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"id", "site", "published", "title", "url", "left", "word", "right"}); err != nil {
		return err
	}
	for h, err := range s.Index.Each(r.Context(), q, search.Oldest) {
		if err != nil {
			return err
		}
		_, a, err := s.Corpus.Article(r.Context(), storage.ArticleKey(h.Site, h.ID))
		if err != nil {
			s.Log.Warn("article not readable; it is left out", "article", h.ID, "err", err)
			continue
		}
		for _, l := range search.Concordance(a.Text, words, kwicAround) {
			cells := []string{h.ID, h.Site, h.Published, h.Title, h.URL, l.Left, l.Word, l.Right}
			for i := range cells {
				cells[i] = export.Defused(cells[i])
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
