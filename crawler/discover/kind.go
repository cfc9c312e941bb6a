package discover

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"pressmark/extract/charset"
)

// Kind is the format of a response.
type Kind string

// The kinds of response.
const (
	KindFeed    Kind = "feed"          // RSS, RDF, Atom or JSON Feed
	KindSitemap Kind = "sitemap"       // urlset, or plain text with an address a line
	KindIndex   Kind = "sitemap_index" // sitemapindex
	KindHTML    Kind = "html"
	KindText    Kind = "text" // other plain text
	KindImage   Kind = "image"
	KindOther   Kind = "other" // empty, JSON that is no feed, PDF, video …
)

const (
	// sniffed is how many decoded bytes are looked at behind the comments that a file
	// begins with: enough for the warnings of a broken server.
	sniffed = 16 << 10
	// maxProlog is how far a compressed file is decompressed for its first element.
	maxProlog = 1 << 20
)

var (
	// rootElement matches the elements that determine the kind of a document.
	rootElement = regexp.MustCompile(`(?i)<(?:[a-z][\w.-]*:)?(rss|rdf|feed|urlset|sitemapindex|html|head|body)(?:[\s>/]|$)`)
	anyElement  = regexp.MustCompile(`(?i)<(?:!doctype\s+html|title|meta|link|script|style|div|span|p|a|h[1-6]|table|ul|br|center|font|img)(?:[\s>/]|$)`)
	// rootless matches the entries of a sitemap without a root element.
	rootless   = regexp.MustCompile(`(?i)^(?:<\?[^>]*>\s*)*<(url|sitemap)>\s*<loc>`)
	xmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	jsonFeed   = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version`)
)

// Sniff returns the kind of a response. The bytes decide; contentType (the header, ""
// where unknown) only where they leave it open, because feeds and sitemaps are served
// under every type there is. A body compressed with gzip is decompressed first. Blank
// lines and comments of any length before the first element do not matter.
func Sniff(body []byte, contentType string) Kind {
	if plainPage(body) {
		return KindHTML
	}
	body = decompressed(body)
	start := withoutPreamble(body)
	start = start[:min(len(start), sniffed)]
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
		if bytes.Contains(body, []byte("jsonfeed.org")) && jsonFeed.Match(body) { // keys in alphabetical order have it last
			return KindFeed
		}
		return KindOther
	}
	if m := rootElement.FindSubmatch(text); m != nil {
		return rootKinds[strings.ToLower(string(m[1]))]
	}
	switch {
	case rootless.Match(text):
		return KindSitemap
	case anyElement.Match(text), text[0] == '<' && strings.Contains(media, "html"):
		return KindHTML
	case bytes.HasPrefix(text, []byte("<svg")), strings.HasPrefix(media, "image/"):
		return KindImage
	case text[0] != '<' && plainText(text):
		if addresses(text) {
			return KindSitemap
		}
		return KindText
	}
	return KindOther
}

// addresses reports whether the first lines of a text, but for blank ones and comments,
// are web addresses: sitemaps.org's plain text form.
func addresses(text []byte) bool {
	const enough = 5
	n := 0
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		address, _, _ := bytes.Cut(line, []byte("\t")) // the first column of a table
		switch {
		case !hasScheme(address) || bytes.ContainsAny(address, " <>\""):
			return false
		}
		if n++; n == enough {
			break
		}
	}
	return n > 0
}

func hasScheme(address []byte) bool {
	scheme, _, ok := bytes.Cut(address, []byte("://"))
	return ok && (bytes.EqualFold(scheme, []byte("http")) || bytes.EqualFold(scheme, []byte("https")))
}

// plainPage matches the usual beginning of a page, as a fast path: Sniff sees every
// page of a crawl.
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

// decompressed returns a body, or the decompressed beginning of a gzip body.
func decompressed(body []byte) []byte {
	if gzipped(body) {
		if r, _, err := decompress(bytes.NewReader(body)); err == nil {
			body, _ = io.ReadAll(io.LimitReader(r, maxProlog)) // what was read before an error stands
		}
	}
	return body
}

// withoutPreamble drops blank lines, comments and instructions from the start of a text.
func withoutPreamble(text []byte) []byte {
	for {
		text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n\f")
		end := ""
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(text, []byte("<?")):
			end = "?>"
		}
		_, rest, ok := bytes.Cut(text, []byte(end))
		if end == "" || !ok {
			return text
		}
		text = rest
	}
}

// plainText reports whether b holds no control bytes but white space.
func plainText(b []byte) bool {
	for _, c := range b {
		if space := strings.IndexByte("\t\n\r\f", c) >= 0; c < ' ' && !space {
			return false
		}
	}
	return utf8.Valid(b) || len(b) > sniffed-utf8.UTFMax
}
