package byline_test

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// story is a page in English: head goes into <head>, under between headline and
// text, below behind the text.
type story struct{ head, above, under, inside, below string }

const storyText = `<p>The council closed the old pier on Monday after divers found cracks in three of its pillars.</p>
<p>Repairs will take until spring, the harbour office said, and cost about two million crowns, half of them paid by the county.</p>
<p>Ferries leave from the north quay in the meantime, where the town has put up a shelter and a ticket machine.</p>%s`

func (s story) page() string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Old pier closed until spring</title>%s</head><body><main>%s<h1>Old pier closed until spring</h1>%s<div class="story">%s</div></main>%s</body></html>`,
		s.head, s.above, s.under, fmt.Sprintf(storyText, s.inside), s.below)
}

// read extracts a page that must be an article.
func read(t *testing.T, url, html string) *article.Article {
	t.Helper()
	res, err := extract.New(extract.Options{}).Extract(t.Context(), article.Page{URL: url, Body: []byte(html)})
	if err != nil || res.Article == nil {
		t.Fatalf("no article: %v %+v", err, res.Refusal)
	}
	return res.Article
}

// show prints credits for comparison: "source; authors; editors; photographers".
func show(c article.Credits) string {
	return strings.TrimRight(strings.Join([]string{
		c.Source, strings.Join(c.Authors, ","), strings.Join(c.Editors, ","), strings.Join(c.Photographers, ","),
	}, ";"), ";")
}

func account(name string) string {
	return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old pier closed until spring","author":{"@type":"Person","name":"` + name + `"}}</script>`
}

func TestAuthors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		story story
		want  string // authors, with commas between
	}{
		{"by", story{under: `<p>By Jane Doe</p>`}, "Jane Doe"},
		{"label on a line of its own", story{under: `<p>Written by</p><p>Jane Doe</p>`}, "Jane Doe"},
		{"label, name and firm in three elements", story{under: `<div>By&nbsp;<address>Jane Doe</address>&nbsp;, WQXX producer</div>`}, "Jane Doe"},
		{"photographer behind the author", story{under: `<p>By Jane Doe Photos by John Roe</p>`}, "Jane Doe"},
		{"role in brackets", story{under: `<p>by Jane Doe (reporting) and John Roe (photography)</p>`}, "Jane Doe"},
		{"degree", story{under: `<p>By Jane Doe, PhD</p>`}, "Jane Doe"},
		{"column", story{under: `<p>By Jane Doe, LKI Columnist</p>`}, "Jane Doe"},
		{"firm", story{under: `<p>by Jane Doe, Harbour Tech Collective</p>`}, "Jane Doe"},
		{"reviewer", story{under: `<p>By Jane Doe. Reviewed by Ann Poe, MD</p>`}, "Jane Doe"},
		{"nickname", story{under: `<p>By Robert (Bob) Poe</p>`}, "Robert (Bob) Poe"},
		{"particle", story{under: `<p>By Hartmut von der Aue</p>`}, "Hartmut von der Aue"},
		{"section behind the author's link", story{under: `<p>By <a href="/author/jane">Jane</a> <a href="/blog">Blog</a></p>`}, "Jane"},
		{"place behind the author's link", story{under: `<p>May 3, 2024 by <a href="/people/jane-doe">Jane Doe</a> <a href="/harbour">Harbour Notes</a> 4 mins</p>`}, "Jane Doe"},
		{"conjunction of a section", story{under: `<p>May 3, 2024 By Jane Doe In <a href="/harbour">Harbour</a></p>`}, "Jane Doe"},
		{"dots", story{under: `<p>By Jane Doe ⋅ Review Editor ⋅ Updated May 3, 2024</p>`}, "Jane Doe"},
		{"beside the date", story{under: `<p>May 3, 2024 - Jane Doe</p>`}, "Jane Doe"},
		{"beside the date, in a section", story{under: `<p>May 3, 2024 • Jane Doe in Harbour News</p>`}, "Jane Doe"},
		{"above the headline", story{above: `<div><span>May 3, 2024</span><span>Jane Doe</span></div>`}, "Jane Doe"},
		{"alone under the headline", story{under: `<div>Jane Doe</div><div>Tech Writer</div>`}, "Jane Doe"},
		{"alone with a portrait", story{under: `<img src="/p.jpg" alt="Mahua Okonjo"><div>Mahua Okonjo</div>`}, "Mahua Okonjo"},
		{"section under the headline", story{under: `<div>Harbour News</div>`}, ""},
		{"place under the headline", story{under: `<div>Port Lakeside</div>`}, ""},
		{"topic beside the date", story{under: `<p>May 3, 2024 | Climate Change</p>`}, ""},
		{"introduced below the text", story{below: `<section><h3>Mahua Okonjo</h3><p>Mahua Okonjo is a reporter at the Lakeside Echo and writes about the harbour.</p></section>`}, "Mahua Okonjo"},
		{"place introduced below the text", story{below: `<section><h3>Lakeside State Park</h3><p>Lakeside State Park is open all year.</p></section>`}, ""},
		{"two people introduced below the text", story{below: `<section><h3>Jane Doe</h3><p>Jane Doe is a diver.</p><h3>John Roe</h3><p>John Roe is a diver.</p></section>`}, ""},
		{"printed over the account that posted", story{head: account("Max Poster"), under: `<p>By Jane Doe</p>`}, "Jane Doe"},
		{"account with the printed name", story{head: account("Jane Doe (JDsoft)"), under: `<p>By Jane Doe (JDsoft)</p>`}, "Jane Doe (JDsoft)"},
		{"photographers among the account's names", story{
			head: `<meta name="author" content="Jane Doe, John Roe">`, under: `<p>By Jane Doe</p>`, below: `<p>Photographed by John Roe</p>`,
		}, "Jane Doe"},
		{"end of a report", story{inside: `<p>The work begins in May. (Reporting by Jane Doe; editing by John Roe)</p>`}, "Jane Doe"},
		{"person of the headline", story{above: `<p>May 3, 2024</p>`, under: `<p>Old Pier</p>`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "https://www.echo.example/news/old-pier-12345.html", tt.story.page()).Credits
			if s := strings.Join(got.Authors, ","); s != tt.want {
				t.Errorf("authors %q, want %q", s, tt.want)
			}
		})
	}
}

const chineseText = `<p>湖畔县文化馆日前举办秋季读书会，来自全县十二个乡镇的一百多名读者参加了活动，现场气氛热烈。</p>
<p>馆长在致辞中说，读书会已经办到第七届，今年第一次把会场设在湖边的旧粮仓里，许多老人特意赶来。</p>
<p>活动当天还展出了当地画家的二十幅水彩画，画的都是湖边的渔船和旧码头，吸引了不少孩子驻足。</p>`

// TestChineseTail checks that a credit at the end of the last paragraph takes no
// sentence out of the text.
func TestChineseTail(t *testing.T) {
	const last = "文化馆希望读书会带动更多乡镇办起图书角。"
	for _, tt := range []struct{ tail, want string }{
		{"（编译/张小平）", "湖畔日报;张小平"},
		{"（责任编辑：李小文）", "湖畔日报;;李小文"},
		{"（记者 王小文）", "湖畔日报;王小文"},
		{"【责任编辑 李小文】", "湖畔日报;;李小文"},
		{"作者：王小文", "湖畔日报;王小文"},
		{"（作者系媒体评论员）", "湖畔日报"},
	} {
		page := `<!doctype html><html lang="zh"><head><title>湖畔县举办秋季读书会</title></head><body><h1>湖畔县举办秋季读书会</h1><div class="info">2024-09-10 09:30 来源：湖畔日报</div><div class="content">` +
			chineseText + "<p>" + last + tt.tail + "</p></div></body></html>"
		got := read(t, "https://news.hupan.example/a/20240910/1.html", page)
		if s := show(got.Credits); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.tail, s, tt.want)
		}
		if text := got.Body[len(got.Body)-1].Text; !strings.HasPrefix(text, last) {
			t.Errorf("%s: the text ends with %q", tt.tail, text)
		}
	}
}
