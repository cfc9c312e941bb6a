package newsroom

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"
)

// The element names carry their prefixes, which encoding/xml writes as they are.

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Title   string   `xml:"channel>title"`
	Link    string   `xml:"channel>link"`
	About   string   `xml:"channel>description"`
	Lang    string   `xml:"channel>language"`
	Items   []rssItem
}

type rssItem struct {
	XMLName xml.Name `xml:"item"`
	Title   string   `xml:"title"`
	Link    string   `xml:"link"`
	GUID    string   `xml:"guid"`
	Date    string   `xml:"pubDate"`
	Creator []string `xml:"dc:creator"`
	Summary string   `xml:"description"`
}

type urlset struct {
	XMLName xml.Name `xml:"urlset"`
	NS      string   `xml:"xmlns,attr"`
	News    string   `xml:"xmlns:news,attr,omitempty"`
	Image   string   `xml:"xmlns:image,attr,omitempty"`
	URLs    []mapURL
}

type mapURL struct {
	XMLName xml.Name   `xml:"url"`
	Loc     string     `xml:"loc"`
	LastMod string     `xml:"lastmod,omitempty"`
	News    *mapNews   `xml:"news:news"`
	Images  []mapImage `xml:"image:image"`
}

type mapNews struct {
	Name     string `xml:"news:publication>news:name"`
	Language string `xml:"news:publication>news:language"`
	Date     string `xml:"news:publication_date"`
	Title    string `xml:"news:title"`
}

type mapImage struct {
	Loc string `xml:"image:loc"`
}

type mapIndex struct {
	XMLName xml.Name `xml:"sitemapindex"`
	NS      string   `xml:"xmlns,attr"`
	Maps    []mapRef
}

type mapRef struct {
	XMLName xml.Name `xml:"sitemap"`
	Loc     string   `xml:"loc"`
	LastMod string   `xml:"lastmod"`
}

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// machine makes the county's feed and sitemaps.
func (c county) machine(v *view, path string) (resource, error) {
	var data any
	contentType := "application/xml"
	switch path {
	case "/feed.xml":
		data, contentType = c.feed(v), "application/rss+xml; charset=utf-8"
	case "/sitemap.xml":
		last := v.changed.Format(time.RFC3339)
		data = mapIndex{NS: sitemapNS, Maps: []mapRef{
			{Loc: v.url + "/sitemap-news.xml", LastMod: last},
			{Loc: v.url + "/sitemap-articles.xml.gz", LastMod: last},
		}}
	case "/sitemap-news.xml":
		data = c.newsMap(v)
	default:
		data, contentType = c.articleMap(v), "application/gzip"
	}
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	enc := xml.NewEncoder(&buf)
	enc.Indent("", "  ")
	if err := enc.Encode(data); err != nil {
		return resource{}, fmt.Errorf("encode %s: %w", path, err)
	}
	body := buf.Bytes()
	if contentType == "application/gzip" {
		body = gzipped(body)
	}
	return resource{contentType: contentType, modified: v.changed, body: body}, nil
}

// feed lists the ten newest stories, those that no list shows included.
func (c county) feed(v *view) rss {
	out := rss{
		Version: "2.0", DC: "http://purl.org/dc/elements/1.1/",
		Title: paper, Link: v.url + "/", About: "News from Wendmoor", Lang: "en",
	}
	for _, st := range v.stories {
		if st.has("sitemap-only") {
			continue
		}
		if len(out.Items) == 10 {
			break
		}
		loc := v.url + c.storyPath(st, 1)
		out.Items = append(out.Items, rssItem{
			Title: st.Title, Link: loc + "?utm_source=rss&utm_medium=feed", GUID: loc, Creator: st.Authors,
			Date: st.Published.Format(time.RFC1123Z), Summary: st.summary(160),
		})
	}
	return out
}

// newsMap lists the five newest stories with the news extension.
func (c county) newsMap(v *view) urlset {
	out := urlset{NS: sitemapNS, News: "http://www.google.com/schemas/sitemap-news/0.9"}
	for _, st := range v.stories {
		if len(out.URLs) == 5 {
			break
		}
		if st.has("feed-only") {
			continue
		}
		out.URLs = append(out.URLs, mapURL{Loc: v.url + c.storyPath(st, 1), News: &mapNews{
			Name: paper, Language: "en", Date: st.Published.Format(time.RFC3339), Title: st.Title,
		}})
	}
	return out
}

// articleMap lists all stories with the image extension.
func (c county) articleMap(v *view) urlset {
	out := urlset{NS: sitemapNS, Image: "http://www.google.com/schemas/sitemap-image/1.1"}
	for _, st := range v.stories {
		if st.has("feed-only") {
			continue
		}
		u := mapURL{Loc: v.url + c.storyPath(st, 1), LastMod: st.lastModified().Format(time.RFC3339)}
		for i := range st.Pictures {
			u.Images = append(u.Images, mapImage{v.url + c.variants(st, i)[0].path})
		}
		out.URLs = append(out.URLs, u)
	}
	return out
}
