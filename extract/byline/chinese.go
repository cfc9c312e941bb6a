package byline

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/credits"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// chineseLine reads the labelled credits of a line.
func (c *creditFinder) chineseLine(i int) {
	l := &c.p.Lines[i]
	got, ok := credits.Parse(l.Text())
	if !ok || c.inText(i) && l.IsProse() && got.Share < 0.7 || endsCaption(&got, l.Text()) {
		return
	}
	if i > c.last && c.last >= 0 && len(got.Authors) > 0 && !c.goesOn(i) {
		got.Authors = nil // a comment or another article
	}
	c.take(got, "credit line", i)
	if !endsSentence(got.Before) && (got.Share > 0.5 || l.Mass < 240) {
		c.mark(i)
	}
}

// goesOn reports whether the authors of a line below the text are the article's: the
// first ones, or those directly behind other credits.
func (c *creditFinder) goesOn(i int) bool {
	if len(c.authors) == 0 {
		return true
	}
	for k := i - 1; k >= i-2 && k >= 0; k-- {
		if c.p.Lines[k].Role() == page.RoleCredit || k <= c.last {
			return true
		}
	}
	return false
}

// endsCaption reports whether a line's credits are those of a picture:
// "本报记者 X 摄".
func endsCaption(got *credits.Credits, line string) bool {
	others := got.Source != "" || len(got.Authors)+len(got.Editors) > 0
	return !others && len(got.Photographers) > 0 && !strings.ContainsAny(line, "：:")
}

// endsSentence reports whether a sentence stands before the credit that ends a
// paragraph: the paragraph stays in the text.
func endsSentence(before string) bool {
	before = strings.TrimRight(before, "（(【[〔 \u3000\u00a0")
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "”」』’\"）)"))
	return r == '。' || r == '！' || r == '？' || r == '…' || r == '!' || r == '?'
}

// textCredits reads the reporter in the dateline and the credit at the end of
// the text. Both stay in the text.
func (c *creditFinder) textCredits() {
	c.datelineAbove()
	c.dateline()
	c.tail()
	c.signed()
}

// addDateline adds what a dateline names.
func (c *creditFinder) addDateline(names []string, source string) {
	c.addAuthors(names, "dateline")
	c.addSource(source, "dateline")
}

// addSource takes a source where none was found before.
func (c *creditFinder) addSource(source, from string) {
	if c.source == "" && source != "" {
		c.source, c.sourceFrom = source, from
	}
}

// datelineAbove reads a dateline on a line of its own between headline and text:
// 【湖報／X】.
func (c *creditFinder) datelineAbove() {
	if c.head.Line < 0 {
		return
	}
	from, _ := c.window()
	for i := max(from, c.head.Line+1); i < c.first; i++ {
		l := &c.p.Lines[i]
		if l.Hidden() || l.Chars >= 40 || c.foreign(i) {
			continue
		}
		if names, source := credits.Dateline(l.Text()); len(names) > 0 {
			c.addDateline(names, source)
			c.mark(i)
		}
	}
}

// dateline reads the imprint or the dateline with which one of the first three
// paragraphs begins.
func (c *creditFinder) dateline() {
	seen := 0
	for i := c.first; i <= c.last && seen < 3; i++ {
		l := &c.p.Lines[i]
		if l.Role() != page.RoleBody && l.Role() != page.RoleSubhead {
			continue
		}
		if l.Role() == page.RoleBody {
			seen++
		}
		if got, ok := credits.Imprint(l.Text()); ok {
			c.take(got, "dateline", i)
			return
		}
		if names, source := credits.Dateline(l.Text()); len(names) > 0 {
			c.addDateline(names, source)
			return
		}
	}
}

// tail reads the credit in brackets that ends one of the last three paragraphs.
func (c *creditFinder) tail() {
	const from = "end of the text"
	seen := 0
	for i := c.last; i >= c.first && seen < 3; i-- {
		if c.p.Lines[i].Role() != page.RoleBody {
			continue
		}
		seen++
		got, bare, start := credits.Tail(c.p.Lines[i].Text())
		if start < 0 || bare && (len(c.authors) > 0 || start == 0) {
			continue
		}
		c.addAuthors(got.Authors, from)
		c.addEditors(got.Editors)
		c.photos = credits.Merge(c.photos, got.Photographers)
		c.addSource(got.Source, from)
	}
}

// signed reads names that stand alone where nothing else names the author: on a line
// of their own between headline and text, or in brackets directly below the text.
func (c *creditFinder) signed() {
	if len(c.authors) > 0 || c.last < 0 {
		return
	}
	for i := c.head.Line + 1; c.head.Line >= 0 && i <= c.head.Line+2 && i < c.first; i++ {
		if c.signedBy(i, credits.Alone(c.p.Lines[i].Text())) {
			return
		}
	}
	for i := c.last; i <= min(c.last+2, len(c.p.Lines)-1); i++ {
		if got, bare, start := credits.Tail(c.p.Lines[i].Text()); bare && start == 0 && c.signedBy(i, got.Authors) {
			return
		}
	}
}

func (c *creditFinder) signedBy(i int, names []string) bool {
	if len(names) == 0 || c.p.Lines[i].Hidden() || c.foreign(i) {
		return false
	}
	c.addAuthors(names, "signature")
	c.mark(i)
	return true
}

// unlabelledSource reads a medium that stands next to the time without a label:
// "2018年12月28日 19:55 湖畔晚报", or a short line of its own beside the time.
func (c *creditFinder) unlabelledSource() {
	if c.source != "" {
		return
	}
	p := c.p
	from, to := c.window()
	if c.first < to {
		to = c.first
	}
	for i := from; i < to; i++ {
		l := &p.Lines[i]
		if l.Hidden() || l.Digits == 0 || l.Chars > 130 || c.foreign(i) {
			continue
		}
		found := c.dates.Find(l.Text())
		if len(found) == 0 {
			continue
		}
		if got, ok := credits.Parse(strings.TrimSpace(l.Text()[min(found[0].End, len(l.Text())):])); ok && got.Labels == 0 && got.Source != "" { // 石佳/湖畔青年报
			c.source, c.sourceFrom = got.Source, "beside the time"
			c.addAuthors(got.Authors, "beside the time")
			return
		}
		s := besideTime(l.Text(), found[0].Start, found[0].End)
		if names := credits.Alone(s); len(names) > 0 && !c.isPublisher(s) { // 王小文2019-09-23 07:48
			c.addAuthors(names, "beside the time")
			continue
		}
		if s != "" {
			c.source, c.sourceFrom = s, "beside the time"
			return
		}
		for _, k := range []int{i + 1, i - 1, i + 2, i - 2, i - 3} {
			if k < from || k >= to || k == c.head.Line {
				continue
			}
			if s := p.Lines[k].Text(); utf8.RuneCountInString(s) <= 14 && !p.Lines[k].Hidden() && c.names(k)&page.ForeignNames == 0 && mediumLike(s) && (credits.LooksMedium(s) || c.isPublisher(s)) {
				c.source, c.sourceFrom = credits.CleanSource(s), "beside the time"
				return
			}
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
		if b := &p.Boxes[i]; int(b.First) >= from && int(b.First) < c.first && b.Last-b.First == 1 && !b.Hidden && namesAccount(b.Node) && c.accountName(p.Lines[b.First].Text()) {
			return
		}
	}
}

func (c *creditFinder) accountName(name string) bool {
	name = credits.CleanSource(name)
	if name == "" || hasName(c.authors, name) || strings.HasSuffix(name, "作者") || !mediumLike(name) && !(len(name) > 3 && len(name) < 24 && !strings.Contains(name, " ")) || strings.ContainsAny(name, "：:>") || c.isPublisher(name) {
		return false
	}
	switch {
	case c.source == "":
		c.source, c.sourceFrom = name, "account"
	case len(c.authors) == 0 && !credits.Same(name, c.source):
		c.addAuthors([]string{name}, "account")
	}
	return true
}

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
	words := strings.FieldsFunc(text[end:], splitsFields)
	for i, w := range words {
		if i > 2 {
			break
		}
		if s := credits.CleanSource(w); s != "" && (mediumLike(s) && (i == 0 || credits.LooksMedium(s))) {
			return s
		}
	}
	words = strings.FieldsFunc(text[:start], splitsFields)
	if n := len(words); n > 0 {
		if s := credits.CleanSource(words[n-1]); s != "" && (mediumLike(s) && (n <= 2 || credits.LooksMedium(s)) && !strings.Contains(text[:start], ">")) {
			return s
		}
	}
	return ""
}

func splitsFields(r rune) bool {
	switch r {
	case ' ', 0x3000, 0xA0, '|', '｜', '丨', '【', '】', '[', '(', ')', '（', '）', '·', ',', '，', '/':
		return true
	}
	return false
}

// mediumLike reports whether a word beside a time could be a medium's or an
// account's name: Han characters, no label, no sentence.
func mediumLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 12 || strings.ContainsAny(s, "：:。，？！?!") || strings.TrimLeft(s, "0123456789") == "年" {
		return false
	}
	for _, w := range []string{"说两句", "网友", "微博", "来自", "時間", "下载", "下載", "首頁", "扫码", "评论", "阅读", "字号", "浏览", "点击", "分享", "有话", "参与", "人气", "时间", "星期", "日期", "发布", "发表", "更新", "我要", "大中小", "打印", "收藏", "关注", "手机", "首页", "正文", "关于", "登录", "注册", "上午", "下午", "北京时间", "字体", "编辑", "作者", "記者", "记者", "次"} {
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

// chineseFallback uses structured data where the page prints nothing. A meta
// author is often the editor: it is believed only where the text names them.
func (c *creditFinder) chineseFallback() {
	if c.source == "" {
		for _, s := range c.said.Source {
			if name := credits.CleanSource(s.Text); name != "" && c.source == "" {
				c.source, c.sourceFrom = name, s.From
			}
		}
	}
	if len(c.authors) == 0 {
		for _, a := range c.said.Authors {
			if a.Organization || strings.HasPrefix(a.From, "meta") || c.isPublisher(a.Name) || credits.Same(a.Name, c.source) || hasName(c.editors, a.Name) {
				continue
			}
			c.addAuthors([]string{a.Name}, a.From)
		}
	}
	if len(c.editors) == 0 {
		for _, e := range c.said.Editors {
			c.editors = credits.Merge(c.editors, credits.Names(e.Text))
		}
	}
}
