package extract_test

import (
	"fmt"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestWallsAtDatedAddresses: a date in the address is no sign of an article.
func TestWallsAtDatedAddresses(t *testing.T) {
	x := extract.New(extract.Options{})
	for _, c := range []struct {
		title, text string
		want        article.Kind
	}{
		{"Access Denied", "You do not have permission to open this page on this server. Reference number 18.7f2a1c02.", article.KindBot},
		{"Just a moment...", "Checking your browser before accessing the site. Your browser will go on shortly.", article.KindBot},
		{"安全验证", "请完成安全验证后继续访问。系统检测到您的网络环境存在异常，请点击下方按钮完成验证。", article.KindBot},
		{"页面不存在", "您访问的页面不存在或已被删除，请检查您输入的网址是否正确，或者返回首页继续浏览其他内容。", article.KindError},
		{"Page not found", "Sorry, the page that you were looking for is not here. It may have been moved, or it never was.", article.KindError},
		{"We will be back soon", "Our website is having some work done tonight. Thank you for your patience while our engineers look after it.", article.KindError},
		{"Unavailable for your region", "We cannot show you this page where you are. Our lawyers have asked us to leave it at that.", article.KindError},
	} {
		for _, url := range []string{"https://news.example/story", "https://news.example/2024/03/08/council-takes-up-the-bridge-7.html"} {
			body := fmt.Sprintf("<!DOCTYPE html><html><head><title>%[1]s</title></head><body><h1>%[1]s</h1><p>%[2]s</p></body></html>", c.title, c.text)
			res, err := x.Extract(t.Context(), article.Page{URL: url, Body: []byte(body), ContentType: "text/html; charset=utf-8"})
			if err != nil || res.Article != nil || res.Kind != c.want {
				t.Errorf("%s at %s: %s, %v, want %s", c.title, url, res.Kind, err, c.want)
			}
		}
	}
}
