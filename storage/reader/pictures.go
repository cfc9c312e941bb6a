package reader

import (
	"net/http"
	"net/url"
	"strconv"

	"pressmark/storage/search"
)

const picturesShown = 60

type picturesPage struct {
	Pictures   []search.Picture
	Missing    bool
	Travelled  bool                 // only pictures that several articles show
	Query      string               // only pictures of the articles that it finds
	Filter     search.PictureFilter // of missing pictures
	Page       int
	Prev, Next string
}

func (s *server) pictures(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	p, err := s.wall(r)
	if err != nil {
		return err
	}
	s.render(w, "pictures.html", "Pictures", p)
	return nil
}

// wall is the page of the pictures that a request selects.
func (s *server) wall(r *http.Request) (picturesPage, error) {
	ctx := r.Context()
	page, err := pageOf(r)
	if err != nil {
		return picturesPage{}, err
	}
	p := picturesPage{Missing: r.FormValue("missing") != "", Page: page,
		Travelled: r.FormValue("travelled") != "", Query: r.FormValue("q"),
		Filter: search.PictureFilter{Site: r.FormValue("site"), Status: r.FormValue("status"), Reason: r.FormValue("reason"), Host: r.FormValue("host")}}
	q, err := search.Parse(p.Query)
	if err != nil {
		return p, err
	}
	switch {
	case p.Missing:
		p.Pictures, err = s.Index.MissingPictures(ctx, p.Filter, picturesShown+1, (page-1)*picturesShown)
	case len(q.Terms) > 0:
		p.Pictures, err = s.Index.PicturesOf(ctx, q, p.Travelled, picturesShown+1, (page-1)*picturesShown)
	default:
		p.Pictures, err = s.Index.Pictures(ctx, p.Travelled, picturesShown+1, (page-1)*picturesShown)
	}
	if err != nil {
		return p, err
	}
	at := func(page int) string {
		v := url.Values{"page": {strconv.Itoa(page)}}
		for _, name := range []string{"missing", "site", "status", "reason", "host", "travelled", "q"} {
			if text := r.FormValue(name); text != "" {
				v.Set(name, text)
			}
		}
		return "/pictures?" + v.Encode()
	}
	if len(p.Pictures) > picturesShown {
		p.Pictures, p.Next = p.Pictures[:picturesShown], at(page+1)
	}
	if page > 1 {
		p.Prev = at(page - 1)
	}
	return p, nil
}

type picturePage struct {
	Shown search.Picture // the largest of the contents
	Uses  []search.Picture
	Sites int
}

// picture shows one picture and every article that shows the same one.
func (s *server) picture(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	uses, err := s.Index.PictureUses(r.Context(), r.PathValue("sha256"))
	if err != nil {
		return err
	}
	p := picturePage{Shown: uses[0], Uses: uses}
	sites := map[string]bool{}
	for _, u := range uses {
		if u.Width*u.Height > p.Shown.Width*p.Shown.Height {
			p.Shown = u
		}
		sites[u.Site] = true
	}
	p.Sites = len(sites)
	s.render(w, "picture.html", "Picture", p)
	return nil
}
