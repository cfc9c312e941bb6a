package assets_test

import (
	"strings"
	"testing"

	"pressmark/storage/assets"
)

func TestOfPage(t *testing.T) {
	const page = `<!doctype html><head><base href="/news/"><link rel="Stylesheet" href=main.css><link rel=icon href=/i.ico>
<link rel=next href=2.html><link rel=preload as=script href=x.js><script src=app.js></script><link rel="stylesheet alternate" href="main.css">
<style>@import "more.css" screen; /* url(comment.png) */ h1 { background: url( 'a b.png' ) }</style></head>
<body background=back.gif style="background:url(&quot;body.png&quot;)"><img src=1.jpg srcset="1-2x.jpg 2x, https://img.example/1,3.jpg 300w,1-3x.jpg 3x">
<picture><source srcset="1.webp" type=image/webp><img src="data:image/gif;base64,AA=="></picture>
<video poster=p.jpg><source src=film.mp4 type=video/mp4></video><svg><image href=v.png /></svg><input type=image src=go.png>
<a href=other.html>x</a><img src="#x"><iframe src=frame.html></iframe></body>`
	want := []string{"news/main.css", "i.ico", "news/more.css", "news/a%20b.png", "news/back.gif", "news/body.png", "news/1.jpg", "news/1-2x.jpg",
		"!https://img.example/1,3.jpg", "news/1-3x.jpg", "news/1.webp", "news/p.jpg", "news/v.png", "news/go.png"}
	check(t, assets.OfPage([]byte(page), "https://paper.example/a.html"), want)
}

func TestOfStyle(t *testing.T) {
	const sheet = `@charset "utf-8"; @import url(base.css); @IMPORT url("print.css") print; @import 'plain.css';
@font-face { font-family: "Not a.font"; src: url(f.woff2) format("woff2"), URL("f.woff") } /* @import "no.css" */
.a::after { content: "no.png"; background: url(d\.png) no-repeat, url(data:image/png;base64,AA) }
.b { background-image: image-set(url("one.png") 1x, url(two.png) 2x); filter: url(#f) } .c { background: url(\68.png)`
	check(t, assets.OfStyle([]byte(sheet), "https://paper.example/css/x.css"), []string{"css/base.css", "css/print.css", "css/plain.css", "css/f.woff2", "css/f.woff",
		"css/d.png", "css/one.png", "css/two.png", "css/h.png"})
}

func TestRestyle(t *testing.T) {
	const sheet = `@import "a.css" screen; .x{background:url( "b.png" ) no-repeat,url(c.png);content:"d.png"} .y{filter:url(#f);src:url('e.woff')}`
	got := assets.Restyle([]byte(sheet), "https://paper.example/css/x.css", func(address string) string {
		if strings.HasSuffix(address, "c.png") {
			return ""
		}
		return "data:" + address[len("https://paper.example/css/"):]
	})
	const want = `@import url("data:a.css") screen; .x{background:url("data:b.png") no-repeat,url("data:,");content:"d.png"} .y{filter:url(#f);src:url("data:e.woff")}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func check(t *testing.T, got, want []string) {
	t.Helper()
	for i := range want {
		if w, ok := strings.CutPrefix(want[i], "!"); ok {
			want[i] = w
		} else {
			want[i] = "https://paper.example/" + want[i]
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func FuzzOfPage(f *testing.F) {
	f.Add([]byte(`<style>@import url(\`), true)
	f.Add([]byte(`<img srcset=", ,a 1x,`), false)
	f.Fuzz(func(t *testing.T, body []byte, sheet bool) {
		find := assets.OfPage
		if sheet {
			find = assets.OfStyle
		}
		for _, url := range find(body, "https://paper.example/") {
			if !strings.HasPrefix(url, "http") {
				t.Errorf("not an address: %q", url)
			}
		}
	})
}
