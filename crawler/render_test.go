package crawler_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/render"
	"pressmark/crawler/replay"
	"pressmark/crawler/testweb/apps"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/manifest"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// chromium returns a renderer of the installed Chromium. Without one the test is skipped,
// loudly, unless PRESSMARK_BROWSER=required, which .ci/browser_check.sh sets.
func chromium(t *testing.T) *render.Renderer {
	t.Helper()
	path, err := render.Find()
	switch {
	case err == nil:
	case os.Getenv("PRESSMARK_BROWSER") == "required":
		t.Fatal(err)
	default:
		t.Skip("NOT TESTED IN A BROWSER: there is no Chromium. `apt-get install chromium`, or run .ci/browser_check.sh, which installs it")
	}
	r := render.New(render.Options{Path: path})
	t.Cleanup(r.Close)
	return r
}

func (p newspaper) serveApp(files map[string]apps.File) {
	for path, f := range files {
		p.Set(path, sheet{Serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", f.Type)
			_, _ = w.Write([]byte(f.Body))
		}})
	}
}

// TestRendered: pages that are empty without scripts are archived as a browser shows
// them; every request is in the log and in the captures; the DOM is read again without
// a browser, byte for byte.
func TestRendered(t *testing.T) {
	browser := chromium(t)
	p, dir := startPaper(t), t.TempDir()
	stories := apps.Stories(3)
	p.serveApp(apps.XHR(stories))
	var paths []string
	for _, s := range stories {
		paths = append(paths, s.Path)
	}
	p.Set("/", list("", paths...))
	sites, err := configs.Load(p.config(t, "  - {url: 'URL/', type: page}\n"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(at time.Time, o func(*crawler.Options)) crawler.Summary {
		p.Requests()
		return p.RunCaptures(t, at, dir, crawler.PlanSite(sites[0]), crawler.Terms{Depth: -1}, o)
	}
	now := time.Now()
	if s := run(now, nil); s.Archived != 0 || s.Skipped != 3 {
		t.Fatalf("without a browser: %+v", s)
	}
	if rec := p.Log(t, dir)[paths[0]]; rec.Reason != string(article.KindShell) {
		t.Fatalf("without a browser: %+v", rec)
	}
	with := func(o *crawler.Options) { o.Browser = browser }
	s := run(now.Add(time.Minute), with)
	if s.Archived != 3 {
		t.Fatalf("%+v", s)
	}
	asked := p.Requests()
	want := []string{"/", "/app.js"}
	for _, path := range paths {
		want = append(want, path, "/api"+path+".json")
	}
	slices.Sort(want)
	if !slices.Equal(asked, want) {
		t.Errorf("the server was asked for %q, want %q", asked, want)
	}
	log, in := p.Log(t, dir), captured(t, dir)
	for _, path := range want[1:] {
		if rec := log[path]; rec.Outcome != ledger.Archived || !slices.Contains(in[p.URL+path], "response") {
			t.Errorf("%s: %+v, captured as %v", path, rec, in[p.URL+path])
		}
	}
	for i, path := range paths {
		a := p.Article(t, dir, path)
		r := a.Capture.Rendered
		if a.Title != stories[i].Title || len(a.Body) != 5 || r == nil || !r.Settled || !strings.Contains(r.Browser, "/") || r.WARC != a.Capture.WARC {
			t.Errorf("%s: %+v %+v", path, a, r)
		}
		if !slices.Contains(in[p.URL+path], "conversion") || log[path].Rendered != r.Browser {
			t.Errorf("%s: captured as %v, logged as %+v", path, in[p.URL+path], log[path])
		}
	}
	checkReread(t, p, dir, paths)
}

// checkReread extracts the captures and compares the articles with the archived ones.
func checkReread(t *testing.T, p newspaper, dir string, paths []string) {
	t.Helper()
	store, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	files, err := crawler.CapturesIn(t.Context(), store, "")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	site := configs.Site{Name: "paper", Language: "en", Timezone: zone}
	x := extract.New(crawler.ExtractOptions(&site, nil, "test"))
	found := map[string]*article.Article{}
	pages := crawler.Captured(t.Context(), replay.New(files))
	if err := manifest.Each(t.Context(), pages, manifest.One(x), func(m *manifest.Page, o manifest.Outcome) error {
		if o.Article != nil {
			found[o.Article.URL] = o.Article
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		old, again := p.Article(t, dir, path), found[p.URL+path]
		if again == nil {
			t.Errorf("%s was not read again", path)
			continue
		}
		again.Revision, again.Pages = old.Revision, old.Pages
		if again.Capture.Robots = old.Capture.Robots; !bytes.Equal(encoded(t, old), encoded(t, again)) {
			t.Errorf("read again:\n%s\narchived:\n%s", encoded(t, again), encoded(t, old))
		}
	}
}

func encoded(t *testing.T, a *article.Article) []byte {
	t.Helper()
	b, err := article.Encode(a)
	if err != nil || !json.Valid(b) {
		t.Fatal(err)
	}
	return b
}
