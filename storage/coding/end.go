package coding

import (
	"bytes"
	"slices"
)

// endTags close the documents that servers of news send.
var endTags = [...]string{"html", "urlset", "sitemapindex", "rss", "feed", "rdf:rdf"}

// ShowsEnd reports whether a decoded body ends with the closing tag of an HTML page, a
// feed or a sitemap: it is whole, whatever its server says of its length.
func ShowsEnd(body []byte) bool {
	const farthest = 64
	tail := bytes.TrimRight(body[max(0, len(body)-farthest):], " \t\r\n\x00")
	at := bytes.LastIndex(tail, []byte("</"))
	if at < 0 || !bytes.HasSuffix(tail, []byte(">")) {
		return false
	}
	name := bytes.ToLower(bytes.TrimSpace(tail[at+2 : len(tail)-1]))
	if i := bytes.IndexByte(name, ':'); i >= 0 && !bytes.Equal(name, []byte("rdf:rdf")) {
		name = name[i+1:]
	}
	return slices.Contains(endTags[:], string(name))
}
