package reader

import (
	"net/http"
	"strconv"

	"pressmark/storage/search"
)

const storiesShown = 25

type storiesPage struct {
	Stories    []story
	Page       int
	Prev, Next string
}

// story is a text that several articles have, the first one first.
type story struct {
	Hits []search.Hit
	// SameDay says that the first ones cannot be told apart: their pages show no more
	// than the same day.
	SameDay bool
	Sites   int
}

func (s *server) stories(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	page, err := pageOf(r)
	if err != nil {
		return err
	}
	list, err := s.Index.Stories(r.Context(), storiesShown+1, (page-1)*storiesShown)
	if err != nil {
		return err
	}
	p := storiesPage{Page: page}
	if len(list) > storiesShown {
		list, p.Next = list[:storiesShown], "/stories?page="+strconv.Itoa(page+1)
	}
	if page > 1 {
		p.Prev = "/stories?page=" + strconv.Itoa(page-1)
	}
	for _, one := range list {
		p.Stories = append(p.Stories, storyOf(one.Articles))
	}
	s.render(w, "stories.html", "Stories", p)
	return nil
}

func storyOf(hits []search.Hit) story {
	st := story{Hits: hits}
	sites := map[string]bool{}
	for _, h := range hits {
		sites[h.Site] = true
	}
	st.Sites = len(sites)
	if len(hits) > 1 {
		st.SameDay = sameDay(hits[0], hits[1])
	}
	return st
}

// sameDay reports whether the order of two articles is not known: one of them shows no
// time, or none of the day.
func sameDay(a, b search.Hit) bool {
	const day = len("2006-01-02")
	if len(a.Published) < day || len(b.Published) < day {
		return true
	}
	whole := len(a.Published) > day && len(b.Published) > day
	return !whole && a.Published[:day] == b.Published[:day]
}
