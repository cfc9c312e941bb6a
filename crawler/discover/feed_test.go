package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func utc(y, mo, d, h, mi, s int) time.Time {
	return time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC)
}

func inCharset(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func gzipOf(t *testing.T, b []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// rssDoc wraps items in an RSS 2.0 feed.
func rssDoc(items string) string {
	return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Millbrook Herald</title><link>https://news.example.com/</link><language>en-GB</language>` + items + `</channel></rss>`
}

const feedURL = "https://news.example.com/feeds/all.xml"

func TestFeedFormats(t *testing.T) {
	want := []Item{
		{URL: "https://news.example.com/1.html", Title: "Bridge reopens", Published: utc(2024, 1, 5, 8, 30, 0)},
		{URL: "https://news.example.com/2.html", Title: "Mill sold & moved", Published: utc(2024, 1, 4, 22, 0, 0)},
	}
	for _, c := range []struct{ name, body string }{
		{"RSS 2.0", rssDoc(`
			<item><title>Bridge reopens</title><link>https://news.example.com/1.html</link><guid isPermaLink="false">g1</guid><pubDate>Fri, 05 Jan 2024 08:30:00 GMT</pubDate></item>
			<item><title><![CDATA[Mill sold &amp; moved]]></title><link><![CDATA[ https://news.example.com/2.html ]]></link><guid isPermaLink="false">g2</guid><pubDate>Fri, 5 Jan 2024 06:00:00 +0800</pubDate></item>`)},
		{"RSS 0.91 without guid names", strings.NewReplacer(`version="2.0"`, `version="0.91"`).Replace(rssDoc(`
			<item><title>Bridge reopens</title><link>https://news.example.com/1.html</link><guid isPermaLink="false">g1</guid><pubDate>2024-01-05 08:30:00</pubDate></item>
			<item><title>Mill sold &#38; moved</title><link>/2.html</link><guid isPermaLink="false">g2</guid><dc:date>2024-01-05T06:00:00+08:00</dc:date></item>`))},
		{"Atom 1.0", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Millbrook Herald</title>
			<link rel="alternate" href="https://news.example.com/"/><link rel="self" href="https://news.example.com/feeds/all.xml"/>
			<entry><title type="html">Bridge &lt;b&gt;reopens&lt;/b&gt;</title><id>g1</id><link rel="enclosure" href="https://news.example.com/1.mp3"/><link rel="alternate" type="application/json" href="https://news.example.com/1.json"/><link rel="alternate" type="text/html" href="https://news.example.com/1.html"/><published>2024-01-05T08:30:00Z</published></entry>
			<entry><title>Mill sold &amp; moved</title><id>g2</id><link href="../2.html"/><published>2024-01-05T06:00:00+08:00</published></entry></feed>`},
		{"JSON Feed 1.1", `{"version": "https://jsonfeed.org/version/1.1", "title": "Millbrook Herald", "language": "en-GB", "home_page_url": "https://news.example.com/",
			"items": [{"id": "g1", "url": "https://news.example.com/1.html", "title": "Bridge reopens", "date_published": "2024-01-05T08:30:00Z"},
			{"id": "g2", "url": "/2.html", "title": "Mill sold & moved", "date_published": "2024-01-05T06:00:00+08:00"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed([]byte(c.body), feedURL)
			if err != nil {
				t.Fatal(err)
			}
			sameInstants := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
			if d := cmp.Diff(want, got.Items, sameInstants); d != "" {
				t.Error(d)
			}
			if len(got.Warnings) > 0 {
				t.Errorf("warnings %q", got.Warnings)
			}
		})
	}
}

func TestFeedRDF(t *testing.T) {
	body := `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
	<channel rdf:about="https://news.example.com/"><title>Herald</title><link>https://news.example.com/</link><dc:language>ja</dc:language></channel>
	<item rdf:about="https://news.example.com/1"><title>橋が開通</title><link>https://news.example.com/1</link><dc:date>2024-01-05T08:30:00+09:00</dc:date></item></rdf:RDF>`
	got, err := Feed([]byte(body), feedURL)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != 1 || got.Items[0].URL != "https://news.example.com/1" || got.Items[0].Title != "橋が開通" ||
		!got.Items[0].Published.Equal(utc(2024, 1, 4, 23, 30, 0)) {
		t.Errorf("%+v", got)
	}
}

func TestFeedLinks(t *testing.T) {
	for _, c := range []struct{ name, item, want string }{
		{"tracking dropped", `<link>https://news.example.com/1?utm_source=rss&amp;id=2</link>`, "https://news.example.com/1?id=2"},
		{"entity in CDATA", `<link><![CDATA[https://news.example.com/1?a=1&amp;b=2]]></link>`, "https://news.example.com/1?a=1&b=2"},
		{"escaped twice", `<link>https://news.example.com/1?a=1&amp;amp;b=2</link>`, "https://news.example.com/1?a=1&b=2"},
		{"bare ampersand", `<link>https://news.example.com/1?a=1&b=2</link>`, "https://news.example.com/1?a=1&b=2"},
		{"spread over lines", "<link>\n\t https://news.example.com/1\n</link>", "https://news.example.com/1"},
		{"relative to the feed", `<link>../city/1.html</link>`, "https://news.example.com/city/1.html"},
		{"protocol-relative", `<link>//news.example.com/1</link>`, "https://news.example.com/1"},
		{"guid as permalink", `<guid>https://news.example.com/1</guid>`, "https://news.example.com/1"},
		{"guid declared permalink", `<link></link><guid isPermaLink="true">https://news.example.com/1</guid>`, "https://news.example.com/1"},
		{"link before guid", `<guid>https://news.example.com/?p=1</guid><link>https://news.example.com/1</link>`, "https://news.example.com/1"},
		{"atom link in RSS", `<atom:link rel="alternate" href="https://news.example.com/1"/>`, "https://news.example.com/1"},
		{"feed service", `<link>https://feeds.example.net/~r/herald/1</link><feedburner:origLink>https://news.example.com/1</feedburner:origLink>`, "https://news.example.com/1"},
		{"script passed over", `<link>javascript:void(0)</link><guid>https://news.example.com/1</guid>`, "https://news.example.com/1"},
		{"guid that is no permalink", `<guid isPermaLink="false">https://news.example.com/1</guid>`, ""},
		{"guid that is a number", `<guid>4711</guid>`, ""},
		{"none", `<description>x</description>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed([]byte(rssDoc("<item><title>t</title>"+c.item+"</item>")), feedURL)
			if err != nil {
				t.Fatal(err)
			}
			u := ""
			if len(got.Items) == 1 {
				u = got.Items[0].URL
			}
			if u != c.want {
				t.Errorf("got %q, want %q (%q)", u, c.want, got.Warnings)
			}
			if (c.want == "") != (len(got.Warnings) == 1 && strings.HasPrefix(got.Warnings[0], "bad_url: ")) {
				t.Errorf("warnings %q", got.Warnings)
			}
		})
	}
}

func TestFeedServedElsewhere(t *testing.T) {
	got, err := Feed([]byte(rssDoc(`<item><link>/city/1.html</link></item>`)), "https://feeds.example.net/herald")
	if err != nil || len(got.Items) != 1 || got.Items[0].URL != "https://news.example.com/city/1.html" {
		t.Errorf("%+v, %v: the link belongs to the publisher's host", got.Items, err)
	}
}

func TestFeedDates(t *testing.T) {
	for _, c := range []struct {
		name, language, date string
		want                 time.Time
	}{
		{"RFC 822", "en", "Fri, 05 Jan 2024 08:30:00 +0000", utc(2024, 1, 5, 8, 30, 0)},
		{"wrong weekday", "en", "Mon, 05 Jan 2024 08:30:00 GMT", utc(2024, 1, 5, 8, 30, 0)},
		{"no weekday", "en", "05 Jan 2024 08:30:00 +0100", utc(2024, 1, 5, 7, 30, 0)},
		{"American zone", "en", "Fri, 05 Jan 2024 08:30:00 EST", utc(2024, 1, 5, 13, 30, 0)},
		{"Middle European time", "de", "Thu, 30 Apr 2015 08:57:00 MET", utc(2015, 4, 30, 7, 57, 0)},
		{"Middle European summer time", "de", "Thu, 30 Apr 2015 08:57:00 MEST", utc(2015, 4, 30, 6, 57, 0)},
		{"Atlantic time", "en-ca", "Thu, 30 Apr 2015 08:57:00 AST", utc(2015, 4, 30, 12, 57, 0)},
		{"Atlantic daylight time", "en-ca", "Thu, 30 Apr 2015 08:57:00 ADT", utc(2015, 4, 30, 11, 57, 0)},
		{"Newfoundland time", "en-ca", "Thu, 30 Apr 2015 08:57:00 NST", utc(2015, 4, 30, 12, 27, 0)},
		{"Newfoundland daylight time", "en-ca", "Thu, 30 Apr 2015 08:57:00 NDT", utc(2015, 4, 30, 11, 27, 0)},
		{"Eastern Europe", "ro", "Thu, 30 Apr 2015 08:57:00 EEST", utc(2015, 4, 30, 5, 57, 0)},
		{"Chile", "es", "Thu, 30 Apr 2015 08:57:00 CLT", utc(2015, 4, 30, 12, 57, 0)},
		{"zone in brackets", "en", "Thu, 30 Apr 2015 08:57:00 +0200 (CEST)", utc(2015, 4, 30, 6, 57, 0)},
		{"single-letter zone", "en", "Thu, 30 Apr 2015 08:57:00 Z", utc(2015, 4, 30, 8, 57, 0)},
		{"two-digit year", "en", "Thu, 30 Apr 15 08:57:00 GMT", utc(2015, 4, 30, 8, 57, 0)},
		{"CST in a Chinese feed", "zh-cn", "Fri, 05 Jan 2024 08:30:00 CST", utc(2024, 1, 5, 0, 30, 0)},
		{"CST elsewhere", "en-us", "Fri, 05 Jan 2024 08:30:00 CST", utc(2024, 1, 5, 14, 30, 0)},
		{"ISO 8601", "", "2024-01-05T08:30:00+08:00", utc(2024, 1, 5, 0, 30, 0)},
		{"no zone", "zh", "2024-01-05 08:30:00", utc(2024, 1, 5, 8, 30, 0)},
		{"single digits", "zh", "2024-1-5 8:30:00", utc(2024, 1, 5, 8, 30, 0)},
		{"Chinese", "zh", "2024年1月5日 08:30", utc(2024, 1, 5, 8, 30, 0)},
		{"Chinese names", "zh", "星期五, 05 一月 2024 08:30:00 +0800", utc(2024, 1, 5, 0, 30, 0)},
		{"Chinese December", "zh", "周二, 05 十二月 2023 08:30:00 +0800", utc(2023, 12, 5, 0, 30, 0)},
		{"Chinese number", "zh", "周五, 05 1月 2024 08:30:00 +0800", utc(2024, 1, 5, 0, 30, 0)},
		{"Java", "zh", "Fri Jan 05 08:30:00 CST 2024", utc(2024, 1, 5, 0, 30, 0)},
		{"JavaScript", "", "Fri Jan 05 2024 08:30:00 GMT+0800 (CST)", utc(2024, 1, 5, 0, 30, 0)},
		{"Russian", "ru", "Пт, 05 янв 2024 08:30:00 +0300", utc(2024, 1, 5, 5, 30, 0)},
		{"epoch seconds", "", "1704443400", utc(2024, 1, 5, 8, 30, 0)},
		{"slashes", "zh", "2024/01/05 08:30:00", utc(2024, 1, 5, 8, 30, 0)},
		{"day alone", "", "2024-01-05", utc(2024, 1, 5, 0, 0, 0)},
		{"never", "", "0001-01-01T00:00:00Z", time.Time{}},
		{"epoch", "", "Thu, 01 Jan 1970 00:00:00 GMT", time.Time{}},
		{"word", "", "yesterday", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := strings.Replace(rssDoc(`<item><link>/1</link><pubDate>`+c.date+`</pubDate></item>`), "en-GB", c.language, 1)
			got, err := Feed([]byte(body), feedURL)
			if err != nil || len(got.Items) != 1 {
				t.Fatalf("%+v, %v", got, err)
			}
			if p := got.Items[0].Published; !p.Equal(c.want) {
				t.Errorf("%q read as %s, want %s", c.date, p, c.want)
			}
		})
	}
}

func TestFeedPages(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/><entry><link href="/1"/></entry></feed>`, "https://news.example.com/feeds/all.xml?page=2"},
		{"archived Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="prev-archive" href="/feeds/2023.xml"/></feed>`, "https://news.example.com/feeds/2023.xml"},
		{"RSS", rssDoc(`<atom:link rel="self" href="/feeds/all.xml"/><atom:link rel="next" href="/feeds/all.xml?paged=2"/>`), "https://news.example.com/feeds/all.xml?paged=2"},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1","next_url":"https://news.example.com/2.json","items":[]}`, "https://news.example.com/2.json"},
		{"its own next", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feeds/all.xml"/></feed>`, ""},
		{"last", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="previous" href="?page=1"/></feed>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed([]byte(c.body), feedURL)
			if err != nil || got.Next != c.want {
				t.Errorf("next %q, %v; want %q", got.Next, err, c.want)
			}
		})
	}
}

func TestFeedEncodings(t *testing.T) {
	doc := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><rss version="2.0"><channel><title>县城新闻</title><item><title>大桥今天恢复通车，市民奔走相告</title><link>https://news.example.com/1</link></item></channel></rss>`
	}
	traditional := strings.NewReplacer("县城新闻", "縣城新聞", "大桥今天恢复通车，市民奔走相告", "大橋今天恢復通車，市民奔走相告").Replace
	const simple, trad = "大桥今天恢复通车，市民奔走相告", "大橋今天恢復通車，市民奔走相告"
	for _, c := range []struct {
		name string
		body []byte
		want string
	}{
		{"UTF-8", []byte(doc("utf-8")), simple},
		{"UTF-8 with a byte order mark", []byte("\ufeff" + doc("utf-8")), simple},
		{"UTF-8 declared gb2312", []byte(doc("gb2312")), simple},
		{"GBK declared gb2312", inCharset(t, simplifiedchinese.GBK, doc("gb2312")), simple},
		{"GBK declared utf-8", inCharset(t, simplifiedchinese.GBK, doc("utf-8")), simple},
		{"Big5", inCharset(t, traditionalchinese.Big5, traditional(doc("big5"))), trad},
		{"UTF-16", inCharset(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), doc("utf-16")), simple},
		{"unknown name", []byte(doc("x-none")), simple},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed(c.body, feedURL)
			if err != nil || len(got.Items) != 1 || got.Items[0].Title != c.want {
				t.Errorf("%+v, %v; want the title %q", got.Items, err, c.want)
			}
		})
	}
}

// TestFeedFaults holds what publishing systems do to feeds; all of them must give
// the items that a reader would see.
func TestFeedFaults(t *testing.T) {
	item := func(n int) string {
		return fmt.Sprintf("<item><title>Item %d</title><link>https://news.example.com/%d</link></item>", n, n)
	}
	ok := rssDoc(item(1) + item(2))
	for _, c := range []struct {
		name, body string
		items      int
		warning    string
	}{
		{"blank lines before the declaration", "\n\n  " + ok, 2, ""},
		{"comments before it", "<!-- <html> --><!-- x -->" + ok, 2, ""},
		{"document type before it", strings.Replace(ok, "<rss", "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://x/rss.dtd\"><rss", 1), 2, ""},
		{"server warnings before it", "<br />\n<b>Warning</b>: mysql_connect() in <b>/www/x.php</b><br />\n" + ok, 2, ""},
		{"text behind the end", ok + "\n<!-- cached -->\n<script>x()</script>", 2, ""},
		{"undefined entities", rssDoc(`<item><title>A&nbsp;&mdash;&nbsp;B &hellip;</title><link>/1</link></item>` + item(2)), 2, ""},
		{"control characters", strings.Replace(ok, "Item 1", "It\x08em\x0b 1\x00", 1), 2, ""},
		{"forbidden code points", strings.Replace(ok, "Item 1", "Item\uffff 1\ufffe", 1), 2, ""},
		{"bad byte", strings.Replace(ok, "Item 1", "Item \xff 1", 1), 2, ""},
		{"unescaped HTML in a description", rssDoc(`<item><title>Item 1</title><link>/1</link><description><p>Text<br>more <img src=a.jpg></p></description></item>` + item(2)), 2, "broken_xml: "},
		{"style sheet and document type", strings.Replace(ok, "<rss", `<?xml-stylesheet href="a.xsl"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss`, 1), 2, ""},
		{"names in upper case", strings.NewReplacer("<item>", "<ITEM>", "</item>", "</ITEM>").Replace(ok), 2, ""},
		{"the same item twice", rssDoc(item(1) + item(1) + item(2)), 2, ""},
		{"cut in an item", ok[:strings.Index(ok, "Item 2")+3], 1, "cut: "},
		{"cut between items", ok[:strings.LastIndex(ok, "</channel>")], 2, "broken_xml: "},
		{"wrong end tag in an item", rssDoc(item(1) + `<item><title>Item 2</titel><link>/2</link></item>` + item(3)), 3, "broken_xml: "},
		{"end tags mixed up", rssDoc(item(1) + `<item><title>Item 2</item></title><link>/2</link>` + item(3)), 2, "broken_xml: "},
		{"CDATA that does not end", rssDoc(item(1) + `<item><link>/2</link><title><![CDATA[x</title></item>`), 1, "broken_xml: "},
		{"elements without number", rssDoc(item(1) + "<item>" + strings.Repeat("<a/>", maxElements) + "<link>/2</link></item>"), 2, "broken_xml: "},
		{"attributes without number", rssDoc(item(1) + "<item><a" + strings.Repeat(" b='c'", maxTag/6+1) + "/><link>/2</link></item>"), 2, "broken_xml: "},
		{"tags without end", rssDoc(item(1)+"<item>") + strings.Repeat("<a", 300_000), 1, "broken_xml: "},
		{"nested without end", rssDoc(item(1) + strings.Repeat("<a>", 100_000)), 1, "broken_xml: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed([]byte(c.body), feedURL)
			if err != nil || len(got.Items) != c.items {
				t.Fatalf("%d items, want %d: %+v, %v", len(got.Items), c.items, got, err)
			}
			if all := strings.Join(got.Warnings, "\n"); c.warning == "" && all != "" || !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", got.Warnings, c.warning)
			}
		})
	}
}

func TestFeedTitles(t *testing.T) {
	for in, want := range map[string]string{
		"Plain":                              "Plain",
		"A&nbsp;&mdash; B":                   "A — B",
		"<![CDATA[<b>Bold</b> news]]>":       "Bold news",
		"&lt;b&gt;Bold&lt;/b&gt; news":       "Bold news",
		"Don&amp;#39;t":                      "Don't",
		"<![CDATA[5 < 6 & 7 > 6]]>":          "5 < 6 & 7 > 6",
		"  two\n   lines ":                   "two lines",
		"<![CDATA[AT&amp;T]]> <![CDATA[x]]>": "AT&T x",
	} {
		got, err := Feed([]byte(rssDoc(`<item><link>/1</link><title>`+in+`</title></item>`)), feedURL)
		if err != nil || len(got.Items) != 1 || got.Items[0].Title != want {
			t.Errorf("%q: %+v, %v; want %q", in, got.Items, err, want)
		}
	}
}

func TestFeedGzip(t *testing.T) {
	got, err := Feed(gzipOf(t, []byte(rssDoc(`<item><link>/1</link></item>`))), feedURL)
	if err != nil || len(got.Items) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestFeedRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"empty":                  "",
		"page":                   "<!DOCTYPE html><html><head><title>404</title></head><body>Not found</body></html>",
		"page with a feed in it": "<!DOCTYPE html><html><body><rss><channel><item><link>/1</link></item></channel></rss></body></html>",
		"sitemap":                `<urlset><url><loc>https://news.example.com/1</loc></url></urlset>`,
		"JSON":                   `{"error": "none"}`,
		"bad JSON":               `{"version": "https://jsonfeed.org/version/1", `,
		"text":                   "nothing here",
		"cut root":               "<rss version=",
		"cut gzip head":          "\x1f\x8b\x08\x00",
	} {
		if got, err := Feed([]byte(body), feedURL); !errors.Is(err, errNotFeed) || len(got.Items) > 0 {
			t.Errorf("%s: %+v, %v; want ErrNotFeed", name, got, err)
		}
	}
}

func TestFeedItemLimit(t *testing.T) {
	var b strings.Builder
	for i := range maxItems + 5 {
		fmt.Fprintf(&b, "<item><link>/%d</link></item>", i)
	}
	got, err := Feed([]byte(rssDoc(b.String())), feedURL)
	if err != nil || len(got.Items) != maxItems || len(got.Warnings) != 1 {
		t.Errorf("%d items, warnings %q, %v", len(got.Items), got.Warnings, err)
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(rssDoc(`<item><link>/1</link><title>a</title><pubDate>2024-01-05</pubDate></item>`)), feedURL)
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="x"><link href="/1"/></entry>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":"/a"},null]}`), feedURL)
	f.Add([]byte("<rdf:RDF><item><link>\x80/1</link></item><item>"), "https://example.com")
	f.Fuzz(func(t *testing.T, body []byte, base string) {
		got, err := Feed(body, base)
		if err != nil && (!errors.Is(err, errNotFeed) || len(got.Items) > 0) {
			t.Fatalf("%d items and %v", len(got.Items), err)
		}
		if len(got.Items) > len(body) || len(got.Warnings) > 4 {
			t.Fatalf("%d items, %d warnings from %d bytes", len(got.Items), len(got.Warnings), len(body))
		}
		for _, it := range got.Items {
			if it.URL == "" || utf8.RuneCountInString(it.Title) > 1000 {
				t.Fatalf("%+v", it)
			}
		}
		Sniff(body, base)
	})
}

// TestFeedSalvage checks that items of a broken feed keep what they say.
func TestFeedSalvage(t *testing.T) {
	rss := rssDoc(`<atom:link rel="next" href="?page=2"/><item><title><![CDATA[Mill & bridge]]></title><link>../1.html?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid><pubDate>Fri, 05 Jan 2024 08:30:00 GMT</pubDate><description>A < B <b>bold</description></item>
		<item><guid>https://news.example.com/2.html</guid><title>Two</title><dc:date>2024-01-04</dc:date></item><item><title>Three`)
	atom := `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Millbrook Herald</title><link href="https://news.example.com/"/><link href="?page=2" rel="next"/><entry><link rel='self' href="/x"/><link rel='alternate' href='/1.html?a=1&amp;b=2'/>
		<title type="html">Mill &amp;amp; bridge</title><id>g1</id><published>2024-01-05T08:30:00Z</published><updated>2024-01-06T08:30:00Z</updated></entry>
		<entry><id>https://news.example.com/2.html</id><title>Two</title><published>2024-01-04T00:00:00Z</published></entry><entry><title>Three`
	for name, body := range map[string]string{"RSS": rss, "Atom": atom} {
		t.Run(name, func(t *testing.T) {
			got, err := Feed([]byte(body), feedURL)
			if err != nil || len(got.Items) != 2 {
				t.Fatalf("%+v, %v", got, err)
			}
			one, two := got.Items[0], got.Items[1]
			if one.URL != "https://news.example.com/1.html?a=1&b=2" || one.Title != "Mill & bridge" || !one.Published.Equal(utc(2024, 1, 5, 8, 30, 0)) {
				t.Errorf("first item %+v", one)
			}
			if two.URL != "https://news.example.com/2.html" || !two.Published.Equal(utc(2024, 1, 4, 0, 0, 0)) {
				t.Errorf("second item %+v", two)
			}
			if got.Next != feedURL+"?page=2" {
				t.Errorf("next page %q", got.Next)
			}
		})
	}
}
