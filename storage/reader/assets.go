package reader

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"pressmark/storage"
	"pressmark/storage/assets"
	"pressmark/storage/warc"
)

// dresser gives a captured page the stylesheets, pictures and fonts that were captured
// for it (archive --warc replay), as data: addresses: the page loads nothing.
type dresser struct {
	ctx   context.Context
	s     *server
	site  string
	base  *url.URL
	left  int // bytes that the page may still have
	made  map[string]string
	depth int // stylesheets that import one another, in a row
}

// mostSheets bounds the stylesheets that import one another.
const mostSheets = 5

// asset returns the capture of a URL as a data: URL, "" if there is none.
func (d *dresser) asset(address string) string {
	if made, ok := d.made[address]; ok {
		return made
	}
	d.made[address] = "" // one that imports itself
	body, media := d.captured(address)
	if len(body) == 0 || d.depth > mostSheets {
		return ""
	}
	if assets.IsStyle(media, address) {
		d.depth++
		body, media = assets.Restyle(body, address, d.asset), "text/css"
		d.depth--
	}
	if len(body) > d.left || !harmless(media) {
		return ""
	}
	d.left -= len(body)
	d.made[address] = "data:" + media + ";base64," + base64.StdEncoding.EncodeToString(body)
	return d.made[address]
}

// harmless reports whether a media type may stand in a data: address of a captured page.
func harmless(media string) bool {
	return media == "text/css" || strings.HasPrefix(media, "image/") && media != "image/svg+xml" || strings.HasPrefix(media, "font/") ||
		strings.HasPrefix(media, "application/font-") || strings.HasPrefix(media, "application/x-font-") || media == "application/vnd.ms-fontobject"
}

// captured reads an asset out of its capture, with its media type.
func (d *dresser) captured(address string) (body []byte, media string) {
	place, err := d.s.Index.Asset(d.ctx, d.site, address)
	var file string
	var offset, length int64
	if err == nil && place != "" {
		_, err = fmt.Sscan(place, &file, &offset, &length)
	}
	if err != nil || file == "" {
		return nil, ""
	}
	raw, err := storage.ReadRange(d.ctx, d.s.Corpus.Store(), file, offset, length)
	if err == nil {
		var rec *warc.Record
		if rec, err = warc.ReadBytes(raw); err == nil {
			var resp warc.Response
			if resp, err = rec.Response(); err == nil {
				return resp.Body, mediaOf(resp.Header.Get("Content-Type"), resp.Body)
			}
		}
	}
	d.s.Log.Warn("asset not readable; the page is shown without it", "asset", address, "err", err)
	return nil, ""
}

// mediaOf is the media type of an asset: as declared, or by its bytes.
func mediaOf(declared string, body []byte) string {
	media, _, _ := strings.Cut(declared, ";")
	if media = strings.ToLower(strings.TrimSpace(media)); media != "" && media != "application/octet-stream" {
		return media
	}
	media, _, _ = strings.Cut(http.DetectContentType(body), ";")
	return media
}

// element dresses one element, and reports whether it stays.
func (d *dresser) element(e *html.Node) bool {
	switch e.Data {
	case "link":
		if !hasField(attr(e, "rel"), "stylesheet") || hasField(attr(e, "rel"), "alternate") {
			return false
		}
		sheet := d.asset(d.resolve(attr(e, "href")))
		e.Attr = []html.Attribute{{Key: "rel", Val: "stylesheet"}, {Key: "href", Val: sheet}, {Key: "media", Val: attr(e, "media")}}
		return sheet != ""
	case "style":
		for c := e.FirstChild; c != nil; c = c.NextSibling {
			c.Data = string(assets.Restyle([]byte(c.Data), d.base.String(), d.asset))
		}
	}
	for i := range e.Attr {
		if e.Attr[i].Key == "style" {
			e.Attr[i].Val = string(assets.Restyle([]byte(e.Attr[i].Val), d.base.String(), d.asset))
		}
	}
	return true
}

func (d *dresser) resolve(ref string) string {
	to, err := d.base.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	to.Fragment = ""
	return to.String()
}

// picture returns the content of an img element that is not one of the article's
// pictures.
func (d *dresser) picture(src string) string {
	if src == "" {
		return ""
	}
	if to := d.asset(d.resolve(src)); strings.HasPrefix(to, "data:image/") {
		return to
	}
	return ""
}

func hasField(list, name string) bool {
	for f := range strings.FieldsSeq(strings.ToLower(list)) {
		if f == name {
			return true
		}
	}
	return false
}
