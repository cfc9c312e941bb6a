package extract_test

import (
	"context"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// pierProse is filling for pages whose headline matters.
const pierProse = `<p>The harbour board of Milbrook voted on Tuesday to mend the old pier, which a storm had torn in two last winter.</p>
<p>Work on the pier begins in April, the board said, and the ferry will land at the northern slip until it is done.</p>
<p>Shopkeepers fear for the summer, because most visitors come by ferry and stay for a day only.</p>`

// TestHeadlineThatReadersSee has a page a row: what stands in the head, and the printed heading above
// the same text.
func TestHeadlineThatReadersSee(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ head, body, want string }{
		"heading over a shorter title for cards": {
			`<title>Board votes to mend the old pier of Milbrook | Valley Herald</title><meta property="og:title" content="Milbrook pier to be mended"><meta name="twitter:title" content="Milbrook pier to be mended">`,
			`<h1>Board votes to mend the old pier of Milbrook</h1>` + pierProse, "Board votes to mend the old pier of Milbrook"},
		"heading over three titles for search engines": {
			`<title>Milbrook pier repair: all you need to know | Valley Herald</title><meta property="og:title" content="Milbrook pier repair: all you need to know"><meta name="twitter:title" content="Milbrook pier repair: all you need to know"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Milbrook pier repair: all you need to know"}</script>`,
			`<h1>The storm tore it in two, now the board will mend it</h1>` + pierProse, "The storm tore it in two, now the board will mend it"},
		"heading over another headline in JSON-LD": {
			`<title>Old pier will be mended | Valley Herald</title><meta property="og:title" content="Old pier will be mended"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Board mends pier after the storm of last winter"}</script>`,
			`<h1>Old pier will be mended</h1>` + pierProse, "Old pier will be mended"},
		"heading over a subhead that <title> has": {
			`<title>7 ways to mend a pier | Valley Herald</title>`,
			`<h1>How to mend a pier, in seven ways and one winter</h1>` + pierProse + `<h2>7 ways to mend a pier</h2>` + pierProse, "How to mend a pier, in seven ways and one winter"},
		"kicker in an element of its own": {
			`<title>Board votes to mend the old pier | Valley Herald</title><meta property="og:title" content="Board votes to mend the old pier">`,
			`<h1><span class="kicker">Milbrook</span> <span>Board votes to mend the old pier</span></h1>` + pierProse, "Board votes to mend the old pier"},
		"subtitle in an element of its own": {
			`<title>Board votes to mend the old pier | Valley Herald</title>`,
			`<h1>Board votes to mend the old pier <small>Ferries land at the northern slip</small></h1>` + pierProse, "Board votes to mend the old pier"},
		"first words that the head leaves out": {
			`<title>Old piers of the valley | Valley Herald</title><meta property="og:title" content="Old piers of the valley">`,
			`<h1>The best old piers of the valley</h1>` + pierProse, "The best old piers of the valley"},
		"kicker that the head repeats with a sign": {
			`<title>Milbrook: Board votes to mend the old pier | Valley Herald</title>`,
			`<h1><span>Milbrook</span> <span>Board votes to mend the old pier</span></h1>` + pierProse, "Milbrook: Board votes to mend the old pier"},
		"quotes of the markup around the head's title": {
			`<title>What is a pier? | Valley Herald</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"&quot;What is a pier?&quot;"}</script>`,
			`<h1>What is a pier?</h1>` + pierProse, "What is a pier?"},
		"site's name as the first heading": {
			`<title>Board votes to mend the old pier – The Valley Herald</title>`,
			`<h1><a href="/">The Valley Herald</a></h1><h2>Board votes to mend the old pier</h2>` + pierProse, "Board votes to mend the old pier"},
		"heading of a widget behind the text": {
			`<title>Board votes to mend the old pier</title>`,
			`<div>` + pierProse + `</div><div class="translate"><h1>Original wording</h1><p>Suggest another.</p></div>`, "Board votes to mend the old pier"},
		"heading of a template": {
			`<title>Board votes to mend the old pier</title>`,
			`<h1>Single entry</h1>` + pierProse, "Board votes to mend the old pier"},
		"site's name on every page, headline in bold": {
			`<title>Valley Herald</title>`,
			`<div><b>Valley Herald</b></div><p><b>Board votes to mend the old pier</b></p><div>` + pierProse + `</div>`, "Board votes to mend the old pier"},
		"Chinese, path in the heading": {
			`<title>湖畔旧码头将重修 - 湖畔新闻网</title>`,
			`<h1><a href="/">湖畔新闻网</a> 〉 <a href="/news">要闻</a> 〉 湖畔旧码头将重修</h1><p>湖畔县周二决定重修旧码头，去年冬天的风暴把它冲成了两段。</p><p>工程四月开始，渡船改在北岸停靠，直到旧码头修好。</p>`, "湖畔旧码头将重修"},
		"Arabic, other words in the head": {
			`<title>إصلاح رصيف الميناء القديم في المدينة | جريدة الوادي</title>`,
			`<h1>المجلس يقرر إصلاح رصيف الميناء القديم بعد العاصفة</h1><p>قرر مجلس المدينة يوم الثلاثاء إصلاح رصيف الميناء القديم الذي دمرته العاصفة في الشتاء الماضي.</p><p>يبدأ العمل في أبريل، وسترسو العبارة في الشمال حتى ينتهي الإصلاح.</p>`, "المجلس يقرر إصلاح رصيف الميناء القديم بعد العاصفة"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := `<html><head><meta charset="utf-8">` + tt.head + `</head><body><article>` + tt.body + `</article></body></html>`
			res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://www.valley-herald.example/2024/05/pier-4711.html", Body: []byte(body)})
			if err != nil {
				t.Fatal(err)
			}
			if res.Article == nil {
				t.Fatalf("refused: %+v", res.Refusal)
			}
			if got := res.Article.Title; got != tt.want {
				t.Errorf("title is %q, want %q (evidence: %s)", got, tt.want, res.Article.Evidence["title"])
			}
		})
	}
}

// TestOtherHeadlines has a page whose head says it in other words.
func TestOtherHeadlines(t *testing.T) {
	t.Parallel()
	head := `<title>Milbrook pier repair: what to know | Valley Herald</title><meta property="og:title" content="The storm tore it in two"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Board votes to mend the old pier"}</script>`
	res := read(t, extract.Options{}, "https://www.valley-herald.example/2024/05/pier-4711.html", head, `<article><h1>Board votes to mend the old pier</h1>`+pierProse+`</article>`)
	if want := (article.Headlines{Search: "Milbrook pier repair: what to know", Social: "The storm tore it in two"}); res.Article == nil || res.Article.Headlines != want {
		t.Errorf("got %+v, want %+v", res.Article, want)
	}
	head = `<title>Board votes to mend the old pier – The Valley Herald and Mercury</title><meta property="og:title" content="Board votes to mend the old pier">`
	res = read(t, extract.Options{}, "https://www.valley-herald.example/2024/05/pier-4711.html", head, `<article><h1><span class="over">Milbrook</span> <span>Board votes to mend the old pier</span></h1>`+pierProse+`</article>`)
	if want := (article.Headlines{Kicker: "Milbrook"}); res.Article == nil || res.Article.Headlines != want {
		t.Errorf("got %+v, want %+v", res.Article, want)
	}
}
