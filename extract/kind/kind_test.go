package kind_test

import (
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/byline"
	"pressmark/extract/declared"
	"pressmark/extract/kind"
	"pressmark/extract/link"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/published"
	"pressmark/extract/rule"
	"pressmark/extract/title"
)

// decide takes a page through the steps before kind.Decide.
func decide(t *testing.T, address string, status int, markup string) kind.Result {
	t.Helper()
	tree, err := page.Parse(article.Page{URL: address, Status: status, Body: []byte(`<!doctype html><html><head><meta charset="utf-8">` + markup + `</html>`)})
	if err != nil {
		t.Fatal(err)
	}
	rules := rule.Choose(tree.Doc, nil, tree.In.Fetched)
	p, roles := tree.Lay(page.NewPool().Get(), "")
	said := declared.Read(p)
	ruled := rule.Apply(p, rules)
	head := title.Find(p, said, ruled)
	text := body.Find(p, roles, said, head, ruled, nil)
	text = body.Declared(p, head, ruled, text)
	when := published.Find(p, roles, said, ruled, head, text, nil)
	who := byline.Find(p, roles, said, ruled, head, text)
	pics := picture.Find(p, roles, ruled, head, text, when, who)
	return kind.Decide(p, head, text, when, pics, link.Find(p, text))
}

const (
	day      = `<time datetime="2024-05-14">14 May 2024</time>`
	cartoon  = `<img src="/img/cartoon.jpg" width="800" height="600" alt="Gull on the pier">`
	caption  = `<figure>` + cartoon + `<figcaption>Gull on the pier</figcaption></figure>`
	menu     = `<header><a href="/">Valley Herald</a><nav><a href="/news">News</a> <a href="/sport">Sport</a> <a href="/life">Life</a></nav></header>`
	imprint  = `<footer><a href="/imprint">Imprint</a> © 2024 Valley Herald. All rights reserved.</footer>`
	sentence = `<p>The harbour board of Milbrook voted on Tuesday to mend the old pier, which a storm had torn in two last winter.</p>`
)

// teasers are n links to other articles, each with a summary where one is given.
func teasers(n int, summary string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`<li><a href="/2024/05/story-` + string(rune('a'+i)) + `4711.html">The council of Milbrook meets about the bridge</a>` + summary + `</li>`)
	}
	return "<ul>" + b.String() + "</ul>"
}

// TestDecide has a page a row, most of them with little text: what each is taken for.
func TestDecide(t *testing.T) {
	t.Parallel()
	const story, section, front = "https://www.valley-herald.example/2024/05/pier-4711.html", "https://www.valley-herald.example/news/", "https://www.valley-herald.example/"
	headed := func(s string) string {
		return "<title>Cartoon of the day - Valley Herald</title></head><body>" + s + "</body>"
	}
	tests := map[string]struct {
		url    string
		status int
		page   string
		want   article.Kind
	}{
		"three paragraphs":                         {story, 200, headed(menu + "<h1>Board mends pier</h1>" + strings.Repeat(sentence, 3)), article.KindArticle},
		"picture in an article element":            {story, 200, headed("<article><h1>Cartoon of the day</h1>" + day + "<p>" + cartoon + "</p></article>"), article.KindArticle},
		"picture with a caption in a main element": {story, 200, headed(menu + "<main><h1>Cartoon of the day</h1>" + day + caption + "</main>" + imprint), article.KindArticle},
		"picture in a box called post":             {story, 200, headed(menu + `<div class="post"><h1>Cartoon of the day</h1>` + day + cartoon + "</div>" + imprint), article.KindArticle},
		"picture in a box below the headline":      {story, 200, headed(menu + "<h1>Cartoon of the day</h1>" + day + `<div class="content">` + cartoon + "</div>" + imprint), article.KindArticle},
		"dated picture beside a list":              {story, 200, headed(menu + "<h1>Cartoon of the day</h1>" + day + `<div class="content">` + cartoon + "</div><aside>" + teasers(12, "") + "</aside>" + imprint), article.KindArticle},
		"picture without a date or a mark":         {story, 200, headed(menu + "<h1>Cartoon of the day</h1>" + `<div class="content">` + cartoon + "</div>" + imprint), article.KindEmpty},
		"picture below a line of credits, Chinese": {story, 200, `<title>漫画：湖畔的海鸥_湖畔日报</title></head><body><div class="article"><h1>漫画：湖畔的海鸥</h1><div class="info">2024-05-14 08:30 来源：湖畔日报 作者：李青石</div><div class="content"><p>` + cartoon + `</p></div></div></body>`, article.KindArticle},
		"one sentence":                             {story, 200, headed("<article><h1>Ferry stops</h1><p>The ferry is cancelled today.</p></article>"), article.KindArticle},
		"headline alone":                           {story, 200, headed("<article><h1>Cartoon of the day</h1></article>"), article.KindEmpty},
		"section":                                  {section, 200, headed(menu + "<h1>News</h1>" + teasers(16, "") + imprint), article.KindList},
		"section with summaries":                   {section, 200, headed(menu + "<h1>News</h1>" + teasers(16, "<p>The members will look at three offers, and hear what the people who live on the lane have to say.</p>") + imprint), article.KindList},
		"brief above teasers with summaries": {story, 200, headed(menu + "<h1>Board votes to mend the pier of Milbrook</h1>" + day + `<p>` + sentence + `</p>` +
			teasers(9, "<p>The members will look at three offers, and hear what the people who live on the lane have to say.</p>") + imprint), article.KindArticle},
		"front page":                    {front, 200, headed(menu + teasers(16, "") + imprint), article.KindHome},
		"text under a status of error":  {story, 404, headed(menu + "<h1>Gone fishing</h1>" + sentence + imprint), article.KindError},
		"article about error 404":       {story, 200, "<title>What error 404 has to say - Valley Herald</title></head><body><h1>What error 404 has to say</h1>" + day + strings.Repeat(sentence, 3) + "</body>", article.KindArticle},
		"application that scripts fill": {story, 200, `<title>Herald</title><script src="/app.js"></script></head><body><div id="root"></div></body>`, article.KindShell},
		"wall for subscribers":          {story, 200, headed("<h1>Cartoon of the day</h1><p>Subscribe to continue reading.</p>" + strings.Repeat("<p>One month for one euro</p>", 12)), article.KindPaywall},
		"film with a line of text":      {story, 200, headed(`<main><h1>The pier in the storm</h1><video src="/v.mp4" poster="/v.jpg"></video><p>The pier broke at noon, as our film shows.</p></main>`), article.KindVideo},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := decide(t, tt.url, tt.status, tt.page)
			if got.Kind != tt.want {
				t.Errorf("kind is %s (%s), want %s", got.Kind, got.Why, tt.want)
			}
			if got.Refused() != (got.Why != "") {
				t.Errorf("refused: %t, but the reason is %q", got.Refused(), got.Why)
			}
		})
	}
}
