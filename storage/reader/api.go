package reader

import (
	"encoding/json"
	"net/http"
	"strconv"

	"pressmark/extract/article"
	"pressmark/storage/certificate"
	"pressmark/storage/compare"
	"pressmark/storage/report"
	"pressmark/storage/search"
)

// The JSON API has the content of the pages, in the shapes of the packages search,
// compare, report, certificate and article. GET /api/openapi.json describes it. An
// error is {"error": "message"} with the matching HTTP status.

// call is one address of the API.
type call struct {
	path    string // of http.ServeMux, without method
	summary string
	params  []param
	answer  any // zero value of the response's type
	do      func(*server, *http.Request) (any, error)
}

// param is one parameter in the query of an address.
type param struct{ name, kind, text string }

var (
	pageParam = param{"page", "integer", "page, from 1 on"}
	siteParam = param{"site", "string", "only this site"}
)

// calls lists the API. Handlers, description and tests range over it.
func calls() []call {
	return []call{
		{"/api/sites", "Sites with their articles by month", nil, []search.SiteMonths{}, (*server).apiSites},
		{"/api/search", "Articles that a query finds, with counts by month and value", []param{{"q", "string", "query, as in the search box: words, \"phrases\", -word, site:, year:, author:"},
			{"sort", "string", "newest, oldest or relevance"}, pageParam}, search.Result{}, (*server).apiSearch},
		{"/api/article/{site}/{id}", "An article as it is stored", []param{{"revision", "integer", "revision; the newest without it"}}, article.Article{}, (*server).apiArticle},
		{"/api/article/{site}/{id}/looks", "The looks at an article, oldest first", nil, []search.Look{}, (*server).apiLooks},
		{"/api/article/{site}/{id}/diff", "What changed between two revisions", []param{{"old", "integer", "revision; the last but one without it"}, {"new", "integer", "revision; the newest without it"}},
			compare.Diff{}, (*server).apiDiff},
		{"/api/article/{site}/{id}/story", "Articles with nearly the same text, first one first, this one included", nil, []search.Hit{}, (*server).apiStory},
		{"/api/stories", "Stories: articles with nearly the same text, each list first one first, newest stories first", []param{pageParam}, []search.Story{}, (*server).apiStories},
		{"/api/completeness", "What became of all URLs and pictures", []param{siteParam}, completenessAnswer{}, (*server).apiCompleteness},
		{"/api/urls", "URLs of one outcome and reason, or of one source and day", []param{siteParam, {"outcome", "string", "outcome of the URLs"}, {"reason", "string", "reason of the outcome"},
			{"source", "string", "source that listed the URLs first"}, {"day", "string", "day of that, 2024-03-12"}, {"state", "string", "archived, skipped or missing"}, pageParam}, []search.URL{}, (*server).apiURLs},
		{"/api/listed", "URLs by source and day: listed, archived, skipped, missing", []param{siteParam}, []search.Listed{}, (*server).apiListed},
		{"/api/gaps", "Days without articles that a site's own rhythm does not explain", []param{siteParam}, []report.Gap{}, (*server).apiGaps},
		{"/api/pictures", "Archived pictures, one of each motif; or those that are missing", []param{{"q", "string", "only of the articles that this query finds"}, {"travelled", "string", "1: those that several articles show"}, {"missing", "string", "1: those that are not archived"}, {"status", "string", "of missing ones"},
			{"reason", "string", "of missing ones"}, {"host", "string", "of missing ones"}, {"site", "string", "of missing ones"}, pageParam}, []search.Picture{}, (*server).apiPictures},
		{"/api/picture/{sha256}", "Every use of a picture, in any size, oldest first", nil, []search.Picture{}, (*server).apiPicture},
		{"/api/headlines", "Headlines that changed, newest first", []param{siteParam, pageParam}, []search.Headline{}, (*server).apiHeadlines},
		{"/api/certificate", "Counts, hashes of the logs and the result of a check", []param{{"check", "string", "1: check the whole archive, which takes long"}}, certificate.Certificate{}, (*server).apiCertificate},
	}
}

// answered makes a handler of a call.
func (s *server) answered(c call) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := s.fresh(r.Context()); err != nil {
			return err
		}
		v, err := c.do(s, r)
		if err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, v)
		return nil
	}
}

func (s *server) apiSites(r *http.Request) (any, error) { return s.Index.Sites(r.Context()) }

func (s *server) apiSearch(r *http.Request) (any, error) {
	q, opt, _, err := request(r)
	if err != nil {
		return nil, err
	}
	return s.Index.Find(r.Context(), q, opt)
}

// apiArticle answers with the stored bytes.
func (s *server) apiArticle(r *http.Request) (any, error) {
	n, err := revisionOf(r, "revision", 0)
	if err != nil {
		return nil, err
	}
	h, err := s.hit(r)
	if err != nil {
		return nil, err
	}
	body, _, err := s.Corpus.Revision(r.Context(), h.Site, h.ID, n)
	return json.RawMessage(body), err
}

// hit is the article that an address names.
func (s *server) hit(r *http.Request) (search.Hit, error) {
	if err := s.fresh(r.Context()); err != nil {
		return search.Hit{}, err
	}
	return s.Index.Article(r.Context(), r.PathValue("site"), r.PathValue("id"))
}

func (s *server) apiLooks(r *http.Request) (any, error) {
	h, err := s.hit(r)
	if err != nil {
		return nil, err
	}
	return s.Index.Looks(r.Context(), h.Site, h.ID)
}

func (s *server) apiDiff(r *http.Request) (any, error) {
	h, err := s.hit(r)
	if err != nil {
		return nil, err
	}
	old, now, err := s.revisions(r, h)
	if err != nil {
		return nil, err
	}
	return compare.Articles(old, now), nil
}

func (s *server) apiStories(r *http.Request) (any, error) {
	page, err := pageOf(r)
	if err != nil {
		return nil, err
	}
	return s.Index.Stories(r.Context(), storiesShown, (page-1)*storiesShown)
}

func (s *server) apiStory(r *http.Request) (any, error) {
	h, err := s.hit(r)
	if err != nil {
		return nil, err
	}
	return s.Index.Story(r.Context(), h)
}

// completenessAnswer is the answer of /api/completeness.
type completenessAnswer struct {
	Outcomes []search.OutcomeCount `json:"outcomes"` // URLs by site, outcome and reason
	Pictures []search.PictureCount `json:"pictures"` // by status, reason and host
}

func (s *server) apiCompleteness(r *http.Request) (any, error) {
	outcomes, err := s.Index.Outcomes(r.Context(), r.FormValue("site"))
	if err != nil {
		return nil, err
	}
	pictures, err := s.Index.PictureCounts(r.Context(), r.FormValue("site"))
	return completenessAnswer{outcomes, pictures}, err
}

func (s *server) apiURLs(r *http.Request) (any, error) {
	list, err := s.urls(r)
	if err != nil {
		return nil, err
	}
	if list == nil {
		return nil, errRequest{"Name a site, and an outcome with its reason or a source."}
	}
	return list.URLs, nil
}

func (s *server) apiListed(r *http.Request) (any, error) {
	return s.Index.Listed(r.Context(), r.FormValue("site"), daysShown)
}

func (s *server) apiGaps(r *http.Request) (any, error) { return s.gaps(r, r.FormValue("site")) }

func (s *server) apiPictures(r *http.Request) (any, error) {
	p, err := s.wall(r)
	return p.Pictures, err
}

func (s *server) apiPicture(r *http.Request) (any, error) {
	return s.Index.PictureUses(r.Context(), r.PathValue("sha256"))
}

func (s *server) apiHeadlines(r *http.Request) (any, error) {
	page, err := pageOf(r)
	if err != nil {
		return nil, err
	}
	return s.Index.Headlines(r.Context(), r.FormValue("site"), urlsShown, (page-1)*urlsShown)
}

func (s *server) apiCertificate(r *http.Request) (any, error) { return s.certified(r) }

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	if raw, ok := v.(json.RawMessage); ok {
		w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
		w.WriteHeader(status)
		w.Write(raw) //nolint:errcheck // the reader has gone
		return
	}
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.Encode(v) //nolint:errcheck,errchkjson // the reader has gone
}
