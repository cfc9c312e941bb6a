package declared

import (
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/text"
)

// About is what a page declares about its article beside title, times and names.
type About struct {
	Description string
	Section     string
	Keywords    []string
	Access      Claim // an article.Access, with its origin
	Rights      string
	OptOuts     []article.OptOut
}

// The longest values, in bytes (maxKeywords: the most keywords). Longer ones are dropped.
const (
	maxDescription = 2000
	maxSection     = 100
	maxKeyword     = 120
	maxKeywords    = 64
	maxRights      = 400
)

// about reads the meta tags; what JSON-LD says of the article was taken before.
func (r *factReader) about() {
	a := &r.facts.About
	a.Description = bounded(r.p.Meta("description", "og:description", "twitter:description", "dc.description", "dcterms.description"),
		maxDescription, a.Description)
	if a.Section == "" {
		a.Section = bounded(r.p.Meta("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section",
			"dc.subject.section", "lp:section", "category"), maxSection, "")
	}
	for i := range r.p.Metas {
		switch m := &r.p.Metas[i]; m.Name {
		case "keywords", "news_keywords", "parsely-tags", "sailthru.tags":
			r.keywords(m.Content)
		case "article:tag", "og:article:tag", "cxenseparse:keywords":
			r.keyword(m.Content)
		}
	}
	r.access()
	if a.Rights == "" {
		a.Rights = bounded(r.p.Meta("copyright", "dcterms.rights", "dc.rights", "rights", "dcterms.license", "license"), maxRights, "")
	}
	r.optOuts()
}

// bounded returns a value on one line, other for an empty or a longer one.
func bounded(value string, limit int, other string) string {
	if value = text.Squeeze(value); value == "" || len(value) > limit {
		return other
	}
	return value
}

// keywords adds the words of a list. Chinese and Japanese lists have signs of their own.
func (r *factReader) keywords(list string) {
	for word := range strings.FieldsFuncSeq(list, func(c rune) bool { return strings.ContainsRune(",;|，、；،\n", c) }) {
		r.keyword(word)
	}
}

func (r *factReader) keyword(word string) {
	a := &r.facts.About
	if word = bounded(word, maxKeyword, ""); word == "" || len(a.Keywords) >= maxKeywords || strings.Contains(word, "://") {
		return
	}
	if !slices.ContainsFunc(a.Keywords, func(k string) bool { return strings.EqualFold(k, word) }) {
		a.Keywords = append(a.Keywords, word)
	}
}

// access reads who may read the whole text: isAccessibleForFree of JSON-LD, and the tier
// that publishers declare to aggregators.
func (r *factReader) access() {
	a := &r.facts.About
	switch tier := strings.ToLower(r.p.Meta("article:content_tier")); tier {
	case "free":
		a.Access = Claim{string(article.AccessFree), "meta article:content_tier"}
	case "metered":
		a.Access = Claim{string(article.AccessMetered), "meta article:content_tier"}
	case "locked":
		a.Access = Claim{string(article.AccessSubscription), "meta article:content_tier"}
	}
	if a.Access.Text == "" {
		switch premium := strings.ToLower(r.p.Meta("lp:premium", "premium", "article:premium")); premium {
		case "true", "1", "yes":
			a.Access = Claim{string(article.AccessSubscription), "meta premium"}
		}
	}
}

// aboutLD takes what the article's JSON-LD says of it.
func (r *factReader) aboutLD(main *ldNode) {
	a := &r.facts.About
	if a.Description == "" {
		a.Description = bounded(main.get("description").text(), maxDescription, "")
	}
	if a.Section == "" {
		for _, s := range main.get("articleSection").list() {
			if a.Section = bounded(s.text(), maxSection, ""); a.Section != "" {
				break
			}
		}
	}
	for _, k := range main.get("keywords").list() {
		r.keywords(k.text())
	}
	switch strings.ToLower(main.get(ldFree).text()) {
	case "true":
		a.Access = Claim{string(article.AccessFree), "json-ld " + ldFree}
	case "false":
		a.Access = Claim{string(article.AccessSubscription), "json-ld " + ldFree}
	}
	for _, key := range []string{"copyrightNotice", "license"} {
		if a.Rights == "" {
			a.Rights = bounded(main.get(key).text(), maxRights, "")
		}
	}
}
