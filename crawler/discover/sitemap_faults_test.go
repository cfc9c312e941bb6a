package discover

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestSitemapAddresses holds the ways in which sitemaps write addresses that a browser
// would follow; each is https://news.example.com/maps/1.html or what the name says.
func TestSitemapAddresses(t *testing.T) {
	for _, c := range []struct{ name, loc, want string }{
		{"absolute", "https://news.example.com/1.html", "https://news.example.com/1.html"},
		{"from the root", "/1.html", "https://news.example.com/1.html"},
		{"without a scheme", "//news.example.com/1.html", "https://news.example.com/1.html"},
		{"beside the sitemap", "1.html", "https://news.example.com/maps/1.html"},
		{"above the sitemap", "../1.html", "https://news.example.com/1.html"},
		{"query alone", "?id=1", "https://news.example.com/maps/all.xml?id=1"},
		{"host without a scheme", "news.example.com/1.html", "https://news.example.com/1.html"},
		{"host with www without a scheme", "www.news.example.com/1.html", "https://www.news.example.com/1.html"},
		{"comment before", "<!-- 1 -->https://news.example.com/1.html", "https://news.example.com/1.html"},
		{"comment behind", "https://news.example.com/1.html<!-- 1 > 0 -->", "https://news.example.com/1.html"},
		{"comment within", "https://news.example.com<!--:80-->/1.html", "https://news.example.com/1.html"},
		{"comment and CDATA", "<!-- a --><![CDATA[https://news.example.com/1.html?a=1&b=2]]><!-- b -->", "https://news.example.com/1.html?a=1&b=2"},
		{"comment alone", "<!-- https://news.example.com/1.html -->", ""},
		{"wrapped line", "https://news.example.com/\r\n      1.html", "https://news.example.com/1.html"},
		{"indented", "\n\t\thttps://news.example.com/1.html\n\t", "https://news.example.com/1.html"},
		{"space inside", "https://news.example.com/a 1.html", "https://news.example.com/a%201.html"},
		{"no-break space around", "\u00a0https://news.example.com/1.html\u3000", "https://news.example.com/1.html"},
		{"upper case scheme", "HTTPS://NEWS.example.com/1.html", "https://news.example.com/1.html"},
		{"mail", "mailto:desk@example.com", ""},
		{"script", "javascript:void(0)", ""},
		{"prose", "not an address", ""},
		{"empty", "  ", ""},
		{"fragment alone", "#top", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Sitemap([]byte(urlset+"<url><loc>"+c.loc+"</loc></url></urlset>"), mapURL)
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if len(got.URLs) != 0 || len(got.Warnings) != 1 || !strings.HasPrefix(got.Warnings[0], "bad_url: 1 ") {
					t.Errorf("%+v; want a warning", got)
				}
				return
			}
			if len(got.URLs) != 1 || got.URLs[0].URL != c.want || len(got.Warnings) > 0 {
				t.Errorf("%+v, want %s", got, c.want)
			}
		})
	}
}

// TestSitemapEntries: what stands in an entry in odd places costs neither its address nor
// its neighbours'.
func TestSitemapEntries(t *testing.T) {
	const a, b = "https://news.example.com/a", "https://news.example.com/b"
	day := utc(2024, 1, 5, 0, 0, 0)
	for _, c := range []struct {
		name, body string
		want       []Entry
	}{
		{"empty image first", "<url><image:image/><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"empty image with a space", "<url><image:image /><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"empty news first", "<url><news:news/><title>no news</title><loc>" + a + "</loc><lastmod>2024-01-05</lastmod></url>", []Entry{{URL: a, LastMod: day}}},
		{"image not closed, then a date", "<url><loc>" + a + "</loc><image:image><image:loc>/x.jpg</image:loc><lastmod>2024-01-05</lastmod></url>", []Entry{{URL: a, LastMod: day}}},
		{"image outside of image:image", "<url><image:loc>/x.jpg</image:loc><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"image that is not closed", "<url><image:image><image:loc>/x.jpg</image:loc><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"image before the entry", "<image:image><image:loc>/x.jpg</image:loc></image:image><url><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"image behind the entry", "<url><loc>" + a + "</loc></url><image:image><image:loc>/x.jpg</image:loc><url><loc>" + b + "</loc></url>", []Entry{{URL: a}, {URL: b}}},
		{"image:url", "<url><loc>" + a + "</loc><image:image><image:url>/x.jpg</image:url></image:image><lastmod>2024-01-05</lastmod></url>", []Entry{{URL: a, LastMod: day}}},
		{"image without a namespace", "<url><image><loc>/x.jpg</loc></image><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"image without a namespace, behind", "<url><loc>" + a + "</loc><image><loc>/x.jpg</loc></image></url>", []Entry{{URL: a}}},
		{"film", "<url><video:video><video:title>V</video:title><video:thumbnail_loc>/t.jpg</video:thumbnail_loc><video:publication_date>2020-01-01</video:publication_date></video:video><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"news date outside of news:news", "<url><loc>" + a + "</loc><news:publication_date>2024-01-05</news:publication_date></url>", []Entry{{URL: a, NewsDate: day}}},
		{"news not closed", "<url><news:news><news:title>T</news:title><loc>" + a + "</loc></url>", []Entry{{URL: a, NewsTitle: "T"}}},
		{"alternate languages", "<url><loc>" + a + "</loc><xhtml:link rel='alternate' hreflang='fr' href='/fr'/></url>", []Entry{{URL: a}}},
		{"two locations", "<url><loc>" + a + "</loc><loc>" + b + "</loc><lastmod>2024-01-05</lastmod></url>", []Entry{{URL: a, LastMod: day}, {URL: b, LastMod: day}}},
		{"two entries without borders", "<url><loc>" + a + "</loc><lastmod>2024-01-05</lastmod><loc>" + b + "</loc><lastmod>2023-01-05</lastmod></url>", []Entry{{URL: a, LastMod: day}, {URL: b, LastMod: utc(2023, 1, 5, 0, 0, 0)}}},
		{"empty location first", "<url><loc></loc><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"unusable location first", "<url><loc>not an address</loc><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"the same location twice", "<url><loc>" + a + "</loc><loc>" + a + "</loc></url>", []Entry{{URL: a}}},
		{"stray angle bracket", "<url><news:title>5 < 6 </news:title><loc>" + a + "</loc></url>", []Entry{{URL: a, NewsTitle: "5"}}},
		{"attributes", "<url id='1'><loc type=\"x\">" + a + "</loc></url>", []Entry{{URL: a}}},
		{"capitals", "<URL><LOC>" + a + "</LOC></URL>", []Entry{{URL: a}}},
		{"sitemap within a urlset", "<url><loc>" + a + "</loc></url><url><loc>/maps/sitemap-2.xml</loc></url><url><loc>/post-sitemap3.xml.gz</loc></url>",
			[]Entry{{URL: a}, {URL: "https://news.example.com/maps/sitemap-2.xml", Sitemap: true}, {URL: "https://news.example.com/post-sitemap3.xml.gz", Sitemap: true}}},
		{"pages that are called after a sitemap", "<url><loc>/sitemap.html</loc></url><url><loc>/2024/our-sitemap-story/</loc></url>",
			[]Entry{{URL: "https://news.example.com/sitemap.html"}, {URL: "https://news.example.com/2024/our-sitemap-story/"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []Entry
			if _, err := streamSitemap(strings.NewReader(urlset+c.body+"</urlset>"), mapURL, func(e Entry) { got = append(got, e) }); err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, c.want, sameEntry) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func sameEntry(a, b Entry) bool {
	return a.URL == b.URL && a.Sitemap == b.Sitemap && a.NewsTitle == b.NewsTitle && a.LastMod.Equal(b.LastMod) && a.NewsDate.Equal(b.NewsDate)
}

// TestTextSitemap: lines may be relative where they cannot be prose.
func TestTextSitemap(t *testing.T) {
	got, err := Sitemap([]byte("\ufeffhttps://news.example.com/1\n/2\n//news.example.com/3\nnews.example.com/4\nsoon more\nword\n# /5\n\n  https://news.example.com/6  "), mapURL)
	want := []string{"/1", "/2", "/3", "/4", "/6"}
	if err != nil || len(got.URLs) != len(want) || len(got.Warnings) != 1 || !strings.HasPrefix(got.Warnings[0], "bad_url: 2 ") {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, w := range want {
		if got.URLs[i].URL != "https://news.example.com"+w {
			t.Errorf("line %d: %s, want %s", i, got.URLs[i].URL, w)
		}
	}
}

// TestSitemapEncodings: titles are decoded by the encoding of the file, which one title
// alone does not show.
func TestSitemapEncodings(t *testing.T) {
	const title = "大桥今天恢复通车，市民奔走相告"
	doc := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><urlset>` + strings.Repeat("<url><loc>https://news.example.com/0</loc></url>", 2000) +
			"<url><loc>https://news.example.com/新闻/1</loc><news:news><news:title>" + title + "</news:title></news:news></url></urlset>"
	}
	jp := "<urlset><url><loc>https://news.example.com/新/1</loc><news:news><news:title>橋が今日から開通しました</news:title></news:news></url></urlset>"
	for _, c := range []struct {
		name  string
		body  []byte
		title string
	}{
		{"UTF-8", []byte(doc("utf-8")), title},
		{"GBK", inCharset(t, simplifiedchinese.GBK, doc("gbk")), title},
		{"GBK declared UTF-8", inCharset(t, simplifiedchinese.GBK, doc("utf-8")), title},
		{"UTF-16, little", inCharset(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), doc("utf-16")), title},
		{"UTF-16, big, unmarked", inCharset(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), doc("utf-16")), title},
		{"Shift_JIS", inCharset(t, japanese.ShiftJIS, `<?xml version="1.0" encoding="Shift_JIS"?>`+jp), "橋が今日から開通しました"},
		{"one stray byte", []byte(strings.Replace(doc("utf-8"), title, title+"\xff", 1)), title},
	} {
		got, err := Sitemap(c.body, mapURL)
		if err != nil || len(got.URLs) == 0 {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		last := got.URLs[len(got.URLs)-1]
		if last.NewsTitle != c.title || !strings.HasPrefix(last.URL, "https://news.example.com/%E6%96%B0") {
			t.Errorf("%s: %+v", c.name, last)
		}
	}
}

// endless gives the beginning of a file, then a piece again and again up to size bytes,
// then the end.
type endless struct {
	start, piece, end string
	size              int
	rest              string
	begun, ended      bool
}

func (e *endless) Read(b []byte) (int, error) {
	if e.rest == "" {
		switch {
		case !e.begun:
			e.rest, e.begun = e.start, true
		case e.size > 0:
			e.rest = e.piece
			e.size -= len(e.piece)
		case !e.ended:
			e.rest, e.ended = e.end, true
		default:
			return 0, io.EOF
		}
	}
	n := copy(b, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestSitemapMemoryIsFlat: a sitemap of 127 MiB takes no more memory than a small one,
// whatever it is full of.
func TestSitemapMemoryIsFlat(t *testing.T) {
	entry := "<url><loc>https://news.example.com/2024/01/05/a-long-headline-of-an-article.html</loc><lastmod>2024-01-05</lastmod><image:image><image:loc>https://img.example.com/" + strings.Repeat("x", 900) + ".jpg</image:loc></image:image></url>\n"
	for _, c := range []struct {
		name    string
		file    endless
		entries int
	}{
		{"entries", endless{start: urlset, piece: entry, end: "</urlset>"}, 127<<20/len(entry) + 1},
		{"one comment", endless{start: urlset + "<!--", piece: strings.Repeat("<loc> x ", 1000), end: "--><url><loc>/1</loc></url></urlset>"}, 1},
		{"one CDATA section", endless{start: urlset + "<url><x><![CDATA[", piece: strings.Repeat("<loc> x ", 1000), end: "]]></x><loc>/1</loc></url></urlset>"}, 1},
		{"one text", endless{start: urlset + "<url><x>", piece: strings.Repeat("text and ", 1000), end: "</x><loc>/1</loc></url></urlset>"}, 1},
		{"a tag that does not end", endless{start: urlset + "<url><loc>/1</loc></url><x ", piece: strings.Repeat("a='b' ", 1000), end: ">"}, 1},
		{"angle brackets", endless{start: urlset + "<url><loc>/1</loc></url>", piece: strings.Repeat("<", 1000)}, 1},
		{"comments in a text", endless{start: urlset + "<url><loc>/1</loc></url><url><x>", piece: strings.Repeat("a<!-- b -->", 1000), end: "</x></url>"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file.size = 127 << 20; c.entries == 1 {
				c.file.size = 24 << 20
			}
			n, peak := 0, uint64(0)
			var before, now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			watched := &watcher{r: &c.file, look: func() {
				runtime.ReadMemStats(&now)
				if now.HeapInuse > before.HeapInuse+8<<20 { // garbage of a collector that comes late does not count
					runtime.GC()
					runtime.ReadMemStats(&now)
				}
				peak = max(peak, now.HeapInuse)
			}}
			_, err := streamSitemap(watched, mapURL, func(Entry) { n++ })
			if err != nil || n != c.entries {
				t.Errorf("%d entries, want %d, %v", n, c.entries, err)
			}
			if grown := int64(peak) - int64(before.HeapInuse); grown > 16<<20 {
				t.Errorf("the heap grew by %d MiB", grown>>20)
			}
		})
	}
}

// watcher looks at the memory every four megabytes.
type watcher struct {
	r    io.Reader
	n    int
	look func()
}

func (w *watcher) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if w.n += n; w.n > 4<<20 {
		w.n = 0
		w.look()
	}
	return n, err
}

// TestSitemapReadFailure: a connection that breaks is a cut that is told, not the end.
func TestSitemapReadFailure(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(urlset+"<url><loc>/1</loc></url><url><loc>/2"), iotest.ErrReader(errors.New("connection reset")))
	n := 0
	warnings, err := streamSitemap(broken, mapURL, func(Entry) { n++ })
	if err != nil || n != 1 || len(warnings) != 2 || warnings[0] != "cut_body: connection reset" || !strings.HasPrefix(warnings[1], "cut: 1 ") {
		t.Errorf("%d entries, %q, %v", n, warnings, err)
	}
}

// TestSitemapInSmallReads: where the reads end makes no difference.
func TestSitemapInSmallReads(t *testing.T) {
	body := urlset + strings.Repeat("<!-- c --><url><loc><![CDATA[/1?a=<&b=2]]></loc><news:news><news:title>5 &lt; 6</news:title></news:news></url>", 500) + "<x"
	whole, err := Sitemap([]byte(body), mapURL)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{
		"one byte": iotest.OneByteReader(strings.NewReader(body)), "halves": iotest.HalfReader(strings.NewReader(body)), "data with the end": iotest.DataErrReader(strings.NewReader(body)),
	} {
		var got []Entry
		warnings, err := streamSitemap(r, mapURL, func(e Entry) { got = append(got, e) })
		if err != nil || !slices.EqualFunc(got, whole.URLs, sameEntry) || !slices.Equal(warnings, whole.Warnings) {
			t.Errorf("%s: %d entries, %q, %v; whole %d, %q", name, len(got), warnings, err, len(whole.URLs), whole.Warnings)
		}
	}
}

// TestSitemapExternalEntities: no entity is read or expanded.
func TestSitemapExternalEntities(t *testing.T) {
	laughs := `<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`
	got, err := Sitemap([]byte(laughs+urlset+"<url><loc>/&b;</loc></url><url><loc>/&f;</loc></url>"), mapURL)
	if err != nil || len(got.URLs) != 2 || got.URLs[0].URL != "https://news.example.com/&b;" || got.URLs[1].URL != "https://news.example.com/&f;" {
		t.Errorf("%+v, %v", got, err)
	}
}

func BenchmarkStreamSitemap(b *testing.B) {
	var file bytes.Buffer
	file.WriteString(urlset)
	for i := range 50_000 {
		fmt.Fprintf(&file, "<url><loc>https://news.example.com/2024/01/05/article-%d.html</loc><lastmod>%s</lastmod></url>\n", i, time.Unix(1.7e9, 0).UTC().Format(time.RFC3339))
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := streamSitemap(bytes.NewReader(file.Bytes()), mapURL, func(Entry) {}); err != nil {
			b.Fatal(err)
		}
	}
}
