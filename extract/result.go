package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// answers are what the steps found of a page.
type answers struct {
	said   *facts
	ruled  *ruled
	head   titleResult
	text   bodyResult
	when   publishedResult
	who    bylineResult
	pics   pictureResult
	blocks blocksResult
	links  linkResult
	kind   kindResult
}

// compose makes the result of a page.
func compose(p *page, found *answers, site, version string) article.Result {
	r := article.Result{
		Kind: found.kind.kind, Canonical: p.canonical, Charset: p.charset, Marks: p.marks(),
		Links: found.links.links, NextPart: found.links.part, NextList: found.links.list,
		Feeds: found.said.feeds, Alternates: found.said.alternates, NoIndex: found.said.noIndex, NoFollow: found.said.noFollow,
	}
	if found.kind.refused() {
		r.Refusal = &article.Refusal{Code: found.kind.kind, Message: found.kind.why}
		return r
	}
	a := &article.Article{
		Title: found.head.text, Language: p.lang,
		Published: found.when.published, PublishedPrecision: found.when.precision, Modified: found.when.modified,
		Credits: found.who.credits, Body: found.blocks.body, Images: found.blocks.images,
		Evidence: found.evidence(), Warnings: found.warnings(), Capture: capture(&p.in),
		Schema: article.SchemaVersion, URL: r.Canonical, ID: article.ID(r.Canonical), Site: site, Pages: []string{}, Extractor: version, Revision: 1,
	}
	if a.Site == "" {
		if host := weburl.HostOf(a.URL); host != "" {
			a.Site = weburl.SiteName(host)
		}
	}
	if a.URL != "" {
		a.Pages = append(a.Pages, a.URL)
	}
	fillEmpty(a)
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	r.Article = a
	return r
}

// evidence says which step found each field.
func (found *answers) evidence() map[string]string {
	from := make(map[string]string, 8)
	for field, step := range map[string]string{
		"title": found.head.from, "body": found.text.from, "published": found.when.from, "modified": found.when.modifiedFrom,
		"source": found.who.sourceFrom, "authors": found.who.authorsFrom, "images": found.pics.from,
	} {
		if step != "" {
			from[field] = step
		}
	}
	return from
}

// warnings joins those of all steps, in the order of the steps.
func (found *answers) warnings() []string {
	return slices.Concat([]string{}, found.said.warnings, found.ruled.warnings, found.when.warnings, found.pics.warnings)
}

// capture says from which response an article was made.
func capture(in *article.Page) (c article.Capture) {
	if c.SHA256 = in.SHA256; c.SHA256 == "" {
		sum := sha256.Sum256(in.Body)
		c.SHA256 = hex.EncodeToString(sum[:])
	}
	c.FinalURL = in.URL
	c.Status = in.Status
	if !in.Fetched.IsZero() {
		c.Fetched = in.Fetched.UTC().Format(time.RFC3339)
	}
	return c
}

// fillEmpty makes lists that hold nothing empty instead of null in JSON.
func fillEmpty(a *article.Article) {
	if a.Body == nil {
		a.Body = []article.Block{}
	}
	if a.Images == nil {
		a.Images = []article.Image{}
	}
	if a.Warnings == nil {
		a.Warnings = []string{}
	}
	if a.Evidence == nil {
		a.Evidence = map[string]string{}
	}
	for _, list := range []*[]string{&a.Credits.Authors, &a.Credits.Editors, &a.Credits.Lines} {
		if *list == nil {
			*list = []string{}
		}
	}
}
