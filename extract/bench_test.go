package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"pressmark/extract"
	"pressmark/extract/article"
)

// benchPage is an invented page of about the size and make of a regional
// paper's: menus, an article of n paragraphs, teasers, inline scripts.
func benchPage(n int) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>River cuts off lower town | The Mill Echo</title>")
	b.WriteString("<style>" + strings.Repeat(".a{margin:0;padding:1px}", 200) + "</style></head><body><nav class='main-nav'><ul>")
	for i := range 60 {
		fmt.Fprintf(&b, "<li class='nav-item nav-item--%d'><a href='/section/%d/'>Section %d</a></li>", i%7, i, i)
	}
	b.WriteString("</ul></nav><main class='article-page'><h1 class=headline>River cuts off lower town</h1><p class=byline>By <a href=/people/ann-lee>Ann Lee</a>, 1 May 2024 09:12</p><div class='article-body'>")
	for i := range n {
		fmt.Fprintf(&b, "<p>%s In ward %d the water stood at <b>%d</b> centimetres, says <a href='/2024/05/01/report-%d.html'>the report</a>.</p>", one, i, i, i)
	}
	b.WriteString("</div></main><aside class=related><ul>")
	for i := range 40 {
		fmt.Fprintf(&b, "<li class=teaser><a href='/2024/04/%02d/story-about-number-%d.html'><img src='/i/%d.jpg' width=300 height=200 alt='x'><h3>Story about number %d and what it costs</h3></a><p>%s</p></li>", i%28+1, i, i, i, two)
	}
	b.WriteString("</ul></aside><script>" + strings.Repeat("window.x = window.x || {}; ", 800) + "</script></body></html>")
	return []byte(b.String())
}

// BenchmarkParse is html.Parse alone; BenchmarkExtract is all from bytes to
// JSON. The second should stay below 1.6 times the first.
func BenchmarkParse(b *testing.B) {
	for name, page := range benchPages(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for range b.N {
				if _, err := html.Parse(bytes.NewReader(page)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExtract(b *testing.B) {
	x := extract.New(extract.Options{})
	for name, page := range benchPages(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for range b.N {
				res, err := x.Extract(context.Background(), article.Page{URL: "https://echo.example/2024/05/01/river.html", Body: page})
				if err != nil || res.Article == nil {
					b.Fatal(err, res.Refusal)
				}
				if _, err := article.Encode(res.Article); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchPages(b *testing.B) map[string][]byte {
	b.Helper()
	client, err := os.ReadFile("testdata/newsclient/page.html")
	if err != nil {
		b.Fatal(err)
	}
	return map[string][]byte{"client": client, "paper": benchPage(20), "long": benchPage(2000)}
}
