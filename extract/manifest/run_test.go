package manifest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
	"pressmark/extract/manifest"
)

// run extracts the saved pages of a manifest.
func run(ctx context.Context, x *extract.Extractor, in string, open manifest.Open, w io.Writer) error {
	return manifest.Run(ctx, manifest.Saved(strings.NewReader(in), open), manifest.One(x), w, manifest.Format{Links: true, EscapeHTML: true})
}

func TestRunSaved(t *testing.T) {
	var in strings.Builder
	const pages = 60
	for n := range pages {
		fmt.Fprintf(&in, `{"id":"p%d","url":"https://e.example/a/%d.html","path":"%d"}`+"\n", n, n, n)
	}
	in.WriteString("not json\n\n")
	var links strings.Builder
	for n := range 16 {
		fmt.Fprintf(&links, "<li><a href=/2024/0501/c%d38271.html>The council meets about bridge number %d</a></li>", 10+n, n)
	}
	open := func(path string) ([]byte, error) {
		switch path {
		case "7":
			return nil, errors.New("disk gone")
		case "8":
			return []byte("<title>404 Not Found</title><p>nothing here</p>"), nil
		case "9":
			return bytes.Repeat([]byte(" "), 17<<20), nil
		case "12":
			return []byte("<title>News</title><a href=/sport/>Sport</a><ul>" + links.String() + "</ul>"), nil
		case "10":
			return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"), nil
		case "11":
			return []byte("\x01\x9c\x00\xf3 noise, and no page \x02\x7f"), nil
		}
		return []byte("<title>River " + path + "</title><h1>River " + path + "</h1>" + paragraphs(one, two, three)), nil
	}
	var out bytes.Buffer
	if err := run(t.Context(), extract.New(extract.Options{}), in.String(), open, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != pages+1 {
		t.Fatalf("%d lines, want %d", len(lines), pages+1)
	}
	codes := map[int]string{7: "unreadable", 8: "error_page", 9: "too_large", 10: "not_html", 11: "not_html", 12: "list", pages: "bad_line"}
	for n, line := range lines {
		var got struct {
			ID      string
			Article *struct{ Title string }
			Error   *struct{ Code, Message string }
			Links   []struct{ URL, Text string } `json:"article_links"`
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		if want := fmt.Sprint("p", n); n < pages && got.ID != want {
			t.Errorf("line %d: id %s", n, got.ID)
		}
		switch code := codes[n]; {
		case code != "" && (got.Error == nil || got.Error.Code != code):
			t.Errorf("line %d: %s, want error %s", n, line, code)
		case code == "" && (got.Article == nil || got.Article.Title != fmt.Sprint("River ", n)):
			t.Errorf("line %d: %s", n, line)
		}
		switch {
		case n != 12 && got.Links != nil, n == 12 && len(got.Links) != 16:
			t.Errorf("line %d: links %v", n, got.Links)
		case n == 12 && (got.Links[15].URL != "https://e.example/2024/0501/c2538271.html" || got.Links[15].Text != "The council meets about bridge number 15"):
			t.Errorf("line %d: link %v", n, got.Links[15])
		}
	}
	if last := lines[pages]; !strings.Contains(last, "line 61: ") {
		t.Errorf("the bad line's number is not told: %s", last)
	}
}

func decode(t *testing.T, line string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), into); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("pipe closed") }

func TestRunEnds(t *testing.T) {
	in := strings.Repeat(`{"id":"x","path":"x"}`+"\n", 2000)
	open := func(string) ([]byte, error) { return []byte("<title>River</title>" + paragraphs(one, two, three)), nil }
	x := extract.New(extract.Options{})
	if err := run(t.Context(), x, in, open, brokenWriter{}); err == nil {
		t.Error("a broken writer gave no error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := run(ctx, x, in, open, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

// TestLearn reads a manifest whose site prints an appeal of its own
// under every article: what repeats goes, in whatever order the lines come, and
// a site of two pages teaches nothing.
func TestLearn(t *testing.T) {
	var lines []string
	pages := map[string]string{}
	add := func(host string, n int) {
		p := sitePage(n)
		url := strings.Replace(p.URL, "echo.example", host, 1)
		pages[url] = string(p.Body)
		lines = append(lines, fmt.Sprintf(`{"id":%q,"url":%q,"path":%q}`, url, url, url))
	}
	for n := range 5 {
		add([]string{"www.echo.example", "m.echo.example"}[n%2], n)
	}
	add("gazette.example", 5)
	add("gazette.example", 6)
	lines = append(lines, "not json", `{"id":"x","url":"https://www.echo.example/gone","path":"gone"}`)
	open := func(path string) ([]byte, error) {
		if pages[path] == "" {
			return nil, errors.New("no such page")
		}
		return []byte(pages[path]), nil
	}
	texts := func() map[string]string {
		in, x := strings.Join(lines, "\n"), extract.New(extract.Options{})
		sites, err := manifest.Learn(t.Context(), x, strings.NewReader(in), open)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := run(t.Context(), x.WithSites(sites), in, open, &out); err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		for line := range strings.Lines(out.String()) {
			var got struct {
				ID      string
				Article *struct{ Text string }
			}
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatal(err)
			}
			if got.Article != nil {
				texts[got.ID] = got.Article.Text
			}
		}
		return texts
	}
	first := texts()
	if len(first) != len(pages) {
		t.Fatalf("%d articles, want %d", len(first), len(pages))
	}
	for id, text := range first {
		if has := strings.Contains(text, "written by people"); has != strings.Contains(id, "gazette") {
			t.Errorf("%s: appeal in the text: %v", id, has)
		}
		if strings.Count(text, "roofs") != 4 {
			t.Errorf("%s: text lost: %s", id, text)
		}
	}
	slices.Reverse(lines)
	if diff := cmp.Diff(first, texts()); diff != "" {
		t.Errorf("another order of lines gives other articles:\n%s", diff)
	}
}

// TestSavedHeaders reads the headers that a manifest keeps of the responses.
func TestSavedHeaders(t *testing.T) {
	open := func(string) ([]byte, error) {
		// Windows-1251 for "Река": only the Content-Type header says so.
		return []byte("<title>\xd0\xe5\xea\xe0</title><h1>\xd0\xe5\xea\xe0</h1>" + paragraphs(one, two, three)), nil
	}
	cases := []struct{ line, want string }{
		{`{"id":"a","url":"https://news.example/a","path":"a","headers":{"content-type":"text/html; charset=windows-1251","X-Robots-Tag":["noai","gptbot: noindex"]}}`,
			`"title":"Река"|"opt_outs":[{"source":"header x-robots-tag","value":"noai"},{"source":"header x-robots-tag","value":"gptbot: noindex"}]`},
		{`{"id":"a","url":"https://news.example/a","path":"a","headers":null}`, `"id":"a","article"`},
		{`{"id":"a","url":"https://news.example/a","path":"a","headers":{"x":1}}`, `"code":"bad_line"|headers: x: neither a text nor a list of texts`},
	}
	for _, c := range cases {
		var out bytes.Buffer
		if err := run(t.Context(), extract.New(extract.Options{}), c.line, open, &out); err != nil {
			t.Fatal(err)
		}
		for _, want := range strings.Split(c.want, "|") {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s\ngives %s\nwithout %s", c.line, out.String(), want)
			}
		}
	}
}
