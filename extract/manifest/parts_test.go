package manifest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/manifest"
)

// parted is a source of files whose pages may be parts of one another: each page is
// named by the path of its URL.
type parted struct {
	files [][]string        // paths
	next  map[string]string // path of a page's next part
	cut   string            // path of a page that is not complete
	fails bool              // finding parts fails
}

const partsHost = "https://echo.example"

func (s *parted) page(file, number int) *manifest.Page {
	path := s.files[file][number]
	return &manifest.Page{
		Label: struct {
			At string `json:"at"`
		}{path}, Place: manifest.Place{File: fmt.Sprint(file), Number: number}, URL: partsHost + path,
		Load: func(context.Context) (manifest.Content, error) {
			body := "<title>Bridge</title><h1>Bridge</h1><div>" + paragraphs("Part "+path+". "+one, path+two, path+three) + "</div>"
			if next := s.next[path]; next != "" {
				body += "<a class=next rel=next href=" + next + ">Next page</a>"
			}
			c := manifest.Content{Page: article.Page{URL: partsHost + path, Body: []byte(body)}}
			if path == s.cut {
				c.Cut = "disconnect"
			}
			return c, nil
		},
		Part: func(_ context.Context, url string) (*manifest.Page, error) {
			if s.fails {
				return nil, errors.New("store gone")
			}
			for f := file; f < len(s.files); f++ {
				for n, path := range s.files[f] {
					if partsHost+path == url {
						return s.page(f, n), nil
					}
				}
			}
			return nil, nil
		},
	}
}

func (s *parted) pages() iter.Seq2[*manifest.Page, error] {
	return func(yield func(*manifest.Page, error) bool) {
		for f := range s.files {
			for n := range s.files[f] {
				if !yield(s.page(f, n), nil) {
					return
				}
			}
		}
	}
}

func TestRunJoinsParts(t *testing.T) {
	chain := map[string]string{"/2024/0301/a.html": "/2024/0301/a_2.html", "/2024/0301/a_2.html": "/2024/0301/a_3.html"}
	for _, tt := range []struct {
		name string
		src  parted
		want string // a line each: path and number of pages, or code
	}{
		{"in one file", parted{files: [][]string{{"/2024/0301/a.html", "/2024/0301/a_2.html", "/2024/0301/a_3.html", "/2024/0301/b.html"}}, next: chain},
			"/2024/0301/a.html 3, /2024/0301/b.html 1"},
		{"parts before their article", parted{files: [][]string{{"/2024/0301/a_3.html", "/2024/0301/a_2.html", "/2024/0301/a.html"}}, next: chain},
			"/2024/0301/a.html 3"},
		{"in files behind", parted{files: [][]string{{"/2024/0301/a.html"}, {"/2024/0301/b.html"}, {"/2024/0301/a_2.html"}, {"/2024/0301/a_3.html"}}, next: chain},
			"/2024/0301/a.html 3, /2024/0301/b.html 1"},
		{"a part is missing", parted{files: [][]string{{"/2024/0301/a.html", "/2024/0301/a_3.html"}}, next: chain},
			"/2024/0301/a.html 1, /2024/0301/a_3.html 1"},
		{"a part is not complete", parted{files: [][]string{{"/2024/0301/a.html", "/2024/0301/a_2.html", "/2024/0301/a_3.html"}}, next: chain, cut: "/2024/0301/a_3.html"},
			"/2024/0301/a.html parts_missing, /2024/0301/a_3.html cut_body"},
		{"a loop", parted{files: [][]string{{"/2024/0301/a.html", "/2024/0301/a_2.html"}}, next: map[string]string{"/2024/0301/a.html": "/2024/0301/a_2.html", "/2024/0301/a_2.html": "/2024/0301/a.html"}},
			"/2024/0301/a.html 2"},
	} {
		var out bytes.Buffer
		if err := manifest.Run(t.Context(), tt.src.pages(), manifest.One(extract.New(extract.Options{})), &out, manifest.Format{}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			var l struct {
				At      string
				Article *struct{ Pages []string }
				Error   struct{ Code string }
			}
			decode(t, line, &l)
			if l.Article != nil {
				l.Error.Code = fmt.Sprint(len(l.Article.Pages))
			}
			got = append(got, l.At+" "+l.Error.Code)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, s, tt.want)
		}
	}
}

// TestRunSourceFails: an error of the source ends the run and is returned as it is.
func TestRunSourceFails(t *testing.T) {
	src := parted{files: [][]string{{"/2024/0301/a.html"}}, next: map[string]string{"/2024/0301/a.html": "/2024/0301/a_2.html"}, fails: true}
	err := manifest.Run(t.Context(), src.pages(), manifest.One(extract.New(extract.Options{})), &bytes.Buffer{}, manifest.Format{})
	if err == nil || err.Error() != "store gone" {
		t.Errorf("error = %v", err)
	}
}
