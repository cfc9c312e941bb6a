package replay

import (
	"context"
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
	made           article.Rendering
	in             *content
	block          stretch // of a record that has no place of its own
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
			p.dom = in.domOf(p, rec)
			p.dom.made.Browser, p.dom.made.Settled = about.Browser, about.Settled
			return
		}
	}
}

func (in *content) domOf(p *Page, rec *warc.Record) *dom {
	sum := sha256.Sum256(rec.Block)
	d := &dom{url: p.URL, mediaType: rec.Header.Get("Content-Type"), in: in, made: article.Rendering{SHA256: hex.EncodeToString(sum[:]),
		Offset: rec.Location.Offset, Length: rec.Location.Length}}
	if url, err := weburl.Normalize(rec.URL()); err == nil {
		d.url = url
	}
	if rec.Location.Length == 0 {
		d.block = in.blocks.keep(rec.Block)
	}
	return d
}

// show makes the DOM the page that is read. It keeps the digest of the response, as the
// crawl does.
func (d *dom) show(ctx context.Context, page *article.Page) error {
	body, err := d.read(ctx)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(page.Body)
	page.SHA256 = hex.EncodeToString(sum[:])
	page.URL, page.Body, page.ContentType, page.Rendered = d.url, body, d.mediaType, true
	return nil
}

func (d *dom) read(ctx context.Context) ([]byte, error) {
	if d.made.Length == 0 {
		return d.in.blocks.read(d.block)
	}
	rec, err := d.in.record(ctx, d.made.Offset, d.made.Length)
	if err != nil {
		return nil, err
	}
	return rec.Block, nil
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
