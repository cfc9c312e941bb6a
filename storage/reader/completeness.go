package reader

import (
	"net/http"

	"pressmark/storage/search"
)

type completenessPage struct {
	State    string
	Outcomes []search.OutcomeCount
	Pictures []search.OutcomeCount
	Chosen   *search.OutcomeCount // the number whose URLs are listed
	URLs     []search.URL
	More     bool
}

const urlsShown = 500

func (s *server) completeness(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	n, err := s.Index.Len(ctx)
	if err != nil {
		return err
	}
	var p completenessPage
	if p.State, err = s.state(r, n); err != nil {
		return err
	}
	if p.Outcomes, err = s.Index.Outcomes(ctx, ""); err != nil {
		return err
	}
	if p.Pictures, err = s.Index.PictureCounts(ctx); err != nil {
		return err
	}
	if outcome := r.FormValue("outcome"); outcome != "" {
		p.Chosen = &search.OutcomeCount{Site: r.FormValue("site"), Outcome: outcome, Reason: r.FormValue("reason")}
		if p.URLs, err = s.Index.URLs(ctx, p.Chosen.Site, outcome, p.Chosen.Reason, urlsShown+1, 0); err != nil {
			return err
		}
		if p.More = len(p.URLs) > urlsShown; p.More {
			p.URLs = p.URLs[:urlsShown]
		}
	}
	s.render(w, "completeness.html", "Completeness", p)
	return nil
}

type picturesPage struct {
	Pictures []search.Picture
	Missing  bool
	Page     int
	Next     bool
}

const picturesShown = 60

func (s *server) pictures(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.fresh(ctx); err != nil {
		return err
	}
	_, _, page, err := request(r)
	if err != nil {
		return err
	}
	p := picturesPage{Missing: r.FormValue("missing") != "", Page: page}
	if p.Pictures, err = s.Index.Pictures(ctx, p.Missing, picturesShown+1, (page-1)*picturesShown); err != nil {
		return err
	}
	if p.Next = len(p.Pictures) > picturesShown; p.Next {
		p.Pictures = p.Pictures[:picturesShown]
	}
	s.render(w, "pictures.html", "Pictures", p)
	return nil
}

func (s *server) headlines(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	looks, err := s.Index.Retitled(r.Context(), r.FormValue("site"), urlsShown)
	if err != nil {
		return err
	}
	s.render(w, "headlines.html", "Changed headlines", looks)
	return nil
}
