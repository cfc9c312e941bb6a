package replay

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/warc"
)

// dom is what the scripts of a page left in a browser: a conversion record that refers
// to the page's response and stands behind it in the same file.
type dom struct {
	url, mediaType string
	body           []byte
	made           article.Rendering
}

// addDOM gives a page its DOM, if the record is one.
func (in *content) addDOM(rec *warc.Record) {
	if rec.Type() != "conversion" || rec.Header.Get("WARC-JSON-Metadata") == "" {
		return
	}
	var about struct {
		Browser string `json:"browser"`
		Settled bool   `json:"settled"`
	}
	if json.Unmarshal([]byte(rec.Header.Get("WARC-JSON-Metadata")), &about) != nil || about.Browser == "" {
		return // of another program: a PDF, a text
	}
	for i := len(in.pages) - 1; i >= 0; i-- { // mostly the last one
		if p := in.pages[i]; p.id != "" && p.id == rec.Header.Get("WARC-Refers-To") {
			p.dom = domOf(p, rec)
			p.dom.made.Browser, p.dom.made.Settled = about.Browser, about.Settled
			return
		}
	}
}

func domOf(p *Page, rec *warc.Record) *dom {
	sum := sha256.Sum256(rec.Block)
	d := &dom{url: p.URL, mediaType: rec.Header.Get("Content-Type"), body: rec.Block, made: article.Rendering{SHA256: hex.EncodeToString(sum[:]),
		Offset: rec.Location.Offset, Length: rec.Location.Length}}
	if url, err := weburl.Normalize(rec.URL()); err == nil {
		d.url = url
	}
	return d
}

// show makes the DOM the page that is read. It keeps the digest of the response, as the
// crawl does.
func (d *dom) show(page *article.Page) {
	sum := sha256.Sum256(page.Body)
	page.SHA256 = hex.EncodeToString(sum[:])
	page.URL, page.Body, page.ContentType, page.Rendered = d.url, d.body, d.mediaType, true
}

// Rendered returns from which DOM the page is read; nil if it is read from its response.
func (p *Page) Rendered() *article.Rendering {
	if p.dom == nil {
		return nil
	}
	made := p.dom.made
	made.WARC = p.File
	return &made
}
