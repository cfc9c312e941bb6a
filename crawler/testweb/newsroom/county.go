package newsroom

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"pressmark/extract/article"
)

// county is the layout of an English county paper. Quirks of its stories:
// "cut-title" cuts the headline in JSON-LD, "picture" offers WebP files in a
// picture element, "noscript" has lazy pictures with a noscript twin,
// "feed-only" and "sitemap-only" stories stand in no list.
type county struct{ sheets }

const paper = "Wendmoor Courier"

func (county) language() string     { return "en" }
func (county) delay() time.Duration { return 250 * time.Millisecond }
func (county) compresses() bool     { return true }
func (county) printsModified() bool { return true }
func (county) goneStatus() int      { return http.StatusGone }
func (county) pageSize() int        { return 4 }

func (county) sections() []section {
	return []section{{"news", "News"}, {"sport", "Sport"}, {"living", "Living"}}
}

func (county) words() words {
	return words{
		home: "Home", notFound: "We can't find that page.", gone: "This story has been withdrawn.",
		ads: []string{
			"Askew's Farm Shop: new potatoes from Friday", "Carrow Carpets closing-down sale, year nine",
			"Learn the oboe by post",
		},
		comments: []comment{
			{"ValeOfWend", "2 hours ago", "About time too. My grandmother said as much in 1974."},
			{"T. Pocock", "yesterday", "Could the Courier please print the map?"},
			{"muddyboots", "3 days ago", "I was there and it was even wetter than it looks."},
			{"Anon", "1 May 2024", "Who is paying for this? We are."},
		},
		notes: map[string][2]string{"/about": {"About us", "The Wendmoor Courier has been published since 1871."}},
	}
}

func (county) robotsLines(v *view) string { return "Sitemap: " + v.url + "/sitemap.xml\n" }

func (county) storyPath(s *Story, _ int) string {
	return "/" + s.Section + "/" + s.Published.Format("2006-01-02") + "/" + s.slug + "-" + s.ID
}

// slugOf makes the readable part of an address from a headline.
func slugOf(title string) string {
	parts := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789", r)
	})
	return strings.Join(parts, "-")
}

func (county) listPath(slug string, page int) string {
	if page == 1 {
		return "/" + slug + "/"
	}
	return fmt.Sprintf("/%s/page/%d/", slug, page)
}

// variants offers every picture in up to three widths; "picture" stories have
// the two smaller ones as WebP too.
func (county) variants(s *Story, i int) []variant {
	p := s.Pictures[i]
	var files []variant
	add := func(width int, format string) {
		files = append(files, variant{
			path: fmt.Sprintf("/media/%s/%s-%d.%s", s.Published.Format("2006/01"), p.Name, width, format),
			name: p.Name, format: format, width: width, height: p.Height * width / p.Width,
		})
	}
	add(p.Width, p.Format)
	for _, w := range []int{640, 320} {
		if w < p.Width {
			add(w, p.Format)
			if s.has("picture") && p.Format != "webp" {
				add(w, "webp")
			}
		}
	}
	return files
}

func (county) clock(t time.Time, p article.Precision) string {
	if p == article.Day {
		return t.Format("2 January 2006")
	}
	return t.Format("2 January 2006, 3:04pm")
}

// stamp is the machine-readable form of a time.
func stamp(t time.Time, p article.Precision) string {
	if p == article.Minute {
		return t.Format("2006-01-02T15:04Z07:00")
	}
	return t.Format(time.RFC3339)
}

func (county) creditLines(s *Story) []string { return []string{byline(s)} }

// source is empty: the paper prints no credit line for itself.
func (county) source(*Story) string { return "" }

func byline(s *Story) string { return "By " + strings.Join(s.Authors, " and ") }

func (c county) fill(p *page) {
	s := p.Story
	p.Byline, p.Stamp, p.AMP = byline(s), stamp(s.Published, s.Precision), "/amp"+c.storyPath(s, 1)
	if !s.Modified.IsZero() {
		p.Updated = c.clock(s.Modified, article.Second)
	}
	for _, t := range s.Tags {
		p.Tags = append(p.Tags, link{tagPath(t), t})
	}
	p.JSONLD = c.jsonLD(p)
	n := 0
	for _, b := range p.Blocks {
		if b.Pic == nil {
			continue
		}
		c.fillPicture(s, b.Pic, n)
		n++
	}
}

// fillPicture offers all widths in srcset; src is the smallest.
func (c county) fillPicture(s *Story, p *picture, i int) {
	var webp []string
	var same []string
	for _, f := range c.variants(s, i) {
		entry := fmt.Sprintf("%s %dw", f.path, f.width)
		if f.format != s.Pictures[i].Format {
			webp = append(webp, entry)
			continue
		}
		same = append(same, entry)
		p.Src = f.path
	}
	p.Srcset = strings.Join(same, ", ")
	p.Lazy = s.has("noscript")
	p.Alt = strings.ReplaceAll(s.Pictures[i].Name, "-", " ")
	if len(webp) > 0 {
		p.Sources = []source{{"image/webp", strings.Join(webp, ", ")}}
	}
}

func tagPath(tag string) string {
	return "/tags/" + slugOf(tag)
}

// jsonLD is the page's structured data (schema.org NewsArticle).
func (c county) jsonLD(p *page) any {
	s := p.Story
	type thing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	data := struct {
		Context       string   `json:"@context"`
		Type          string   `json:"@type"`
		Headline      string   `json:"headline"`
		DatePublished string   `json:"datePublished"`
		DateModified  string   `json:"dateModified,omitempty"`
		Author        []thing  `json:"author"`
		Publisher     thing    `json:"publisher"`
		Image         []string `json:"image,omitempty"`
		Page          string   `json:"mainEntityOfPage"`
	}{
		Context: "https://schema.org", Type: "NewsArticle", Headline: s.Title, DatePublished: p.Stamp,
		Publisher: thing{"Organization", paper}, Page: p.URL,
	}
	if r := []rune(s.Title); s.has("cut-title") && len(r) > 40 {
		data.Headline = string(r[:40]) + "..."
	}
	if !s.Modified.IsZero() {
		data.DateModified = stamp(s.Modified, article.Second)
	}
	for _, a := range s.Authors {
		data.Author = append(data.Author, thing{"Person", a})
	}
	for i := range s.Pictures {
		data.Image = append(data.Image, p.v.url+c.variants(s, i)[0].path)
	}
	return data
}

// extra finds the feed, the sitemaps, tag pages, AMP pages and short links.
func (c county) extra(s *Site, v *view, path string) (resource, bool, error) {
	switch path {
	case "/feed.xml", "/sitemap.xml", "/sitemap-news.xml", "/sitemap-articles.xml.gz":
		res, err := c.machine(v, path)
		return res, true, err
	case "/static/masthead.png":
		return resource{contentType: "image/png", modified: pressDay, body: logo(220, 48)}, true, nil
	}
	for _, st := range v.stories {
		switch path {
		case "/amp" + c.storyPath(st, 1):
			return s.page("amp", c.contentType(st), st.lastModified(), func(visit int) *page {
				return s.storyData(v, st, 1, visit)
			}), true, nil
		case "/" + st.Section + "/" + st.ID:
			return resource{status: http.StatusMovedPermanently, location: c.storyPath(st, 1)}, true, nil
		}
	}
	return c.tagPage(s, v, path)
}

func (c county) tagPage(s *Site, v *view, path string) (resource, bool, error) {
	var title string
	var tagged []*Story
	for _, st := range v.in("") {
		for _, t := range st.Tags {
			if tagPath(t) == path {
				title = t
				tagged = append(tagged, st)
			}
		}
	}
	if title == "" {
		return resource{}, false, nil
	}
	return s.page("list", c.contentType(nil), v.changed, func(visit int) *page {
		p := s.newPage(v, visit)
		p.Title = title
		for _, st := range tagged {
			p.Items = append(p.Items, s.teaser(v, st))
		}
		return p
	}), true, nil
}
