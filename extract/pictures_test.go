package extract_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// Paragraphs of an invented story, each a sentence or more.
const (
	storyA = "青石县昨天上午召开防汛工作会议，部署今年汛期的各项准备工作，要求各乡镇在月底以前完成河道清理，并且把值班电话公布在村口的公告栏里。"
	storyB = "记者在现场看到，工人们正在清理河道里的淤泥和杂草，两台挖掘机停在堤坝旁边，预计这项工程还要十二天才能全部做完，附近居民都很关心进度。"
	storyC = "县水利局负责人介绍，去年夏天这里曾经发生内涝，三百多户居民受到影响，因此今年提前一个月动工，资金也已经全部到位，请大家放心。"
)

// imagePage is a page around the markup of a body.
func imagePage(body string) string {
	return `<!DOCTYPE html><html lang="zh-CN"><head><title>青石县召开防汛会议_青石新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <img src="/images/logo.png" width="200" height="60"></div>
<div class="main"><h1>青石县召开防汛会议</h1><div class="content">` + body + `</div></div>
<div class="footer">青石新闻网 版权所有</div></body></html>`
}

// inOrder shows an article as text and images in reading order: "A", "B", "C"
// for the paragraphs of the story, "[name|caption]" for a picture.
func inOrder(a *article.Article) string {
	images := map[string]article.Image{}
	for _, im := range a.Images {
		images[im.ID] = im
	}
	var parts []string
	for _, b := range a.Body {
		text := b.Text
		switch {
		case b.Type == article.ImagePlace:
			im := images[b.Image]
			name := strings.TrimPrefix(im.URL, "https://news.example.cn/a/")
			if im.Placeholder != "" {
				name = im.Placeholder + "=" + name
			}
			parts = append(parts, "["+name+"|"+article.Value(im.Caption)+"]")
			continue
		case strings.HasPrefix(text, "青石县昨天"):
			text = "A"
		case strings.HasPrefix(text, "记者在现场"):
			text = "B"
		case strings.HasPrefix(text, "县水利局"):
			text = "C"
		}
		parts = append(parts, text+strings.Join(b.Items, "/"))
	}
	return strings.Join(parts, " ")
}

func extractPage(t *testing.T, page string) *article.Article {
	t.Helper()
	r, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://news.example.cn/a/1.html", Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Article == nil {
		t.Fatalf("no article: %v", r.Refusal)
	}
	return r.Article
}

func TestImages(t *testing.T) {
	p := func(s string) string { return "<p>" + s + "</p>" }
	A, B, C := p(storyA), p(storyB), p(storyC)
	for name, c := range map[string]struct{ body, want string }{
		"plain picture":                      {A + `<p><img src="/pic/2012/0117/20120117001.jpg"></p>` + B, "A [https://news.example.cn/pic/2012/0117/20120117001.jpg|] B"},
		"relative":                           {A + `<img src="x1.jpg">` + B, "A [x1.jpg|] B"},
		"protocol-relative":                  {A + `<img src="//img.example.cn/x1.jpg">` + B, "A [https://img.example.cn/x1.jpg|] B"},
		"at the end":                         {A + B + `<p><img src="x1.jpg"></p>`, "A B [x1.jpg|]"},
		"at the end, below an advertisement": {A + B + `<div class="ad"><p>广告</p><p>青石家具城清仓</p></div><figure><img src="x1.jpg"><figcaption>清理河道的工人</figcaption></figure>`, "A B [x1.jpg|清理河道的工人]"},
		"below an advertisement and related stories": {A + B + `<div class="ad"><p>广告</p></div><p><a href="/b/2.html">青石县另一条河道也在清理之中</a></p><figure><img src="x1.jpg"><figcaption>清理河道的工人</figcaption></figure>`, "A B"},
		"without a caption, below an advertisement":  {A + B + `<div class="ad"><p>广告</p></div><figure><img src="x1.jpg"></figure>`, "A B"},
		"at the start": {`<p><img src="x1.jpg"></p>` + A + B, "[x1.jpg|] A B"},

		"figcaption":                 {A + `<figure><img src="x1.jpg"><figcaption>清理河道的工人</figcaption></figure>` + B, "A [x1.jpg|清理河道的工人] B"},
		"centred paragraph":          {A + `<p align="center"><img src="x1.jpg"></p><p align="center">工人在清理河道</p>` + B + C, "A [x1.jpg|工人在清理河道] B C"},
		"centred by style":           {A + `<p style="text-align: center"><img src="x1.jpg"></p><p style="TEXT-ALIGN:center">工人在清理河道</p>` + B + C, "A [x1.jpg|工人在清理河道] B C"},
		"centred bold once":          {A + `<p align="center"><img src="x1.jpg"></p><p align="center"><b>领导重视落实到位</b></p>` + B + C, "A [x1.jpg|] 领导重视落实到位 B C"},
		"after a break":              {A + `<p><img src="x1.jpg"><br>工人在清理河道</p>` + B + C, "A [x1.jpg|工人在清理河道] B C"},
		"indented paragraphs":        {p("　　"+storyA) + `<p><img src="x1.jpg"></p><p>两台挖掘机停在堤坝旁边待命。</p>` + p("　　"+storyB) + p("　　"+storyC), "A [x1.jpg|两台挖掘机停在堤坝旁边待命。] B C"},
		"other class":                {`<p class="t">` + storyA + `</p><p class="t">` + storyB + `</p><img src="x1.jpg"><p class="c">■两台挖掘机停在堤坝旁边待命。</p><p class="t">` + storyC + `</p><p class="t">` + storyB + `</p>`, "A B [x1.jpg|■两台挖掘机停在堤坝旁边待命。] C B"},
		"says so: 图为":                {A + `<img src="x1.jpg">` + p("图为工人正在清理河道，两台挖掘机停在一旁。") + B, "A [x1.jpg|图为工人正在清理河道，两台挖掘机停在一旁。] B"},
		"says so: 摄":                 {A + `<img src="x1.jpg">` + p("工人正在清理河道。记者 林一一 摄") + B, "A [x1.jpg|工人正在清理河道。记者 林一一 摄] B"},
		"says so: brackets":          {A + `<img src="x1.jpg">` + p("（资料图）") + B, "A [x1.jpg|（资料图）] B"},
		"text that floats around it": {A + `<p><img src="x1.jpg" align="left">会议要求各部门落实责任到人。</p>` + B, "A [x1.jpg|] 会议要求各部门落实责任到人。 B"},
		"short paragraph is no caption where none is": {
			A + `<p><img src="x1.jpg"></p>` + p("天气如何？") + B + `<p><img src="x2.jpg"></p>` + C + `<p><img src="x3.jpg"></p>` + A + `<p><img src="x4.jpg"></p>` + B,
			"A [x1.jpg|] 天气如何？ B [x2.jpg|] C [x3.jpg|] A [x4.jpg|] B"},
		"repeats the alt":   {A + `<img src="x1.jpg" alt="工人在城东清理河道里的淤泥"><div><small>工人在城东清理河道里的淤泥</small></div>` + B, "A [x1.jpg|工人在城东清理河道里的淤泥] B"},
		"says so: source":   {A + `<img src="x1.jpg">` + p("工人正在清理河道里的淤泥。（圖／水利局提供）") + B, "A [x1.jpg|工人正在清理河道里的淤泥。（圖／水利局提供）] B"},
		"says so: number":   {A + `<img src="x1.jpg">` + p("图1 清理以后的河道") + B + `<img src="x2.jpg">` + p("图2 清理以前的河道，摄于三月。") + C, "A [x1.jpg|图1 清理以后的河道] B [x2.jpg|图2 清理以前的河道，摄于三月。] C"},
		"points down":       {A + p("▼清理河道的工人") + `<p><img src="x1.jpg"></p>` + B, "A [x1.jpg|▼清理河道的工人] B"},
		"two, one caption":  {A + `<p><img src="x1.jpg"></p><p><img src="x2.jpg"></p>` + p("▲清理河道的工人") + B, "A [x1.jpg|] [x2.jpg|▲清理河道的工人] B"},
		"figure of two":     {A + `<figure><img src="x1.jpg"><img src="x2.jpg"><figcaption>会场内外</figcaption></figure>` + B, "A [x1.jpg|会场内外] [x2.jpg|会场内外] B"},
		"caption elsewhere": {A + `<p><img src="x1.jpg"></p>` + B + p("圖說：工人在清理河道。"), "A [x1.jpg|圖說：工人在清理河道。] B"},

		"placeholders":                   {A + p("1.png") + p("清理河道的工人") + B + p("2.png") + p("防汛会议现场") + C, "A [1.png=|清理河道的工人] B [2.png=|防汛会议现场] C"},
		"placeholder beside its picture": {A + `<p>1.png</p><p><img src="/pic/20221030173.jpg"></p>` + B, "A [1.png=https://news.example.cn/pic/20221030173.jpg|] B"},
		"placeholder by name":            {A + p("1.png") + B + `<div><img id="1" src="/pic/20221030173.jpg"></div>`, "A [1.png=https://news.example.cn/pic/20221030173.jpg|] B"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inOrder(extractPage(t, imagePage(c.body))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestDecorations(t *testing.T) {
	A, B := "<p>"+storyA+"</p>", "<p>"+storyB+"</p>"
	for name, markup := range map[string]string{
		"small":                 `<img src="a11111.jpg" width="50" height="50">`,
		"divider":               `<img src="a11111.jpg" width="600" height="20">`,
		"linked banner":         `<a href="/zt/2012/"><img src="a11111.jpg" style="width:640px;height:130px"></a>`,
		"size in the address":   `<a href="/zt/2012/"><img src="/770/w640h100/20180326/a11111.jpg"></a>`,
		"ratio in an attribute": `<img data-src="https://img.example.cn/a?fmt=jpeg" data-ratio="0.05" data-w="640">`,
		"other site":            `<a href="https://shop.example.org/buy"><img src="a11111.jpg"></a>`,
		"spacer":                `<img src="/images/blank.gif">`,
		"data address":          `<img src="data:image/gif;base64,R0lGODlhAQABAIAAAP">`,
		"named":                 `<img src="/images/weiboShareBtn_content.gif">`,
		"icon":                  `<img src="/favicon.ico">`,
		"drawing":               `<img src="/images/x.svg">`,
		"ad server":             `<img src="https://www.example.net/adserver/www/view.php?zone=9">`,
		"code to scan":          `<div><img src="a11111.jpg"><p>扫描二维码关注我们</p></div>`,
		"share button":          `<a href="javascript:window.open('http://share.example.com/?pic=1')"><img src="a11111.png"></a>`,
		"bullets":               strings.Repeat(`<p><img src="/images/d.gif"></p>`, 4),
		"teaser":                `<div><a href="/b/2.html"><img src="a11111.jpg"></a><a href="/b/2.html">城西新建的图书馆本月底开门迎客</a></div>`,
		"portrait":              `<div class="author-box"><img src="a11111.jpg"></div>`,
		"still of a film":       `<div class="video-box"><img src="a11111.jpg"></div>`,
		"hidden":                `<div style="display:none"><img src="a11111.jpg"></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			a := extractPage(t, imagePage(A+markup+B))
			if len(a.Images) > 0 {
				t.Errorf("kept: %s", inOrder(a))
			}
		})
	}
}

func TestClosingGIF(t *testing.T) {
	A, B := "<p>"+storyA+"</p>", "<p>"+storyB+"</p>"
	follow := `<p><img data-src="https://img.example.cn/f?fmt=gif" data-type="gif" data-ratio="0.4" data-w="640"></p>`
	if got, want := inOrder(extractPage(t, imagePage(follow+A+`<img src="x1.jpg">`+B+follow))), "A [x1.jpg|] B"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	told := A + `<img src="x1.gif">` + B + `<img src="x2.gif">` + A + `<img src="x3.gif">`
	if got, want := inOrder(extractPage(t, imagePage(told))), "A [x1.gif|] B [x2.gif|] A [x3.gif|]"; got != want {
		t.Errorf("an article told in GIFs: got %s, want %s", got, want)
	}
}

func TestAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		markup string
		want   []string
	}{
		"lazy":            {`<img src="/images/blank.gif" data-src="b1.jpg">`, []string{"b1.jpg"}},
		"lazyload":        {`<img src="data:image/png;base64,iVBO" data-lazyload="https://img.example.cn/b1.jpg">`, []string{"https://img.example.cn/b1.jpg"}},
		"original":        {`<img src="b1_s.jpg" data-original="b1.jpg">`, []string{"b1.jpg", "b1_s.jpg"}},
		"rel":             {`<img src="/images/loading.gif" rel="/pic/b1.jpg">`, []string{"https://news.example.cn/pic/b1.jpg"}},
		"no extension":    {`<img data-src="https://img.example.cn/large/RZagwv">`, []string{"https://img.example.cn/large/RZagwv"}},
		"srcset":          {`<img src="b1.jpg" srcset="b1-400.jpg 400w, b1-800.jpg 800w">`, []string{"b1-800.jpg", "b1.jpg", "b1-400.jpg"}},
		"picture":         {`<picture><source srcset="b1.webp 1x, b1@2x.webp 2x"><img src="b1.jpg"></picture>`, []string{"b1@2x.webp", "b1.jpg", "b1.webp"}},
		"noscript":        {`<img src="data:image/gif;base64,R0lG" class="lazy"><noscript><img src="b1.jpg"></noscript>`, []string{"b1.jpg"}},
		"noscript alone":  {`<noscript><img src="b1.jpg"></noscript>`, []string{"b1.jpg"}},
		"resize script":   {`<img src="/resize.php?w=600&amp;url=https%3A%2F%2Fimg.example.cn%2Fb1.jpg">`, []string{"https://img.example.cn/b1.jpg", "https://news.example.cn/resize.php?w=600&url=https%3A%2F%2Fimg.example.cn%2Fb1.jpg"}},
		"linked original": {`<a href="/pic/b1_big.jpg"><img src="b1_s.jpg"></a>`, []string{"https://news.example.cn/pic/b1_big.jpg", "b1_s.jpg"}},
		"enlarging button": {`<a href="/pic/b1.jpg"><img src="/images/bigger.gif">放大</a><br><img src="/load.php?image=/pic/b1.jpg">`,
			[]string{"https://news.example.cn/pic/b1.jpg", "https://news.example.cn/load.php?image=/pic/b1.jpg"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := extractPage(t, imagePage("<p>"+storyA+"</p><p>"+c.markup+"</p><p>"+storyB+"</p>"))
			if len(a.Images) != 1 {
				t.Fatalf("%d images: %s", len(a.Images), inOrder(a))
			}
			got := append([]string{a.Images[0].URL}, a.Images[0].Alternates...)
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], "https://news.example.cn/a/")
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestAddressesWithoutPageURL(t *testing.T) {
	r, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{Body: []byte(imagePage("<p>" + storyA + `</p><p><img src="pic/b1.jpg"></p><p>` + storyB + "</p>"))})
	if err != nil || r.Article == nil || len(r.Article.Images) != 1 || r.Article.Images[0].URL != "pic/b1.jpg" {
		t.Errorf("%+v, %v", r.Article, err)
	}
}

func TestLead(t *testing.T) {
	page := func(head, between string) string {
		return `<!DOCTYPE html><html lang="zh"><head><title>青石县召开防汛会议</title>` + head + `</head><body>
<div class="menu"><a href="/"><img src="/images/2011111111.jpg"></a></div>
<div class="wrap"><h1>青石县召开防汛会议</h1>` + between + `<div class="content"><p>` + storyA + "</p><p>" + storyB + "</p><p>" + storyC + `</p></div></div></body></html>`
	}
	above := `<div class="wrap"><div><img src="U235.png"></div><div><p>会议现场。记者 林一一 摄</p></div><h1>`
	for name, c := range map[string]struct{ head, between, want string }{
		"named by og:image":     {`<meta property="og:image" content="https://cdn.example.cn/l/lead0001.png?w=1200">`, `<div><img src="/p/lead0001.png"></div>`, "[https://news.example.cn/p/lead0001.png|] A B C"},
		"large":                 {"", `<div><img src="/p/x.png" width="600" height="400"></div>`, "[https://news.example.cn/p/x.png|] A B C"},
		"in a figure":           {"", `<figure><img src="/p/x.png"><figcaption>会场</figcaption></figure>`, "[https://news.example.cn/p/x.png|会场] A B C"},
		"with a caption":        {"", `<div><img src="U235.png"></div><div><p>会议现场。记者 林一一 摄</p></div>`, "[U235.png|会议现场。记者 林一一 摄] A B C"},
		"above, with a caption": {"", "", "[U235.png|会议现场。记者 林一一 摄] A B C"},
		"stored photograph":     {"", `<div><img src="/p/20120117162528.jpg"></div>`, "[https://news.example.cn/p/20120117162528.jpg|] A B C"},
		"button":                {"", `<div><img src="/images/btn_1.png"></div>`, "A B C"},
		"only in og:image":      {`<meta property="og:image" content="https://cdn.example.cn/l/lead0001.png">`, "", "[https://cdn.example.cn/l/lead0001.png|] A B C"},
		"the site's card":       {`<meta property="og:image" content="https://cdn.example.cn/l/share_logo.png">`, "", "A B C"},
		"the theme's card":      {`<meta property="og:image" content="https://cdn.example.cn/assets/card2012.png">`, "", "A B C"},
		"link to another page":  {"", `<div><a href="/zt/"><img src="/p/20120117162528.jpg"></a></div>`, "A B C"},
	} {
		t.Run(name, func(t *testing.T) {
			markup := page(c.head, c.between)
			if strings.HasPrefix(name, "above") {
				markup = strings.Replace(markup, `<div class="wrap"><h1>`, above, 1)
			}
			if got := inOrder(extractPage(t, markup)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestShortPageOfPlaceholders(t *testing.T) {
	a := extractPage(t, imagePage("<p>"+storyA+"</p><p>1.png</p>"))
	if got := inOrder(a); got != "A [1.png=|]" {
		t.Errorf("got %s", got)
	}
}

// TestManyImages holds that the step's work grows with the page, not with its square.
func TestManyImages(t *testing.T) {
	var b strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&b, `<p><a href="/p/%d.html"><img src="/p/%d.jpg"></a></p><noscript><img src="/q/%d.jpg"></noscript>`, i, i, i)
	}
	a := extractPage(t, imagePage("<p>"+storyA+"</p>"+b.String()+"<p>"+storyB+"</p>"))
	if len(a.Images) > 1000 {
		t.Errorf("%d images", len(a.Images))
	}
}

// TestHostilePictures holds that markup made to be slow is read, with bounded
// numbers of pictures; work that grew with the square would outlast the test.
func TestHostilePictures(t *testing.T) {
	for name, piece := range map[string]string{
		"hidden lines below": `<p style="display:none">x</p><img src="a%d.jpg">`,
		"portraits":          `<div class="author"><img src="a%d.jpg"></div>`,
		"placeholders":       `<p>%d.png</p>`,
		"figures":            `<figure><img src="a%d.jpg"><p>x</p>`,
		"captions":           `<div class="caption"><img src="a%d.jpg"><p>x</p>`,
		"srcset":             `<img srcset="a%d.jpg 1x, b.jpg 2x, c.jpg foo(">`,
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for i := range 8000 {
				fmt.Fprintf(&b, piece, i)
			}
			p := article.Page{Body: []byte(imagePage("<p>" + storyA + "</p>" + b.String() + "<p>" + storyB + "</p>" + b.String()))}
			r, err := extract.New(extract.Options{}).Extract(context.Background(), p)
			if err != nil {
				t.Fatal(err)
			}
			if r.Article != nil && len(r.Article.Images) > 1000+300 {
				t.Errorf("%d images", len(r.Article.Images))
			}
		})
	}
}

// FuzzImages puts foreign markup between the paragraphs of a page.
func FuzzImages(f *testing.F) {
	for _, s := range []string{
		`<figure><img src="a1.jpg" srcset="b 2x"><figcaption>x</figcaption></figure><p>1.png</p>`,
		`<noscript><img src="b1.jpg"></noscript><p align=center><img src=a.gif data-ratio=.1 data-w=640><br>（图）</p>`,
		`<a href="javascript:x()"><img src="/w640h130/x.png?url=%2Fa.jpg"></a><video poster=x></video><p>图为 x 摄</p>`,
		`<table><tr><td><img id=1 rel="/x.jpg" style="width:1px;height:"></td><td>1/3</td></table><p>1.jpg</p>`,
		`<head><template shadowrootmode=open><img id=2 src=x.jpg></template><p>2.png</p><script>[{a:'/1.jpg'},{a:'/2.jpg'},{a:'/3.jpg'}]</script>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		for _, page := range []string{markup, imagePage("<p>" + storyA + "</p>" + markup + "<p>" + storyB + "</p>")} {
			r, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://news.example.cn/a/1.html", Body: []byte(page)})
			if err != nil || r.Article == nil {
				continue
			}
			ids := map[string]bool{}
			for _, im := range r.Article.Images {
				if im.URL == "" && im.Placeholder == "" || strings.HasPrefix(im.URL, "data:") || ids[im.ID] {
					t.Fatalf("image %+v", im)
				}
				ids[im.ID] = true
			}
			for _, b := range r.Article.Body {
				if b.Type == article.ImagePlace && !ids[b.Image] {
					t.Fatalf("no image %q", b.Image)
				}
			}
		}
	})
}
