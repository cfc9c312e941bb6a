package reader

import (
	"encoding/json"
	"net/http"

	"pressmark/storage/search"
)

// The JSON API has the shapes of package search and of the article schema:
//
//	GET /api/search?q=&sort=&page=    search.Result
//	GET /api/article/SITE/ID          the article as it is stored; ?revision=N
//	GET /api/completeness             {"outcomes": [search.OutcomeCount], "pictures": [search.OutcomeCount]}
//
// An error is {"error": "text for a person"} with the status of its kind.

func (s *server) apiSearch(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	q, opt, _, err := request(r)
	if err != nil {
		return err
	}
	found, err := s.Index.Find(r.Context(), q, opt)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, found)
	return nil
}

func (s *server) apiArticle(w http.ResponseWriter, r *http.Request) error {
	n, err := revisionOf(r, "revision", 0)
	if err != nil {
		return err
	}
	h, err := s.Index.Article(r.Context(), r.PathValue("site"), r.PathValue("id"))
	if err != nil {
		return err
	}
	body, _, err := s.Corpus.Revision(r.Context(), h.Site, h.ID, n)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(body)
	return err
}

func (s *server) apiCompleteness(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	outcomes, err := s.Index.Outcomes(r.Context(), r.FormValue("site"))
	if err != nil {
		return err
	}
	pictures, err := s.Index.PictureCounts(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, completenessAnswer{outcomes, pictures})
	return nil
}

// completenessAnswer is the answer of /api/completeness.
type completenessAnswer struct {
	Outcomes []search.OutcomeCount `json:"outcomes"` // URLs by site, outcome and reason
	Pictures []search.PictureCount `json:"pictures"` // by status, reason and host
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.Encode(v) //nolint:errcheck,errchkjson // the reader has gone
}
