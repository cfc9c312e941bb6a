package extract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
	"pressmark/extract/article"
)

const para = "<p>The council met on Monday evening, heard forty residents, and put off its decision until the spring.</p>"

// TestHostilePages feeds pages that are made to cost time or memory: each must
// end with an article, a refusal or a typed error.
func TestHostilePages(t *testing.T) {
	body := strings.Repeat(para, 5)
	cases := []struct {
		name string
		page string
		want error // nil: read
	}{
		{"nested divs", strings.Repeat("<div>", 100_000) + body, nil},
		{"nested divs closed", strings.Repeat("<div>", 100_000) + body + strings.Repeat("</div>", 100_000), nil},
		{"nested inline", strings.Repeat("<b><i><font>", 30_000) + body, nil},
		{"nested tables", strings.Repeat("<table><tr><td>", 20_000) + body, nil},
		{"nested lists", strings.Repeat("<ul><li>", 20_000) + body, nil},
		{"unclosed paragraphs", strings.Repeat("<p>x<a href=y>", 100_000) + body, nil},
		{"attributes on one tag", "<div " + strings.Repeat("a=b ", 1_000_000) + ">" + body, nil},
		{"many attributes", strings.Repeat("<p a b c d e f g h i j>x</p>", 100_000) + body, nil},
		{"many bodies", strings.Repeat("<body a=b>", 100_000) + body, nil},
		{"many html tags", strings.Repeat("<html x=y>", 100_000) + body, nil},
		{"huge script", "<script>" + strings.Repeat("var a = '<p>'; ", 500_000) + "</script>" + body, nil},
		{"huge json-ld", `<script type="application/ld+json">` + strings.Repeat(`{"a":[`, 200_000) + "</script>" + body, nil},
		{"open comment", body + "<!--" + strings.Repeat("-", 3_000_000), nil},
		{"broken utf-8", body + strings.Repeat("\xff\xfe\x80", 100_000), nil},
		{"nuls", strings.Repeat("\x00", 100_000) + body, nil},
		{"entities", "<p>" + strings.Repeat("&amp;&#x1F600;&notanentity;", 100_000) + "</p>" + body, nil},
		{"many links", strings.Repeat(`<a href="/a?b=c&d=e">x</a>`, 100_000) + body, nil},
		{"many images", strings.Repeat(`<img src="/a.jpg" srcset="/b.jpg 2x, /c.jpg 3x">`, 50_000) + body, nil},
		{"one long line", "<p>" + strings.Repeat("word, ", 1_000_000), nil},
		{"one long word", "<p>" + strings.Repeat("x", 5_000_000), nil},
		{"many short lines", strings.Repeat("<br>x", 500_000), nil},
		{"select", strings.Repeat("<select><option>x", 100_000) + body, nil},
		{"foreign content", strings.Repeat("<svg><math>", 50_000) + body, nil},
		{"fifty megabytes", strings.Repeat(para, 500_000), extract.ErrTooLarge},
		{"empty", "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://news.example/a/1.html", Body: []byte(c.page)})
			if !errors.Is(err, c.want) {
				t.Fatalf("error = %v, want %v", err, c.want)
			}
			if err == nil && (res.Article == nil) == (res.Refusal == nil) {
				t.Errorf("article %v, refusal %v: want one of them", res.Article != nil, res.Refusal)
			}
		})
	}
}

// TestExtractKeepsInput checks that the caller's bytes are left alone, and that
// they are the caller's again once the page is read: nothing of a Result points
// into them.
func TestExtractKeepsInput(t *testing.T) {
	body := strings.Repeat(para, 4)
	pages := map[string]string{
		"broken character": "<title>A</title>" + body + "\xff",
		"structured data":  `<title>A</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"The council waits","datePublished":"2024-03-05T10:20:00Z","author":{"name":"Ann Reed"},"image":["https://img.example/lead-picture.jpg"]}</script><h1>The council waits</h1>` + body,
		"declared body":    `<title>A</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"The council waits","articleBody":"` + strings.Repeat("The council met on Monday and heard forty residents. ", 20) + `"}</script><h1>The council waits</h1><p>Short.</p>`,
		"time in a script": `<title>The council waits</title><script>window.state = {"id": 12345678, "section": "local", "publishTime": "2024-03-05 10:20:00"}</script><h1>The council waits</h1>` + body,
		"slides in a script": `<title>The fair in pictures</title><h1>The fair in pictures</h1><p>Pictures of the fair.</p><script>var slides = [{"src":"https://img.example/fair-1.jpg","caption":"The gate at dawn"},
			{"src":"https://img.example/fair-2.jpg","caption":"The wheel"},{"src":"https://img.example/fair-3.jpg","caption":"The last guests"}]</script>`,
		"body in a script template": `<title>The council waits</title><h1>The council waits</h1><article class="article-body"><script type="text/template">` + body + `</script></article>`,
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			in := []byte(page)
			res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://news.example/a/1.html", Body: in})
			if err != nil {
				t.Fatal(err)
			}
			if string(in) != page {
				t.Error("input was modified")
			}
			before, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			for i := range in {
				in[i] = '#'
			}
			after, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(before), string(after)); diff != "" {
				t.Errorf("the result changed with the caller's bytes:\n%s", diff)
			}
			if res.Article == nil {
				t.Fatalf("refused: %v", res.Refusal)
			}
			if strings.Contains(name, "script") && name != "body in a script template" && !strings.Contains(string(before), "script ") && !strings.Contains(string(before), "fair-3.jpg") {
				t.Errorf("nothing was read from the script: %s", before)
			}
		})
	}
}

// TestExtractCancelled checks that a cancelled context ends the work.
func TestExtractCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := extract.New(extract.Options{}).Extract(ctx, article.Page{Body: []byte(para)}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte("<html lang=zh><title>标题_站点</title><body><h1>标题</h1><p>来源：某报 2020-01-02 03:04</p>"+strings.Repeat(para, 3)), "https://news.example/2020/0102/1.html", "text/html; charset=gbk")
	f.Add([]byte(`<meta charset=big5><table><tr><td><img src=a.jpg><br>1.png<br>text<td><pre>x`), "", "")
	f.Add([]byte("<div hidden id=S:0><p>"+para+"</div><noscript><img src=x></noscript><script type='text/template'><p>x</script>"), "https://a.example/", "text/html")
	f.Fuzz(func(t *testing.T, body []byte, url, contentType string) {
		x := extract.New(extract.Options{})
		page := article.Page{URL: url, Body: bytes.Clone(body), ContentType: contentType}
		res, err := x.Extract(context.Background(), page)
		if err != nil {
			if !errors.Is(err, extract.ErrTooDeep) && !errors.Is(err, extract.ErrTooLarge) && !errors.Is(err, extract.ErrNotHTML) {
				t.Fatalf("untyped error: %v", err)
			}
			return
		}
		if (res.Article == nil) == (res.Refusal == nil) {
			t.Fatalf("article %v, refusal %v: want one of them", res.Article != nil, res.Refusal)
		}
		if res.Article == nil {
			return
		}
		first, err := article.Encode(res.Article)
		if err != nil {
			t.Fatal(err)
		}
		if len(first) > 40*len(body)+8192 {
			t.Errorf("%d bytes of JSON from %d bytes of page", len(first), len(body))
		}
		again, err := x.Extract(context.Background(), page)
		if err != nil || again.Article == nil {
			t.Fatalf("second run: %v", err)
		}
		if second, _ := article.Encode(again.Article); !bytes.Equal(first, second) {
			t.Error("two runs differ")
		}
		clear(page.Body)
		if later, _ := article.Encode(res.Article); !bytes.Equal(first, later) {
			t.Error("the article changed with the page's bytes")
		}
	})
}
