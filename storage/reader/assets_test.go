package reader_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// TestCapturedLooksLikeItself: stylesheets, their imports, pictures and fonts that were
// captured stand in the captured page; what was not, and an SVG, does not.
func TestCapturedLooksLikeItself(t *testing.T) {
	a := open(t)
	const site = "https://paper.example"
	var out bytes.Buffer
	key := storage.WARCKey("paper", "run", 1)
	w, err := warc.NewWriter(&out, warc.Options{File: key})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC)
	var records []ledger.Record
	capture := func(path, media, body string) warc.Location {
		loc, err := w.Write(&warc.Exchange{URL: site + path, Started: at, ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n\r\n"), ResponseBody: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, ledger.Record{Time: at, URL: site + path, ID: article.ID(site + path), Kind: ledger.KindAsset, Outcome: ledger.Archived,
			Article: key, Detail: fmt.Sprintf("%s %d %d", key, loc.Offset, loc.Length)})
		return loc
	}
	capture("/main.css", "text/css", `@import "more.css"; body { background: url(paper.png); mask: url(evil.svg) } i { background: url(lost.png) }`)
	capture("/more.css", "text/css", `@import "main.css"; @font-face { src: url(f.woff2) }`)
	capture("/paper.png", "image/png", "\x89PNG paper")
	capture("/logo.png", "", "\x89PNG\x0d\x0a\x1a\x0alogo")
	capture("/f.woff2", "font/woff2", "wOF2")
	capture("/evil.svg", "image/svg+xml", "<svg onload=alert(1)>")
	page := capture("/a.html", "text/html", `<link rel=stylesheet href=main.css><link rel=next href=b.html><img src=logo.png><p style="background:url(paper.png)">Text</p><script src=x.js></script>`)
	art := a.storm()
	art.URL, art.ID = site+"/a.html", article.ID(site+"/a.html")
	art.Capture = article.Capture{Fetched: at.Format(time.RFC3339), Status: 200, FinalURL: art.URL, WARC: key, Offset: page.Offset, Length: page.Length}
	a.commit(art, ledger.Archived)
	log, err := storage.NewArchive(a.store, storage.Options{}).OpenSite(t.Context(), "paper")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Commit(t.Context(), storage.Batch{Records: records[:len(records)-1], Captures: []storage.Object{{Key: key, Body: out.Bytes(), MediaType: storage.TypeWARC}}}); err != nil {
		t.Fatal(err)
	}
	_, body := get(t, a.serve(), "/article/paper/"+art.ID+"/captured")
	sheet := inside(t, body, `href="data:text/css;base64,([^"]+)"`)
	if more := inside(t, sheet, `@import url\("data:text/css;base64,([^"]+)"`); !strings.Contains(more, `url("data:font/woff2;base64,`+base64.StdEncoding.EncodeToString([]byte("wOF2"))) || !strings.Contains(more, `@import url("data:,")`) {
		t.Errorf("the imported stylesheet is %s", more)
	}
	if !strings.Contains(sheet, `background: url("data:image/png;base64,`) || strings.Count(sheet, `url("data:,")`) != 2 || strings.Contains(sheet, "svg+xml") {
		t.Errorf("the stylesheet is %s", sheet)
	}
	for _, want := range []string{`<img src="data:image/png;base64,`, `<p style="background:url(&#34;data:image/png;base64,`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if strings.Contains(body, "x.js") || strings.Contains(body, "b.html") || regexp.MustCompile(`(src|href)="?https?:`).MatchString(body) {
		t.Errorf("the page loads something:\n%s", body)
	}
}

// inside decodes the base 64 text that a pattern finds.
func inside(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s is not in\n%s", pattern, text)
	}
	b, err := base64.StdEncoding.DecodeString(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
