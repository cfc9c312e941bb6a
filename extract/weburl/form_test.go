package weburl_test

import (
	"testing"

	"pressmark/extract/weburl"
)

func TestForm(t *testing.T) {
	for _, c := range []struct{ url, want string }{
		{"https://news.example/", "/"},
		{"https://news.example", "/"},
		{"https://news.example/node/12", "/node/#"},
		{"https://news.example/node/2024", "/node/#"},
		{"https://news.example/storm-hits-harbour/", "/-/"},
		{"https://news.example/about/", "/w/"},
		{"https://news.example/sport/storm-damages-pier", "/sport/-"},
		{"https://news.example/2024/03/01/ferry.html", "/#/#/#/w.html"},
		{"https://news.example/xw/5.htm", "/xw/#.htm"},
		{"https://news.example/story-3.html", "/-.html"},
		{"https://news.example/content_7654321.html", "/-#.html"},
		{"https://news.example/article.aspx?ID=9", "/w.aspx?ID=#"},
		{"https://news.example/?p=12", "/?p=#"},
		{"https://news.example?p=12", "?p=#"},
		{"https://news.example/show.php?id=a7&cat=9", "/w.php?id=w&cat=#"},
		{"https://news.example/新闻/标题.html", "/新闻/w.html"},
	} {
		if got := weburl.Form(c.url); got != c.want {
			t.Errorf("%s: %q, want %q", c.url, got, c.want)
		}
	}
}
