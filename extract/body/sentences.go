package body

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/text"
)

// plainWords begin ordinary sentences as well as boilerplate, lower case. Unlike the
// other prefixes they say nothing of a line that is a sentence among sentences.
var plainWords = text.NewPhrases([]string{
	"凡本报", "凡注明", "特别声明", "郑重声明", "更多精彩", "更多新闻", "欢迎关注", "关注微信", "长按识别", "点击下载", "本篇新闻", "本文来自", "原文链接", "更多资讯",
	"相关阅读", "相关新闻", "延伸阅读", "推荐阅读", "责任编辑", "责编", "点击进入", "点击查看", "点击阅读", "阅读原文", "登录后可", "请登录后", "请先登录", "文明上网", "扫描下方", "扫一扫",
	"免责声明", "版权声明", "分享到", "字号", "自动播放", "转帖到", "本站声明", "本网声明", "温馨提示", "校对 ",
	"also read", "see also", "read also", "follow us", "sign up for", "subscribe to", "share this", "advertisement", "click here to", "advertise with us",
	"download our app", "download the app", "all rights reserved", "required fields", "lesen sie auch", "mehr zum thema", "quellenangabe",
	"weitere beiträge aus", "weitere artikel aus",
	"externer inhalt", "lee también", "lee además", "lea además", "lea también", "mira también", "leia também", "lire aussi", "leggi anche",
	"przeczytaj także", "zobacz także", "czytaj także",
	"читайте также", "διαβάστε επίσης", "related", "copyright 20",
})

// isOrdinary reports whether a line that begins like boilerplate is a sentence among
// sentences: no label or link, with a paragraph beside it in the same box.
func (b *bodyFinder) isOrdinary(i int) bool {
	l := &b.p.Lines[i]
	return l.LinkMass == 0 && plainWords.Begins(l.Text()) && isSentence(l.Text()) && !isLabelled(l.Text()) && b.amongSentences(i)
}

// isSentenceAmong reports whether a line is a sentence without a link among sentences.
func (b *bodyFinder) isSentenceAmong(i int) bool {
	l := &b.p.Lines[i]
	return l.LinkMass == 0 && isSentence(l.Text()) && b.amongSentences(i)
}

// isSentence reports whether a text ends as a sentence does.
func isSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»」』）)")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？…؟।۔።։", last)
}

// labelRunes is how many characters a label has at most ("Read more:").
const labelRunes = 14

// isLabelled reports whether a text begins with a label and its sign.
func isLabelled(s string) bool {
	n := 0
	for _, r := range s {
		if n++; n > labelRunes {
			return false
		}
		if strings.ContainsRune(":：|｜/／>》», ", r) && r != ' ' && r != ',' {
			return true
		}
	}
	return false
}

// amongSentences reports whether the line before or after one is a paragraph of the same box.
func (b *bodyFinder) amongSentences(i int) bool {
	return b.paragraphBeside(i, -1) || b.paragraphBeside(i, 1)
}

func (b *bodyFinder) paragraphBeside(i, step int) bool {
	p := b.p
	for j := i + step; j >= b.text.First && j < b.text.Last; j += step {
		l := &p.Lines[j]
		if l.Hidden() {
			continue
		}
		return l.IsProse() && l.LinkMass*3 < l.Mass && l.Stops > 0 && b.home(j) == b.home(i)
	}
	return false
}
