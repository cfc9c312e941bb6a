package discover

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const urlset = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">`

const mapURL = "https://news.example.com/maps/all.xml"

func TestSitemap(t *testing.T) {
	got, err := Sitemap([]byte(urlset+`
<url><loc> https://news.example.com/1.html?utm_source=map </loc><lastmod>2024-01-05T08:30:00+08:00</lastmod><changefreq>Daily</changefreq><priority>0.5</priority></url>
<url>
  <loc>https://news.example.com/2.html?a=1&amp;b=2</loc>
  <news:news><news:publication><news:name>Herald</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2024-01-05</news:publication_date><news:title>Mill &amp; bridge</news:title></news:news>
  <image:image><image:loc>https://img.example.com/2.jpg</image:loc><image:title>Not the news title</image:title></image:image>
  <image:image><image:loc>https://img.example.com/3.jpg</image:loc></image:image>
</url>
<url><loc><![CDATA[https://news.example.com/新闻?a=1&b=2]]></loc></url>
</urlset>`), mapURL)
	if err != nil {
		t.Fatal(err)
	}
	want := SitemapResult{URLs: []Entry{
		{URL: "https://news.example.com/1.html", LastMod: utc(2024, 1, 5, 0, 30, 0)},
		{URL: "https://news.example.com/2.html?a=1&b=2", NewsTitle: "Mill & bridge", NewsDate: utc(2024, 1, 5, 0, 0, 0)},
		{URL: "https://news.example.com/%E6%96%B0%E9%97%BB?a=1&b=2"},
	}}
	sameInstants := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if d := cmp.Diff(want, got, sameInstants); d != "" {
		t.Error(d)
	}
}

func TestSitemapIndex(t *testing.T) {
	got, err := Sitemap([]byte(`<sm:sitemapindex xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"><sm:sitemap><sm:loc>https://news.example.com/map-1.xml.gz</sm:loc><sm:lastmod>2024-01</sm:lastmod></sm:sitemap>
<sm:sitemap><sm:loc>https://news.example.com/map-2.xml.gz</sm:loc></sm:sitemap></sm:sitemapindex>`), mapURL)
	if err != nil || len(got.Index) != 2 || len(got.URLs) != 0 || len(got.Warnings) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got.Index[0].URL != "https://news.example.com/map-1.xml.gz" || !got.Index[0].LastMod.Equal(utc(2024, 1, 1, 0, 0, 0)) {
		t.Errorf("%+v", got.Index[0])
	}
}

func TestSitemapFaults(t *testing.T) {
	u := func(n int) string { return fmt.Sprintf("<url><loc>https://news.example.com/%d</loc></url>", n) }
	whole := urlset + u(1) + u(2) + "</urlset>"
	for _, c := range []struct {
		name    string
		body    []byte
		urls    int
		warning string
	}{
		{"blank lines first", []byte("\n\n" + whole), 2, ""},
		{"byte order mark", []byte("\ufeff" + whole), 2, ""},
		{"server warning first", []byte("Warning: x in y\n" + whole), 2, ""},
		{"bare ampersand", []byte(urlset + `<url><loc>https://news.example.com/?a=1&b=2</loc></url>` + u(2)), 2, ""},
		{"undefined entity", []byte(urlset + `<url><loc>https://news.example.com/1</loc><news:news><news:title>A&nbsp;B</news:title></news:news></url>` + u(2)), 2, ""},
		{"comment", []byte(urlset + u(1) + "<!-- " + u(3) + " -->" + u(2)), 2, ""},
		{"relative", []byte(urlset + u(1) + "<url><loc>/2</loc></url>"), 2, ""},
		{"no loc", []byte(urlset + u(1) + "<url><lastmod>2024-01-01</lastmod></url>"), 1, "bad_url: "},
		{"cut in a URL", []byte(whole[:len(whole)-len("2</loc></url></urlset>")]), 1, "cut: "},
		{"cut in a tag", []byte(whole[:len(whole)-len("oc></url></urlset>")]), 1, "cut: "},
		{"cut between", []byte(urlset + u(1) + u(2)), 2, ""},
		{"entry without end", []byte(urlset + "<url><loc>https://news.example.com/1</loc>" + u(2)), 2, "cut: "},
		{"wrong nesting", []byte(urlset + "<url><loc>https://news.example.com/1</url></loc>" + u(2)), 2, ""},
		{"no root", []byte(u(1) + u(2)), 2, ""},
		{"mixed with sitemaps", []byte(urlset + u(1) + "<sitemap><loc>https://news.example.com/m.xml</loc></sitemap>"), 1, ""},
		{"GBK declared UTF-8", inCharset(t, simplifiedchinese.GBK, urlset+u(1)+"<url><loc>https://news.example.com/2</loc><news:news><news:title>大桥今天恢复通车，市民奔走相告</news:title></news:news></url>"), 2, ""},
		{"gzip", gzipOf(t, []byte(whole)), 2, ""},
		{"gzip twice", gzipOf(t, gzipOf(t, []byte(whole))), 2, ""},
		{"gzip cut off", cutGzip(t, whole), 2, "cut_gzip: "},
		{"text", []byte("https://news.example.com/1\r\n# comment\r\n\r\n  https://news.example.com/2\n"), 2, ""},
		{"text with junk", []byte("https://news.example.com/1\nnot an address\nhttps://news.example.com/2"), 2, "bad_url: "},
		{"text with byte order mark", []byte("\ufeffhttps://news.example.com/1\nhttps://news.example.com/2"), 2, ""},
		{"empty", []byte(urlset + "</urlset>"), 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Sitemap(c.body, mapURL)
			if err != nil || len(got.URLs) != c.urls {
				t.Fatalf("%d URLs, want %d: %+v, %v", len(got.URLs), c.urls, got, err)
			}
			if all := strings.Join(got.Warnings, "\n"); c.warning == "" && all != "" || !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", got.Warnings, c.warning)
			}
		})
	}
}

// cutGzip compresses a sitemap and takes the checksum off its end.
func cutGzip(t *testing.T, s string) []byte {
	b := gzipOf(t, []byte(s))
	return b[:len(b)-4]
}

func TestSitemapRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"empty":    "",
		"page":     "<!DOCTYPE html><html><body><a href='https://news.example.com/1'>x</a></body></html>",
		"text":     "nothing here",
		"bad gzip": "\x1f\x8b\x08",
	} {
		if got, err := Sitemap([]byte(body), mapURL); !errors.Is(err, errNotSitemap) {
			t.Errorf("%s: %+v, %v; want ErrNotSitemap", name, got, err)
		}
	}
}

func TestSitemapLimits(t *testing.T) {
	one := urlset + "<url><loc>https://news.example.com/1</loc></url>"
	bomb := gzipOf(t, append([]byte(one), bytes.Repeat([]byte{' '}, 1000)...))
	for name, body := range map[string][]byte{"plain": []byte(one + one), "compressed": bomb, "compressed twice": gzipOf(t, bomb)} {
		n := 0
		warnings, err := sitemapWithin(bytes.NewReader(body), mapURL, int64(len(one)+10), 100, func(Entry) { n++ })
		if !errors.Is(err, errTooLarge) || n != 1 || !strings.Contains(strings.Join(warnings, "\n"), "over_limit: ") {
			t.Errorf("%s: %d URLs, %q, %v; want what fits and ErrTooLarge", name, n, warnings, err)
		}
	}
	lines := func(n int) []byte {
		var b bytes.Buffer
		for i := range n {
			fmt.Fprintf(&b, "http://a.example/%d\n", i)
		}
		return b.Bytes()
	}
	n := 0
	warnings, err := sitemapWithin(bytes.NewReader(lines(11)), mapURL, maxSitemapBytes, 10, func(Entry) { n++ })
	if !errors.Is(err, ErrTooMany) || n != 10 || len(warnings) != 1 {
		t.Errorf("%d URLs, %q, %v; want what fits and ErrTooMany", n, warnings, err)
	}
	got, err := Sitemap(lines(maxSitemapURLs+1), mapURL)
	if err != nil || len(got.URLs) != maxSitemapURLs+1 || len(got.Warnings) != 1 || !strings.HasPrefix(got.Warnings[0], "over_limit: ") {
		t.Errorf("one over the protocol's limit: %d URLs, %q, %v", len(got.URLs), got.Warnings, err)
	}
}

func TestLastMod(t *testing.T) {
	for in, want := range map[string]time.Time{
		"2024":                          utc(2024, 1, 1, 0, 0, 0),
		"2024-02":                       utc(2024, 2, 1, 0, 0, 0),
		"2024-02-03":                    utc(2024, 2, 3, 0, 0, 0),
		"2024-02-03T04:05Z":             utc(2024, 2, 3, 4, 5, 0),
		"2024-02-03T04:05+08:00":        utc(2024, 2, 2, 20, 5, 0),
		"2024-02-03T04:05:06Z":          utc(2024, 2, 3, 4, 5, 6),
		"2024-02-03T04:05:06.789-05:00": utc(2024, 2, 3, 9, 5, 6).Add(789 * time.Millisecond),
		"2024-02-03T04:05:06":           utc(2024, 2, 3, 4, 5, 6),
		"2024-02-03T04:05:06+0800":      utc(2024, 2, 2, 20, 5, 6),
		"2024-02-03 04:05:06":           utc(2024, 2, 3, 4, 5, 6),
		"2024-02-03 04:05:06 +0000":     utc(2024, 2, 3, 4, 5, 6),
		"2024/02/03 04:05:06":           utc(2024, 2, 3, 4, 5, 6),
		"Sat, 03 Feb 2024 04:05:06 GMT": utc(2024, 2, 3, 4, 5, 6),
		"2024年2月3日":                     utc(2024, 2, 3, 0, 0, 0),
		"20240203":                      utc(2024, 2, 3, 0, 0, 0),
		"":                              {},
		"0000-00-00":                    {},
		"1970-01-01T00:00:00Z":          {},
		"2024-13-01":                    {},
		"soon":                          {},
	} {
		if got := readTime(in, ""); !got.Equal(want) {
			t.Errorf("%q read as %s, want %s", in, got, want)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(urlset + `<url><loc>https://a.example/</loc><image:image><image:loc>https://a.example/i</image:loc></image:image><lastmod>2024</lastmod></url>`))
	f.Add([]byte("<sitemapindex><sitemap><loc>http://a.example<![CDATA[/x]]></loc>"))
	f.Add([]byte("http://a.example/\nhttp://b.example"))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := Sitemap(body, mapURL)
		if err != nil && !errors.Is(err, errNotSitemap) {
			t.Fatal(err)
		}
		if !gzipped(body) && len(got.URLs)+len(got.Index) > len(body) || len(got.Warnings) > 5 {
			t.Fatalf("%d URLs, %d warnings from %d bytes", len(got.URLs), len(got.Warnings), len(body))
		}
		for _, e := range got.URLs {
			if e.URL == "" || e.Sitemap {
				t.Fatalf("%+v", e)
			}
			MayBe(e, utc(2024, 1, 1, 0, 0, 0), time.Time{})
		}
	})
}
