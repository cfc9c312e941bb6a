package extract_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
)

// read extracts a page made of a head and a body.
func read(t *testing.T, o extract.Options, url, head, body string) article.Result {
	t.Helper()
	page := "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>" + head + "</head><body>" + body + "</body></html>"
	res, err := extract.New(o).Extract(context.Background(), article.Page{URL: url, Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// blocks writes a body as short lines, "p: text", for comparison.
func blocks(a *article.Article) []string {
	var out []string
	for _, b := range a.Body {
		switch b.Type {
		case article.List:
			out = append(out, "list: "+strings.Join(b.Items, " | "))
		case article.Table:
			rows := make([]string, len(b.Rows))
			for i, r := range b.Rows {
				rows[i] = strings.Join(r, " | ")
			}
			out = append(out, "table: "+strings.Join(rows, " / "))
		case article.ImagePlace:
			out = append(out, "image: "+b.Image)
		default:
			out = append(out, string(b.Type)+": "+b.Text)
		}
	}
	return out
}

const (
	one   = "The river rose by two metres overnight, and the lower town was cut off until noon on Tuesday."
	two   = "Volunteers carried sandbags to the mill, where the bank had given way, and closed the gap by evening."
	three = "The mayor thanked them, said the bank would be rebuilt in the spring, and asked the county for money."
)

func paragraphs(texts ...string) string { return "<p>" + strings.Join(texts, "</p><p>") + "</p>" }

func TestBody(t *testing.T) {
	title := "<title>River cuts off lower town | The Mill Echo</title>"
	h1 := "<h1>River cuts off lower town</h1>"
	all := []string{"paragraph: " + one, "paragraph: " + two, "paragraph: " + three}
	cases := []struct {
		name, body string
		want       []string
	}{
		{"paragraphs", "<div class=menu><a href=/a>News</a> <a href=/b>Sport</a></div>" + h1 + "<div>" + paragraphs(one, two, three) + "</div>", all},
		{"line breaks", h1 + "<div id=zoom>" + one + "<br><br>" + two + "<br>" + three + "</div>", all},
		{"line breaks in a span", h1 + "<div><span id=text>" + one + "<br>" + two + "<br>" + three + "</span></div>", all},
		{"bare text between empty paragraphs", h1 + "<div>" + one + "<p></p>" + two + "<p>&nbsp;</p>" + three + "</div>", all},
		{"table layout", h1 + "<table><tr><td><a href=/x>Home</a></td><td><p>" + one + "</p><p>" + two + "</p>" + three + "</td></tr></table>", all},
		{"headline repeated", h1 + "<div><p><b>River cuts off lower town</b></p>" + paragraphs(one, two, three) + "</div>", all},
		{"subheads", h1 + "<div>" + paragraphs(one) + "<h3>At the mill</h3>" + paragraphs(two) + "<p><strong>What next</strong></p>" + paragraphs(three) + "</div>",
			[]string{"paragraph: " + one, "heading: At the mill", "paragraph: " + two, "heading: What next", "paragraph: " + three}},
		{"list", h1 + "<div>" + paragraphs(one) + "<ul><li>the mill</li><li>the school</li></ul>" + paragraphs(two, three) + "</div>",
			[]string{"paragraph: " + one, "list: the mill | the school", "paragraph: " + two, "paragraph: " + three}},
		{"quote", h1 + "<div>" + paragraphs(one) + "<blockquote>" + two + "</blockquote>" + paragraphs(three) + "</div>",
			[]string{"paragraph: " + one, "quote: " + two, "paragraph: " + three}},
		{"table of figures", h1 + "<div>" + paragraphs(one) + "<table><tr><th>Day</th><th>Level</th></tr><tr><td>Monday</td><td>2.1 m</td></tr></table>" + paragraphs(two, three) + "</div>",
			[]string{"paragraph: " + one, "table: Day | Level / Monday | 2.1 m", "paragraph: " + two, "paragraph: " + three}},
		{"related list inside", h1 + "<div>" + paragraphs(one) + "<div class=box><h4>Read more</h4><ul><li><a href=/2/flood>Flood of last year cost millions</a></li></ul></div>" + paragraphs(two, three) + "</div>", all},
		{"related under a bare heading", h1 + "<div>" + paragraphs(one, two, three) + "<p>Related articles</p><p><a href=/2/flood>Flood of last year cost millions</a></p><p><a href=/3/x>Bridge to be closed in autumn</a></p></div>", all},
		{"comments", h1 + "<div>" + paragraphs(one, two, three) + "</div><div class=comments><h3>3 comments</h3>" + strings.Repeat("<p>I never saw the river that high, and I have lived here for fifty years, believe me.</p>", 12) + "</div>", all},
		{"comments a hundred times the text", h1 + "<div>" + paragraphs(one, two, three) + "</div><div id=comments>" + strings.Repeat("<div class=comment-body><p>I never saw the river that high, and I have lived here for fifty years, believe me.</p></div>", 400) + "</div>", all},
		{"long cookie banner", h1 + "<div>" + paragraphs(one, two, three) + "</div><div class=cookie-banner><p>" + strings.Repeat("We use cookies, so that this site remembers you. ", 14) + "</p></div>", all},
		{"components called cmp", h1 + "<div class=cmp-container><div class=cmp-text>" + paragraphs(one) + "</div><div class=cmp-text>" + paragraphs(two) + "</div><div class=cmp-text>" + paragraphs(three) + "</div></div>", all},
		{"sections called after ads", "<article>" + h1 + "<section class='part ads'>" + paragraphs(one) + "</section><section class='part ads'>" + paragraphs(two) + "</section><section class='part ads'>" + paragraphs(three) + "</section></article>", all},
		{"addresses that are printed", h1 + "<div>" + paragraphs(one) + "<p><a href=https://mill.example/a>https://mill.example/a/b/c/d</a></p><p><a href=https://mill.example/b>https://mill.example/b/c/d/e</a></p>" + paragraphs(two, three) + "</div>",
			[]string{"paragraph: " + one, "paragraph: https://mill.example/a/b/c/d", "paragraph: https://mill.example/b/c/d/e", "paragraph: " + two, "paragraph: " + three}},
		{"heading that the contents list", h1 + "<div>" + paragraphs(one) + "<h3 id=nav_at_the_mill>At the mill</h3>" + paragraphs(two, three) + "</div>",
			[]string{"paragraph: " + one, "heading: At the mill", "paragraph: " + two, "paragraph: " + three}},
		{"headline in a section called after ads", "<section class='intro ad'>" + h1 + "<h2 class=subtitle>" + one + "</h2></section><div>" + paragraphs(two, three, two+" Again.") + "</div>",
			append(all[:len(all):len(all)], "paragraph: "+two+" Again.")},
		{"author's box with a quotation", h1 + "<div>" + paragraphs(one, two, three) + "<div class=author-box><blockquote>Ann Miller writes about rivers, mills and floods for this paper.</blockquote></div></div>", all},
		{"standfirst that the structured data leave out", "<header>" + h1 + "<p class=standfirst>" + one + "</p></header><div id=app></div><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + two + "\\n" + three + " " + two + " " + three + "\"}</script>",
			[]string{"paragraph: " + one, "paragraph: " + two, "paragraph: " + three + " " + two + " " + three}},
		{"article named after its author", "<article class='post author-miller tag-date'><header>" + h1 + "<p>" + one + "</p></header><div class=entry-content>" + paragraphs(two, three, two+" Again.") + "</div></article>",
			append(all[:len(all):len(all)], "paragraph: "+two+" Again.")},
		{"related links before the text", h1 + "<div><p>Related stories</p><p><a href=/2/flood>Flood of last year cost millions</a></p>" + paragraphs(one, two, three) + "</div>", all},
		{"addresses of a template's pictures", h1 + "<div>" + paragraphs(one, two, three) + "</div><div>" + strings.Repeat("<div>https://www.echo.example/files/2024/05/river-at-the-lower-mill.jpg 890 1256 Ann Miller https://www.echo.example/logo.png</div>", 8) + "</div>", all},
		{"addresses below the text", h1 + "<div>" + paragraphs(one, two, three, "<em>To reach the reporter, contact Ann Miller at ann@echo.example.</em>", "news@echo.example", "Copyright 2024 The Mill Echo. All rights reserved.") + "</div>", all},
		{"address that belongs to the text", h1 + "<div>" + paragraphs(one, two, three, "Whoever lost a boat can claim it at the mill until Friday (boats@mill.example), the mayor said.") + "</div>",
			append(all[:len(all):len(all)], "paragraph: Whoever lost a boat can claim it at the mill until Friday (boats@mill.example), the mayor said.")},
		{"caption", h1 + "<div>" + paragraphs(one) + "<figure><img src=/i/a.jpg width=600 height=400><figcaption>The mill on Tuesday morning.</figcaption></figure>" + paragraphs(two, three) + "</div>",
			[]string{"paragraph: " + one, "image: 1", "paragraph: " + two, "paragraph: " + three}},
		{"whole page in a form", "<form class=search-form action=/>" + h1 + "<div>" + paragraphs(one, two, three) + "</div></form>", all},
		{"streamed React", h1 + "<div hidden id='S:0'>" + paragraphs(one, two, three) + "</div>", all},
		{"hidden copy", h1 + "<div style='display: none'>" + paragraphs(one, two, three) + "</div><div>" + paragraphs(one, two, three) + "</div>", all},
		{"standfirst in a box of its own", "<header>" + h1 + "<p class=standfirst>" + one + "</p></header><div class=ad><a href=/ad>Buy tyres</a></div><div>" + paragraphs(two, three, two+" Again.") + "</div>",
			append(all[:len(all):len(all)], "paragraph: "+two+" Again.")},
		{"screen reader text", h1 + "<div><p>" + one[:40] + "<span class=sr-only>(opens in a new window)</span>" + one[40:] + "</p>" + paragraphs(two, three) + "</div>", all},
		{"second article below", "<main><article>" + h1 + paragraphs(one, two, three) + "</article><article><h2>Bridge to be closed in autumn</h2>" + paragraphs(two+" Elsewhere.", three+" Elsewhere.") + "</article></main>", all},
		{"post in a template script", h1 + "<div class=post-body><script type='text/template'>" + paragraphs(one, two, three) + "</script></div>", all},
		{"body in structured data alone", h1 + "<div id=app></div><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + one + "\\n" + two + "\\n" + three + "\"}</script>", all},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, extract.Options{}, "https://echo.example/2024/05/river-cuts-off-lower-town.html", title, c.body)
			if res.Article == nil {
				t.Fatalf("refused: %v", res.Refusal)
			}
			if diff := cmp.Diff(c.want, blocks(res.Article)); diff != "" {
				t.Errorf("body differs (-want +got):\n%s", diff)
			}
			if res.Article.Title != "River cuts off lower town" {
				t.Errorf("title = %q", res.Article.Title)
			}
		})
	}
}

// TestHeadOfText checks what stands between headline and first paragraph on
// Chinese pages.
func TestHeadOfText(t *testing.T) {
	const first, second = "湖畔市今年将新建四座公园，市民代表在听证会上提出了许多建议，会场气氛热烈，发言者一个接着一个。", "工程预计明年春天开工，总投资约三千万元，建成以后附近的居民步行十分钟就能走到湖边，园内将种植本地树种。"
	for _, c := range []struct{ name, above, want string }{
		{"credits, a button with its count and the headline in two lines", "<div>发布者：李宝文 时间：2012-01-12 15:34:35 来源：湖畔网</div><div>【<a href=/x>收藏</a>】[0]</div><p>湖畔市将新建四座公园</p><p>市民今天都能提出建议</p>", ""},
		{"dateline of its own, with the site's address", "<p>湖畔网（<a href=/>www.lake.example</a>）01月17日讯</p>", "paragraph: 湖畔网（www.lake.example）01月17日讯"},
		{"labelled summary", "<div class=daodu><b>摘要：</b>今年将新建四座公园，总投资约三千万元，工程预计明年春天开工。</div>", "paragraph: 摘要：今年将新建四座公园，总投资约三千万元，工程预计明年春天开工。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, extract.Options{Language: "zh"}, "https://lake.example/a/1.html", "<title>湖畔市将新建四座公园 市民今天都能提出建议_湖畔网</title>",
				"<h1>湖畔市将新建四座公园 市民今天都能提出建议</h1><div>"+c.above+paragraphs(first, second, first)+"</div>")
			want := []string{"paragraph: " + first, "paragraph: " + second, "paragraph: " + first}
			if c.want != "" {
				want = append([]string{c.want}, want...)
			}
			if diff := cmp.Diff(want, blocks(res.Article)); diff != "" {
				t.Errorf("body differs (-want +got):\n%s", diff)
			}
		})
	}
}

func headlineJSON(headline string) string {
	return `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"` + headline + `"}</script>`
}

func TestTitle(t *testing.T) {
	body := "<div>" + paragraphs(one, two, three) + "</div>"
	cases := []struct{ name, head, body, want string }{
		{"printed headline over site name", "<title>River cuts off town - The Mill Echo</title>", "<h1>The Mill Echo</h1><h2>River cuts off town</h2>" + body, "River cuts off town"},
		{"no headline printed", "<title>River cuts off lower town | News | The Mill Echo</title>", body, "River cuts off lower town"},
		{"site name first", "<title>Echo: x</title><meta property=og:title content='Echo | River cuts off lower town'><meta property=og:site_name content=Echo>", body, "River cuts off lower town"},
		{"cut in the head", "<title>He said </title><meta property=og:title content='River cuts off lower to'>", "<h1>River cuts off lower town by night</h1>" + body, "River cuts off lower town by night"},
		{"kicker and headline glued", "<title>Floods: River cuts off lower town</title>", "<h1><span>Floods:</span><span>River cuts off lower town</span></h1>" + body, "Floods: River cuts off lower town"},
		{"kicker that is not shared", "<title>Floods: River cuts off lower town | The Mill Echo</title><meta property=og:title content='River cuts off lower town'>", "<h1>Floods: River cuts off lower town</h1>" + body, "Floods: River cuts off lower town"},
		{"heading rewritten for search engines", "<title>Mill river: all that you must know about the flood</title><meta property=og:title content='Mill river: all that you must know about the flood'>" + headlineJSON("Lower town cut off by the river"),
			"<h1>Mill river: all that you must know about the flood</h1>" + body, "Mill river: all that you must know about the flood"},
		{"structured data of another matter", "<title>River cuts off lower town</title><meta property=og:title content='River cuts off lower town'>" + headlineJSON("Reporter since 1999"), "<h1>River cuts off lower town</h1>" + body, "River cuts off lower town"},
		{"structured data with a place before it", "<title>River cuts off lower town</title><meta property=og:title content='River cuts off lower town'>" + headlineJSON("Millbridge - River cuts off lower town"), "<h1>River cuts off lower town</h1>" + body, "River cuts off lower town"},
		{"short headline for sharing", "<title>Flood LIVE: River cuts off lower town and three villages - The Mill Echo</title><meta property=og:title content='River cuts off town and villages - updates'>" + headlineJSON("Flood LIVE: River cuts off lower town and three villages"),
			"<h1>Flood LIVE: River cuts off lower town and three villages</h1>" + body, "Flood LIVE: River cuts off lower town and three villages"},
		{"og:title worded like the title", "<title>River cuts off town and villages | The Mill Echo</title><meta property=og:title content='River cuts off town and villages'>" + headlineJSON("River cuts off lower town and three villages, says mayor"),
			"<h1>River cuts off lower town and three villages, says mayor</h1>" + body, "River cuts off lower town and three villages, says mayor"},
		{"last words that look like a name", "<title>Flood in the lower town: Two resign - and many open Questions | The Mill Echo</title><meta property=og:title content='Flood in the lower town: Two resign - and many open Questions'>",
			"<h1><span>Flood in the lower town</span> <span>Two resign - and many open Questions</span></h1>" + body, "Flood in the lower town: Two resign - and many open Questions"},
		{"site name left empty", "<title>River cuts off lower town - </title>", "<h1>River cuts off lower town</h1>" + body, "River cuts off lower town"},
		{"rubric that the head does not repeat", "<title>River cuts off lower town and three villages Floods_News_The Mill Echo</title>", "<h1>[Breaking news] River cuts off lower town and three villages</h1><div><p>River cuts off lower town</p>" + paragraphs(one, two, three) + "</div>", "[Breaking news] River cuts off lower town and three villages"},
		{"rubric that the head leaves out thrice", "<title>River cuts off lower town</title><meta property=og:title content='River cuts off lower town'>" + headlineJSON("River cuts off lower town"), "<h1>[Breaking news] River cuts off lower town</h1>" + body, "[Breaking news] River cuts off lower town"},
		{"time of day behind the headline", "<title>River cuts off lower town - The Mill Echo newest news</title>", "<h2 class=news_title>River cuts off lower town <span>【10:25】</span></h2>" + body, "River cuts off lower town"},
		{"same title on every page", "<title>Mill Echo</title>", "<div><h3>River cuts off lower town</h3>" + paragraphs(one, two, three) + "</div>", "River cuts off lower town"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, extract.Options{}, "https://echo.example/a/1.html", c.head, c.body)
			if res.Article == nil || res.Article.Title != c.want {
				t.Errorf("got %+v, want title %q", res.Article, c.want)
			}
		})
	}
}

func TestKind(t *testing.T) {
	links := ""
	for _, s := range strings.Fields("11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26") {
		links += "<li><a href=/2024/0501/c" + s + "38271.html>The council meets about bridge number " + s + "</a></li>"
	}
	slides := ""
	for _, s := range strings.Fields("bridge mill market church school station") {
		slides += "<figure><img src=/pics/" + s + ".jpg width=900 height=600><figcaption>The " + s + " on Monday morning, when the river had risen by three metres. Photo: Jo Penn</figcaption></figure>"
	}
	article1 := "<h1>River cuts off town</h1>" + paragraphs(one, two, three)
	cases := []struct {
		name, url, head, body string
		want                  article.Kind
	}{
		{"article", "https://e.example/a/1.html", "<title>River cuts off town</title>", article1, article.KindArticle},
		{"article with many links", "https://e.example/a/1.html", "<title>River cuts off town</title>", article1 + "<ul>" + links + "</ul>", article.KindArticle},
		{"section", "https://e.example/news/", "<title>News</title>", "<ul>" + links + "</ul>", article.KindList},
		{"brief among links", "https://e.example/a/890.html", "<title>River cuts off lower town</title>", "<h1>River cuts off lower town</h1><p>The lower town was cut off by the river until noon on Tuesday, when volunteers closed the gap at the mill.</p><p>No one was hurt.</p><ul>" + links + "</ul>", article.KindArticle},
		{"section with an introduction", "https://e.example/news/", "<title>News from the lower town</title>", "<h1>News from the lower town</h1><p>All that happens in the lower town and by the mill, from the reporters of the Echo, every day of the week.</p><ul>" + links + "</ul>", article.KindList},
		{"front page", "https://e.example/", "<title>The Echo</title>", "<ul>" + links + "</ul>", article.KindHome},
		{"bot wall", "https://e.example/a/1.html", "<title>Just a moment...</title>", "<p>Checking your browser before accessing e.example.</p>", article.KindBot},
		{"not found", "https://e.example/a/1.html", "<title>404 Not Found</title>", "<p>The page that you were looking for is gone, or never was here.</p>", article.KindError},
		{"shell", "https://e.example/a/1.html", "<title>Echo</title><script src=/app.js></script>", "<div id=root></div>", article.KindShell},
		{"empty", "https://e.example/a/1.html", "", "", article.KindEmpty},
		{"consent wall", "https://e.example/a/1.html", "<title>The Echo</title>", "<h1>We value your privacy</h1><p>We and our partners store information on your device.</p><button>Accept all cookies</button>", article.KindConsent},
		{"gallery", "https://e.example/a/1.html", "<title>The river in flood</title>", "<h1>The river in flood</h1>" + slides, article.KindGallery},
		{"gallery of short captions", "https://e.example/a/1.html", "<title>The river in flood</title>", "<nav><a href=/>Home</a></nav><h1>The river in flood</h1><div>" + strings.ReplaceAll(slides, ", when the river had risen by three metres", "") + "</div>", article.KindGallery},
		{"video", "https://e.example/v/1.html", "<title>Watch: river cuts off town</title><meta property=og:type content=video.other>", "<h1>Watch: river cuts off town</h1><video src=/v.mp4 poster=/v.jpg></video><p>The bridge at Mill Lane is closed, as our film from Monday shows.</p>", article.KindVideo},
		{"paywall", "https://e.example/a/1.html", "<title>River cuts off town</title>", "<h1>River cuts off town</h1><p>Already a subscriber? Sign in to continue reading.</p>" + strings.Repeat("<p>One month for one euro</p>", 12), article.KindPaywall},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, extract.Options{}, c.url, c.head, c.body)
			if res.Kind != c.want {
				t.Errorf("kind = %s (%v), want %s", res.Kind, res.Refusal, c.want)
			}
			if (res.Article == nil) != (res.Refusal != nil) {
				t.Error("want an article or a refusal")
			}
			if res.Kind == article.KindGallery && (len(res.Article.Images) != 6 || len(res.Article.Body) != 6 || !strings.Contains(article.Value(res.Article.Images[5].Caption), "The station on Monday")) {
				t.Errorf("want six pictures with their captions, and each caption once:\n%s", res.Article.Text)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	res := read(t, extract.Options{}, "https://e.example/a/20240501-river.html", "<title>River</title><link rel=alternate type=application/rss+xml href=/feed.xml>",
		"<nav><a href=/sport/>Sport</a></nav><h1>River cuts off town</h1>"+paragraphs(one, two+" <a href='/2023/11/02/flood-of-last-autumn-cost-millions.html?utm_source=x'>Last year's flood cost millions to repair</a>.", three)+
			"<a href='javascript:void(0)'>x</a><a href=mailto:a@e.example>mail</a><a href=/2024/05/01/c4711.html><img src=a.jpg alt='Bridge closed'></a><a href='https://other.example/2024/05/01/a-long-story-from-another-place.html'>A long story from another place altogether</a>")
	got := map[string]article.Link{}
	for _, l := range res.Links {
		got[l.URL] = l
	}
	if len(got) != len(res.Links) || len(got) != 4 {
		t.Fatalf("links = %+v", res.Links)
	}
	if l := got["https://e.example/sport/"]; !l.Section || l.Article {
		t.Errorf("section link = %+v", l)
	}
	if l := got["https://e.example/2023/11/02/flood-of-last-autumn-cost-millions.html"]; !l.Article || !l.InBody {
		t.Errorf("body link = %+v", l)
	}
	if l := got["https://e.example/2024/05/01/c4711.html"]; !l.Article || l.Text != "Bridge closed" {
		t.Errorf("picture link = %+v", l)
	}
	if l := got["https://other.example/2024/05/01/a-long-story-from-another-place.html"]; l.Article {
		t.Errorf("foreign link = %+v", l)
	}
	if diff := cmp.Diff([]string{"https://e.example/feed.xml"}, res.Feeds); diff != "" {
		t.Error(diff)
	}
}

func TestNextPart(t *testing.T) {
	cases := []struct{ name, url, link, part, list string }{
		{"underscore", "https://e.example/a/t1.html", "<a href=t1_2.html>下一页</a>", "https://e.example/a/t1_2.html", "https://e.example/a/t1_2.html"},
		{"second to third", "https://e.example/a/t1_2.html", "<a href=t1.html>1</a> <a href=t1_3.html>下一页</a>", "https://e.example/a/t1_3.html", "https://e.example/a/t1_3.html"},
		{"number alone", "https://e.example/a/t1.html", "<a href=t1_2.html>[2]</a>", "https://e.example/a/t1_2.html", "https://e.example/a/t1_2.html"},
		{"query", "https://e.example/a?id=7", "<a href='?id=7&page=2'>Next</a>", "https://e.example/a?id=7&page=2", "https://e.example/a?id=7&page=2"},
		{"page folder", "https://e.example/a/story", "<a href=/a/story/page/2 rel=next>2</a>", "https://e.example/a/story/page/2", "https://e.example/a/story/page/2"},
		{"next article", "https://e.example/a/101.html", "<a href=102.html rel=next>Next</a>", "", "https://e.example/a/102.html"},
		{"last page to itself", "https://e.example/a/t1_2.html", "<a href=t1_2.html>下一页</a>", "", ""},
		{"back to the first", "https://e.example/a/t1_3.html", "<a href=t1_2.html>2</a>", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, extract.Options{}, c.url, "<title>River</title>", paragraphs(one, two, three)+c.link)
			if res.NextPart != c.part || res.NextList != c.list {
				t.Errorf("part %q, list %q; want %q, %q", res.NextPart, res.NextList, c.part, c.list)
			}
		})
	}
}

func selector(s string) *configs.Selector {
	sel, err := configs.NewSelector(s)
	if err != nil {
		panic(err)
	}
	return sel
}

// TestRules checks that a site's rules win, that those of the day of capture are
// used, and that what they miss is reported.
func TestRules(t *testing.T) {
	old := configs.Rules{Name: "echo", Until: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Title: selector(".old-title"), Body: selector(".old")}
	now := configs.Rules{Name: "echo@2024-01-01", From: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Title: selector(".t"), Body: selector(".b"), Remove: []*configs.Selector{selector(".ad")}}
	x := extract.New(extract.Options{Rules: []configs.Rules{now, old}})
	page := "<meta charset=utf-8><title>x</title><h1>Wrong</h1><div class=t>Right</div><div class=b><p>Short.</p><div class=ad>Buy.</div><p>Also short.</p></div>" + paragraphs(one, two, three)
	extractAt := func(body string, at time.Time) *article.Article {
		t.Helper()
		res, err := x.Extract(context.Background(), article.Page{URL: "https://e.example/a/1.html", Body: []byte(body), Fetched: at})
		if err != nil || res.Article == nil {
			t.Fatalf("result %+v, error %v", res, err)
		}
		return res.Article
	}
	a := extractAt(page, time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC))
	if a.Title != "Right" || a.Evidence["title"] != "rule echo@2024-01-01" || a.Evidence["body"] != "rule echo@2024-01-01" {
		t.Errorf("title %q, evidence %v", a.Title, a.Evidence)
	}
	if diff := cmp.Diff([]string{"paragraph: Short.", "paragraph: Also short."}, blocks(a)); diff != "" {
		t.Error(diff)
	}
	archived := strings.NewReplacer("class=t", "class=old-title", "class=b", "class=old").Replace(page)
	if a := extractAt(archived, time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)); a.Evidence["body"] != "rule echo" {
		t.Errorf("old layout: evidence %v", a.Evidence)
	}
	if a := extractAt("<h1>River cuts off town</h1>"+paragraphs(one, two, three), time.Time{}); !strings.Contains(strings.Join(a.Warnings, "\n"), "rule_unmatched") {
		t.Errorf("warnings = %v", a.Warnings)
	}
}

// TestFor: an extractor that shares another's memory gives what one of its own would.
func TestFor(t *testing.T) {
	shared := extract.New(extract.Options{})
	for _, name := range []string{"first", "second"} {
		o := extract.Options{Site: name, Language: "en"}
		page := article.Page{URL: "https://" + name + ".example/news/1.html", Body: []byte(`<!DOCTYPE html><html><head><title>A bridge opens</title></head><body><article class="story ` + name +
			`"><h1>A bridge opens</h1>` + strings.Repeat("<p>The "+name+" bridge over the river opened this morning, and people crossed it on foot.</p>", 5) + `</article></body></html>`)}
		want, err := extract.New(o).Extract(t.Context(), page)
		if err != nil || want.Article == nil {
			t.Fatalf("%v, %+v", err, want.Refusal)
		}
		got, err := shared.For(o).Extract(t.Context(), page)
		if err != nil || !cmp.Equal(got, want) || got.Article.Site != name {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, want)
		}
	}
}
