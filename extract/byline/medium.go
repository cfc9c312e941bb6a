package byline

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/credits"
	"pressmark/extract/text"
)

// unlabelledSource reads a medium that stands next to the time without a label:
// "2018年12月28日 19:55 湖畔晚报", or a short line of its own beside the time.
func (c *creditFinder) unlabelledSource() {
	from, to := c.window()
	to = min(to, c.first)
	for i := from; i < to && c.source == ""; i++ {
		l := &c.p.Lines[i]
		if l.Hidden() || l.Digits == 0 || l.Chars > maxCreditLine || c.foreign(i) {
			continue
		}
		if found := c.dates.Find(l.Text()); len(found) > 0 && !c.inTimeLine(l.Text(), found[0].Start, found[0].End) {
			c.nearTime(i, from, to)
		}
	}
}

const besideTimeFrom = "beside the time"

// inTimeLine reads medium and author in the line of the time, which stands at
// line[start:end]. It reports whether it found one.
func (c *creditFinder) inTimeLine(line string, start, end int) bool {
	got, ok := credits.Parse(strings.TrimSpace(line[min(end, len(line)):]))
	if ok && got.Labels == 0 && got.Source != "" { // 石佳/湖畔青年报
		c.addSource(got.Source, besideTimeFrom)
		c.addAuthors(got.Authors, besideTimeFrom)
		return true
	}
	s := besideTime(line, start, end)
	if names := credits.Alone(s); len(names) > 0 && !c.isPublisher(s) { // 王小文2019-09-23 07:48
		c.addAuthors(names, besideTimeFrom)
		return true
	}
	c.addSource(s, besideTimeFrom)
	return s != ""
}

// nearTime reads the medium that is a line of its own, one to three lines from the
// time's line i.
func (c *creditFinder) nearTime(i, from, to int) {
	for _, k := range []int{i + 1, i - 1, i + 2, i - 2, i - 3} {
		if k < from || k >= to || k == c.head.Line || c.p.Lines[k].Hidden() || c.foreign(k) {
			continue
		}
		s := c.p.Lines[k].Text()
		if utf8.RuneCountInString(s) <= 14 && mediumLike(s) && (credits.LooksMedium(s) || c.isPublisher(s)) {
			c.addSource(credits.CleanSource(s), besideTimeFrom)
			return
		}
	}
}

// account reads the name of the account that posted the article: platforms
// print it between headline and text in an element that is called author,
// account or nickname. It is the source, or, where a source is named, the author.
func (c *creditFinder) account() {
	p := c.p
	if c.source != "" && len(c.authors) > 0 || c.first >= len(p.Lines) {
		return
	}
	from, _ := c.window()
	for i := range p.Spans {
		if s := &p.Spans[i]; int(s.Line) >= from && int(s.Line) < c.first && namesAccount(s.Node) && c.accountName(p.TextOf(s.Start, s.End)) {
			return
		}
	}
	for i := range p.Boxes {
		b := &p.Boxes[i]
		shownLine := b.Last-b.First == 1 && !b.Hidden
		aboveText := int(b.First) >= from && int(b.First) < c.first
		if shownLine && aboveText && namesAccount(b.Node) && c.accountName(p.Lines[b.First].Text()) {
			return
		}
	}
}

// accountName takes an account's name as the source, or as the author where a source
// is named. It reports whether the text can be such a name.
func (c *creditFinder) accountName(name string) bool {
	name = credits.CleanSource(name)
	if !accountLike(name) || hasName(c.authors, name) || c.isPublisher(name) {
		return false
	}
	switch {
	case c.source == "":
		c.addSource(name, "account")
	case len(c.authors) == 0 && !credits.Same(name, c.source):
		c.addAuthors([]string{name}, "account")
	}
	return true
}

// accountLike reports whether a text can be an account's name: a medium's name, or one
// word.
func accountLike(name string) bool {
	if name == "" || strings.HasSuffix(name, "作者") || strings.ContainsAny(name, "：:>") {
		return false
	}
	oneWord := len(name) > 3 && len(name) < 24 && !strings.Contains(name, " ")
	return oneWord || mediumLike(name)
}

// namesAccount reports whether class, id or rel of an element say that it holds an
// author's or an account's name.
func namesAccount(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "rel" {
			continue
		}
		for _, w := range []string{"author", "account", "nickname", "username", "user-name", "js_name", "media-name", "media_name"} {
			if strings.Contains(a.Val, w) {
				return true
			}
		}
	}
	return false
}

// besideTime returns the medium that follows or precedes a time in its line.
func besideTime(text string, start, end int) string {
	for i, w := range firstFields(text[end:], 3) {
		if s := credits.CleanSource(w); mediumLike(s) && (i == 0 || credits.LooksMedium(s)) {
			return s
		}
	}
	words := strings.FieldsFunc(text[:start], splitsFields)
	if len(words) == 0 || strings.Contains(text[:start], ">") { // a breadcrumb
		return ""
	}
	if s := credits.CleanSource(words[len(words)-1]); mediumLike(s) && (len(words) <= 2 || credits.LooksMedium(s)) {
		return s
	}
	return ""
}

func firstFields(s string, n int) []string {
	words := strings.FieldsFunc(s, splitsFields)
	return words[:min(n, len(words))]
}

func splitsFields(r rune) bool {
	switch r {
	case ' ', 0x3000, 0xA0, '|', '｜', '丨', '【', '】', '[', '(', ')', '（', '）', '·', ',', '，', '/':
		return true
	}
	return false
}

// besideTimeWords are other words that occur beside a time and are not a medium.
var besideTimeWords = [...]string{
	"说两句", "网友", "微博", "来自", "時間", "下载", "下載", "首頁", "扫码", "评论", "阅读", "字号", "浏览", "点击", "分享", "有话", "参与", "人气", "时间", "星期", "日期", "发布", "发表", "更新",
	"我要", "大中小", "打印", "收藏", "关注", "手机", "首页", "正文", "关于", "登录", "注册", "上午", "下午", "北京时间", "字体", "编辑", "作者", "記者", "记者", "次",
}

// mediumLike reports whether a word beside a time could be a medium's or an
// account's name: Han characters, no label, no sentence.
func mediumLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 12 || strings.ContainsAny(s, "：:。，？！?!") || strings.TrimLeft(s, "0123456789") == "年" {
		return false
	}
	for _, w := range besideTimeWords {
		if strings.Contains(s, w) {
			return false
		}
	}
	for _, r := range s {
		if text.IsWide(r) {
			return true
		}
	}
	return false
}
