package extract_test

import (
	"strings"
	"testing"

	"pressmark/extract/article"
)

// TestTimes: which of a page's dates is that of its publication.
func TestTimes(t *testing.T) {
	related := `<aside><h3>More</h3><div><a href="/x/1">Ferry timetable changes again after the storm</a> 3 May 2019</div><div><a href="/x/2">School roof mended before winter comes</a> 4 May 2019</div></aside>`
	for _, f := range []factPage{
		{name: "footer of the article, below the text", lang: "en", url: "https://www.example.co.uk/a", text: "<article>" + enText + `<footer class=meta><span><time datetime="2025-08-12T11:15:06Z">12 August 2025</time></span> <span>By the parks desk</span></footer></article>`,
			published: "2025-08-12T11:15:06+00:00"},
		{name: "footer element between headline and text", lang: "en", url: "https://www.example.co.uk/a", above: `<footer class="author__meta">By Ann Poe | <span class="author__meta-date">4 January 2020</span> | <a href="#c">57 Comments</a></footer>`,
			text: enText + `<p>This article was about a plan that the council published on 27 August 2015 in its gazette.</p>`, published: "2020-01-04", authors: "Ann Poe"},
		{name: "footer of the site", lang: "en", url: "https://www.example.co.uk/a", below: `</div><footer>Site last built on 3 May 2021</footer><div>`, published: ""},
		{name: "sentence of a blog below the text", lang: "de", url: "https://www.example.de/a", below: `<div class="post-footer">Dieser Artikel wurde am 14. Dezember 2015 um 14:48 von Heiner geschrieben und unter dem Stichwort Arduino abgelegt.</div>`,
			published: "2015-12-14T14:48:00+01:00"},
		{name: "sentence with the verb behind the time", lang: "de", url: "https://www.example.de/a", below: `<p class="info">Der Beitrag wurde am Montag, den 7. März 2022 um 9:05 Uhr veröffentlicht.</p>`,
			published: "2022-03-07T09:05:00+01:00"},
		{name: "study of which the text speaks", lang: "en", url: "https://www.example.co.uk/a", text: enText + `<p>The study was published on 3 May 2019 in a journal that few of the councillors had ever heard of.</p>`, published: ""},
		{name: "article that speaks of itself", lang: "en", url: "https://www.example.co.uk/a", text: enText + `<p>This story was first published on 3 May 2019.</p>`, published: "2019-05-03"},
		{name: "member's date beside the post", lang: "de", url: "https://www.example.de/a", above: `<div>r23</div><div>Registriert: 18.09.2008, 05:56</div><div>Beitrag von r23 » 21.01.2009, 05:42</div>`, published: "2009-01-21T05:42:00+01:00"},
		{name: "date a source was looked up", lang: "en", url: "https://www.example.co.uk/a", below: `<p>Lakeside Council minutes, retrieved 3 May 2019</p>`, published: ""},
		{name: "Japanese verb behind the time", lang: "ja", url: "https://www.example.jp/a", above: `<p class=note>2024年5月14日 8:30に公開</p>`, text: jaText, published: "2024-05-14T08:30:00+09:00"},
		{name: "Ukrainian labels", lang: "uk", url: "https://www.example.com.ua/a", above: `<p>Оновлено: 15 травня 2024, 10:00</p><p>Опубліковано: 14 травня 2024, 08:30</p>`, published: "2024-05-14T08:30:00+03:00", modified: "2024-05-15T10:00:00+03:00"},
		{name: "Persian labels", lang: "fa", url: "https://www.example.ir/a", above: `<p>به&zwnj;روزرسانی: ۲۶ اردیبهشت ۱۴۰۳ - ۱۰:۰۰</p><p>تاریخ انتشار: ۲۵ اردیبهشت ۱۴۰۳ - ۰۸:۳۰</p>`, text: strings.ReplaceAll(enText, "The", "شهرداری"), published: "2024-05-14T08:30:00+03:30", modified: "2024-05-15T10:00:00+03:30"},
		{name: "Indonesian labels", lang: "id", url: "https://www.example.id/a", above: `<p>Diperbarui: 15 Mei 2024 10:00 WIB</p><p>Diterbitkan: 14 Mei 2024 08:30 WIB</p>`, published: "2024-05-14T08:30:00+07:00", modified: "2024-05-15T10:00:00+07:00"},
		{name: "Romanian labels", lang: "ro", url: "https://www.example.ro/a", above: `<p>Actualizat: 15 mai 2024, 10:00</p><p>Publicat: 14 mai 2024, 08:30</p>`, published: "2024-05-14T08:30:00+03:00", modified: "2024-05-15T10:00:00+03:00"},
		{name: "teasers below the text", lang: "en", url: "https://www.example.co.uk/a", above: `<p class=kicker>Council | 30 September 2018</p>`, below: related, published: "2018-09-30"},
		{name: "date in the kicker above the headline", lang: "fr", url: "https://www.example.fr/a", above: `</div><div>`, text: enText, below: related, published: ""},
		{name: "meta tag of the site's own", lang: "en", url: "https://www.example.co.uk/a", head: `<meta property="paper:published_at" content="2013-02-16T04:36:36-05:00">`, published: "2013-02-16T04:36:36-05:00"},
		{name: "JSON-LD escaped as HTML", lang: "en", url: "https://www.example.co.uk/a", head: `<script type="application/ld+json">{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-05-14T08:30:00+01:00&quot;}</script>`, published: "2024-05-14T08:30:00+01:00"},
		{name: "JSON-LD in a meta tag", lang: "en", url: "https://www.example.co.uk/a", head: `<meta name="script:ld+json" content="{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-05-14T08:30:00+01:00&quot;}">`, published: "2024-05-14T08:30:00+01:00"},
		{name: "JSON-LD in an attribute", lang: "en", url: "https://www.example.co.uk/a", head: `<script type="application/ld+json" children="{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-05-14T08:30:00+01:00&quot;}"></script>`, published: "2024-05-14T08:30:00+01:00"},
		{name: "Minguo year on an English page of a Taiwanese paper", lang: "zh-TW", url: "https://www.example.com.tw/a", above: `<p class=date>113/05/14 08:30</p>`, text: enText + enText, published: "2024-05-14T08:30:00+08:00"},
		{name: "offset of the time element", lang: "de", url: "https://www.example.de/a", above: `<time datetime="2024-05-14T08:30:00-04:00">14. Mai 2024, 8:30</time>`, published: "2024-05-14T08:30:00-04:00"},
		{name: "afternoon in Spanish", lang: "es", url: "https://www.example.cl/a", above: `<p>14 de mayo de 2024, 5:35 p. m.</p>`, published: "2024-05-14T17:35:00-04:00"},
		{name: "evening in Malay", lang: "ms", url: "https://www.example.my/a", above: `<p>14 Mei 2024, 8:30 malam</p>`, published: "2024-05-14T20:30:00+08:00"},
		{name: "Japanese afternoon", lang: "ja", url: "https://www.example.jp/a", above: `<p>2024年5月14日 午後5時35分</p>`, text: jaText, published: "2024-05-14T17:35:00+09:00"},
		{name: "published stands against the updated time", lang: "en", url: "https://www.example.co.uk/a", head: `<meta property="article:published_time" content="2024-05-14T08:30:00+01:00"><meta property="article:modified_time" content="2024-05-16T10:00:00+01:00">`,
			above: `<p>16 May 2024</p>`, published: "2024-05-14T08:30:00+01:00", modified: "2024-05-16T10:00:00+01:00"},
		{name: "JSON-LD of another article", lang: "en", url: "https://www.example.co.uk/a", head: `<script type="application/ld+json">{"@type":"NewsArticle","url":"https://www.example.co.uk/other","headline":"School roof mended before winter comes","datePublished":"2019-01-02T03:04:05Z"}</script>`,
			above: `<p>14 May 2024</p>`, published: "2024-05-14"},
		{name: "dotted date on a .com page", lang: "de", url: "https://www.example.com/a", above: `<p>02.12.2019</p>`, published: "2019-12-02"},
		{name: "Swiss page in English", lang: "en", url: "https://www.example.ch/a", above: `<p>02/12/2019</p>`, published: "2019-12-02"},
		{name: "meta in another order than the page", lang: "en", url: "https://www.example.com/a", head: `<meta name="date" content="11/01/2023">`, above: `<p>01.11.2023</p>`, published: "2023-11-01"},
	} {
		t.Run(f.name, func(t *testing.T) {
			a := f.run(t)
			if got := article.Value(a.Published); got != f.published {
				t.Errorf("published = %q, want %q (evidence %v)", got, f.published, a.Evidence)
			}
			if got := article.Value(a.Modified); f.modified != "" && got != f.modified {
				t.Errorf("modified = %q, want %q", got, f.modified)
			}
		})
	}
}
