package compose_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/byline"
	"pressmark/extract/compose"
	"pressmark/extract/declared"
	"pressmark/extract/kind"
	"pressmark/extract/link"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/published"
	"pressmark/extract/rule"
	"pressmark/extract/title"
)

// composed takes a page through the steps before compose and returns its article.
func composed(t *testing.T, lang, text, footer string) *article.Article {
	t.Helper()
	markup := `<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8"><title>Board votes to mend the old pier - Valley Herald</title></head><body>` +
		`<article><h1>Board votes to mend the old pier</h1>` + text + `</article><footer>` + footer + `</footer></body></html>`
	tree, err := page.Parse(article.Page{URL: "https://www.valley-herald.example/2024/05/pier-4711.html", Body: []byte(markup)})
	if err != nil {
		t.Fatal(err)
	}
	rules := rule.Choose(tree.Doc, nil, tree.In.Fetched)
	p, roles := tree.Lay(page.NewPool().Get(), "")
	f := compose.Found{Said: declared.Read(p), Ruled: rule.Apply(p, rules)}
	f.Head = title.Find(p, f.Said, f.Ruled)
	f.Text = body.Find(p, roles, f.Said, f.Head, f.Ruled, nil)
	f.When = published.Find(p, roles, f.Said, f.Ruled, f.Head, f.Text, nil)
	f.Who = byline.Find(p, roles, f.Said, f.Ruled, f.Head, f.Text)
	f.Pics = picture.Find(p, roles, f.Ruled, f.Head, f.Text, f.When, f.Who)
	f.Blocks = compose.Blocks(p, roles, f.Head, f.Text, f.Pics)
	f.Links = link.Find(p, f.Text)
	f.Kind = kind.Decide(p, f.Head, f.Text, f.When, f.Pics, f.Links)
	res := compose.Article(p, &f, "", "test")
	if res.Article == nil {
		t.Fatalf("refused: %+v", res.Refusal)
	}
	return res.Article
}

const (
	one   = `<p>The harbour board of Milbrook voted on Tuesday to mend the old pier, which a storm had torn in two last winter.</p>`
	two   = `<p>Work on the pier begins in April, the board said, and the ferry will land at the northern slip until it is done.</p>`
	three = `<p>Shopkeepers fear for the summer, because most visitors come by ferry and stay for a day only.</p>`
)

// TestBlocks has a page a row, and the blocks beyond its three paragraphs as JSON.
func TestBlocks(t *testing.T) {
	t.Parallel()
	const grid = `<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">Day</span><span role="columnheader">Time</span></div></div>` +
		`<div role="row"><span role="rowheader">Monday</span><span role="cell">08:30</span></div><div role="row"><span role="rowheader">Tuesday</span><span role="cell">09:15</span></div></div>`
	tests := map[string]struct {
		lang, page string
		want       []string
	}{
		"table of rows and cells by role": {"en", one + two + grid + three, []string{`{"type":"table","rows":[["Day","Time"],["Monday","08:30"],["Tuesday","09:15"]],"header_rows":1}`}},
		"footnotes as a list that links lead to": {"en", `<p>The harbour board of Milbrook voted on Tuesday to mend the old pier.<sup><a href="#n1" id="r1">1</a></sup></p>` + two + three + `<ol><li id="n1">Minutes of the board.</li><li id="n2">Storm atlas of the coast.</li></ol>`,
			[]string{`{"type":"list","role":"note","ordered":true,"items":["Minutes of the board.","Storm atlas of the coast."]}`}},
		"footnote whose number leads back": {"en", one + two + three + `<p>The vote was nine to two.<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> Minutes of the board.</p>`,
			[]string{`{"type":"paragraph","role":"note","text":"[1] Minutes of the board.","marks":[{"start":0,"end":3,"type":"link","href":"https://www.valley-herald.example/2024/05/pier-4711.html"}]}`}},
		"endnotes by role":                 {"en", one + two + three + `<section role="doc-endnotes"><p>1. Minutes of the board.</p></section>`, []string{`{"type":"paragraph","role":"note","text":"1. Minutes of the board."}`}},
		"link to a section is no footnote": {"en", one + two + `<p><a href="#more">More</a> is below.</p><h2 id="more">What comes next</h2>` + three, []string{`{"type":"heading","text":"What comes next","level":2}`}},
		"turns of an interview in bold": {"en", one + `<p><b>Herald:</b> Who pays for it?</p><p><b>Mara Lindt:</b> The county pays.</p><p><b>Herald:</b> And when?</p><p><b>Mara Lindt:</b> At Easter, I hope.</p>` + two,
			[]string{`{"type":"paragraph","role":"question","text":"Herald: Who pays for it?","marks":[{"start":0,"end":7,"type":"strong"}],"speaker":"Herald"}`, `{"type":"paragraph","role":"answer","text":"Mara Lindt: At Easter, I hope.","marks":[{"start":0,"end":11,"type":"strong"}],"speaker":"Mara Lindt"}`}},
		"turns, Chinese": {"zh", `<p>湖畔县周二决定重修旧码头，去年冬天的风暴把它冲成了两段。</p><p>记者：渡船什么时候恢复停靠？</p><p>李青石：如果天气好，四月就能恢复。</p><p>记者：谁来出这笔钱？</p><p>李青石：县里出三分之二，镇里出剩下的部分。</p>`,
			[]string{`{"type":"paragraph","role":"question","text":"记者：谁来出这笔钱？","speaker":"记者"}`, `{"type":"paragraph","role":"answer","text":"李青石：县里出三分之二，镇里出剩下的部分。","speaker":"李青石"}`}},
		"labels that are no speakers":         {"en", one + `<p><b>Where:</b> Old pier, Milbrook.</p><p><b>When:</b> Tuesdays at noon.</p><p><b>Cost:</b> Nothing.</p><p><b>Who:</b> All.</p>` + two, []string{`{"type":"paragraph","text":"When: Tuesdays at noon.","marks":[{"start":0,"end":5,"type":"strong"}]}`}},
		"explanation that shows above a word": {"en", `<p>The board of <span class="term">Milbrook<span class="tooltip">A town of 4,000.</span></span> voted to mend the old pier.</p>` + two + three, []string{`{"type":"paragraph","text":"The board of Milbrook voted to mend the old pier."}`}},
		"word that is called a tooltip":       {"en", `<p>The board of <span class="tooltip">Milbrook<span class="tooltiptext">A town of 4,000.</span></span> voted to mend the old pier.</p>` + two + three, []string{`{"type":"paragraph","text":"The board of Milbrook voted to mend the old pier."}`}},
		"poem":                                {"en", `<p>The gull sits on the pier<br>and counts the boats<br>that come no more<br>in summer, in the rain</p>`, []string{`{"type":"paragraph","text":"that come no more"}`}},
		"results alone":                       {"en", `<table><tr><th>Club</th><th>Points</th></tr><tr><td>Milbrook</td><td>34</td></tr><tr><td>Eastham</td><td>31</td></tr></table>`, []string{`{"type":"table","rows":[["Club","Points"],["Milbrook","34"],["Eastham","31"]],"header_rows":1}`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := composed(t, tt.lang, tt.page, "")
			var got []string
			for i := range a.Body {
				b, err := json.Marshal(&a.Body[i])
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(b))
			}
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("blocks lack %s\ngot %s", w, strings.Join(got, "\n    "))
				}
			}
		})
	}
}

// TestEnciphered has texts that a page holds enciphered, and such as look so.
func TestEnciphered(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		kept bool
	}{
		"next letter of the alphabet": {"Uif qjfs xbt pqfofe jo 1904 boe dbssjfe ebz usjqqfst gspn uif djuz voujm uif mbtu xbs.", false},
		"thirteen letters on":         {"Gur cvre jnf bcrarq va 1904 naq pneevrq qnl gevccref sebz gur pvgl hagvy gur ynfg jne.", false},
		"Polish":                      {"Wszystkie wrzeszczące źdźbła szczękły, krzyknął z przestrachem Grzegorz Brzęczyszczykiewicz w Szczebrzeszynie.", true},
		"Welsh":                       {"Dywedodd y bwrdd wrth y wasg fod y llwybr ar hyd y glannau yn dal ynghlwm wrth y cynllun hwn.", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := composed(t, "", one+two+`<p>`+tt.text+`</p>`, "")
			if kept := strings.Contains(a.Text, tt.text); kept != tt.kept {
				t.Errorf("kept: %t, want %t", kept, tt.kept)
			}
			if warned := slices.ContainsFunc(a.Warnings, func(w string) bool { return strings.HasPrefix(w, "hidden_text") }); warned == tt.kept {
				t.Errorf("warned: %t, warnings %q", warned, a.Warnings)
			}
		})
	}
}

// TestRights has a footer a row, and what of it claims rights.
func TestRights(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ footer, want string }{
		"alone":                         {`<p>© 2024 Valley Herald. All rights reserved.</p>`, "© 2024 Valley Herald. All rights reserved."},
		"between entries of a menu":     {`<p>About us | Contact | © 2024 Valley Herald | All rights reserved | <a href="/p">Privacy</a> | Terms of Use</p>`, "© 2024 Valley Herald | All rights reserved"},
		"before an address":             {`<p>© 2024 Valley Herald | 4 Quay Street, Milbrook | Contact</p>`, "© 2024 Valley Herald | 4 Quay Street, Milbrook"},
		"Chinese, parted by spaces":     {`<p>湖畔日报社 版权所有 <a href="/a">关于我们</a> 采编登录</p>`, "湖畔日报社 版权所有"},
		"Chinese, name behind":          {`<p>版权所有 湖畔日报社 关于我们 采编登录</p>`, "版权所有 湖畔日报社"},
		"Chinese, parted by strokes":    {`<p>关于我们 | 联系方式 | Copyright © 2010-2024 hupan.example 湖畔日报社版权所有 | 投稿邮箱</p>`, "Copyright © 2010-2024 hupan.example 湖畔日报社版权所有"},
		"link to the terms, no claim":   {`<p><a href="/t">Copyright and terms</a></p>`, ""},
		"German, with a tail of rights": {`<p>Kontakt • Impressum • © 2024 Talbote • Alle Rechte vorbehalten</p>`, "© 2024 Talbote • Alle Rechte vorbehalten"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := composed(t, "", one+two+three, tt.footer).Rights; got != tt.want {
				t.Errorf("rights are %q, want %q", got, tt.want)
			}
		})
	}
}
