package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// resultStep fills what identifies the article and makes the result whole.
func resultStep(p *page) {
	r := &p.result
	r.Kind = p.kind
	r.Marks = p.marks()
	if p.blocked {
		r.Refusal = &article.Refusal{Code: p.kind, Message: p.why}
		return
	}
	a := &p.out
	a.Schema = article.SchemaVersion
	a.URL = r.Canonical
	a.ID = article.ID(a.URL)
	a.Site = p.opts.Site
	if a.Site == "" {
		if host := weburl.HostOf(a.URL); host != "" {
			a.Site = weburl.SiteName(host)
		}
	}
	a.Pages = []string{}
	if a.URL != "" {
		a.Pages = append(a.Pages, a.URL)
	}
	a.Extractor = p.opts.Version
	a.Revision = 1
	p.capture()
	fillEmpty(a)
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	alone := *a // the page is not to live as long as its article
	r.Article = &alone
}

// capture says from which response the article was made.
func (p *page) capture() {
	c := &p.out.Capture
	if c.SHA256 = p.in.SHA256; c.SHA256 == "" {
		sum := sha256.Sum256(p.in.Body)
		c.SHA256 = hex.EncodeToString(sum[:])
	}
	c.FinalURL = p.in.URL
	c.Status = p.in.Status
	if !p.in.Fetched.IsZero() {
		c.Fetched = p.in.Fetched.UTC().Format(time.RFC3339)
	}
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
