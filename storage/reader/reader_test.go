package reader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/certificate"
	"pressmark/storage/corpus"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
	"pressmark/storage/reader"
	"pressmark/storage/search"
	"pressmark/storage/warc"
)

// attack runs, where it is not escaped, in text, in an attribute of either kind of
// quotation mark, and in a URL.
const attack = `"'><script>document.title="run"</script><img src=x onerror="document.title='run'"><svg onload=document.title="run">`

// page is what the capture holds.
const page = `<html><head><meta http-equiv="refresh" content="0;url=https://elsewhere.example/"><script>alert(2)</script>
<link rel="stylesheet" href="https://elsewhere.example/x.css"></head><body onload="alert(3)"><h1>Storm</h1>
<img src="/1.png" alt="pier" onerror="alert(4)"><img src="https://elsewhere.example/count.gif"><iframe src="https://elsewhere.example/"></iframe></body></html>`

type archive struct {
	t     *testing.T
	store storage.Store
	log   *storage.Log
}

func open(t *testing.T) *archive {
	t.Helper()
	store := memstore.New()
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(context.Background(), "paper")
	if err != nil {
		t.Fatal(err)
	}
	return &archive{t, store, log}
}

func (a *archive) commit(art *article.Article, outcome ledger.Outcome) {
	a.t.Helper()
	body, err := article.Encode(art)
	if err != nil {
		a.t.Fatal(err)
	}
	rec := ledger.Record{Time: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC), URL: art.URL, ID: art.ID, Outcome: outcome, Title: art.Title,
		Article: a.log.ArticleKey(art.ID), Revision: art.Revision, ContentHash: art.ContentHash}
	if outcome == ledger.Revised {
		rec.Reason, rec.Changed = ledger.ReasonContent, []string{"title"}
	}
	err = a.log.Commit(context.Background(), storage.Batch{Records: []ledger.Record{rec},
		Articles: []storage.Object{{Key: rec.Article, Body: body, MediaType: storage.TypeJSON}}})
	if err != nil {
		a.t.Fatal(err)
	}
}

// storm is an article whose texts are attacks, with a capture.
func (a *archive) storm() *article.Article {
	published := "2024-03-12T08:30:00+01:00"
	art := &article.Article{Schema: article.SchemaVersion, URL: "https://paper.example/storm", Site: "paper", Language: "ar", Title: "Storm " + attack,
		Published: &published, PublishedPrecision: article.Minute, Revision: 1,
		Credits: article.Credits{Source: attack, Authors: []string{attack}, Editors: []string{}, Lines: []string{attack}},
		Body: []article.Block{{Type: article.Paragraph, Text: "The pier " + attack, Marks: []article.Mark{{Start: 0, End: 3, Type: article.MarkLink, Href: "javascript:alert(5)"}}},
			{Type: article.ImagePlace, Image: "1"}, {Type: article.ImagePlace, Image: "2"}, {Type: article.Embed, Kind: article.EmbedVideo, URL: "javascript:alert(6)"}},
		Images: []article.Image{{ID: "1", URL: "https://paper.example/1.png", Caption: article.Optional(attack), Key: "images/ab/ab.png", SHA256: strings.Repeat("ab", 32), Status: article.ImageArchived},
			{ID: "2", URL: "https://paper.example/2.png", Status: article.ImageMissing, Reason: "http_404"}},
		Pages: []string{}, Evidence: map[string]string{"title": attack}, Warnings: []string{"not_free: " + attack}}
	art.ID, art.Text = article.ID(art.URL), article.RenderText(art)
	art.ContentHash = article.ContentHash(art)
	var buf bytes.Buffer
	w, err := warc.NewWriter(&buf, warc.Options{File: "x.warc.gz"})
	if err != nil {
		a.t.Fatal(err)
	}
	loc, err := w.Write(&warc.Exchange{URL: art.URL, Started: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC), RequestHead: []byte("GET / HTTP/1.1\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), ResponseBody: []byte(page)})
	if err != nil {
		a.t.Fatal(err)
	}
	key := a.log.WARCKey("20240312-1", 1)
	err = errors.Join(a.store.Put(context.Background(), key, buf.Bytes(), storage.TypeWARC),
		a.store.Put(context.Background(), "images/ab/ab.png", []byte("\x89PNG picture"), "image/png"),
		a.store.Put(context.Background(), "images/cd/cd.svg", []byte("<svg onload='alert(7)'/>"), "image/svg+xml"))
	if err != nil {
		a.t.Fatal(err)
	}
	art.Capture = article.Capture{Fetched: "2024-03-12T09:00:00Z", Status: 200, FinalURL: art.URL, WARC: key, Offset: loc.Offset, Length: loc.Length}
	return art
}

// serve starts a reader of the archive that follows it.
func (a *archive) serve() *httptest.Server {
	a.t.Helper()
	ctx := context.Background()
	x, err := search.Open(ctx, filepath.Join(a.t.TempDir(), "index.db"))
	if err != nil {
		a.t.Fatal(err)
	}
	c := corpus.Open(a.store)
	h, err := reader.New(reader.Options{Name: "./archive", Corpus: c, Index: x, Log: slog.New(slog.DiscardHandler),
		CatchUp: func(ctx context.Context) error { return x.CatchUp(ctx, c, nil) },
		Certify: func(ctx context.Context, check bool) (certificate.Certificate, error) {
			o := certificate.Options{Archive: "./archive", Program: "pressmark test", Now: time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC)}
			if check {
				report, err := storage.Verify(ctx, a.store, storage.Thorough(nil))
				if err != nil {
					return certificate.Certificate{}, err
				}
				o.Report = &report
			}
			return certificate.Make(ctx, a.store, o)
		}})
	if err != nil {
		a.t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	a.t.Cleanup(func() { srv.Close(); x.Close() })
	return srv
}

func get(t *testing.T, srv *httptest.Server, path string) (*http.Response, string) {
	t.Helper()
	client := *srv.Client()
	client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.Contains(r.URL.Path, "/captured") {
			return http.ErrUseLastResponse
		}
		return nil
	}
	resp, err := client.Get(srv.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// TestPages opens every page of an archive that attacks its reader.
func TestPages(t *testing.T) {
	a := open(t)
	art := a.storm()
	a.commit(art, ledger.Archived)
	srv := a.serve()
	own := "/article/paper/" + art.ID
	for _, c := range []struct {
		path   string
		status int
		want   []string // parts of the answer
	}{
		{"/", 200, []string{"1 URL seen: 1 article archived", "/articles?q=day%3A%222024-03-12%22"}},
		{"/articles", 200, []string{"1 of 1 articles", "2024-03-12 08:30"}},
		{"/articles?q=pier", 200, []string{"<mark>pier</mark>", "<mark>"}},
		{"/articles?q=pier&view=kwic", 200, []string{`<th scope="row">pier</th>`}},
		{"/articles?q=nothing", 200, []string{"0 of 1 articles", "Nothing is found"}},
		{"/articles?q=year:x", 400, []string{"give a year"}},
		{"/articles?page=0", 400, []string{"a number from 1 to 1000"}},
		{own, 200, []string{`dir="rtl"`, `lang="ar"`, "missing (http_404)", `src="/image/ab/ab.png"`, "not free to read", "2024-03-12 09:00 UTC"}},
		{own + "?revision=7", 404, []string{"no such page"}},
		{own + "/captured", 200, []string{"data:image/png;base64,", "<h1>Storm</h1>"}},
		{own + "/record", 200, nil},
		{own + "/diff?old=1&new=1", 200, []string{"Nothing changed."}},
		{"/completeness?site=paper&outcome=archived&reason=", 200, []string{"https://paper.example/storm", "http_404"}},
		{"/pictures", 200, []string{"/image/ab/ab.png"}},
		{"/pictures?missing=1", 200, []string{"https://paper.example/2.png"}},
		{"/headlines", 200, []string{"No headline has changed."}},
		{"/picture/" + strings.Repeat("ab", 32), 200, []string{"Used 1 time, on 1 site"}},
		{"/picture/" + strings.Repeat("cd", 32), 404, nil},
		{"/certificate", 200, []string{"held 1 article of 1 site", "Check them now"}},
		{"/certificate?check=1", 200, []string{"A check of every object"}},
		{"/api/certificate", 200, []string{`"schema":"pressmark/certificate/v1"`, `"chain_sha256":"`}},
		{"/completeness?site=paper&source=&day=2024-03-12&state=archived", 200, []string{"https://paper.example/storm", "addresses given by hand"}},
		{"/completeness?site=paper&source=&day=2024-03-12&state=missing", 200, []string{"None."}},
		{"/pictures?missing=1&status=missing&reason=http_404&host=paper.example", 200, []string{"https://paper.example/2.png"}},
		{"/pictures?missing=1&status=missing&reason=http_404&host=elsewhere", 200, []string{"None."}},
		{"/image/ab/ab.png", 200, []string{"PNG picture"}},
		{"/image/zz/zz.png", 404, nil},
		{"/articles?view=table", 200, []string{"authors", "without site", "with captured (UTC)"}},
		{"/articles?view=table&columns=url", 200, []string{"https://paper.example/storm", "with site"}},
		{"/export?format=csv", 200, []string{"https://paper.example/storm"}},
		{"/export?format=jsonl&q=pier", 200, []string{`"pressmark/article/v1"`}},
		{"/export?format=bibtex&q=nothing", 200, nil},
		{"/export?format=parquet", 400, []string{"The format is one of jsonl, csv"}},
		{"/api/openapi.json", 200, []string{`"openapi": "3.1.0"`}},
		{"/api/search?q=pier", 200, []string{`"total":1`}},
		{"/api" + own, 200, []string{`"schema":"pressmark/article/v1"`}},
		{"/api/article/paper/0123456789abcdef", 404, []string{`{"error":`}},
		{"/api/completeness", 200, []string{`"outcome":"archived"`}},
		{"/feed?q=pier", 200, []string{"<entry>"}},
		{"/timemap/https://paper.example/storm", 200, []string{`rel="first last memento"; datetime="Tue, 12 Mar 2024 09:00:00 GMT"`}},
		{"/timegate/https://paper.example/storm", 302, nil},
		{"/timegate/https://paper.example/other", 404, nil},
	} {
		resp, body := get(t, srv, c.path)
		if resp.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.path, resp.StatusCode, c.status)
		}
		for _, part := range c.want {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %q:\n%s", c.path, part, body)
			}
		}
		html := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
		if html && (strings.Contains(body, "<script>") || strings.Contains(body, `="javascript:`) || strings.Contains(body, "elsewhere.example")) {
			t.Errorf("%s has something to run or load:\n%s", c.path, body)
		}
		if csp := resp.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") && !strings.HasPrefix(csp, "sandbox; default-src 'none'") {
			t.Errorf("%s: policy %q", c.path, csp)
		}
	}
}

func TestCapturedIsSandboxed(t *testing.T) {
	a := open(t)
	art := a.storm()
	a.commit(art, ledger.Archived)
	srv := a.serve()
	resp, _ := get(t, srv, "/article/paper/"+art.ID+"/captured")
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox;") || strings.Contains(csp, "allow-") || strings.Contains(csp, "script") {
		t.Errorf("policy %q", csp)
	}
	if got := resp.Header.Get("Memento-Datetime"); got != "Tue, 12 Mar 2024 09:00:00 GMT" {
		t.Errorf("Memento-Datetime %q", got)
	}
	resp, _ = get(t, srv, "/image/cd/cd.svg")
	if resp.Header.Get("Content-Type") != "application/octet-stream" || resp.Header.Get("Content-Disposition") != "attachment" {
		t.Errorf("an SVG is served as %q", resp.Header.Get("Content-Type"))
	}
}

func TestForeignNamesAreRefused(t *testing.T) {
	a := open(t)
	a.commit(a.storm(), ledger.Archived)
	srv := a.serve()
	for host, want := range map[string]int{"localhost:7310": 200, "127.0.0.1": 200, "[::1]:80": 200, "paper.example": 421, "localhost.elsewhere.example:7310": 421} {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, srv.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		resp, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host %s: status %d, want %d", host, resp.StatusCode, want)
		}
	}
}

// TestGrowing revises an article while the reader is open.
func TestGrowing(t *testing.T) {
	a := open(t)
	art := a.storm()
	a.commit(art, ledger.Archived)
	srv := a.serve()
	get(t, srv, "/")
	now := a.storm()
	now.Title, now.Revision = "Quiet sea", 2
	now.ContentHash = article.ContentHash(now)
	a.commit(now, ledger.Revised)
	if _, body := get(t, srv, "/articles?q=quiet"); !strings.Contains(body, "Quiet sea") || !strings.Contains(body, "revision 2") {
		t.Errorf("the revision is not found:\n%s", body)
	}
	if _, body := get(t, srv, "/headlines"); !strings.Contains(body, "Quiet sea") {
		t.Errorf("the headline is not listed:\n%s", body)
	}
	if _, body := get(t, srv, "/article/paper/"+art.ID+"/diff"); !strings.Contains(body, "The title changed") || !strings.Contains(body, "<ins>Quiet") {
		t.Errorf("diff:\n%s", body)
	}
	_, body := get(t, srv, "/feed?q=quiet")
	var feed struct {
		Entries []struct {
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); err != nil || len(feed.Entries) != 1 || feed.Entries[0].Title != "Quiet sea" {
		t.Errorf("feed %+v, %v", feed, err)
	}
	_, body = get(t, srv, "/api/search?q=quiet")
	var r search.Result
	if err := json.Unmarshal([]byte(body), &r); err != nil || r.Total != 1 || r.Hits[0].Revision != 2 {
		t.Errorf("api %+v, %v", r, err)
	}
}
