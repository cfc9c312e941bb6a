package byline_test

import (
	"strings"
	"testing"
)

// notice is a page in Chinese: parts around the text, and its first and last words.
type notice struct{ head, under, first, last, below string }

func (n notice) page(lang string) string {
	return `<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8"><title>湖畔縣舉辦秋季讀書會</title>` + n.head + `</head><body><h1>湖畔縣舉辦秋季讀書會</h1>` + n.under +
		`<div class="content"><p>` + n.first + `湖畔縣文化館日前舉辦秋季讀書會，來自全縣十二個鄉鎮的一百多名讀者參加了活動，現場氣氛熱烈。</p>` +
		`<p>館長在致辭中說，讀書會已經辦到第七屆，今年第一次把會場設在湖邊的舊糧倉裡，許多老人特意趕來。</p>` +
		`<p>活動當天還展出了當地畫家的二十幅水彩畫，畫的都是湖邊的漁船和舊碼頭，吸引了不少孩子駐足。` + n.last + `</p></div>` + n.below + `</body></html>`
}

const related = `<div class="related"><h3>相关新闻</h3><ul><li><a href="/a/2.html">湖边的旧码头今年秋天重新开放</a></li><li><a href="/a/3.html">画家把二十幅水彩画捐给文化馆</a></li></ul></div>`

func TestChinesePages(t *testing.T) {
	for _, tt := range []struct {
		name   string
		notice notice
		want   string // source; authors; editors; photographers
	}{
		{"source and editor", notice{under: `<div>2024-09-10 09:30 来源：湖畔日报 编辑：李小文</div>`}, "湖畔日报;;李小文"},
		{"editor and proof-reader in one line", notice{under: `<div>2024-09-10 09:30</div>`, below: `<p>编辑 李小文 校对 王大文</p>`}, ";;李小文"},
		{"editor below related links", notice{under: `<div>2024-09-10 来源：湖畔日报</div>`, below: related + `<table><tr><td>责任编辑：李小文</td></tr></table>`}, "湖畔日报;;李小文"},
		{"reporter and place", notice{under: `<div>2024-09-10</div>`, first: `〔記者王小文／湖畔報導〕`}, ";王小文"},
		{"two, general report", notice{under: `<div>2024-09-10</div>`, first: `【王小文、李大華／綜合報導】`}, ";王小文,李大華"},
		{"another slash", notice{under: `<div>2024-09-10</div>`, first: `【王小文╱湖北報導】`}, ";王小文"},
		{"at a paragraph's end", notice{under: `<div>2024-09-10</div>`, last: `（王小文報導）`}, ";王小文"},
		{"agency's dateline", notice{under: `<div>2024-09-10</div>`, first: `（中湖社記者王小文湖畔11日電）`}, "中湖社;王小文"},
		{"reporter and correspondent", notice{under: `<div>2024-09-10</div>`, first: `湖畔网讯 实习生吴小丽、记者喻小亮报道：`}, ";吴小丽,喻小亮"},
		{"name glued to the time", notice{under: `<div><span>王小文</span>2024-09-10 09:30:02</div>`}, ";王小文"},
		{"medium beside the time", notice{under: `<div>2024-09-10 09:30 湖畔晚报</div>`}, "湖畔晚报"},
		{"name alone under the headline", notice{under: `<div>王小文</div>`}, ";王小文"},
		{"names alone under the headline", notice{under: `<div>王小文、李大華</div>`}, ";王小文,李大華"},
		{"place alone under the headline", notice{under: `<div>江西</div>`}, ""},
		{"caption alone under the headline", notice{under: `<div>王小文 资料图</div>`}, ""},
		{"name in brackets below the text", notice{under: `<div>2024-09-10</div>`, below: `<p>（王小文）</p>`}, ";王小文"},
		{"office", notice{under: `<div>2024-09-10 供稿：湖畔县委宣传部</div>`}, ""},
		{"office beside a correspondent", notice{under: `<div>2024-09-10 通讯员 王小文 湖畔县教育局</div>`}, ";王小文"},
		{"author of a comment", notice{under: `<div>作者：王小文 2024-09-10</div>`, below: related + `<p>很好。</p><p>作者：李大華</p><p>说得对。</p>`}, ";王小文"},
		{"account", notice{under: `<div>2024-09-10 09:30</div><div class="account-name">湖边人家</div>`}, "湖边人家"},
		{"account beside a source", notice{under: `<div>2024-09-10 来源：湖畔日报</div><div class="author-name">湖边人家</div>`}, "湖畔日报;湖边人家"},
		{"comment for machines", notice{head: `<!--enpproperty <articleid>1</articleid><author>王小文</author><source>湖畔日报</source>/enpproperty-->`, under: `<div>2024-09-10</div>`}, "湖畔日报;王小文"},
		{"hidden inputs", notice{under: `<div>2024-09-10</div><input type="hidden" id="source" value="湖畔日报"><input type="hidden" id="author" value="王小文">`}, "湖畔日报;王小文"},
		{"hidden box", notice{under: `<div>2024-09-10</div><div style="display:none">来源：湖畔日报 作者：王小文</div>`}, "湖畔日报;王小文"},
		{"hidden box beside a printed source", notice{under: `<div>2024-09-10 来源：湖畔日报</div><div style="display:none">来源：北岸晚报 作者：王小文</div>`}, "湖畔日报"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "https://news.hupan.example/a/20240910/1.html", tt.notice.page("zh"))
			if s := show(got.Credits); s != tt.want {
				t.Errorf("%q, want %q", s, tt.want)
			}
		})
	}
}

func TestJapanesePages(t *testing.T) {
	const text = `<p>湖畔市は十日、古い桟橋を来春まで閉鎖すると発表した。潜水調査で三本の柱に亀裂が見つかったためという。</p>` +
		`<p>修理には約二百万円かかる見込みで、県が半分を負担する。担当者は「安全を第一に考えたい」と話している。</p>` +
		`<p>連絡船は当面、北の岸壁から発着する。市は仮の待合所と券売機を設けた。</p>`
	for _, tt := range []struct{ name, byline, want string }{
		{"space in the name", `<p class="author">山田 太郎</p>`, "山田 太郎"},
		{"label", `<p>取材・文／佐々木みどり</p>`, "佐々木みどり"},
		{"two names", `<div class="byline">山田太郎、佐藤花子</div>`, "山田太郎,佐藤花子"},
		{"rank", `<div class="byline">山田太郎記者</div>`, "山田太郎"},
		{"paper", `<div class="byline">湖畔新聞社</div>`, ""},
		{"desk", `<div class="byline">社会部</div>`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := `<!doctype html><html lang="ja"><head><title>古い桟橋、来春まで閉鎖</title></head><body><article><h1>古い桟橋、来春まで閉鎖</h1><p>2024年9月10日 9時30分</p>` +
				tt.byline + text + `</article></body></html>`
			got := read(t, "https://www.kohan.example/news/20240910.html", page)
			if s := strings.Join(got.Credits.Authors, ","); s != tt.want {
				t.Errorf("authors %q, want %q", s, tt.want)
			}
		})
	}
}
