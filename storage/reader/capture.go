package reader

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/warc"
)

// capturePolicy isolates a captured page: an origin of its own, no scripts, no
// forms, no requests. Its pictures are embedded in the page.
const capturePolicy = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline' data:; font-src data:"

// inlined bounds the bytes of the pictures that stand in a page.
const inlined = 24 << 20

// captured shows the page as it was captured, with archived pictures.
func (s *server) captured(w http.ResponseWriter, r *http.Request) error {
	_, a, err := s.named(r)
	if err != nil {
		return err
	}
	if err := s.choosePart(r, a); err != nil {
		return err
	}
	doc, err := s.capturedPage(r, a)
	if err != nil {
		return err
	}
	d := disarmer{pictures: picturesOf(a), left: inlined, read: func(key string) []byte {
		body, _, err := storage.ReadObject(r.Context(), s.Corpus.Store(), key)
		if err != nil {
			s.Log.Warn("picture not readable; the page is shown without it", "picture", key, "err", err)
		}
		return body
	}}
	d.base, _ = url.Parse(a.Capture.FinalURL) // nil: relative addresses stay unknown
	if d.base != nil {
		d.dress = &dresser{ctx: r.Context(), s: s, site: a.Site, base: d.base, left: inlined, made: map[string]string{}}
	}
	d.page(doc)
	h := w.Header()
	if at, ok := capturedAt(a); ok {
		h.Set("Memento-Datetime", at.UTC().Format(http.TimeFormat))
		h.Set("Link", mementoLinks(r.Host, strings.ReplaceAll(a.URL, ">", "%3E")))
	}
	h.Set("Content-Security-Policy", capturePolicy)
	h.Set("Content-Type", "text/html; charset=utf-8")
	return html.Render(w, doc)
}

// capturedPage reads the page that an article was made of: the response, or the DOM that
// its scripts left in a browser.
func (s *server) capturedPage(r *http.Request, a *article.Article) (*html.Node, error) {
	raw, err := s.rawRecord(r, a)
	if err != nil {
		return nil, err
	}
	if dom := a.Capture.Rendered; dom != nil {
		if raw, err = s.readRecord(r, dom.WARC, dom.Offset, dom.Length); err != nil {
			return nil, err
		}
	}
	rec, err := warc.ReadBytes(raw)
	if err != nil {
		return nil, err
	}
	body, mediaType := rec.Block, rec.Header.Get("Content-Type")
	if rec.Type() != "conversion" {
		resp, err := rec.Response()
		if err != nil {
			return nil, err
		}
		body, mediaType = resp.Body, resp.Header.Get("Content-Type")
	}
	in, err := charset.NewReader(bytes.NewReader(body), mediaType)
	if err != nil {
		return nil, err
	}
	return html.Parse(in)
}

// choosePart lets an article point at the capture of one of its further parts, if the
// request asks for it.
func (s *server) choosePart(r *http.Request, a *article.Article) error {
	n, err := revisionOf(r, "part", 1)
	if err != nil {
		return errRequest{"A part is a number from 1 on."}
	}
	if n == 1 {
		return nil
	}
	parts, err := s.Corpus.Parts(r.Context(), a.Site, a)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Number == n {
			c := &a.Capture
			c.WARC, c.Offset, c.Length, c.FinalURL, c.Fetched = p.WARC, p.Offset, p.Length, p.URL, p.Time.Format(time.RFC3339)
			c.Rendered = nil
			return nil
		}
	}
	return errNotFound
}

// rawRecord reads the WARC record of an article's capture.
func (s *server) rawRecord(r *http.Request, a *article.Article) ([]byte, error) {
	return s.readRecord(r, a.Capture.WARC, a.Capture.Offset, a.Capture.Length)
}

func (s *server) readRecord(r *http.Request, file string, offset, length int64) ([]byte, error) {
	if file == "" {
		return nil, errRequest{"The article has no capture: it was archived with --warc none."}
	}
	raw, err := storage.ReadRange(r.Context(), s.Corpus.Store(), file, offset, length)
	if errors.Is(err, storage.ErrRange) {
		return nil, errRequest{"The capture file is shorter than the article says: pressmark verify says more."}
	}
	return raw, err
}

// record serves the WARC record as it is stored.
func (s *server) record(w http.ResponseWriter, r *http.Request) error {
	_, a, err := s.named(r)
	if err != nil {
		return err
	}
	if err := s.choosePart(r, a); err != nil {
		return err
	}
	raw, err := s.rawRecord(r, a)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/warc")
	w.Header().Set("Content-Disposition", `attachment; filename="`+a.ID+`.warc.gz"`)
	_, err = w.Write(raw)
	return err
}

// picturesOf gives the keys of an article's archived pictures by their addresses.
func picturesOf(a *article.Article) map[string]string {
	keys := map[string]string{}
	for i := range a.Images {
		if img := &a.Images[i]; img.Key != "" {
			for _, u := range append([]string{img.URL, img.FetchedURL}, img.Alternates...) {
				keys[bareURL(u)] = img.Key
			}
		}
	}
	return keys
}

// disarmer takes out of a page what runs or loads, and puts archived pictures in.
// The policy forbids the rest all the same; a page without it has no dead frames.
type disarmer struct {
	base     *url.URL
	pictures map[string]string // key by address
	left     int               // bytes of pictures that the page may still have
	read     func(key string) []byte
	dress    *dresser // nil: the page's address is not known
}

// page changes the elements below n.
func (d *disarmer) page(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && !d.keeps(c) {
			n.RemoveChild(c)
		} else {
			d.page(c)
		}
		c = next
	}
}

// keeps reports whether an element stays; a picture gets its archived content.
func (d *disarmer) keeps(e *html.Node) bool {
	switch e.Data {
	case "script", "noscript", "iframe", "frame", "object", "embed", "base", "template", "portal", "source":
		return false
	case "meta":
		return attr(e, "charset") == "" && attr(e, "http-equiv") == ""
	case "img":
		d.picture(e)
	case "link":
		return d.dress != nil && d.dress.element(e)
	}
	return d.dress == nil || d.dress.element(e)
}

// picture gives an img element its archived content, or none.
func (d *disarmer) picture(e *html.Node) {
	key, src := d.keyOf(e), attr(e, "src")
	var kept []html.Attribute
	for _, at := range e.Attr {
		switch at.Key {
		case "alt", "class", "width", "height", "title":
			kept = append(kept, at)
		}
	}
	e.Attr = kept
	kind := safeImages[path.Ext(key)]
	if kind == "" {
		if d.dress != nil && key == "" {
			e.Attr = append(e.Attr, html.Attribute{Key: "src", Val: d.dress.picture(src)})
		}
		return
	}
	if body := d.read(key); len(body) > 0 && len(body) <= d.left {
		d.left -= len(body)
		e.Attr = append(e.Attr, html.Attribute{Key: "src", Val: "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)})
	}
}

// keyOf is the key of the archived picture that an img element shows, "" for none.
func (d *disarmer) keyOf(e *html.Node) string {
	if d.base == nil {
		return ""
	}
	for _, name := range []string{"src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset"} {
		for field := range strings.FieldsSeq(strings.ReplaceAll(attr(e, name), ", ", " ")) {
			ref, err := url.Parse(field)
			if err != nil {
				continue
			}
			if key := d.pictures[bareURL(d.base.ResolveReference(ref).String())]; key != "" {
				return key
			}
		}
	}
	return ""
}

// bareURL is an address without scheme and fragment, for comparing.
func bareURL(s string) string {
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		rest = s
	}
	rest, _, _ = strings.Cut(rest, "#")
	return rest
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
