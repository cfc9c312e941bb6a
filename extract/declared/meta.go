package declared

import (
	"strings"
)

// publishedMetas are the names of meta tags that give the publication time,
// the most trustworthy first: those of standards, then those of measuring
// services and publishing systems.
var publishedMetas = []string{
	"article:published_time", "og:article:published_time", "article:published", "article:published:time", "datepublished", "og:published_time",
	"publishdate", "pubdate", "publish-date", "publish_date", "publication_date", "publicationdate", "publisheddate", "published_time",
	"publishtime", "pub_date",
	"content:publishdate", "bt:pubdate", "og:pubdate", "rnews:datepublished", "article:pubdate", "article.published", "parsely-pub-date", "sailthru.date",
	"cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued",
	"dc.date.published", "dcterms.date", "dcterms.created", "dc.date", "dc.date.created", "dcterms.datesubmitted",
	"date.available", "date.created", "date", "article_date_original", "originalpublicationdate", "weibo:article:create_at", "_pubtime",
	"publishedtime", "created", "datecreated",
	"displaydate", "published", "published-date", "published_date", "published_on", "published_at", "date_published", "date-published",
	"publication-date", "publish_time", "publish-time", "article:publish_date", "article:publication_date", "article_date", "dateposted",
	"date_posted", "vr:published_time", "firstpublishedtime", "article:create_at", "og:release_date", "release_date", "og:regdate",
	"article:post_time", "iso-8601-publish-date", "news_publish_date", "time", "pagerender",
}

var modifiedMetas = []string{
	"article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified",
	"dc.date.modified", "date.modified", "date.updated",
	"article:modified", "article.updated", "modified_time", "revised", "article:modified:time", "dateupdate", "weibo:article:update_at",
}

var authorMetas = []string{
	"author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author",
	"og:article:author", "article:author_name", "lp.article:author", "mrf:authors",
	"og:author", "article.author", "creator", "rbauthors", "article:byline", "citation_author", "content-author",
}

// metaFacts reads the meta tags.
func (r *factReader) metaFacts() {
	f := &r.facts
	f.Published = r.metaClaims(f.Published, publishedMetas...)
	if len(f.Published) == 0 {
		f.Published = r.ownMetas(f.Published)
	}
	f.Modified = r.metaClaims(f.Modified, modifiedMetas...)
	f.article = f.article || strings.EqualFold(r.p.Meta("og:type"), "article")
	switch tier := strings.ToLower(r.p.Meta("article:content_tier")); tier {
	case "locked", "metered":
		f.paid = "meta article:content_tier"
	}
	if f.Publisher == "" {
		f.Publisher = r.p.Meta("og:site_name", "application-name", "publisher", "dc.publisher", "cxenseparse:publisher")
	}
	f.Titles = r.metaClaims(f.Titles, "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline")
	f.Source = r.metaClaims(f.Source, "mediaid", "source", "contentsource", "article:source", "copyright-holder")
	f.Editors = addClaim(f.Editors, r.p.Meta("editor", "contenteditor", "article:editor"), "meta editor")
	r.metaAuthors()
}

// metaClaims adds what the meta tags with these names say, in the order of the names.
func (r *factReader) metaClaims(list []Claim, names ...string) []Claim {
	for _, name := range names {
		if said := r.p.Meta(name); said != "" {
			list = addClaim(list, said, "meta "+name)
		}
	}
	return list
}

// publishedEnds end the names of meta tags that sites make up for themselves:
// "paper:published_at", "photos:uploaded".
var publishedEnds = []string{
	"published", "published_time", "published_at", "published_on", "published_date", "publish_date", "publish-date", "publishdate", "pubdate",
	"publication_date", "publication-date", "release_date", "upload_date", "uploaded",
}

// ownMetas adds the times of meta tags with names that only this site has.
func (r *factReader) ownMetas(list []Claim) []Claim {
	for i := range r.p.Metas {
		name := r.p.Metas[i].Name
		for _, end := range publishedEnds {
			if before, ok := strings.CutSuffix(name, end); ok && before != "" && strings.ContainsRune(":._-", rune(before[len(before)-1])) {
				list = addClaim(list, r.p.Metas[i].Content, "meta "+name)
				break
			}
		}
	}
	return list
}

// metaAuthors takes the authors of the first kind of meta tag that names some.
func (r *factReader) metaAuthors() {
	for _, name := range authorMetas {
		found := false
		for i := range r.p.Metas {
			if m := &r.p.Metas[i]; m.Name == name && !strings.Contains(m.Content, "://") && !strings.Contains(m.Content, "@") {
				before := len(r.facts.Authors)
				r.addAuthors(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(m.Content, "By "), "by "), "BY "), "meta "+name, false)
				found = found || len(r.facts.Authors) > before
			}
		}
		if found {
			return
		}
	}
}
