package discover

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestFeedItemFaults holds items as publishing systems write them, each of which a reader
// would follow to https://news.example.com/1. Every XML one is read by the parser first,
// then by salvage, behind a fault that the parser cannot get over.
func TestFeedItemFaults(t *testing.T) {
	day := utc(2024, 1, 5, 8, 30, 0)
	rss := func(item string) string { return rssDoc("<item><title>T</title>" + item + "</item>") }
	atom := func(entry string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>` + entry + `</entry></feed>`
	}
	for _, c := range []struct {
		name, body string
		published  time.Time
	}{
		{"comment before the address", rss("<link><!-- 1 -->https://news.example.com/1</link>"), time.Time{}},
		{"comment behind the address", rss("<link>https://news.example.com/1<!-- > --></link>"), time.Time{}},
		{"comment within the address", rss("<link>https://news.<!-- x -->example.com/1</link>"), time.Time{}},
		{"comment beside CDATA", rss("<link><!-- x --><![CDATA[https://news.example.com/1]]></link>"), time.Time{}},
		{"comment in a date", rss("<link>/1</link><pubDate><!-- x -->Fri, 05 Jan 2024 08:30:00 GMT</pubDate>"), day},
		{"comment in a guid", rss("<guid><!-- x -->https://news.example.com/1</guid>"), time.Time{}},
		{"wrapped address", rss("<link>https://news.example.com\n      /1</link>"), time.Time{}},
		{"wrapped address with carriage returns", rss("<link>\r\n  https://news.example.com\r\n/1\r\n</link>"), time.Time{}},
		{"host without a scheme", rss("<link>news.example.com/1</link>"), time.Time{}},
		{"link in markup", rss("<link>&lt;a href=\"https://news.example.com/1\"&gt;x&lt;/a&gt;</link>"), time.Time{}},
		{"link element closed too early", rss("<link/>https://news.example.com/1"), time.Time{}},
		{"RDF with the address as its name", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://news.example.com/1"><title>T</title></item></channel></rss>`, time.Time{}},
		{"address in two sections", rss("<link><![CDATA[https://news.example.com/]]><![CDATA[1]]></link>"), time.Time{}},
		{"tab in the address", rss("<link>https://news.example.com/\t1</link>"), time.Time{}},
		{"spaces of Chinese editors", rss("<link>\u3000https://news.example.com/1\u00a0</link>"), time.Time{}},
		{"atom:published alone", rss("<link>/1</link><atom:published>2024-01-05T08:30:00Z</atom:published>"), day},
		{"published without a namespace", rss("<link>/1</link><published>2024-01-05T08:30:00Z</published>"), day},
		{"dcterms:issued alone", rss(`<link>/1</link><dcterms:issued xmlns:dcterms="http://purl.org/dc/terms/">2024-01-05T08:30:00Z</dcterms:issued>`), day},
		{"dcterms:created alone", rss(`<link>/1</link><dcterms:created xmlns:dcterms="http://purl.org/dc/terms/">2024-01-05T08:30:00Z</dcterms:created>`), day},
		{"blank pubDate, dc:date", rss("<link>/1</link><pubDate> </pubDate><dc:date>2024-01-05T08:30:00Z</dc:date>"), day},
		{"Atom, spaces around the address", atom(`<link href=" /1 "/>`), time.Time{}},
		{"Atom, single quotes and spaces", atom(`<link rel='alternate' href='/1 '/>`), time.Time{}},
		{"Atom, wrapped address", atom("<link href=\"https://news.example.com\n  /1\"/>"), time.Time{}},
		{"Atom, relation as an address", atom(`<link rel="http://www.iana.org/assignments/relation/self" href="/s"/><link rel="http://www.iana.org/assignments/relation/alternate" href="/1"/>`), time.Time{}},
		{"Atom, relation in today's registry", atom(`<link rel="https://www.iana.org/assignments/link-relations/alternate" href="/1"/>`), time.Time{}},
		{"Atom, relation in capitals with spaces", atom(`<link rel=" ALTERNATE " href="/1"/>`), time.Time{}},
		{"Atom, two relations", atom(`<link rel="alternate nofollow" href="/1"/>`), time.Time{}},
		{"Atom, several links", atom(`<link rel="enclosure" href="/1.mp3"/><link rel="replies" href="/1#c"/><link href="/1"/>`), time.Time{}},
		{"Atom link in RSS, relation as an address", rss(`<atom:link rel="http://www.iana.org/assignments/relation/alternate" href="/1"/>`), time.Time{}},
		{"Atom, base of the entry", `<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="https://news.example.com/x/"><title>T</title><link href="../1"/></entry></feed>`, time.Time{}},
		{"Atom, base of the feed and of the entry", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.com/x/"><entry xml:base="y/"><title>T</title><link href="../../1"/></entry></feed>`, time.Time{}},
		{"Atom, base of the link", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link xml:base="https://news.example.com/x/" href="../1"/></entry></feed>`, time.Time{}},
		{"Atom, base in single quotes with a space", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base='https://news.example.com/ '><entry><title>T</title><link href="1"/></entry></feed>`, time.Time{}},
		{"RSS, base of the feed", `<rss version="2.0" xml:base="https://news.example.com/x/"><channel><item><title>T</title><link>../1</link></item></channel></rss>`, time.Time{}},
		{"RSS, base of the channel", `<rss version="2.0"><channel xml:base="https://news.example.com/"><item><title>T</title><link>1</link></item></channel></rss>`, time.Time{}},
		{"home of the feed with a space", `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://news.example.com/ "/><entry><title>T</title><link href="/1"/></entry></feed>`, time.Time{}},
	} {
		end := "</channel></rss>"
		if strings.Contains(c.body, "</feed>") {
			end = "</feed>"
		}
		for how, body := range map[string]string{
			"parsed":   c.body,
			"salvaged": strings.Replace(c.body, end, "<item><entry><title>Three", 1),
		} {
			served := feedURL
			if strings.Contains(body, "news.example.com/") {
				served = "https://feeds.example.net/all.xml" // the file says where it belongs
			}
			got, err := Feed([]byte(body), served)
			if err != nil || len(got.Items) != 1 || (how == "salvaged") != strings.Contains(strings.Join(got.Warnings, ""), "cut: 1 ") {
				t.Errorf("%s, %s: %+v, %v", c.name, how, got, err)
				continue
			}
			if it := got.Items[0]; it.URL != "https://news.example.com/1" || it.Title != "T" || !it.Published.Equal(c.published) {
				t.Errorf("%s, %s: %+v", c.name, how, it)
			}
		}
	}
}

// TestFeedNextByFullRelation: the next page may be named by IANA's address of "next".
func TestFeedNextByFullRelation(t *testing.T) {
	for _, rel := range []string{"next", "NEXT", "http://www.iana.org/assignments/relation/next", "https://www.iana.org/assignments/link-relations/next"} {
		got, err := Feed([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="`+rel+`" href=" /p2 "/><entry><link href="/1"/></entry></feed>`), feedURL)
		if err != nil || got.Next != "https://news.example.com/p2" {
			t.Errorf("%s: %+v, %v", rel, got, err)
		}
	}
}

// TestJSONFeedFaults: what is wrong with one field or one place costs that and no more.
func TestJSONFeedFaults(t *testing.T) {
	const head = `{"version":"https://jsonfeed.org/version/1.1","title":"Herald",`
	one, two := `{"id":"1","url":"/1","title":"One","date_published":"2024-01-05T08:30:00Z"}`, `{"id":"2","url":"/2","title":"Two"}`
	for _, c := range []struct {
		name, body string
		items      int
		warning    string
	}{
		{"whole", head + `"items":[` + one + "," + two + `]}`, 2, ""},
		{"title a number", `{"version":"https://jsonfeed.org/version/1.1","title":7,"items":[` + one + `]}`, 1, ""},
		{"authors an object", head + `"authors":{"name":"A"},"items":[` + one + `]}`, 1, ""},
		{"author a text, tags a text, attachments an object", head + `"items":[{"url":"/1","title":"One","author":"A","tags":"a,b","attachments":{},"image":{"url":"x"}}]}`, 1, ""},
		{"title a list", head + `"items":[{"url":"/1","title":["One"]}]}`, 1, ""},
		{"address a list", head + `"items":[{"url":["/1"],"title":"One"}]}`, 1, ""},
		{"address null, identifier an address", head + `"items":[{"url":null,"id":"https://news.example.com/1","title":"One"}]}`, 1, ""},
		{"version a number", `{"version":1.1,"items":[` + one + `]}`, 1, ""},
		{"item null, item a text", head + `"items":[null,"x",` + one + `]}`, 1, ""},
		{"raw tab and line end", head + "\"items\":[{\"url\":\"/1\",\"title\":\"One\t\n\"}]}", 1, "broken_json"},
		{"comma behind the last field", head + `"items":[{"url":"/1","title":"One",},]}`, 1, "broken_json"},
		{"comma behind the last item and the last list", head + `"items":[` + one + ` , ` + "\n" + `],}`, 1, "broken_json"},
		{"two commas", head + `"items":[` + one + `,,` + two + `]}`, 2, "broken_json"},
		{"bad escapes", head + `"items":[{"url":"\/1","title":"One\x20\u12"}]}`, 1, "broken_json"},
		{"quotation marks in a text", head + `"items":[{"url":"/1","title":"One "and" two"},` + two + `]}`, 2, "broken_json"},
		{"cut in an item", head + `"items":[` + one + `,{"id":"2","url":"/2","ti`, 1, "cut"},
		{"cut in a text", head + `"items":[` + one + `,{"id":"2","url":"/2`, 1, "cut"},
		{"cut behind an item", head + `"items":[` + one + `,`, 1, "cut"},
		{"cut behind the list", head + `"items":[` + one + `]`, 1, "cut"},
		{"text behind the end", head + `"items":[` + one + "]}\n<!-- cached -->", 1, "broken_json"},
		{"items first", `{"items":[` + one + `],"home_page_url":"https://news.example.com/","version":"https://jsonfeed.org/version/1"}`, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Feed([]byte(c.body), feedURL)
			if err != nil || len(got.Items) != c.items {
				t.Fatalf("%+v, %v", got, err)
			}
			if it := got.Items[0]; it.URL != "https://news.example.com/1" || !strings.HasPrefix(it.Title, "One") && it.Title != "" {
				t.Errorf("%+v", it)
			}
			if all := strings.Join(got.Warnings, "\n"); c.warning == "" && all != "" || !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", got.Warnings, c.warning)
			}
		})
	}
}

// TestFeedEntities: no entity of a document type is expanded or fetched, in linear time.
func TestFeedEntities(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString(`<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;`)
	for i := range 30 {
		fmt.Fprintf(&laughs, `<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	laughs.WriteString("]>")
	for _, root := range []string{`<rss version="2.0"><channel><item><title>&l30; &x;</title><link>/1</link></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&l30; &x;</title><link href="/1"/></entry></feed>`} {
		got, err := Feed([]byte(laughs.String()+root), feedURL)
		if err != nil || len(got.Items) != 1 || strings.Contains(got.Items[0].Title, "ha") || strings.Contains(got.Items[0].Title, "root:") {
			t.Errorf("%+v, %v", got, err)
		}
	}
}
