package extract_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// show writes a block in a line: type, role, text with its marks in braces.
func show(b *article.Block) string {
	var out strings.Builder
	out.WriteString(string(b.Type))
	if b.Role != "" {
		out.WriteString("!" + string(b.Role))
	}
	if b.Type == article.Embed {
		fmt.Fprintf(&out, " %s %s %s %q", b.Kind, b.Provider, b.URL, b.Title)
		return out.String()
	}
	fmt.Fprintf(&out, " %q", article.BlockText(b))
	runes := []rune(article.BlockText(b))
	for _, m := range b.Marks {
		fmt.Fprintf(&out, " {%s %s", m.Type, string(runes[m.Start:m.End]))
		if m.Href != "" {
			out.WriteString(" " + m.Href)
		}
		out.WriteString("}")
	}
	for _, x := range []struct {
		name  string
		value any
	}{{"speaker", b.Speaker}, {"start", b.Start}, {"levels", b.Levels}, {"header_rows", b.HeaderRows}, {"caption", b.Caption}} {
		if v, _ := json.Marshal(x.value); string(v) != `""` && string(v) != "0" && string(v) != "null" {
			fmt.Fprintf(&out, " %s=%s", x.name, v)
		}
	}
	return out.String()
}

func TestBlocks(t *testing.T) {
	const before = `<p>The island ferry will run to a reduced timetable until the pier is mended, the harbour board said on Tuesday.</p>`
	const after = `<p>Passengers with tickets can travel on any later sailing, and the board will pay for a bus to the northern slip.</p>` +
		`<p>Shopkeepers on the island fear a poor summer, because most of their visitors come for the day and carry little.</p>`
	for name, c := range map[string]struct {
		markup string
		want   []string
	}{
		"marks": {`<p>The <b>board</b> met <em>twice</em>, says <a href="/minutes">the minutes</a>, and ran <code>ferry --now</code> at dawn on Monday.</p>`,
			[]string{`paragraph "The board met twice, says the minutes, and ran ferry --now at dawn on Monday." {strong board} {emphasis twice} {link the minutes https://news.example.cn/minutes} {code ferry --now}`}},
		"marks in other scripts": {`<p>轮渡公司<strong>星期二</strong>宣布，详情见<a href="https://gov.example/">公告</a>，乘客可以改乘其他班次。</p>`,
			[]string{`paragraph "轮渡公司星期二宣布，详情见公告，乘客可以改乘其他班次。" {strong 星期二} {link 公告 https://gov.example/}`}},
		"nested marks": {`<p>Die Fähre fährt <a href="/plan"><b>nach Plan</b></a>, sagte die Behörde am Montag auf einer langen Sitzung.</p>`,
			[]string{`paragraph "Die Fähre fährt nach Plan, sagte die Behörde am Montag auf einer langen Sitzung." {strong nach Plan} {link nach Plan https://news.example.cn/plan}`}},
		"quotation": {`<p>The chair said <q>we are sorry</q> and would not name a day for it at the meeting.</p>`,
			[]string{`paragraph "The chair said “we are sorry” and would not name a day for it at the meeting." {quote we are sorry}`}},
		"quotation with its own marks": {`<p>La présidente a dit <q>« nous regrettons »</q> sans donner de date à la fin de la séance.</p>`,
			[]string{`paragraph "La présidente a dit « nous regrettons » sans donner de date à la fin de la séance." {quote « nous regrettons »}`}},
		"powers and indices": {`<p>It cost 10<sup>6</sup> pounds at 51<sup>o</sup>N, with H<sub>2</sub>O in the 5<sup>th</sup> tank<sup><a href="#n1">1</a></sup>.</p>`,
			[]string{`paragraph "It cost 10⁶ pounds at 51°N, with H₂O in the 5th tank¹." {sup ⁶} {sub ₂} {sup th} {sup ¹} {link ¹ https://news.example.cn/a/1.html}`}},
		"formulas": {`<p>The load is <math><mi>F</mi><mo>=</mo><mi>m</mi><msup><mi>a</mi><mn>2</mn></msup></math> and <img class="latex" src="/l.png" alt="c^2"> in theory, the engineers found on Monday.</p>`,
			[]string{`paragraph "The load is F=ma² and c^2 in theory, the engineers found on Monday."`}},
		"corrected text": {`<p><del>The fare is four pounds.</del> <ins>The fare is five pounds, the board said after publication.</ins></p>`,
			[]string{`paragraph "The fare is five pounds, the board said after publication." {inserted The fare is five pounds, the board said after publication.}`}},
		"deleted paragraph": {`<p><s>The fare is four pounds for all grown passengers, the board said.</s></p>`,
			[]string{`paragraph "The fare is four pounds for all grown passengers, the board said." {deleted The fare is four pounds for all grown passengers, the board said.}`}},
		"drop cap": {`<p><img src="/caps/t.png" alt="T">he pier was built in 1890, and mended twice, with old piles from another quay.</p>`,
			[]string{`paragraph "The pier was built in 1890, and mended twice, with old piles from another quay."`}},
		"nested list": {`<ol start="3"><li>Buy a ticket.</li><li>Go to the slip:<ul><li>by bus,</li><li>on <b>foot</b>.</li></ul></li><li>Wait for the ferry.</li></ol>`,
			[]string{`list "Buy a ticket.\nGo to the slip:\nby bus,\non foot.\nWait for the ferry." {strong foot} start=3 levels=[0,0,1,1,0]`}},
		"item of two paragraphs": {`<ul><li><p>The pier closes.</p><p>It opens in May.</p></li><li>The slip stays open.</li></ul>`,
			[]string{`list "The pier closes. It opens in May.\nThe slip stays open."`}},
		"table with spans": {`<table><caption>Sailings</caption><thead><tr><th>Day</th><th>To</th><th>At</th></tr></thead><tr><td rowspan="2">Mon</td><td>Town</td><td>8:30</td></tr><tr><td>Isle</td><td>9:30</td></tr><tr><td colspan="2">Sunday</td><td>none</td></tr></table>`,
			[]string{`table "Day\tTo\tAt\nMon\tTown\t8:30\nMon\tIsle\t9:30\nSunday\tSunday\tnone" header_rows=1 caption="Sailings"`}},
		"definitions": {`<dl><dt>Built</dt><dd>1890</dd><dt>Length</dt><dd>200 <i>metres</i></dd></dl>`,
			[]string{`definitions "Built: 1890\nLength: 200 metres" {emphasis metres}`}},
		"program": {"<pre><code>func main() {\n\tprintln(1)\n}\n</code></pre>",
			[]string{`preformatted "func main() {\n\tprintln(1)\n}"`}},
		"poem": {"<pre>\n  O pier\n    O tide\n</pre>",
			[]string{`preformatted "  O pier\n    O tide"`}},
		"quoted post": {`<blockquote class="twitter-tweet"><p>The pier is closed until further notice.</p>&mdash; Harbour Board (@harbour) <a href="https://twitter.com/harbour/status/12">May 13</a></blockquote>`,
			[]string{`embed social twitter.com https://twitter.com/harbour/status/12 ""`, `quote "The pier is closed until further notice." speaker="Harbour Board (@harbour) May 13"`, `quote "— Harbour Board (@harbour) May 13" {link May 13 https://twitter.com/harbour/status/12}`}},
		"speaker in a caption": {`<figure class="quote"><blockquote>We are sorry for the trouble.</blockquote><figcaption>Ann Low, chair</figcaption></figure>`,
			[]string{`quote "We are sorry for the trouble." speaker="Ann Low, chair"`}},
		"speaker in a footer": {`<blockquote><p>Wir bedauern das sehr.</p><footer>Anna Muster, Vorsitzende</footer></blockquote>`,
			[]string{`quote "Wir bedauern das sehr." speaker="Anna Muster, Vorsitzende"`, `quote "Anna Muster, Vorsitzende"`}},
		"pull quote": {`<aside class="pull-quote"><blockquote>a bus to the northern slip</blockquote></aside>`,
			[]string{`quote!pullquote "a bus to the northern slip"`}},
		"embedded film and sound": {`<div class="video"><iframe src="https://www.youtube.com/embed/abc" title="The pier falls" width="560"></iframe></div><audio controls><source src="/sound/pier.mp3"></audio>`,
			[]string{`embed video youtube.com https://www.youtube.com/embed/abc "The pier falls"`, `embed audio  https://news.example.cn/sound/pier.mp3 ""`}},
		"custom elements": {`<lite-youtube videoid="AbC" playlabel="Play"></lite-youtube><amp-twitter data-tweetid="99"></amp-twitter>`,
			[]string{`embed video youtube.com https://www.youtube.com/watch?v=AbC "Play"`, `embed social twitter.com https://twitter.com/i/status/99 ""`}},
		"map and document": {`<iframe data-src="https://www.google.com/maps/embed?pb=1"></iframe><iframe src="/files/plan.pdf"></iframe>`,
			[]string{`embed map google.com https://www.google.com/maps/embed?pb=1 ""`, `embed document  https://news.example.cn/files/plan.pdf ""`}},
		"correction":                 {`<p>Correction, 15 May: An earlier version gave the wrong year for the pier.</p>`, []string{`paragraph!correction "Correction, 15 May: An earlier version gave the wrong year for the pier."`}},
		"correction in German":       {`<p>Berichtigung: In einer früheren Fassung stand das falsche Jahr.</p>`, []string{`paragraph!correction "Berichtigung: In einer früheren Fassung stand das falsche Jahr."`}},
		"correction in Chinese":      {`<p>更正：本文早前版本误写了码头的年份。</p>`, []string{`paragraph!correction "更正：本文早前版本误写了码头的年份。"`}},
		"sentence that begins alike": {`<p>Corrections officers said that the pier was closed for two days in May.</p>`, []string{`paragraph "Corrections officers said that the pier was closed for two days in May."`}},
		"note":                       {`<p>Editor’s note: The author lives on the island, and takes the ferry twice a week.</p>`, []string{`paragraph!note "Editor’s note: The author lives on the island, and takes the ferry twice a week."`}},
		"questions and answers": {`<p>Q: When will the pier be mended, and who pays for it?</p><p>A: Before winter, we hope, and the county pays.</p>`,
			[]string{`paragraph!question "Q: When will the pier be mended, and who pays for it?"`, `paragraph!answer "A: Before winter, we hope, and the county pays."`}},
		"questions in Chinese": {`<p>问：码头什么时候能修好？由谁来出钱？</p><p>答：希望在冬天以前，费用由县里承担。</p>`,
			[]string{`paragraph!question "问：码头什么时候能修好？由谁来出钱？"`, `paragraph!answer "答：希望在冬天以前，费用由县里承担。"`}},
		"no part of the article": {`<iframe src="https://ads.example/frame"></iframe><iframe src="https://a.example/x" width="1" height="1"></iframe><iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe><div style="display:none"><iframe src="https://b.example/y"></iframe></div>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			page := `<html lang="en"><head><title>Ferry timetable changes after storm</title></head><body><article><h1>Ferry timetable changes after storm</h1>` + before + c.markup + after + `</article></body></html>`
			blocks := extractPage(t, page).Body
			var got []string
			for i := 1; i < len(blocks)-2; i++ {
				got = append(got, show(&blocks[i]))
			}
			if a, b := strings.Join(got, "\n"), strings.Join(c.want, "\n"); a != b {
				t.Errorf("got\n%s\nwant\n%s", a, b)
			}
		})
	}
}

func TestGallery(t *testing.T) {
	for name, c := range map[string]struct{ markup, want string }{
		"slides": {`<ul class="slides"><li><img src="/2024/0.jpg" width="800" height="600"><p>5月14日，工人在码头检修木桩。</p></li><li><img src="/2024/1.jpg" width="800" height="600"><p>5月14日，乘客在北岸临时码头候船。</p></li><li><img src="/2024/2.jpg" width="800" height="600"><p>5月14日，海鸥停在空荡荡的栈桥上。记者 林一 摄</p></li></ul>`,
			"0.jpg 5月14日，工人在码头检修木桩。|1.jpg 5月14日，乘客在北岸临时码头候船。|2.jpg 5月14日，海鸥停在空荡荡的栈桥上。记者 林一 摄"},
		"slides in boxes": {`<div class="gal"><div class="item"><div><img src="/a1.jpg"></div><div class="t">Boats wait at the north slip.</div></div><div class="item"><div><img src="/a2.jpg"></div><div class="t">Workers mend the old piles.</div></div><div class="item"><div><img src="/a3.jpg"></div><div class="t">Gulls rest on the empty quay.</div></div></div>`,
			"a1.jpg Boats wait at the north slip.|a2.jpg Workers mend the old piles.|a3.jpg Gulls rest on the empty quay."},
		"figures": {`<figure><img src="/f1.jpg"><figcaption>Boote am Kai</figcaption></figure><figure><img src="/f2.jpg"><figcaption>Möwen am Kai</figcaption></figure><figure><img src="/f3.jpg"><figcaption>Leere Brücke</figcaption></figure><figure><img src="/f4.jpg"><figcaption>Alte Pfähle</figcaption></figure>`,
			"f1.jpg Boote am Kai|f2.jpg Möwen am Kai|f3.jpg Leere Brücke|f4.jpg Alte Pfähle"},
	} {
		t.Run(name, func(t *testing.T) {
			a := extractPage(t, `<html><head><title>风暴后的码头</title></head><body><header><nav><a href="/">首页</a></nav></header><main><article><h1>风暴后的码头</h1><time datetime="2024-05-14T08:30:00+08:00">2024-05-14 08:30</time>`+c.markup+`</article></main><footer><p>Copyright 2024</p></footer></body></html>`)
			var got []string
			for _, im := range a.Images {
				got = append(got, im.URL[strings.LastIndexByte(im.URL, '/')+1:]+" "+article.Value(im.Caption))
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestUpdates(t *testing.T) {
	entry := func(at, text string) string {
		return `<div class="entry"><time datetime="` + at + `">` + at[11:16] + `</time><p>` + text + `</p></div>`
	}
	a := extractPage(t, `<html lang="en"><head><title>Storm hits the pier: live</title></head><body><article><h1>Storm hits the pier: live</h1>`+
		entry("2024-05-14T08:30:00+01:00", "The island ferry will run to a reduced timetable until the pier is mended, the harbour board said.")+
		entry("2024-05-14T08:10:00+01:00", "Engineers found that three of the twelve piles had moved in the storm, and must be replaced.")+
		entry("2024-05-14T07:55:00+01:00", "Passengers with tickets can travel on any later sailing, and the board will pay for a bus.")+
		`</article></body></html>`)
	var got []string
	for i := range a.Body {
		if b := &a.Body[i]; b.Role == article.RoleUpdate && b.Time != nil {
			got = append(got, *b.Time+" "+b.Text[:12])
		}
	}
	want := "2024-05-14T08:30:00+01:00 The island f|2024-05-14T08:10:00+01:00 Engineers fo|2024-05-14T07:55:00+01:00 Passengers w"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestAbout(t *testing.T) {
	a := extractPage(t, `<html lang="en"><head><title>Ferry timetable changes after storm</title>
<meta name="description" content="The island ferry runs less often."><meta property="article:section" content="Travel">
<meta name="keywords" content="ferry, Pier;harbour，码头"><meta property="article:tag" content="pier">
<meta name="robots" content="index, noai, noimageai, max-snippet:-1"><meta name="gptbot" content="noindex"><meta name="tdm-reservation" content="1">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry timetable changes after storm","datePublished":"2024-05-14","isAccessibleForFree":false,"publisher":{"name":"Valley Herald"}}</script></head>
<body><article><h1>Ferry timetable changes after storm</h1><p>The island ferry will run to a reduced timetable until the pier is mended, the harbour board said on Tuesday.</p>
<p>Passengers with tickets can travel on any later sailing, and the board will pay for a bus to the northern slip.</p></article>
<footer><p>© 2024 Valley Herald. All rights reserved.</p></footer></body></html>`)
	got, err := json.Marshal([]any{a.Publisher, a.Description, a.Section, a.Keywords, a.Access, a.Evidence["access"], a.Rights, a.OptOuts})
	if err != nil {
		t.Fatal(err)
	}
	want := `["Valley Herald","The island ferry runs less often.","Travel",["ferry","Pier","harbour","码头"],"subscription","json-ld isAccessibleForFree","© 2024 Valley Herald. All rights reserved.",` +
		`[{"source":"meta robots","value":"noai, noimageai"},{"source":"meta gptbot","value":"noindex"},{"source":"meta tdm-reservation","value":"1"}]]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestOptOutHeaders reads the reservations that a server sends beside the page.
func TestOptOutHeaders(t *testing.T) {
	page := article.Page{URL: "https://news.example/a.html", Body: []byte(`<html lang="en"><head><title>Ferry timetable changes after storm</title><meta name="robots" content="noai"></head>
<body><article><h1>Ferry timetable changes after storm</h1><p>The island ferry will run to a reduced timetable until the pier is mended, the harbour board said on Tuesday.</p>
<p>Passengers with tickets can travel on any later sailing, and the board will pay for a bus to the northern slip.</p></article></body></html>`)}
	cases := []struct {
		name   string
		header map[string][]string
		want   string
	}{
		{"none", nil, "meta robots=noai"},
		{"directives", map[string][]string{"X-Robots-Tag": {"index, noai, noimageai"}}, "meta robots=noai|header x-robots-tag=noai, noimageai"},
		{"for one crawler", map[string][]string{"X-Robots-Tag": {"gptbot: noindex, nofollow", "otherbot: all"}}, "meta robots=noai|header x-robots-tag=gptbot: noindex, nofollow"},
		{"a directive with a value", map[string][]string{"X-Robots-Tag": {"unavailable_after: 25 Jun 2030 15:00:00 PST", "max-snippet:0"}}, "meta robots=noai|header x-robots-tag=max-snippet:0"},
		{"TDMRep", map[string][]string{"tdm-reservation": {"1"}, "TDM-Policy": {"https://news.example/policy.json"}}, "meta robots=noai|header tdm-policy=https://news.example/policy.json|header tdm-reservation=1"},
		{"signals", map[string][]string{"Content-Signal": {"search=yes, ai-train=no"}, "Content-Usage": {"train-ai=n"}}, "meta robots=noai|header content-signal=search=yes, ai-train=no|header content-usage=train-ai=n"},
		{"others", map[string][]string{"Content-Type": {"text/html"}, "X-Robots-Tag": {"all"}}, "meta robots=noai"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := page
			in.Header = c.header
			res, err := extract.New(extract.Options{}).Extract(t.Context(), in)
			if err != nil || res.Article == nil {
				t.Fatal(err, res.Refusal)
			}
			var got []string
			for _, o := range res.Article.OptOuts {
				got = append(got, o.Source+"="+o.Value)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// TestAboutJSONLD reads what JSON-LD alone says of an article.
func TestAboutJSONLD(t *testing.T) {
	a := extractPage(t, `<html lang="en"><head><title>Ferry timetable changes after storm</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry timetable changes after storm","datePublished":"2024-05-14T09:00:00&#43;01:00","description":"The island ferry runs less often.",
"articleSection":["Travel","News"],"keywords":["ferry","pier"],"copyrightNotice":"Valley Herald 2024"}</script></head>
<body><article><h1>Ferry timetable changes after storm</h1><p>The island ferry will run to a reduced timetable until the pier is mended, the harbour board said on Tuesday.</p>
<p>Passengers with tickets can travel on any later sailing, and the board will pay for a bus to the northern slip.</p></article></body></html>`)
	got, err := json.Marshal([]any{a.Published, a.Description, a.Section, a.Keywords, a.Rights})
	if want := `["2024-05-14T09:00:00+01:00","The island ferry runs less often.","Travel",["ferry","pier"],"Valley Herald 2024"]`; err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}
