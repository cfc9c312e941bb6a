package compose

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/byline"
	"pressmark/extract/declared"
	"pressmark/extract/kind"
	"pressmark/extract/link"
	"pressmark/extract/memory"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/published"
	"pressmark/extract/rule"
	"pressmark/extract/title"
	"pressmark/extract/weburl"
)

// Found holds the results of all steps for one page.
type Found struct {
	Said   *declared.Facts
	Ruled  *rule.Ruled
	Head   title.Result
	Text   body.Result
	When   published.Result
	Who    byline.Result
	Pics   picture.Result
	Blocks Body
	Links  link.Result
	Kind   kind.Result
}

// Article composes the result of a page from what the steps found.
func Article(p *page.Page, found *Found, site, version string) article.Result {
	r := article.Result{
		Kind: found.Kind.Kind, Canonical: p.Canonical, Marks: memory.Marks(p),
		Links: found.Links.Links, NextPart: found.Links.Part, NextList: found.Links.List,
		Feeds: found.Said.Feeds, Alternates: found.Said.Alternates,
	}
	if found.Kind.Refused() {
		r.Refusal = &article.Refusal{Code: found.Kind.Kind, Message: found.Kind.Why}
		return r
	}
	a := &article.Article{
		Title: found.Head.Text, Language: cmp.Or(p.Lang, p.GuessedLang),
		Published: found.When.Published, PublishedPrecision: found.When.Precision, Modified: found.When.Modified,
		Credits: found.Who.Credits, Body: found.Blocks.Blocks, Images: found.Blocks.Images,
		Evidence: found.evidence(), Warnings: found.warnings(), Capture: capture(&p.In),
		Schema: article.SchemaVersion, URL: r.Canonical, ID: article.ID(r.Canonical), Site: site, Pages: []string{}, Extractor: version, Revision: 1,
	}
	a.Headlines = article.Headlines{
		Kicker: found.Head.Kicker,
		Search: found.Head.Others("title"), Social: found.Head.Others("og:title", "twitter:title"), Structured: found.Head.Others("json-ld headline"),
	}
	a.Links = bodyLinks(a.Body)
	if a.Site == "" {
		if host := weburl.HostOf(a.URL); host != "" {
			a.Site = weburl.SiteName(host)
		}
	}
	if a.URL != "" {
		a.Pages = append(a.Pages, a.URL)
	}
	about := &found.Said.About
	a.Publisher, a.Description, a.Section, a.Keywords = found.Said.Publisher, about.Description, about.Section, about.Keywords
	a.Access, a.Rights, a.OptOuts = article.Access(about.Access.Text), about.Rights, about.OptOuts
	if a.Rights == "" {
		a.Rights = printedRights(p)
	}
	fillEmpty(a)
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	r.Article = a
	return r
}

// evidence says which step found each field.
func (found *Found) evidence() map[string]string {
	from := make(map[string]string, 8)
	for field, step := range map[string]string{
		"title": found.Head.From, "body": found.Text.From, "published": found.When.From, "modified": found.When.ModifiedFrom,
		"source": found.Who.SourceFrom, "authors": found.Who.AuthorsFrom, "images": found.Pics.From, "access": found.Said.About.Access.From,
	} {
		if step != "" {
			from[field] = step
		}
	}
	return from
}

// warnings joins those of all steps, in the order of the steps.
func (found *Found) warnings() []string {
	return slices.Concat([]string{}, found.Said.Warnings, found.Ruled.Warnings, found.Text.Warnings, found.When.Warnings, found.Pics.Warnings)
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

// fillEmpty replaces nil lists by empty ones, so that JSON has [] and not null.
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
