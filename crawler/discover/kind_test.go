package discover

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func TestSniff(t *testing.T) {
	utf16 := inCharset(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), `<?xml version="1.0"?><rss version="2.0"></rss>`)
	for _, c := range []struct {
		name, body, contentType string
		want                    Kind
	}{
		{"RSS", `<?xml version="1.0"?><rss version="2.0">`, "application/rss+xml", KindFeed},
		{"RSS as HTML", `<?xml version="1.0"?><rss version="2.0">`, "text/html; charset=utf-8", KindFeed},
		{"RSS behind a comment", "<!-- " + strings.Repeat("x <html> ", 300) + " --><rss>", "", KindFeed},
		{"RSS behind a server warning", "<br />\n<b>Warning</b>: x<br /><?xml version='1.0'?><rss>", "text/html", KindFeed},
		{"RSS in UTF-16", string(utf16), "", KindFeed},
		{"RSS in gzip", string(gzipOf(t, []byte("<rss>"))), "application/gzip", KindFeed},
		{"RDF", `<rdf:RDF xmlns:rdf="x">`, "", KindFeed},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom">`, "application/xml", KindFeed},
		{"Atom with a prefix", `<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">`, "", KindFeed},
		{"JSON Feed", `{"version": "https:\/\/jsonfeed.org\/version\/1.1"}`, "application/json", KindFeed},
		{"JSON Feed with its keys in order", `{"items": [{"content_text": "` + strings.Repeat("x", 20<<10) + `"}], "version": "https://jsonfeed.org/version/1"}`, "", KindFeed},
		{"sitemap behind a long comment", "<?xml version='1.0'?><!--" + strings.Repeat("x <html> ", 3000) + "-->" + urlset, "", KindSitemap},
		{"sitemap behind blank lines", strings.Repeat("\r\n", 20_000) + urlset, "text/html", KindSitemap},
		{"sitemap behind a long comment, in gzip", string(gzipOf(t, []byte("<!--"+strings.Repeat("x", 100<<10)+"-->"+urlset))), "", KindSitemap},
		{"feed behind many comments", strings.Repeat("<!-- cached -->\n", 2000) + "<rss>", "", KindFeed},
		{"page behind a long comment", "<!--" + strings.Repeat("x", 20_000) + "--><html>", "", KindHTML},
		{"other JSON", `{"a": 1}`, "application/json", KindOther},
		{"sitemap", urlset, "text/plain", KindSitemap},
		{"sitemap with style sheet", `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="a.xsl"?>` + urlset, "", KindSitemap},
		{"index", `<sitemapindex>`, "text/html", KindIndex},
		{"page", "<!DOCTYPE html>\n<html lang=zh>", "text/html", KindHTML},
		{"page in capitals", "\ufeff\r\n<HTML><HEAD>", "", KindHTML},
		{"older page", `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><rss>`, "", KindHTML},
		{"page as XML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, "application/xml", KindHTML},
		{"page without html", "<meta charset=gbk><title>x</title><p>y", "", KindHTML},
		{"page that starts with text", "Hello <p>world</p>", "", KindHTML},
		{"list of addresses", "https://news.example.com/1\n# two\nHTTPS://news.example.com/2\n", "text/plain", KindSitemap},
		{"text", "Notes of the desk\nhttps://news.example.com/1\n", "text/plain", KindText},
		{"Chinese text", "新闻", "", KindText},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00", "text/html", KindImage},
		{"drawing", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "", KindImage},
		{"PDF", "%PDF-1.4\x00\x01", "application/pdf", KindOther},
		{"other XML", `<?xml version="1.0"?><opml/>`, "text/xml", KindOther},
		{"empty", "", "text/html", KindOther},
		{"white space", " \n ", "text/html", KindOther},
		{"broken gzip", "\x1f\x8b\x08\x00\xff", "", KindOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Sniff([]byte(c.body), c.contentType); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
