package body

import (
	"strings"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// callPhrases are what pages say to make readers subscribe or follow.
var callPhrases = text.NewPhrases([]string{
	"subscribe now", "subscribe to our", "subscribe today", "subscribe for", "sign up for", "sign up to", "sign up today", "our newsletter",
	"our newsletters", "follow us on",
	"follow us for", "download our app", "download the app", "telegram channel", "whatsapp channel", "canal de telegram", "canal de whatsapp",
	"already a subscriber", "to our youtube",
	"preferred source", "support our journalism", "become a member", "to your inbox", "straight to your", "delivered to your",
	"newsletter abonnieren", "jetzt abonnieren", "unseren newsletter", "unserem newsletter", "newsletter anmelden", "in deinen posteingang",
	"unserem whatsapp", "whatsapp-kanal",
	"suscríbete", "suscribirse a", "síguenos en", "nuestro boletín", "abonnez-vous", "inscrivez-vous", "suivez-nous", "iscriviti", "seguici su",
	"inscreva-se", "siga o ",
	"follow me on", "follow along on", "by subscribing",
	"zapisz się", "obserwuj nas", "polub nas", "подписывайтесь", "подпишитесь", "наш телеграм", "telegram-канал", "телеграм-канал", "εγγραφείτε",
	"ακολουθήστε", "ακολουθήστε το",
	"回复【", "点【在看】", "点个在看", "更多原创资讯", "不得转载", "报料热线", "新闻热线", "爆料热线", "新闻报料", "热门关键词", "分享到：", "点击投票", "编辑短信", "移动发",
	"订阅手机报", "扫描二维码", "微信公众号", "扫码关注", "关注我们", "下载客户端", "新闻客户端下载", "訂閱", "加入line", "按讚", "點我", "下載app", "粉絲團", "粉丝团",
})

// dropCalls takes out short lines that ask the reader to subscribe or to follow.
func (b *bodyFinder) dropCalls() {
	p := b.p
	for i := b.text.First; i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() == page.RoleBody && l.Mass < 330 || l.Role() == page.RoleSubhead {
			if takedown(l) {
				b.roles.Set(i, page.RoleChrome, "offer to take pictures down")
				continue
			}
			if (l.LinkMass > 0 || l.Mass < 180 || i > (b.text.First+b.text.Last)/2) && callPhrases.In(l.Text()) && !b.tells(i) {
				b.roles.Set(i, page.RoleChrome, "call to subscribe or follow")
			}
		}
	}
}

// plainCalls stand in sentences of the news as well as in calls, lower case.
var plainCalls = text.NewPhrases([]string{"sign up for", "subscribe for", "become a member", "telegram channel", "whatsapp channel", "微信公众号",
	"扫描二维码", "新闻热线", "關注我們", "关注我们", "下载客户端", "訂閱", "按讚", "點我", "不得转载"})

// tells reports whether a line is news that mentions a subscription, not a call to
// subscribe: it holds one of the plain phrases and is a sentence without a link among
// sentences.
func (b *bodyFinder) tells(i int) bool {
	l := &b.p.Lines[i]
	return l.LinkMass == 0 && callPhrases.Count(l.Text()) == 1 && plainCalls.In(l.Text()) && isSentence(l.Text()) && b.amongSentences(i)
}

// takedown reports whether a line offers to remove pictures on complaint. Re-publishers
// put it between paragraphs ("images from the web; write to us about infringement, and
// they are deleted").
func takedown(l *page.Line) bool {
	return l.Mass < 200 && strings.Contains(l.Text(), "侵") && containsAny(l.Text(), "删", "刪") && containsAny(l.Text(), "联系", "聯繫", "告知")
}

// containsAny reports whether s contains one of the words.
func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// legalTerms are words of notices about copyright and liability.
var legalTerms = text.NewPhrases([]string{"版权", "转载", "授权", "侵权", "著作权", "法律责任", "本网", "本站", "稿件", "免责", "投稿", "来源：", "作品", "轉載", "版權", "授權",
	"删除", "联系方式", "电话：", "上传", "uploaded", "posted by", "storage service", "copyright", "all rights reserved", "reproduc", "redistribut",
	"republish", "rewritten", "without permission", "written consent",
	"informational purposes", "information purposes", "not legal", "legal, tax", "financial advice", "investment advice", "tax advice",
	"medical advice", "not constitute", "not intended", "liability", "registered investment", "opinions expressed", "disclosure", "disclaimer",
	"affiliate link", "additional cost", "extra cost", "a commission"})

// dropLegal drops notices about copyright and liability at the end: lines with several
// terms of such notices, and the short lines after them.
func (b *bodyFinder) dropLegal() {
	p := b.p
	if b.isAboutLaw() {
		return
	}
	for i := b.text.Last - 1; i > b.text.First; i-- {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody && l.Role() != page.RoleSubhead {
			continue
		}
		if b.prose[i]-b.prose[b.text.First] == 0 {
			return
		}
		switch n := legalCount(l.Text()); {
		case n >= 3:
			b.setRole(int32(i), int32(b.text.Last), page.RoleChrome, "notice of copyright or liability")
		case n == 0 && l.IsProse():
			return
		}
	}
}

// isAboutLaw reports whether two paragraphs of the first half hold several of the
// terms: the article is about copyright.
func (b *bodyFinder) isAboutLaw() bool {
	if b.text.Last-b.text.First < longText {
		return false
	}
	half := (b.prose[b.text.First] + b.prose[b.text.Last]) / 2
	legal := 0
	for i := b.text.First; i < b.text.Last && b.prose[i+1] <= half; i++ {
		if l := &b.p.Lines[i]; l.Role() == page.RoleBody && l.IsProse() && legalCount(l.Text()) >= 2 && !takedown(l) {
			legal++
		}
	}
	return legal >= 2
}

// longText is the number of lines from which a text can be about any subject, copyright
// included.
const longText = 12

func legalCount(s string) int { return legalTerms.Count(s) }
