package export

import "pressmark/extract/article"

// newsArticle is schema.org's NewsArticle, whose properties are on one level.
type newsArticle struct {
	Context        string    `json:"@context"`
	Type           string    `json:"@type"`
	ID             string    `json:"@id"`
	Headline       string    `json:"headline"`
	Description    string    `json:"description,omitempty"`
	DatePublished  string    `json:"datePublished,omitempty"`
	DateModified   string    `json:"dateModified,omitempty"`
	Author         []thing   `json:"author,omitempty"`
	Editor         []thing   `json:"editor,omitempty"`
	Publisher      *thing    `json:"publisher,omitempty"`
	ArticleSection string    `json:"articleSection,omitempty"`
	Keywords       []string  `json:"keywords,omitempty"`
	InLanguage     string    `json:"inLanguage,omitempty"`
	ArticleBody    string    `json:"articleBody"`
	WordCount      int       `json:"wordCount"`
	Image          []ldImage `json:"image,omitempty"`
	Free           *bool     `json:"isAccessibleForFree,omitempty"`
	License        string    `json:"license,omitempty"`
	URL            string    `json:"url"`
	MainEntity     string    `json:"mainEntityOfPage"`
	ArchivedAt     string    `json:"archivedAt,omitempty"`
	Version        int       `json:"version"`
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ldImage struct {
	Type       string `json:"@type"`
	ContentURL string `json:"contentUrl"`
	Caption    string `json:"caption,omitempty"`
	CreditText string `json:"creditText,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
}

func openJSONLD(t *target) (writer, error) {
	return openLines(t, "articles.jsonld.jsonl", func(item *Item) (any, error) { return jsonld(item), nil })
}

func jsonld(item *Item) newsArticle {
	a := item.Article
	out := newsArticle{
		Context: "https://schema.org", Type: "NewsArticle", ID: "urn:pressmark:" + a.ID, Headline: a.Title, Description: a.Description,
		DatePublished: article.Value(a.Published), DateModified: article.Value(a.Modified), Author: things("Person", a.Credits.Authors...),
		Editor: things("Person", a.Credits.Editors...), ArticleSection: a.Section, Keywords: a.Keywords, InLanguage: a.Language,
		ArticleBody: a.Text, WordCount: wordCount(a.Text), License: a.Rights, URL: a.URL, MainEntity: a.URL, ArchivedAt: item.Key, Version: a.Revision,
	}
	for _, name := range []string{a.Publisher, a.Credits.Source} {
		if name != "" {
			out.Publisher = &thing{"Organization", name}
			break
		}
	}
	if a.Access != "" {
		free := a.Access == "free"
		out.Free = &free
	}
	for i := range a.Images {
		img := &a.Images[i]
		if img.URL != "" {
			out.Image = append(out.Image, ldImage{"ImageObject", img.URL, article.Value(img.Caption), article.Value(img.Credit), img.SHA256})
		}
	}
	return out
}

func things(kind string, names ...string) []thing {
	var out []thing
	for _, n := range names {
		out = append(out, thing{kind, n})
	}
	return out
}
