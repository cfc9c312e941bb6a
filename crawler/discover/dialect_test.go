package discover

import "testing"

// TestFeedDialects holds the roots, namespaces and element orders that feeds come in;
// each has one item.
func TestFeedDialects(t *testing.T) {
	const item = "<item><title>T</title><link>/1</link><pubDate>Fri, 05 Jan 2024 08:30:00 GMT</pubDate></item>"
	const entry = `<title>T</title><link href="/1"/><published>2024-01-05T08:30:00Z</published>`
	for _, c := range []struct{ name, body string }{
		{"no version", `<rss><channel>` + item + `</channel></rss>`},
		{"no channel", `<rss version="2.0">` + item + `</rss>`},
		{"item outside the channel", `<rss version="2.0"><channel><title>C</title></channel>` + item + `</rss>`},
		{"items wrapped", `<rss version="2.0"><channel><items>` + item + `</items></channel></rss>`},
		{"second channel", `<rss version="2.0"><channel><title>C</title></channel><channel>` + item + `</channel></rss>`},
		{"UserLand's namespace", `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel>` + item + `</channel></rss>`},
		{"Netscape's namespace", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><link>/</link></channel>` + item + `</rdf:RDF>`},
		{"unknown namespace", `<rss version="2.0" xmlns="http://news.example.com/ns"><channel>` + item + `</channel></rss>`},
		{"Atom's namespace on RSS", `<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel>` + item + `</channel></rss>`},
		{"undeclared prefixes", `<rss version="2.0"><channel><item><media:content url="x"/><title>T</title><link>/1</link><dc:date>2024-01-05T08:30:00Z</dc:date></item></channel></rss>`},
		{"capitals", `<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>T</TITLE><LINK>/1</LINK><PUBDATE>Fri, 05 Jan 2024 08:30:00 GMT</PUBDATE></ITEM></CHANNEL></RSS>`},
		{"titles of media and picture", `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><image><title>I</title><link>/i</link></image><item><media:title>M</media:title><title>T</title><link>/1</link><pubDate>2024-01-05T08:30:00Z</pubDate></item></channel></rss>`},
		{"link as an attribute", `<rss version="2.0"><channel><item><title>T</title><link href="/1"/><pubDate>2024-01-05T08:30:00Z</pubDate></item></channel></rss>`},
		{"Atom 0.3", `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><link rel="alternate" type="text/html" href="/1"/><issued>2024-01-05T08:30:00Z</issued></entry></feed>`},
		{"Atom without a namespace", `<feed><entry>` + entry + `</entry></feed>`},
		{"Atom with a prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:link href="/1"/><a:published>2024-01-05T08:30:00Z</a:published></a:entry></a:feed>`},
		{"Atom entry taken from elsewhere", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><source><title>S</title><link href="/s"/></source>` + entry + `</entry></feed>`},
		{"Atom with a base", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.com/x/"><entry><title>T</title><link href="../1"/><published>2024-01-05T08:30:00Z</published></entry></feed>`},
		{"Atom with a title in XHTML", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>T</b></div></title><link href="/1"/><published>2024-01-05T08:30:00Z</published></entry></feed>`},
		{"JSON Feed with a byte order mark and a number", "\ufeff" + `{"version":"https://jsonfeed.org/version/1","items":[{"id":7,"url":"/1","title":"T","date_published":"2024-01-05T08:30:00Z"}]}`},
		{"JSON Feed with the link as id", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"https://news.example.com/1","title":"T","date_published":"2024-01-05T08:30:00Z"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if kind := Sniff([]byte(c.body), ""); kind != KindFeed {
				t.Errorf("taken for %q", kind)
			}
			got, err := Feed([]byte(c.body), feedURL)
			if err != nil || len(got.Items) != 1 {
				t.Fatalf("%+v, %v", got, err)
			}
			if it := got.Items[0]; it.URL != "https://news.example.com/1" || it.Title != "T" || !it.Published.Equal(utc(2024, 1, 5, 8, 30, 0)) {
				t.Errorf("%+v", it)
			}
		})
	}
}
