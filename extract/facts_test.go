package extract_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
)

// sentences fill the invented pages' bodies, so that they are articles.
const (
	zhText = `<p>湖畔市今年将新建四座公园,市民代表在听证会上提出了许多建议,会场气氛热烈,发言者一个接着一个。</p>
<p>工程预计明年春天开工,总投资约三千万元,建成以后附近的居民步行十分钟就能走到湖边,园内将种植本地树种。</p>
<p>市园林部门表示,设计方案还会继续修改,欢迎各界人士来信来电,所有意见都会在网站上公开答复。</p>`
	enText = `<p>The town of Lakeside will build four new parks next year, the council said, after a long hearing in which many residents spoke.</p>
<p>Work is expected to begin in spring, and the cost is put at three million, of which the county pays about a third, officials said.</p>
<p>The plans are still open to changes, the parks department added, and every letter that it receives will be answered in public.</p>`
	jaText = `<p>湖畔市は来年、市内に新しい公園を四カ所つくると発表した。公聴会では多くの市民が意見を述べ、会場は熱気に包まれたという。</p>
<p>工事は来年の春に始まる見通しで、費用はおよそ三億円。完成すれば近くの住民は歩いて十分ほどで湖のほとりに出られるようになる。</p>`
)

type factPage struct {
	name    string
	url     string
	lang    string
	head    string
	above   string // between headline and text
	text    string // "" means the language's filler
	below   string
	fetched time.Time

	published, precision, modified  string
	source, authors, editors, photo string
	warning                         string
}

func (f *factPage) run(t *testing.T) article.Article {
	t.Helper()
	title, text := "Lakeside to build four new parks", enText
	if f.lang == "" || strings.HasPrefix(f.lang, "zh") {
		title, text = "湖畔市将新建四座公园", zhText
	}
	if f.text != "" {
		text = f.text
	}
	lang := f.lang
	if lang == "" {
		lang = "zh-CN"
	}
	html := `<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8"><title>` + title + `</title>` + f.head + `</head><body>
<div class="nav"><a href="/">a</a> <a href="/b">b</a></div><div class="wrap"><h1>` + title + `</h1>` + f.above +
		`<div class="content">` + text + `</div>` + f.below + `</div></body></html>`
	url := f.url
	if url == "" {
		url = "http://news.example.org/a/b.html"
	}
	res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: url, Body: []byte(html), Fetched: f.fetched})
	if err != nil {
		t.Fatal(err)
	}
	if res.Article == nil {
		t.Fatalf("refused: %v", res.Refusal)
	}
	return *res.Article
}

func (f *factPage) check(t *testing.T) {
	a := f.run(t)
	for _, x := range []struct{ field, got, want string }{
		{"published", article.Value(a.Published), f.published},
		{"modified", article.Value(a.Modified), f.modified},
		{"source", a.Credits.Source, f.source},
		{"authors", strings.Join(a.Credits.Authors, ","), f.authors},
		{"editors", strings.Join(a.Credits.Editors, ","), f.editors},
		{"photographers", strings.Join(a.Credits.Photographers, ","), f.photo},
	} {
		if x.got != x.want {
			t.Errorf("%s = %q, want %q (evidence %v)", x.field, x.got, x.want, a.Evidence)
		}
	}
	if f.precision != "" && string(a.PublishedPrecision) != f.precision {
		t.Errorf("precision = %q, want %q", a.PublishedPrecision, f.precision)
	}
	if warned := strings.Join(a.Warnings, "; "); f.warning != "" && !strings.Contains(warned, f.warning) {
		t.Errorf("warnings %q lack %q", warned, f.warning)
	}
	for _, c := range a.Credits.Lines {
		if strings.Contains(a.Text, c) {
			t.Errorf("credit line %q is still in the text", c)
		}
	}
}

func TestFactsChinese(t *testing.T) {
	for _, f := range []factPage{
		{name: "labels in one line", above: `<div>2022-10-30 17:35:03 来源：湖畔新闻网 作者：林小一 向立远 编辑：杨伶文</div>`,
			published: "2022-10-30T17:35:03+08:00", precision: "second", source: "湖畔新闻网", authors: "林小一,向立远", editors: "杨伶文", warning: "no_timezone"},
		{name: "credits below the text", above: `<p>2022年10月30日 17:35</p>`, below: `<p>来源:湖畔客户端</p><p>作者:林小一</p><p>编辑:杨伶文 HN123</p>`,
			published: "2022-10-30T17:35:00+08:00", precision: "minute", source: "湖畔客户端", authors: "林小一", editors: "杨伶文"},
		{name: "time split over boxes", above: `<div><div>2019</div><div>09/07</div><div>19:02</div></div>`,
			published: "2019-09-07T19:02:00+08:00"},
		{name: "time split over spans that a style sheet parts", above: `<div><span>2019</span><span>09/07</span><span>19:02</span></div>`,
			published: "2019-09-07T19:02:00+08:00"},
		{name: "name and medium beside the time", above: `<div>2018-12-28 19:55 石佳/湖畔晚报</div>`,
			published: "2018-12-28T19:55:00+08:00", source: "湖畔晚报", authors: "石佳"},
		{name: "day in one box, month in another", above: `<div><div>21</div><div>2024年02月</div></div>`, published: "2024-02-21", precision: "day"},
		{name: "time in the breadcrumbs", above: `<div><a href="/">首页</a> &gt; <a href="/sz/">时政</a> &gt; 正文 2018年12月28日 19:55:07 来源：湖畔晚报</div>`,
			published: "2018-12-28T19:55:07+08:00", source: "湖畔晚报"},
		{name: "comments have times, too", above: `<div>2018-12-28 19:55 来源：湖畔晚报</div>`, below: `<div><h3>网友评论</h3><div><b>甲</b> 2018-12-29 09:10<p>说得很好,希望这些措施都能落到实处,让大家得到实惠。</p></div><div><b>乙</b> 2018-12-29 09:12<p>说得很好,希望这些措施都能落到实处,让大家得到实惠。</p></div></div>`,
			published: "2018-12-28T19:55:00+08:00", source: "湖畔晚报"},
		{name: "medium beside the time", above: `<div>2018年12月28日 19:55 湖畔晚报 分享</div>`, published: "2018-12-28T19:55:00+08:00", source: "湖畔晚报"},
		{name: "reporter in the dateline", above: `<div>2020-10-04 20:30</div>`, text: `<p>湖畔网10月4日讯（记者陈智文 整合） 国庆长假过半,湖畔市的公园里到处都是游人,各处停车场都已停满。</p>` + zhText,
			published: "2020-10-04T20:30:00+08:00", authors: "陈智文"},
		{name: "name at the end", above: `<div>2020-10-04 20:30 来源：湖畔网</div>`, text: zhText + `<p>园林部门提醒市民,湖边风大,散步时请注意添加衣服,带好随身物品,看护好老人和孩子。（记者左文）</p>`,
			published: "2020-10-04T20:30:00+08:00", source: "湖畔网", authors: "左文"},
		{name: "imprint before the first words", text: strings.Replace(zhText, "<p>", "<p>（湖畔日报 2020-10-04 20:30 编辑 张三）", 1),
			published: "2020-10-04T20:30:00+08:00", source: "湖畔日报", editors: "张三"},
		{name: "imprint behind the last words of a long paragraph", text: zhText + `<p>` + strings.Repeat("园林部门提醒市民，湖边风大，散步时请注意添加衣服。", 8) + `（湖畔日报 2020-10-04 20:30 编辑 张三）</p>`,
			published: "2020-10-04T20:30:00+08:00", source: "湖畔日报", editors: "张三"},
		{name: "imprint of its own line", text: `<p>（湖畔日报 2020-10-04 20:30 编辑 张三）</p>` + zhText, published: "2020-10-04T20:30:00+08:00", source: "湖畔日报", editors: "张三"},
		{name: "year behind day and time", above: `<div><span>湖畔晚报</span> <span>10月04日</span> <span>2020年</span></div>`, published: "2020-10-04", source: "湖畔晚报"},
		{name: "account that is the author", above: `<div>2020-10-04 20:30 作者：<a href="/author/1" rel="author">陳小美</a></div>`, published: "2020-10-04T20:30:00+08:00", authors: "陳小美"},
		{name: "traditional", lang: "zh-TW", url: "http://news.example.tw/a", above: `<div>2012-01-12 11:40</div><div>【湖畔日報╱記者邱雯文／台北報導】</div>`,
			published: "2012-01-12T11:40:00+08:00", source: "湖畔日報", authors: "邱雯文", warning: "Asia/Taipei"},
		{name: "updated line loses to the published one", above: `<div>2019-09-07 15:10:53 来源：湖畔网</div><div>最后更新: 2019-09-07 15:14:21</div>`,
			published: "2019-09-07T15:10:53+08:00", modified: "2019-09-07T15:14:21+08:00", source: "湖畔网"},
		{name: "printed time wins over a meta time hours later", head: `<meta property="article:published_time" content="2019-09-07T21:44:00+08:00">`,
			above: `<div>2019-09-07 15:10 来源：湖畔网</div>`, published: "2019-09-07T15:10:00+08:00", source: "湖畔网"},
		{name: "structured seconds are lent", head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-09-07T15:10:53+08:00"}</script>`,
			above: `<div>2019-09-07 15:10</div>`, published: "2019-09-07T15:10:53+08:00", precision: "second"},
		{name: "structured zone is wrong", head: `<meta property="article:published_time" content="2019-09-07T15:10:53Z">`,
			above: `<div>2019-09-07 15:10</div>`, published: "2019-09-07T15:10:53+08:00"},
		{name: "structured time in UTC", head: `<meta property="article:published_time" content="2019-09-07T07:10:53Z">`,
			above: `<div>2019-09-07 15:10</div>`, published: "2019-09-07T15:10:53+08:00"},
		{name: "migration date", head: `<meta name="publishdate" content="2021-03-01">`,
			above: `<div>发布时间：2012-01-12 来源：湖畔报</div>`, published: "2012-01-12", precision: "day", source: "湖畔报"},
		{name: "no year, year from the address", url: "http://news.example.org/2019/1008/c1.html", above: `<div>发布时间：10-08 12:00</div>`, published: "2019-10-08T12:00:00+08:00"},
		{name: "relative, from the capture", above: `<div>昨天 12:30 来源：湖畔网</div>`, fetched: captured, published: "2024-05-15T12:30:00+08:00", source: "湖畔网"},
		{name: "future refused", above: `<div>2031-05-15 12:30</div>`, fetched: captured},
		{name: "before 1990 refused", head: `<meta name="publishdate" content="1970-01-01 08:00:00">`},
		{name: "event's date in the first sentence", text: `<p>2018年3月5日,湖畔市曾经开过一次听证会,会上许多市民代表提出了意见,那次会议的记录至今还保存在档案馆里。</p>` + zhText},
		{name: "script", head: `<script>var page = {"publish_time":"2020-02-12 10:30:00","x":1};</script>`, published: "2020-02-12T10:30:00+08:00"},
		{name: "comment of a publishing system", head: ``, above: `<!--enpproperty <date>2012-01-17 20:05:11.0</date><author>林小一</author><source>湖畔日报</source>/enpproperty-->`,
			published: "2012-01-17T20:05:11+08:00", source: "湖畔日报", authors: "林小一"},
		{name: "meta author is the editor", head: `<meta name="author" content="张三">`, above: `<div>2012-01-17 来源：湖畔网</div>`, below: `<div>[责任编辑：张三]</div>`,
			published: "2012-01-17", source: "湖畔网", editors: "张三"},
		{name: "poster who is the author", above: `<div>发布者：李宝文 时间：2012-01-12 15:34:35 来源：湖畔网</div>`, below: `<div>作者：李宝文</div>`,
			published: "2012-01-12T15:34:35+08:00", source: "湖畔网", authors: "李宝文"},
		{name: "picture credits are nobody's", above: `<div>2012-01-12 15:34</div>`, text: zhText + `<p>图片来源：每湖记者 张文 摄</p>`, published: "2012-01-12T15:34:00+08:00"},
		{name: "related list with dates", above: `<div>2012-01-12 15:34</div>`, published: "2012-01-12T15:34:00+08:00",
			below: `<ul class="related"><li><a href="/1">某地举行运动会开幕式</a> 2012-01-15 10:00</li><li><a href="/2">某地召开工作会议部署任务</a> 2012-01-14 10:00</li></ul>`},
	} {
		t.Run(f.name, f.check)
	}
}

func TestFactsWestern(t *testing.T) {
	const ld = `<script type="application/ld+json">`
	for _, f := range []factPage{
		{name: "json-ld and byline", lang: "en-GB", head: ld + `{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Lakeside Gazette"},{"@type":"NewsArticle","headline":"Lakeside to build four new parks","datePublished":"2024-05-03T15:47:42.389Z","dateModified":"2024-05-03T18:00:00Z","author":[{"@type":"Person","name":"Jane Doe"},{"@id":"#p2"}]},{"@type":"Person","@id":"#p2","name":"John Roe"}]}</script>`,
			above: `<p>By Jane Doe and John Roe</p><p>3 May 2024, 16:47</p>`, published: "2024-05-03T16:47:42+01:00", modified: "2024-05-03T18:00:00+00:00", authors: "Jane Doe,John Roe"},
		{name: "printed only", lang: "en-US", above: `<div>By Jane Doe, Staff Reporter</div><div>Posted on January 17, 2012 06:00 AM EST</div>`,
			published: "2012-01-17T06:00:00-05:00", authors: "Jane Doe"},
		{name: "byline beside the time", lang: "en", above: `<div>Posted on September 21, 2020 by Jane Doe | 3 comments</div>`, published: "2020-09-21", authors: "Jane Doe"},
		{name: "day printed, time structured", lang: "en", head: ld + `{"@type":"NewsArticle","datePublished":"2024-02-20T17:05:24+00:00"}</script>`,
			above: `<div class="date">20 February, 2024</div>`, published: "2024-02-20T17:05:24+00:00"},
		{name: "midnight is a day", lang: "en", head: `<meta property="article:published_time" content="2024-02-20T00:00:00+00:00">`, published: "2024-02-20", precision: "day"},
		{name: "time element", lang: "en", above: `<time class="published" datetime="2024-02-20T17:05:24-05:00">February 20, 2024</time>`, published: "2024-02-20T17:05:24-05:00"},
		{name: "German", lang: "de", url: "https://www.example.de/a", above: `<div>Von Felix Muster und Eva Beispiel</div><div>3. Mai 2024, 17:47 Uhr</div>`,
			published: "2024-05-03T17:47:00+02:00", authors: "Felix Muster,Eva Beispiel", warning: "Europe/Berlin"},
		{name: "updated alone", lang: "de", url: "https://www.example.de/a", above: `<div>Aktualisiert am 28. April 2023, 20:22 Uhr</div>`, published: "2023-04-28T20:22:00+02:00"},
		{name: "updated is not published", lang: "fr", url: "https://www.example.fr/a", above: `<div>Publié le 18 juil. 2024 à 08:01 Mis à jour le 18 juil. 2024 à 09:06</div>`,
			published: "2024-07-18T08:01:00+02:00", modified: "2024-07-18T09:06:00+02:00"},
		{name: "times before their dates, the changed one last", lang: "en-GB", above: `<div>Published: 5:32 AM Oct 14, 2024 • Updated: 7:01 AM Oct 15, 2024</div>`,
			published: "2024-10-14T05:32:00+01:00", modified: "2024-10-15T07:01:00+01:00"},
		{name: "publisher named as author gives way to a person", lang: "en", head: `<meta property="og:site_name" content="Lakeside Gazette">` + ld + `{"@type":"NewsArticle","author":{"@type":"Organization","name":"Lakeside Gazette"}}</script>`,
			above: `<div>By Jane Doe</div>`, authors: "Jane Doe"},
		{name: "zone unknown", lang: "en", url: "https://www.example.com/a", above: `<div>January 17, 2012 6:05 p.m.</div>`, published: "2012-01-17T18:05:00+00:00", warning: "no_timezone: assumed UTC"},
		{name: "zone from the region of the language", lang: "en-IN", url: "https://www.example.com/a", above: `<div>January 17, 2012 6:05 p.m.</div>`, published: "2012-01-17T18:05:00+05:30", warning: "assumed Asia/Kolkata from the language's region"},
		{name: "organization where there is no person", lang: "en", head: ld + `{"@type":"NewsArticle","author":{"@type":"Organization","name":"Lakeside Gazette"}}</script>`, authors: "Lakeside Gazette"},
		{name: "zone told by clock and moment", lang: "en", url: "https://www.example.com/a", head: ld + `{"@type":"NewsArticle","datePublished":"2023-11-09T05:30:59Z"}</script>`,
			above: `<div>PUBLISHED: November 8, 2023 at 11:30 p.m.</div>`, published: "2023-11-08T23:30:59-06:00"},
		{name: "day first by the page's other dates", lang: "en", url: "https://www.example.com/a", above: `<div class="date">11/01/2012</div>`, below: `<div>20/12/2011 Another story of the town</div>`, published: "2012-01-11"},
		{name: "month first in the United States", lang: "en-US", url: "https://www.example.com/a", above: `<div class="date">11/01/2012</div>`, published: "2012-11-01"},
		{name: "list of other dates", lang: "en", head: ld + `{"@type":"NewsArticle","datePublished":"2025-04-08T03:00:00Z"}</script>`,
			below: `<ul><li>23. 12. 2024 13:31 One</li><li>25. 4. 2023 5:00 Two</li></ul>`, published: "2025-04-08T03:00:00+00:00"},
		{name: "card amid the text", lang: "en", above: `<div>By Jane Doe</div>`, text: enText + `<div class="related"><a href="/x">Other story of the day</a><span>by Max Other</span></div>` + enText, authors: "Jane Doe"},
		{name: "account of one word, printed in full", lang: "en", head: ld + `{"@type":"Article","author":{"@type":"Person","name":"Jane"}}</script>`, above: `<div>By Jane Doe</div>`, authors: "Jane Doe"},
		{name: "admin is nobody", lang: "en", head: ld + `{"@type":"Article","author":{"@type":"Person","name":"admin"}}</script>`},
		{name: "address of an archived copy", lang: "en", url: "https://archive.example.org/web/20131110121040/http://www.example.com/2012/02/14/parks.html", published: "2012-02-14"},
		{name: "name below the text in a box called author", lang: "en", above: `<p class="date">3 May 2024</p>`, below: `<div class="article-author">Mary Carter</div>`, published: "2024-05-03", authors: "Mary Carter"},
		{name: "name below the text in no such box", lang: "en", below: `<div>Mary Carter</div>`},
		{name: "author's box below that says more", lang: "en", below: `<div class="author">More from Mary Carter</div>`},
		{name: "author of a comment", lang: "en", below: `<div class="comments"><span class="comment-author fn">Mary Carter</span> said</div>`},
		{name: "hAtom footer", lang: "en", above: `<h4 class="date-header">Wednesday, March 6, 2019</h4>`, published: "2019-03-06T07:48:00-05:00", authors: "Mary Carter",
			below: `<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">Mary Carter</span></span> at <abbr class="published" title="2019-03-06T07:48:00-05:00">7:48 AM</abbr></div>`},
		{name: "Japanese name in an element called writer", lang: "ja", url: "https://example.jp/a", above: `<p>2019年3月6日 7時48分</p><p class="writer">山田太郎</p>`, text: jaText, published: "2019-03-06T07:48:00+09:00", authors: "山田太郎"},
		{name: "Russian", lang: "ru", url: "https://example.ru/a", above: `<div>Текст: Иван Примеров</div><div>13 января 2012, 10:15</div>`, published: "2012-01-13T10:15:00+04:00", authors: "Иван Примеров"},
		{name: "Korean", lang: "ko", url: "https://example.kr/a", head: ld + `{"@type":"NewsArticle","datePublished":"2026-07-12T22:09:00+09:00"}</script>`,
			above: `<div>박준문 기자</div><div>입력 2026.07.12 22:09</div>`, published: "2026-07-12T22:09:00+09:00", authors: "박준문"},
	} {
		t.Run(f.name, f.check)
	}
}

// captured is when the invented pages were captured, where it matters.
var captured = time.Date(2024, 5, 16, 12, 0, 0, 0, time.UTC)

func TestTimezoneConfigured(t *testing.T) {
	page := []byte(`<html lang="en"><title>Lakeside to build four new parks</title><h1>Lakeside to build four new parks</h1><p>17 January 2012, 18:30</p>` + enText)
	x := extract.New(extract.Options{Timezone: time.FixedZone("", -3*3600)})
	res, err := x.Extract(context.Background(), article.Page{URL: "https://www.example.com/a", Body: page})
	if err != nil || res.Article == nil || res.Article.Published == nil {
		t.Fatal(err, res.Refusal)
	}
	if got := *res.Article.Published; got != "2012-01-17T18:30:00-03:00" {
		t.Errorf("published %s", got)
	}
	if w := strings.Join(res.Article.Warnings, " "); strings.Contains(w, "no_timezone") {
		t.Errorf("warned of a configured zone: %s", w)
	}
}

func cssRule(css string) *configs.Selector {
	sel, err := configs.NewSelector(css)
	if err != nil {
		panic(err)
	}
	return sel
}

func TestFactsByRule(t *testing.T) {
	rules := []configs.Rules{{Name: "lake@2020-01-01",
		Published: cssRule(".t2"), Source: cssRule(".s"), Authors: cssRule(".a"), Editors: cssRule(".e")}}
	page := []byte(`<html lang="zh"><title>湖畔市将新建四座公园</title><h1>湖畔市将新建四座公园</h1><div class="t1">2020-05-01 08:00 来源：别处网 作者：别人名 编辑：张三</div>` + zhText +
		`<div class="t2">编号 2020-04-30 21:15:09</div><span class="s">来源：湖畔内参</span> <i class="a">林小一、向立远</i> <i class="e">责编：杨文 PK155</i>`)
	res, err := extract.New(extract.Options{Rules: rules}).Extract(context.Background(), article.Page{URL: "http://news.example.cn/a", Body: page})
	if err != nil || res.Article == nil || res.Article.Published == nil {
		t.Fatal(err, res.Refusal)
	}
	a := res.Article
	if *a.Published != "2020-04-30T21:15:09+08:00" || a.Evidence["published"] != "rule lake@2020-01-01" {
		t.Errorf("published %s from %s", *a.Published, a.Evidence["published"])
	}
	if c := a.Credits; c.Source != "湖畔内参" || strings.Join(c.Authors, ",") != "林小一,向立远" || strings.Join(c.Editors, ",") != "杨文" {
		t.Errorf("credits %+v", c)
	}
}

// TestAboutAuthor: the paragraph that introduces the author is not the article's;
// one that goes on with the story is.
func TestAboutAuthor(t *testing.T) {
	for last, gone := range map[string]bool{
		"Jane Doe is a reporter who covers parks and lakes for the county, and has lived in Lakeside all her life.": true,
		"*Jane Doe, MD, is a paediatrician who writes for the paper about children and water every second week.":    true,
		"Jane is a writer from Lakeside, and has covered parks, ponds and swimming holes for nine years.":           true,
		"Reporter Jane Doe covers the county's parks, and likes to hear from readers about them.":                   true,
		"Jane Doe (*1981) was the county's correspondent in the capital before she came home to the lake.":          true,
		"Jane is ill, the council heard, and so nobody could tell who had drawn the plan of the parks.":             false,
		"Jane Doe, who is also a swimmer, will be the first to try the water, she told the council on Tuesday.":     false,
		"Jane Doe told the council that the parks had been drawn by children, and nobody in the hall was against.":  false,
		"John Roe is the mayor of the town, and will open the first of the parks in person next year.":              false,
	} {
		f := factPage{lang: "en", above: "<p>By Jane Doe</p>", text: enText + "<p>" + last + "</p>"}
		if a := f.run(t); strings.Contains(a.Text, last) == gone {
			t.Errorf("%q: gone should be %v", last, gone)
		}
	}
}
