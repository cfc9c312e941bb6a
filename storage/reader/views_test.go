package reader_test

import (
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestWordsInContext: the file has a row for each place of a word, in all articles, and
// no cell that a spreadsheet would run.
func TestWordsInContext(t *testing.T) {
	shelf := library(t)
	srv := shelf.serve()
	resp, body := get(t, srv, "/kwic?q="+url.QueryEscape("灯会"))
	if got := resp.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Errorf("the type is %s", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"id", "site", "published", "title", "url", "left", "word", "right"}; !slices.Equal(rows[0], want) {
		t.Errorf("the head is %v", rows[0])
	}
	places := strings.Count(shelf.lanterns("xiangjiang").Text, "灯会")
	if len(rows)-1 != 2*places || places < 2 {
		t.Errorf("%d rows, want %d for each of two articles", len(rows)-1, places)
	}
	for _, row := range rows[1:] {
		if row[6] != "灯会" || row[2] != "2024-02-24" {
			t.Errorf("row %q", row)
		}
	}
	if !strings.HasSuffix(rows[1][5], "江边") || !strings.HasPrefix(rows[1][7], "在沿江") {
		t.Errorf("around the first place are %q and %q", rows[1][5], rows[1][7])
	}
	if resp, body := get(t, srv, "/kwic?q=site:xiangjiang"); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "no word") {
		t.Errorf("without a word the answer is %d", resp.StatusCode)
	}
}

// TestListNarrows: each condition of a query can be taken away, months are offered once
// the list is of one year, and a month takes the place of the year.
func TestListNarrows(t *testing.T) {
	srv := library(t).serve()
	_, all := get(t, srv, "/articles")
	_, year := get(t, srv, "/articles?q="+url.QueryEscape(`year:2023 author:"Ann Lee"`))
	link := func(query string) string { return "/articles?" + url.Values{"q": {query}}.Encode() }
	for _, want := range []string{link(`author:"Ann Lee"`), link("year:2023"), link(`author:"Ann Lee" year:"2023-10"`)} {
		if !strings.Contains(html.UnescapeString(year), want) {
			t.Errorf("the list of a year has no link to %s", want)
		}
	}
	if strings.Contains(all, "<h2>month</h2>") || !strings.Contains(year, "<h2>month</h2>") {
		t.Error("months are offered for several years, or not for one")
	}
	if strings.Contains(year, "<h2>author</h2>") {
		t.Error("the one author that is asked for is offered once more")
	}
}

// TestOverviews: the pages of stories, sites, pictures and completeness say what the
// archive has, and lead on.
func TestOverviews(t *testing.T) {
	shelf := library(t)
	srv := shelf.serve()
	for _, c := range []struct {
		path        string
		want, never []string
	}{
		{"/stories", []string{"2 articles on 2 sites", "which of the first ones was earlier", "/article/xiangjiang/"}, []string{"/article/al-mina/"}},
		{"/sites", []string{"<h1>4 sites</h1>", "/completeness?site=harbour-post", "/headlines?site=al-mina", `<td class="number">27</td>`}, nil},
		{"/pictures?q=site:xiangjiang", []string{"灯会现场", "in 2 articles"}, []string{"The café in the morning"}},
		{"/pictures?travelled=1", []string{"灯会现场", "first <time>2024-02-24"}, []string{"The café in the morning"}},
		{"/headlines?site=harbour-post", []string{"Storm tears roof off", "<del>"}, nil},
		{"/headlines?site=al-mina", []string{"No headline has changed."}, nil},
		{"/completeness?site=harbour-post", []string{"Completeness of harbour-post", "outcome=failed&amp;reason=http_503"}, []string{"al-mina"}},
		{"/completeness?site=harbour-post&outcome=failed&reason=*", []string{"failed-0-with", "/timeout/failed-", "http_503"}, nil},
		{"/?year=2023", []string{"2023-12-28: 1", `<a href="/?year=2024">2024</a>`, "last look at"}, []string{"2024-03-12: "}},
	} {
		_, body := get(t, srv, c.path)
		for _, want := range c.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", c.path, want)
			}
		}
		for _, never := range c.never {
			if strings.Contains(body, never) {
				t.Errorf("%s has %q", c.path, never)
			}
		}
	}
}
