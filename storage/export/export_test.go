package export_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/export"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
	"pressmark/storage/warc"
)

// storm is an article with a block of every kind.
func storm() *article.Article {
	published, credit := "2024-03-12T08:30:00+01:00", "Bo Day"
	a := &article.Article{
		Schema: article.SchemaVersion, URL: "https://paper.example/storm", Site: "paper", Language: "en", Title: "Storm *and* tide", Published: &published,
		PublishedPrecision: article.Minute, Keywords: []string{"storm", "tide"}, Access: article.AccessFree,
		Credits: article.Credits{Source: "The Paper", Authors: []string{"Ann Lee"}, Editors: []string{}, Lines: []string{"By Ann Lee"}},
		Body: []article.Block{
			{Type: article.Paragraph, Text: "See the report now.", Marks: []article.Mark{{Start: 8, End: 14, Type: article.MarkLink, Href: "https://paper.example/a(1)"}, {Start: 15, End: 18, Type: article.MarkStrong}}},
			{Type: article.Heading, Level: 2, Text: "What is lost"},
			{Type: article.ImagePlace, Image: "1"},
			{Type: article.List, Ordered: true, Start: 3, Items: []string{"pier", "roof"}, Levels: []int{0, 1}},
			{Type: article.Quote, Text: "All gone."},
			{Type: article.Table, HeaderRows: 1, Rows: [][]string{{"Town", "m"}, {"A|B", "3"}}},
			{Type: article.Preformatted, Text: "x  y"},
			{Type: article.Definitions, Entries: []article.Definition{{Term: "Tide", Text: "water"}}},
			{Type: article.Embed, Kind: article.EmbedVideo, URL: "https://video.example/1", Title: "The night"},
		},
		Images:   []article.Image{{ID: "1", URL: "https://paper.example/1.jpg", Caption: article.Optional("The pier"), Credit: &credit, Key: "images/ab/ab.jpg", Status: article.ImageArchived, Bytes: 7}},
		Links:    []article.BodyLink{{URL: "https://paper.example/a(1)", Text: "report"}},
		Pages:    []string{"https://paper.example/storm"},
		Evidence: map[string]string{"title": "h1"}, Warnings: []string{}, Extractor: "pressmark test", Revision: 2,
	}
	a.ID, a.Text = article.ID(a.URL), article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	a.Capture.Fetched, a.Capture.Status = "2024-03-12T09:00:00Z", 200
	return a
}

func undated() *article.Article {
	a := storm()
	a.URL, a.Title, a.Published, a.Images, a.Links, a.Body = "https://paper.example/formula", "=1+1", nil, []article.Image{}, nil, a.Body[:1]
	a.ID, a.Text, a.Revision = article.ID(a.URL), "-5", 1
	return a
}

func items(t *testing.T, articles ...*article.Article) iter.Seq2[export.Item, error] {
	return func(yield func(export.Item, error) bool) {
		for i, a := range articles {
			body, err := article.Encode(a)
			if err != nil {
				t.Fatal(err)
			}
			rec := ledger.Record{Seq: int64(i + 7), URL: a.URL, ID: a.ID, Outcome: ledger.Archived, Revision: a.Revision, First: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC)}
			if !yield(export.Item{Site: a.Site, Record: rec, Article: a, JSON: body, Key: storage.ArticleKey(a.Site, a.ID)}, nil) {
				return
			}
		}
	}
}

// run exports into a folder and returns it.
func run(t *testing.T, format string, opt export.Options, store storage.Store, articles ...*article.Article) (string, export.Manifest) {
	t.Helper()
	f, ok := export.Find(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	dir := t.TempDir()
	m, err := export.Run(context.Background(), store, f, items(t, articles...), export.ToFolder(dir), opt)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return dir, m
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestManifest exports every format that needs no captures, and compares the
// manifest with the files that are there.
func TestManifest(t *testing.T) {
	for _, f := range export.Formats() {
		if f.Name == "wacz" {
			continue
		}
		dir, m := run(t, f.Name, export.Options{Version: "pressmark test"}, memstore.New(), storm(), undated())
		if m.Articles != 2 || m.Sites["paper"].LastSeq != 8 || m.Sites["paper"].FirstPublished != "2024-03-12" {
			t.Errorf("%s: manifest %+v %+v", f.Name, m, m.Sites["paper"])
		}
		var seen []string
		for _, file := range m.Files {
			body := read(t, filepath.Join(dir, file.Path))
			sum := sha256.Sum256([]byte(body))
			if file.SHA256 != hex.EncodeToString(sum[:]) || file.Bytes != int64(len(body)) {
				t.Errorf("%s: the manifest says %+v", f.Name, file)
			}
			seen = append(seen, file.Path)
		}
		var there []string
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && d.Name() != "export.json" {
				rel, _ := filepath.Rel(dir, path)
				there = append(there, filepath.ToSlash(rel))
			}
			return err
		})
		slices.Sort(there)
		if err != nil || len(seen) == 0 || !slices.Equal(seen, there) {
			t.Errorf("%s: files %v, in the manifest %v (%v)", f.Name, there, seen, err)
		}
		again, _ := run(t, f.Name, export.Options{Version: "pressmark test"}, memstore.New(), storm(), undated())
		if a, b := read(t, filepath.Join(dir, "export.json")), read(t, filepath.Join(again, "export.json")); a != b {
			t.Errorf("%s: the same articles give other bytes:\n%s\n%s", f.Name, a, b)
		}
	}
}

func TestMarkdown(t *testing.T) {
	dir, m := run(t, "markdown", export.Options{}, memstore.New(), storm())
	_, body, _ := strings.Cut(read(t, filepath.Join(dir, m.Files[0].Path)), "\n---\n")
	want := `
# Storm \*and\* tide

See the [report](https://paper.example/a%281%29) **now**.

## What is lost

![The pier](images/ab/ab.jpg)

3. pier
   4. roof

> All gone.

| Town | m |
| --- | --- |
| A\|B | 3 |

` + "```\nx  y\n```" + `

**Tide**: water

[The night](https://video.example/1)
`
	if body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
}

func TestCSV(t *testing.T) {
	dir, _ := run(t, "csv", export.Options{BOM: true, Excel: true}, memstore.New(), storm(), undated())
	text := read(t, filepath.Join(dir, "articles.csv"))
	if !strings.HasPrefix(text, "\uFEFFid,url,") {
		t.Errorf("no byte order mark: %.20q", text)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{1, "published_utc", "2024-03-12 07:30:00"}, {1, "published_date", "2024-03-12"}, {1, "keywords", "storm|tide"},
		{1, "lead_image_key", "images/ab/ab.jpg"}, {2, "title", "'=1+1"}, {2, "text", "-5"}, {2, "published_utc", ""},
	} {
		if got := cell(c.row, c.name); got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.name, got, c.want)
		}
	}
}

func TestParquet(t *testing.T) {
	dir, _ := run(t, "parquet", export.Options{}, memstore.New(), storm(), undated())
	type row struct {
		Title        string     `parquet:"title"`
		PublishedUTC *time.Time `parquet:"published_utc,optional,timestamp(microsecond)"`
		Keywords     []string   `parquet:"keywords,list"`
	}
	rows, err := parquet.ReadFile[row](filepath.Join(dir, "articles/site=paper/month=2024-03/part-1.parquet"))
	if err != nil || len(rows) != 1 || rows[0].Title != "Storm *and* tide" || rows[0].PublishedUTC.UTC().Format(time.RFC3339) != "2024-03-12T07:30:00Z" || len(rows[0].Keywords) != 2 {
		t.Errorf("dated: %+v, %v", rows, err)
	}
	rows, err = parquet.ReadFile[row](filepath.Join(dir, "articles/site=paper/month=unknown/part-1.parquet"))
	if err != nil || len(rows) != 1 || rows[0].PublishedUTC != nil {
		t.Errorf("undated: %+v, %v", rows, err)
	}
}

// captured writes a capture of two pages and lets the articles point at them.
func captured(t *testing.T, store storage.Store, articles ...*article.Article) {
	t.Helper()
	var buf bytes.Buffer
	w, err := warc.NewWriter(&buf, warc.Options{File: "paper-1.warc.gz", Date: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	key := storage.WARCKey("paper", "20240312-1", 1)
	for _, a := range articles {
		loc, err := w.Write(exchange(a.URL))
		if err != nil {
			t.Fatal(err)
		}
		a.Capture = article.Capture{Fetched: "2024-03-12T09:00:00Z", Status: 200, FinalURL: a.URL, WARC: key, Offset: loc.Offset, Length: loc.Length}
	}
	ctx := context.Background()
	if err := errors.Join(store.Put(ctx, key, buf.Bytes(), storage.TypeWARC), store.Put(ctx, storage.CDXJKey(key), w.Index(), storage.TypeCDXJ)); err != nil {
		t.Fatal(err)
	}
}

// TestWACZParts: an article of three parts has three pages with their captures, those
// of another run's file included, and each capture is the one nearest in time.
func TestWACZParts(t *testing.T) {
	store, a, other := memstore.New(), storm(), undated()
	a.Pages = []string{a.URL, a.URL + "?page=2", a.URL + "?page=3", a.URL + "?page=4"}
	capturesOf(t, store, "20240312-1", time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC), a.Pages[0], a.Pages[1], other.URL)
	capturesOf(t, store, "20240401-1", time.Date(2024, 4, 1, 9, 0, 0, 0, time.UTC), a.Pages[1], a.Pages[2])
	captured(t, store, a)
	f, _ := export.Find("wacz")
	dir := t.TempDir()
	if _, err := export.Run(t.Context(), store, f, items(t, a), export.ToFolder(dir), export.Options{}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(dir, "archive.wacz"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	in, err := z.Open("pages/pages.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(pages)) {
		var p struct{ URL, TS, Title string }
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		if p.URL != "" {
			got = append(got, p.URL+" "+p.TS+" "+p.Title)
		}
	}
	want := []string{a.Pages[0] + " 2024-03-12T09:00:00Z " + a.Title, a.Pages[1] + " 2024-03-12T09:00:00Z " + a.Title + " (part 2 of 4)", a.Pages[2] + " 2024-04-01T09:00:00Z " + a.Title + " (part 3 of 4)"}
	if !slices.Equal(got, want) {
		t.Errorf("pages\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	in, err = z.Open("archive/pressmark.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	var records []string
	for r := warc.NewReader(in); ; {
		rec, err := r.Next()
		if err != nil {
			break
		}
		records = append(records, rec.URL())
	}
	if !slices.Equal(records, a.Pages[:3]) {
		t.Errorf("records %q", records)
	}
}

// capturesOf writes a capture file of a run.
func capturesOf(t *testing.T, store storage.Store, run string, at time.Time, urls ...string) {
	t.Helper()
	var buf bytes.Buffer
	w, err := warc.NewWriter(&buf, warc.Options{File: run + ".warc.gz", Date: at})
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range urls {
		x := exchange(url)
		x.Started = at
		if _, err := w.Write(x); err != nil {
			t.Fatal(err)
		}
	}
	key := storage.WARCKey("paper", run, 2)
	if err := errors.Join(store.Put(t.Context(), key, buf.Bytes(), storage.TypeWARC), store.Put(t.Context(), storage.CDXJKey(key), w.Index(), storage.TypeCDXJ)); err != nil {
		t.Fatal(err)
	}
}

func exchange(url string) *warc.Exchange {
	return &warc.Exchange{URL: url, Started: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC), RequestHead: []byte("GET / HTTP/1.1\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), ResponseBody: []byte("<p>" + url)}
}

func TestWACZ(t *testing.T) {
	store, a, b, left := memstore.New(), storm(), undated(), undated()
	captured(t, store, a, b, left)
	dir, m := run(t, "wacz", export.Options{Title: "Two pages"}, store, a, b)
	z, err := zip.OpenReader(filepath.Join(dir, "archive.wacz"))
	if err != nil || m.Articles != 2 {
		t.Fatal(m, err)
	}
	defer z.Close()
	part := map[string][]byte{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if part[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
		if f.Method != zip.Store && !strings.HasPrefix(f.Name, "datapackage") {
			t.Errorf("%s is compressed", f.Name)
		}
	}
	var pack struct {
		Profile   string `json:"profile"`
		Resources []struct {
			Path, Hash string
			Bytes      int
		}
	}
	if err := json.Unmarshal(part["datapackage.json"], &pack); err != nil || pack.Profile != "data-package" || len(pack.Resources) != 4 {
		t.Errorf("datapackage: %+v, %v", pack, err)
	}
	for _, r := range pack.Resources {
		sum := sha256.Sum256(part[r.Path])
		if r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != len(part[r.Path]) {
			t.Errorf("%s is not as datapackage.json says", r.Path)
		}
	}
	zr, err := gzip.NewReader(bytes.NewReader(part["indexes/index.cdx.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for e, err := range warc.ReadIndex(zr) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		rec, err := warc.ReadAt(bytes.NewReader(part["archive/"+e.File]), e.Offset, e.Length)
		if err != nil || rec == nil {
			t.Errorf("no record where the index says: %+v, %v", e, err)
		}
		if !strings.Contains(string(part["pages/pages.jsonl"]), `"url":"`+e.URL+`","ts":"`+e.Time.Format("2006-01-02T15:04:05Z")+`"`) {
			t.Errorf("pages.jsonl does not name %s at %v", e.URL, e.Time)
		}
	}
	if n != 2 {
		t.Errorf("%d captures, want the 2 that were selected of 3", n)
	}
	f, _ := export.Find("wacz")
	if _, err := export.Run(context.Background(), store, f, items(t, storm()), export.ToFolder(t.TempDir()), export.Options{}); err == nil || !strings.Contains(err.Error(), "--warc") {
		t.Errorf("an export without captures: %v", err)
	}
}

// TestUnread exports what can be read and returns the error of the rest.
func TestUnread(t *testing.T) {
	broken := errors.New("broken")
	all := func(yield func(export.Item, error) bool) {
		if !yield(export.Item{}, broken) {
			return
		}
		items(t, storm())(yield)
	}
	var out bytes.Buffer
	f, _ := export.Find("jsonl")
	m, err := export.Run(context.Background(), memstore.New(), f, all, export.Stdout(&out), export.Options{})
	if !errors.Is(err, broken) || m.Articles != 1 || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("%v, %+v, %q", err, m, out.String())
	}
}

// failing is a sink whose files cannot be written.
type failing struct{ export.Sink }

func (failing) Create(string) (export.Sinkfile, error) { return nil, errors.New("disk full") }

func TestSinks(t *testing.T) {
	f, _ := export.Find("jsonl")
	if _, err := export.Run(context.Background(), memstore.New(), f, items(t, storm()), failing{}, export.Options{}); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("a full disk: %v", err)
	}
	name := filepath.Join(t.TempDir(), "a.jsonl.gz")
	if _, err := export.Run(context.Background(), memstore.New(), f, items(t, storm()), export.ToFile(name), export.Options{}); err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(strings.NewReader(read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || !bytes.HasPrefix(body, []byte(`{"site":"paper","seq":7,`)) {
		t.Errorf("%.60q, %v", body, err)
	}
	store := memstore.New()
	csvFormat, _ := export.Find("csv")
	if _, err := export.Run(context.Background(), store, csvFormat, items(t, storm()), export.ToStore(context.Background(), store, "out", true), export.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"out/articles.csv", "out/images.csv", "out/links.csv", "out/export.json"} {
		if _, err := store.Stat(context.Background(), key); err != nil {
			t.Error(err)
		}
	}
}

// TestHTML: an export of pages has all that it names in itself, runs no foreign
// script, and has every text for its search.
func TestHTML(t *testing.T) {
	evil := undated()
	evil.Title, evil.Text = `</script><script>alert(1)</script>`, `</script><img onerror=alert(1)>`
	evil.Body = []article.Block{{Type: article.Paragraph, Text: `a<b> & "c"`, Marks: []article.Mark{{Start: 0, End: 4, Type: article.MarkStrong}, {Start: 2, End: 6, Type: article.MarkEmphasis}, {Start: 0, End: 1, Type: article.MarkLink, Href: "javascript:alert(1)"}}}}
	store := memstore.New()
	if err := store.Put(t.Context(), "images/ab/ab.jpg", []byte("picture"), "image/jpeg"); err != nil {
		t.Fatal(err)
	}
	dir, m := run(t, "html", export.Options{Title: "A & B"}, store, storm(), evil)
	if len(m.Files) != 8 {
		t.Errorf("files %+v", m.Files)
	}
	page := read(t, dir+"/paper/"+storm().ID+".html")
	for _, want := range []string{`<h1>Storm *and* tide</h1>`, `See the <a href="https://paper.example/a(1)" rel="noreferrer nofollow">report</a> <strong>now</strong>.`, `<h2>What is lost</h2>`,
		`<img src="../images/ab/ab.jpg"`, `The pier · Bo Day</figcaption>`, `<ol><li>pier</li><li class=l1>roof</li></ol>`, `<th>Town</th>`, `<td>A|B</td>`, `<pre>x  y</pre>`, `<dt>Tide</dt><dd>water</dd>`,
		`<a href="https://video.example/1" rel="noreferrer nofollow">The night</a>`, `<blockquote><p>All gone.</p></blockquote>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if got := read(t, dir+"/images/ab/ab.jpg"); got != "picture" {
		t.Errorf("the picture is %q", got)
	}
	page = read(t, dir+"/paper/"+evil.ID+".html")
	if strings.Contains(page, "<script") || strings.Contains(page, "javascript:") || !strings.Contains(page, `<strong>a</strong><strong>&lt;</strong><em><strong>b&gt;</strong></em><em> &amp;</em>`) {
		t.Errorf("a page of foreign texts:\n%s", page)
	}
	script := read(t, dir+"/search/0.js")
	var entries []struct{ U, T, X string }
	if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimPrefix(script, "pressmark("), ");\n")), &entries); err != nil || strings.Contains(script, "</script>") {
		t.Fatalf("%v in %s", err, script)
	}
	if len(entries) != 2 || entries[0].U != "paper/"+storm().ID+".html" || entries[1].T != evil.Title || !strings.Contains(entries[0].X, "report") {
		t.Errorf("the search has %+v", entries)
	}
	if index := read(t, dir+"/index.html"); !strings.Contains(index, "<title>A &amp; B</title>") || !strings.Contains(index, `data-chunks="1"`) {
		t.Errorf("the index is %s", index)
	}
	f, _ := export.Find("html")
	if _, err := export.Run(t.Context(), store, f, items(t, storm()), export.Stdout(io.Discard), export.Options{}); err == nil {
		t.Error("pages were written to one place")
	}
}
