package discover

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"pressmark/extract/charset"
)

// Kind says what an answer is.
type Kind string

// The kinds of answer.
const (
	KindFeed    Kind = "feed"          // RSS, RDF, Atom or JSON Feed
	KindSitemap Kind = "sitemap"       // urlset
	KindIndex   Kind = "sitemap_index" // sitemapindex
	KindHTML    Kind = "html"
	KindText    Kind = "text" // plain text; where a sitemap is expected, a list of URLs
	KindImage   Kind = "image"
	KindOther   Kind = "other" // empty, JSON that is no feed, PDF, video …
)

// sniffed is how many decoded bytes are looked at: enough for a page that begins
// with a long comment or the warnings of a broken server.
const sniffed = 16 << 10

var (
	// rootElement finds the first element that tells what a document is.
	rootElement = regexp.MustCompile(`(?i)<(?:[a-z][\w.-]*:)?(rss|rdf|feed|urlset|sitemapindex|html|head|body)(?:[\s>/]|$)`)
	anyElement  = regexp.MustCompile(`(?i)<(?:!doctype\s+html|title|meta|link|script|style|div|span|p|a|h[1-6]|table|ul|br|center|font|img)(?:[\s>/]|$)`)
	xmlComment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	jsonFeed    = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version`)
)

// Sniff says what an answer is. The bytes decide; contentType (the header, "" where
// unknown) only where they leave it open, because feeds and sitemaps are served
// under every type there is. A body compressed with gzip is looked into.
func Sniff(body []byte, contentType string) Kind {
	if plainPage(body) {
		return KindHTML
	}
	start := prefix(body)
	if k := http.DetectContentType(start); strings.HasPrefix(k, "image/") {
		return KindImage
	}
	decoded, _ := charset.Decode(start, contentType)
	text := bytes.TrimSpace(xmlComment.ReplaceAll(decoded, nil))
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case len(text) == 0:
		return KindOther
	case text[0] == '{' || text[0] == '[':
		if jsonFeed.Match(text) {
			return KindFeed
		}
		return KindOther
	}
	if m := rootElement.FindSubmatch(text); m != nil {
		return rootKinds[strings.ToLower(string(m[1]))]
	}
	switch {
	case anyElement.Match(text), text[0] == '<' && strings.Contains(media, "html"):
		return KindHTML
	case bytes.HasPrefix(text, []byte("<svg")), strings.HasPrefix(media, "image/"):
		return KindImage
	case text[0] != '<' && plainText(text):
		return KindText
	}
	return KindOther
}

// plainPage knows pages that begin as nearly all do. Every page of a crawl is asked
// about, and this answer costs nothing.
func plainPage(body []byte) bool {
	body = bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 256)], []byte("\ufeff")), " \t\r\n")
	for _, start := range []string{"<!doctype html", "<html"} {
		if len(body) > len(start) && bytes.EqualFold(body[:len(start)], []byte(start)) && bytes.IndexByte([]byte(" \t\r\n>"), body[len(start)]) >= 0 {
			return true
		}
	}
	return false
}

var rootKinds = map[string]Kind{
	"rss": KindFeed, "rdf": KindFeed, "feed": KindFeed, "urlset": KindSitemap, "sitemapindex": KindIndex,
	"html": KindHTML, "head": KindHTML, "body": KindHTML,
}

// prefix gives the first bytes of a body, looking into gzip.
func prefix(body []byte) []byte {
	for range maxWraps {
		if !gzipped(body) {
			break
		}
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			break
		}
		body, _ = io.ReadAll(io.LimitReader(r, sniffed))
	}
	if len(body) > sniffed {
		body = body[:sniffed]
	}
	return body
}

// maxWraps is how often one body may be compressed: twice happens, where a server
// compresses a file that is compressed.
const maxWraps = 2

func gzipped(b []byte) bool { return len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 }

// plainText reports whether b holds no control bytes but white space.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	return utf8.Valid(b) || len(b) > sniffed-utf8.UTFMax
}
