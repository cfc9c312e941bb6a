package newsroom

import (
	"slices"
	"strconv"
	"time"

	"pressmark/extract/article"
)

// Truth returns what a perfect extractor reads from the site's present pages,
// newest story first, with the facts of the pictures as a perfect crawl would
// add them.
func (s *Site) Truth() []*article.Article {
	v := s.view()
	var out []*article.Article
	for _, st := range v.stories {
		out = append(out, s.truth(v, st))
	}
	return out
}

// TruthOf is the truth of one live story, nil where there is none.
func (s *Site) TruthOf(id string) *article.Article {
	v := s.view()
	for _, st := range v.stories {
		if st.ID == id {
			return s.truth(v, st)
		}
	}
	return nil
}

func (s *Site) truth(v *view, st *Story) *article.Article {
	url := v.url + s.style.storyPath(st, 1)
	published := printed(st.Published, st.Precision)
	a := &article.Article{
		Schema: article.SchemaVersion, ID: article.ID(url), URL: url, Site: s.name, Language: s.style.language(),
		Title: st.Title, Published: &published, PublishedPrecision: st.Precision,
		Credits: article.Credits{
			Source: s.style.source(st), Authors: slices.Clone(st.Authors), Editors: slices.Clone(st.Editors),
			Photographers: slices.Clone(st.Photos), Lines: s.style.creditLines(st),
		},
		Body: st.Clone().Body,
	}
	if s.style.printsModified() && !st.Modified.IsZero() {
		modified := st.Modified.Format(time.RFC3339)
		a.Modified = &modified
	}
	for i := range st.parts() {
		a.Pages = append(a.Pages, v.url+s.style.storyPath(st, i+1))
	}
	for i, p := range st.Pictures {
		a.Images = append(a.Images, s.truthImage(v, st, i, p))
	}
	a.Text = article.RenderText(a)
	return a
}

func (s *Site) truthImage(v *view, st *Story, i int, p Picture) article.Image {
	files := s.style.variants(st, i)
	best := files[0]
	f := s.album.file(drawing{best.name, best.format, best.width, best.height})
	img := article.Image{
		ID: strconv.Itoa(i + 1), Placeholder: s.style.placeholder(st, i), URL: v.url + best.path, Caption: article.Optional(p.Caption),
		SHA256: f.sha256, MediaType: f.mediaType, Width: f.width, Height: f.height, Bytes: int64(len(f.body)),
		Status: article.ImageArchived,
	}
	img.Credit = article.Optional(p.Credit)
	for _, other := range files[1:] {
		img.Alternates = append(img.Alternates, v.url+other.path)
	}
	return img
}

// printed is a time as the article JSON gives it: to the day, or in RFC 3339.
func printed(t time.Time, p article.Precision) string {
	switch p {
	case article.Day:
		return t.Format("2006-01-02")
	case article.Minute:
		return t.Truncate(time.Minute).Format(time.RFC3339)
	}
	return t.Format(time.RFC3339)
}
