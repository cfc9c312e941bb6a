package crawler_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/render"
	"pressmark/crawler/render/rendertest"
	"pressmark/crawler/replay"
	"pressmark/crawler/testweb/apps"
	"pressmark/crawler/testweb/paper"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/manifest"
	"pressmark/storage"
	"pressmark/storage/dirstore"
	"pressmark/storage/ledger"
)

// chromium returns a renderer of the installed Chromium.
func chromium(t *testing.T) *render.Renderer {
	t.Helper()
	r := render.New(render.Options{Path: rendertest.Chromium(t)})
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
	checkTakedown(t, p, dir, paths[0])
}

// checkTakedown removes an article: its page, its DOM and its data leave the captures,
// and verify has nothing to say before and after.
func checkTakedown(t *testing.T, p newspaper, dir, path string) {
	t.Helper()
	store := openFolder(t, dir)
	sound := func() {
		t.Helper()
		report, err := storage.Verify(t.Context(), store, storage.Thorough(nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range report.Problems {
			if !strings.HasPrefix(x.Key, "schema/") { // which the program writes
				t.Errorf("verify: %+v", x)
			}
		}
	}
	sound()
	before := captured(t, dir)
	if _, err := storage.NewArchive(store, storage.Options{}).Remove(t.Context(), "paper", []string{article.ID(p.URL + path)},
		storage.RemoveOptions{Reason: "asked for", Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	for url, kinds := range captured(t, dir) {
		if delete(before, url); url == p.URL+path || url == p.URL+"/api"+path+".json" {
			t.Errorf("%s is captured as %v", url, kinds)
		}
	}
	if len(before) != 2 {
		t.Errorf("left the captures: %v", before)
	}
	sound()
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
		again.Revision, again.Pages, again.Images = old.Revision, old.Pages, old.Images // which the crawl fetches
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

// TestRenderedApps: sites in the manner of what news sites are built with.
func TestRenderedApps(t *testing.T) {
	browser := chromium(t)
	sites := map[string]func([]apps.Story) map[string]apps.File{"XHR": apps.XHR, "React": apps.React, "Vue": apps.Vue, "Next": apps.Next, "custom elements": apps.Elements,
		"folded, lazy, without end": apps.Folded}
	for name, site := range sites {
		t.Run(name, func(t *testing.T) {
			p, dir := startPaper(t), t.TempDir()
			story := apps.Stories(1)[0]
			files := site([]apps.Story{story})
			p.serveApp(files)
			sum := p.showing(t, dir, story.Path, browser, "")
			if sum.Archived != 1 {
				t.Fatalf("%+v", sum)
			}
			a := p.Article(t, dir, story.Path)
			if a.Title != story.Title || *a.Published != story.Published[:10] && !strings.HasPrefix(*a.Published, story.Published[:19]) || !slices.Equal(a.Credits.Authors, []string{story.Author}) {
				t.Errorf("%q, %s, %q", a.Title, *a.Published, a.Credits.Authors)
			}
			for _, text := range strings.Split(story.Text, `\n`) {
				if !strings.Contains(a.Text, text) {
					t.Errorf("%q is not in\n%s", text, a.Text)
				}
			}
			if strings.Contains(a.Text, "Another story") {
				t.Errorf("further stories are in\n%s", a.Text)
			}
			if name == "folded, lazy, without end" && (len(a.Images) != 1 || !strings.HasSuffix(a.Images[0].URL, "/gate.jpg")) {
				t.Errorf("images: %+v", a.Images)
			}
			log := p.Log(t, dir)
			for _, asked := range p.Requests() {
				if _, known := log[asked]; !known && !strings.HasSuffix(asked, ".jpg") {
					t.Errorf("%s was asked for and is not in the log", asked)
				}
			}
			t.Logf("%d requests", sum.Requests)
			checkReread(t, p, dir, []string{story.Path})
		})
	}
}

// showing crawls one page with a browser. more is YAML of the site.
func (p newspaper) showing(t *testing.T, dir, path string, b *render.Renderer, more string) crawler.Summary {
	t.Helper()
	p.Set("/", list("", path))
	sites, err := configs.Load(p.config(t, "  - {url: 'URL/', type: page}\n"+more))
	if err != nil {
		t.Fatal(err)
	}
	return p.RunCaptures(t, time.Now(), dir, crawler.PlanSite(sites[0]), crawler.Terms{Depth: -1}, func(o *crawler.Options) {
		if o.Retry.Times = -1; b != nil {
			o.Browser = b
		}
	})
}

// TestRenderedWall: a consent wall is left standing, and is what becomes of its page.
func TestRenderedWall(t *testing.T) {
	p, dir := startPaper(t), t.TempDir()
	story := apps.Stories(1)[0]
	p.serveApp(apps.Walled([]apps.Story{story}))
	p.showing(t, dir, story.Path, chromium(t), "")
	if rec := p.Log(t, dir)[story.Path]; rec.Outcome != ledger.Failed || rec.Reason != string(article.KindConsent) || rec.Rendered == "" {
		t.Errorf("%+v", rec)
	}
	if asked := p.Requests(); slices.Contains(asked, "/consented.json") {
		t.Errorf("asked for %q", asked)
	}
}

// TestRenderNever: a site may forbid the browser, and may want it for every page.
func TestRenderNever(t *testing.T) {
	browser := chromium(t)
	story := apps.Stories(1)[0]
	for _, c := range []struct{ more, page, reason string }{{"render: never\n", "shell", string(article.KindShell)}, {"render: always\n", "whole", ""}, {"", "whole", ""}} {
		p, dir := startPaper(t), t.TempDir()
		p.serveApp(apps.XHR([]apps.Story{story}))
		path := story.Path
		if c.page == "whole" {
			path = "/2024/0301/council-takes-up-the-bridge-1.html"
			p.Set(path, paper.Story(1, "", ""))
		}
		p.showing(t, dir, path, browser, c.more)
		rec := p.Log(t, dir)[path]
		if rec.Reason != c.reason || (rec.Rendered != "") != (c.more == "render: always\n") {
			t.Errorf("%q: %+v", c.more, rec)
		}
	}
}

// TestRenderedFront: a front page that is empty without scripts is read as a list, again
// and again, though its bytes never change; and a story that changes is a revision.
func TestRenderedFront(t *testing.T) {
	browser := chromium(t)
	p, dir := startPaper(t), t.TempDir()
	stories := apps.Stories(4)
	serve := func(n int) {
		for path, f := range apps.Front(apps.XHR(stories[:n]), stories[:n]) {
			p.Set(path, sheet{Serve: func(w http.ResponseWriter, r *http.Request) {
				tag := `"` + strconv.Itoa(len(f.Body)) + `"`
				w.Header().Set("ETag", tag)
				if w.Header().Set("Content-Type", f.Type); r.Header.Get("If-None-Match") == tag {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				_, _ = w.Write([]byte(f.Body))
			}})
		}
	}
	serve(3)
	sites, err := configs.Load(p.config(t, "  - {url: 'URL/', type: page}\n"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	run := func(at time.Time) crawler.Summary {
		return p.RunCaptures(t, at, dir, crawler.PlanSite(sites[0]), crawler.Terms{Depth: -1}, func(o *crawler.Options) { o.Browser = browser })
	}
	if s := run(now); s.Archived != 3 || s.Discovered != 3 {
		t.Fatalf("%+v", s)
	}
	stories[0].Text = strings.Replace(stories[0].Text, "2 weeks", "9 weeks", 1)
	serve(4)
	if s := run(now.Add(2 * time.Hour)); s.Archived != 1 || s.Revised != 1 || s.Unchanged != 2 {
		t.Fatalf("%+v", s)
	}
	if a := p.Article(t, dir, stories[0].Path); a.Revision != 2 || !strings.Contains(a.Text, "9 weeks") {
		t.Errorf("%+v", a)
	}
}
