package extract_test

import (
	"context"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestLinkQueryInPageEncoding: the query of a link is in the encoding of the page, its
// path in UTF-8.
func TestLinkQueryInPageEncoding(t *testing.T) {
	body, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(`<meta charset=gbk><title>新闻</title><ul><li><a href="/新闻/show.asp?bt=渡轮消息">青石市改造十二座老旧小区</a></ul>`))
	if err != nil {
		t.Fatal(err)
	}
	res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://e.example/", Body: body, ContentType: "text/html"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "https://e.example/%E6%96%B0%E9%97%BB/show.asp?bt=%B6%C9%C2%D6%CF%FB%CF%A2"
	if len(res.Links) != 1 || res.Links[0].URL != want {
		t.Errorf("%+v, want %s", res.Links, want)
	}
}

// TestFirstBaseCounts: of several <base> elements the first with an address counts, also
// where its address has a scheme that no page has (HTML standard, 4.2.3).
func TestFirstBaseCounts(t *testing.T) {
	for head, want := range map[string]string{
		`<base href="/a/"><base href="/b/">`:                "https://e.example/a/x.html",
		`<base target=_top><base href="/a/">`:               "https://e.example/a/x.html",
		`<base href="javascript:1"><base href="/b/">`:       "https://e.example/x.html",
		`<base href="//other.example/c/">`:                  "https://other.example/c/x.html",
		`<base href=" https://other.example/c/d.html#top">`: "https://other.example/c/x.html",
	} {
		links := read(t, extract.Options{}, "https://e.example/", "<title>T</title>"+head, "<a href=x.html>A headline of some length stands here</a>").Links
		if len(links) != 1 || links[0].URL != want {
			t.Errorf("%s: %+v, want %s", head, links, want)
		}
	}
}
