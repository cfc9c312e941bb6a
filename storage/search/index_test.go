package search_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/corpus"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
	"pressmark/storage/search"
)

// paper is an archive that tests fill.
type paper struct {
	t     *testing.T
	store storage.Store
	now   time.Time
}

func newPaper(t *testing.T) *paper {
	return &paper{t: t, store: memstore.New(), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

// piece makes an article; a text of several lines has several paragraphs.
func piece(path, title, published, text string) *article.Article {
	a := &article.Article{
		Schema: article.SchemaVersion, URL: "https://paper.example/" + path, Language: "en", Title: title,
		Credits: article.Credits{Source: "The Paper", Authors: []string{"Ann Lee"}, Editors: []string{}, Lines: []string{}},
		Body:    []article.Block{}, Images: []article.Image{}, Pages: []string{}, Evidence: map[string]string{}, Warnings: []string{}, Revision: 1,
	}
	a.ID = article.ID(a.URL)
	if published != "" {
		a.Published = &published
	}
	for line := range strings.Lines(text) {
		a.Body = append(a.Body, article.Block{Type: article.Paragraph, Text: strings.TrimSpace(line)})
	}
	return a
}

// commit writes articles with the outcome; revisions above 1 are revised.
func (p *paper) commit(site string, outcome ledger.Outcome, articles ...*article.Article) {
	p.t.Helper()
	ctx := context.Background()
	log, err := storage.NewArchive(p.store, storage.Options{}).OpenSite(ctx, site)
	if err != nil {
		p.t.Fatal(err)
	}
	var b storage.Batch
	p.now = p.now.Add(time.Hour)
	for _, a := range articles {
		a.Site, a.Text = site, article.RenderText(a)
		a.ContentHash = article.ContentHash(a)
		rec := ledger.Record{Time: p.now, URL: a.URL, ID: a.ID, Outcome: outcome, Title: a.Title, Captured: p.now}
		if outcome == ledger.Gone {
			rec.Reason = "http_410"
		} else {
			body, err := article.Encode(a)
			if err != nil {
				p.t.Fatal(err)
			}
			rec.Article, rec.Revision, rec.ContentHash = log.ArticleKey(a.ID), a.Revision, a.ContentHash
			if outcome == ledger.Revised {
				rec.Reason = ledger.ReasonContent
			}
			b.Articles = append(b.Articles, storage.Object{Key: rec.Article, Body: body, MediaType: storage.TypeJSON})
		}
		b.Records = append(b.Records, rec)
	}
	if err := log.Commit(ctx, b); err != nil {
		p.t.Fatal(err)
	}
}

func (p *paper) index() *search.Index {
	p.t.Helper()
	x, err := search.Open(context.Background(), filepath.Join(p.t.TempDir(), "index.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { x.Close() })
	p.catchUp(x)
	return x
}

func (p *paper) catchUp(x *search.Index) {
	p.t.Helper()
	if err := x.CatchUp(context.Background(), corpus.Open(p.store), nil); err != nil {
		p.t.Fatal(err)
	}
}

// find returns the paths of the hits, newest first.
func find(t *testing.T, x *search.Index, query string) []string {
	t.Helper()
	return paths(ask(t, x, query, search.Options{}).Hits)
}

func ask(t *testing.T, x *search.Index, query string, opt search.Options) search.Result {
	t.Helper()
	q, err := search.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Find(context.Background(), q, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func paths(hits []search.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, strings.TrimPrefix(h.URL, "https://paper.example/"))
	}
	return out
}

func sample(t *testing.T) *paper {
	p := newPaper(t)
	storm := piece("storm", "Storm hits the harbour", "2024-03-05T10:00:00+01:00", "The old café at the pier lost its roof.\nNobody was hurt.")
	storm.Images = []article.Image{{ID: "1", URL: "https://paper.example/1.jpg", Caption: article.Optional("Boats in the mud"), Status: article.ImageMissing}}
	lights := piece("lights", "江边灯会今晚开幕", "2024-02-24", "市民可以免费参观。税务局提醒。")
	lights.Language, lights.Credits.Source, lights.Credits.Authors = "zh", "江报", []string{"林八一"}
	undated := piece("about", "Who we are", "", "A paper for the harbour town.")
	old := piece("old", "The ferry", "2019-12-31T23:59:00-08:00", "The ferry to the pier is late.")
	old.Section, old.Warnings = "Sport", []string{"not_free: a box says so"}
	p.commit("paper", ledger.Archived, storm, lights, undated)
	p.commit("other", ledger.Archived, old)
	return p
}

func TestFind(t *testing.T) {
	x := sample(t).index()
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"", []string{"about", "storm", "lights", "old"}},
		{"harbour", []string{"about", "storm"}},
		{"HARBOUR -storm", []string{"about"}},
		{"cafe", []string{"storm"}},
		{`"the old café"`, []string{"storm"}},
		{`"old the café"`, []string{}},
		{"title:harbour", []string{"storm"}},
		{"caption:mud", []string{"storm"}},
		{"body:mud", []string{}},
		{"灯会", []string{"lights"}},
		{"灯今", []string{}},
		{"税", []string{"lights"}},
		{"author:林八一", []string{"lights"}},
		{"source:江报", []string{"lights"}},
		{"section:sport", []string{"old"}},
		{"site:other", []string{"old"}},
		{"-site:other pier", []string{"storm"}},
		{"year:2024", []string{"storm", "lights"}},
		{"year:2019", []string{"old"}},
		{"year:2024-02", []string{"lights"}},
		{"year:2019..2024 -year:2024-03", []string{"lights", "old"}},
		{"language:zh", []string{"lights"}},
		{"warning:not_free", []string{"old"}},
		{"is:undated", []string{"about"}},
		{"is:missing", []string{"storm"}},
		{"-harbour", []string{"lights", "old"}},
		{"…", []string{"about", "storm", "lights", "old"}},
	} {
		if got := find(t, x, c.query); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %v, want %v", c.query, got, c.want)
		}
	}
}

func TestCounts(t *testing.T) {
	x := sample(t).index()
	r := ask(t, x, "pier", search.Options{Facets: true, Order: search.Oldest})
	if got := paths(r.Hits); !slices.Equal(got, []string{"old", "storm"}) || r.Total != 2 || r.Searched != 4 || r.AtLeast {
		t.Errorf("hits %v, total %d of %d, at least %v", got, r.Total, r.Searched, r.AtLeast)
	}
	if want := []search.Count{{Value: "2019-12", N: 1}, {Value: "2024-03", N: 1}}; !reflect.DeepEqual(r.Months, want) {
		t.Errorf("months %v, want %v", r.Months, want)
	}
	if want := []search.Count{{Value: "Ann Lee", N: 2}}; !reflect.DeepEqual(r.Facets["author"], want) {
		t.Errorf("authors %v, want %v", r.Facets["author"], want)
	}
	all := ask(t, x, "", search.Options{Facets: true})
	if want := []search.Count{{Value: "paper", N: 3}, {Value: "other", N: 1}}; !reflect.DeepEqual(all.Facets["site"], want) {
		t.Errorf("sites %v, want %v", all.Facets["site"], want)
	}
	if got := paths(ask(t, x, "the harbour", search.Options{Order: search.Relevance, Limit: 1}).Hits); len(got) != 1 {
		t.Errorf("by relevance, one hit: %v", got)
	}
}

// TestCatchUp changes the archive and compares the index that follows with one
// that is made anew.
func TestCatchUp(t *testing.T) {
	p := sample(t)
	x := p.index()
	moved := piece("storm", "Storm spares the harbour", "2024-03-06", "All boats are safe.")
	moved.Revision = 2
	p.commit("paper", ledger.Revised, moved)
	p.commit("other", ledger.Gone, piece("old", "The ferry", "", ""))
	p.commit("third", ledger.Archived, piece("new", "A new paper", "2025-01-01", "Hello."))
	p.catchUp(x)
	fresh := p.index()
	for _, query := range []string{"", "harbour", "boats", "roof", "is:revised", "is:gone", "site:third", "year:2024", "pier"} {
		got, want := ask(t, x, query, search.Options{Facets: true}), ask(t, fresh, query, search.Options{Facets: true})
		if fmt.Sprint(paths(got.Hits)) != fmt.Sprint(paths(want.Hits)) || !reflect.DeepEqual(got.Facets, want.Facets) || !reflect.DeepEqual(got.Months, want.Months) {
			t.Errorf("%q: an index that followed gives\n%+v\na new one\n%+v", query, got, want)
		}
	}
	if got := find(t, x, "roof"); len(got) != 0 {
		t.Errorf("the replaced text is found still: %v", got)
	}
	if got := find(t, x, "is:gone"); !slices.Equal(got, []string{"old"}) {
		t.Errorf("gone: %v", got)
	}
	for info, err := range p.store.List(context.Background(), "log/third/", "") {
		if err != nil {
			t.Fatal(err)
		}
		if err := p.store.Delete(context.Background(), info.Key); err != nil {
			t.Fatal(err)
		}
	}
	p.catchUp(x)
	if got := find(t, x, "site:third"); len(got) != 0 {
		t.Errorf("a site that is gone is found still: %v", got)
	}
}

func TestOtherFileIsReplaced(t *testing.T) {
	p := sample(t)
	path := filepath.Join(t.TempDir(), "index.db")
	if err := writeFile(path, "this is no index, but a text that is long enough to be taken for a page of something"); err != nil {
		t.Fatal(err)
	}
	x, err := search.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	p.catchUp(x)
	if got := find(t, x, "ferry"); !slices.Equal(got, []string{"old"}) {
		t.Errorf("found %v", got)
	}
}

func TestStories(t *testing.T) {
	p := newPaper(t)
	var words []string
	for i := range 120 {
		words = append(words, fmt.Sprintf("word%d", i*i%97))
	}
	text := strings.Join(words, " ")
	p.commit("one", ledger.Archived, piece("first", "Agency text", "2024-01-01T08:00:00Z", text))
	p.commit("two", ledger.Archived, piece("second", "The same elsewhere", "2024-01-01T09:00:00Z", text+" more"))
	p.commit("two", ledger.Archived, piece("other", "Something else", "2024-01-01T10:00:00Z", strings.Repeat("quite another text of many words ", 20)))
	x := p.index()
	h, err := x.Article(context.Background(), "two", article.ID("https://paper.example/second"))
	if err != nil {
		t.Fatal(err)
	}
	story, err := x.Story(context.Background(), h)
	if err != nil || !slices.Equal(paths(story), []string{"first", "second"}) {
		t.Errorf("story: %v, %v", paths(story), err)
	}
}

func TestSnippet(t *testing.T) {
	show := func(spans []search.Span) string {
		var b strings.Builder
		for _, s := range spans {
			if s.Mark {
				b.WriteString("[" + s.Text + "]")
			} else {
				b.WriteString(s.Text)
			}
		}
		return b.String()
	}
	for _, c := range []struct {
		text  string
		words []string
		want  string
	}{
		{"The old Café is closed.", []string{"cafe"}, "The old [Café] is closed."},
		{"Cafeteria and café", []string{"cafe"}, "Cafeteria and [café]"},
		{"江边灯会今晚开幕", []string{"灯会"}, "江边[灯会]今晚开幕"},
		{"서울시 하늘 한강", []string{"하"}, "서울시 [하]늘 한강"},
		{"A long road, and the end", []string{"road and the"}, "A long [road, and the] end"},
		{"0123456789 0123456789 0123456789 word 0123456789 0123456789 0123456789", []string{"word"}, "… 0123456789 [word] 0123456789 0123456789…"},
		{"nothing here", []string{"word"}, "nothing here"},
	} {
		if got := show(search.Snippet(c.text, c.words, 38)); got != c.want {
			t.Errorf("Snippet(%q, %q) = %q, want %q", c.text, c.words, got, c.want)
		}
	}
	lines := search.Concordance("one storm and another storm", []string{"storm"}, 4)
	if len(lines) != 2 || lines[0] != (search.Line{Left: "one ", Word: "storm", Right: " and"}) {
		t.Errorf("Concordance: %+v", lines)
	}
}
