package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// setRole gives all lines of a range that are text a role.
func (b *bodyFinder) setRole(first, last int32, r role, by string) {
	for i := first; i < last; i++ {
		switch b.p.lines[i].role {
		case roleNone, roleBody, roleSubhead:
			b.roles.Set(int(i), r, by)
		}
	}
}

// isHeadlineLink tells whether a line is a link with a headline's length.
func (l *line) isHeadlineLink() bool {
	return l.mass >= 15 && l.linkMass*10 >= l.mass*8 && !l.isAddress()
}

// isAddress tells whether a line is a web address and nothing else: what an
// author printed for the reader to see.
func (l *line) isAddress() bool {
	return strings.HasPrefix(l.text, "http") && strings.Contains(l.text, "://") && !strings.Contains(l.text, " ")
}

// dropCards takes out groups of boxes of one make, one after another, that
// each hold a headline link: lists of other articles with pictures, summaries,
// dates. Articles that are such lists themselves ("ten best …") are told by
// their share of the text.
func (b *bodyFinder) dropCards() {
	p := b.p
	main := &p.boxes[b.text.main]
	for i := int32(b.text.main); i < main.next; i++ {
		b.cardsIn(i)
	}
}

func (b *bodyFinder) cardsIn(parent int32) {
	p := b.p
	all := b.proseIn(int32(b.text.main))
	x := &p.boxes[parent]
	first, last, n := int32(-1), int32(-1), 0
	end := func() {
		if n >= 3 && (b.prose[last]-b.prose[first])*2 < all {
			b.setRole(first, last, roleChrome, "cards of other articles")
		}
		n = 0
	}
	previous := int32(-1)
	for c := parent + 1; c < x.next; c = p.boxes[c].next {
		k := &p.boxes[c]
		if k.first == k.last {
			continue
		}
		if n > 0 && !p.sameMake(previous, c) || !b.hasHeadlineLink(k) {
			end()
		}
		if b.hasHeadlineLink(k) {
			if n == 0 {
				first = k.first
			}
			n++
			last, previous = k.last, c
		}
	}
	end()
}

// sameMake tells whether two boxes have the same tag and class.
func (p *page) sameMake(a, c int32) bool {
	x, y := &p.boxes[a], &p.boxes[c]
	return x.tag == y.tag && attr(x.node, "class") == attr(y.node, "class")
}

func (b *bodyFinder) hasHeadlineLink(x *box) bool {
	if x.tag == atom.Blockquote || x.tag == atom.P && x.last-x.first == 1 {
		return false
	}
	for i := x.first; i < x.last; i++ {
		if b.p.lines[i].isHeadlineLink() {
			return true
		}
	}
	return false
}

// dropRelated takes out what stands under a heading like "Related articles":
// the rest of the heading's own box where it has one, else what follows it up to
// the next paragraph, or to the end where the text before it was the article.
func (b *bodyFinder) dropRelated() {
	p := b.p
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.mass > 120 || l.hidden || !relatedHead(l.text) {
			continue
		}
		box := l.box
		for box > int32(b.text.main) && p.boxes[box].last-p.boxes[box].first == 1 {
			box = p.boxes[box].parent
		}
		if box > int32(b.text.main) && b.proseIn(box)*2 < b.proseIn(int32(b.text.main)) {
			b.setRole(p.boxes[box].first, p.boxes[box].last, roleChrome, "box of related items")
			continue
		}
		b.roles.Set(i, roleChrome, "heading of related items")
		b.dropUnder(i + 1)
	}
}

// dropUnder takes out what follows a heading of related items that has no box
// of its own: links and what stands between links, up to the next paragraph that
// does not stand beside a headline link.
func (b *bodyFinder) dropUnder(from int) {
	p := b.p
	for i := from; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.isProse() && !l.isHeadlineLink() && l.linkMass*3 < l.mass && !b.besideLink(i) {
			return
		}
		if l.role == roleBody || l.role == roleSubhead {
			b.roles.Set(i, roleChrome, "below a heading of related items")
		}
	}
}

// besideLink tells whether the lines before or after are headline links. Two
// paragraphs one after another are the article that goes on.
func (b *bodyFinder) besideLink(i int) bool {
	p := b.p
	if i+1 < b.text.last && p.lines[i].mass >= 60 && b.home(i) == b.home(i+1) {
		if next := &p.lines[i+1]; next.isProse() && next.linkMass*3 < next.mass && next.mass >= 60 {
			return false
		}
	}
	return i > 0 && p.lines[i-1].linkMass*2 > p.lines[i-1].mass || i+1 < b.text.last && p.lines[i+1].linkMass*2 > p.lines[i+1].mass
}

// dropComments takes out everything from a heading like "13 comments" to the
// end. The article must end there: paragraphs after it that stand where those
// before it stood say that it was the link to the comments above the text.
func (b *bodyFinder) dropComments() {
	p := b.p
	before, n := -1, 0
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role == roleBody && l.isProse() {
			before = i
			n++
		}
		if before < 0 || n < 3 && l.linkMass*2 > l.mass || l.mass > 60 || l.hidden || !commentHead(l.text) || b.goesOn(i, before) {
			continue
		}
		b.setRole(int32(i), int32(b.text.last), roleChrome, "readers' comments")
		return
	}
}

// goesOn tells whether prose after line i stands in the same box as a line before it,
// or in one of the same make.
func (b *bodyFinder) goesOn(i, before int) bool {
	p := b.p
	home := b.home(before)
	for j := i + 1; j < b.text.last; j++ {
		if p.lines[j].role == roleBody && p.lines[j].isProse() {
			if h := b.home(j); h == home || p.sameMake(h, home) {
				return true
			}
		}
	}
	return false
}

// commentHead tells whether a line heads the readers' comments: one of the
// words, alone or with a number.
func commentHead(s string) bool {
	k := strings.Trim(key(s), "0123456789")
	return commentHeads[k]
}

// relatedHead tells whether a line heads a list of other articles.
func relatedHead(s string) bool {
	s = strings.Trim(strings.ToLower(s), " :：>»※■◆▼·•|-—")
	if len(s) < 60 && relatedHeads[key(s)] {
		return true
	}
	return relatedPrefixes.begins(s)
}

// addLead takes in the standfirst: a sentence or two between headline and
// container. Many papers print it in a box of its own beside the headline.
func (b *bodyFinder) addLead() {
	p := b.p
	if b.head.line < 0 || b.head.line >= b.text.first || len(b.ruled.body) > 0 {
		return
	}
	first := b.text.first
	for i := b.head.line + 1; i < first; i++ {
		l := &p.lines[i]
		if i >= b.head.line+40 && p.boxes[l.box].inherited&nameLead == 0 {
			continue // the headline was that of a bar at the top
		}
		if b.isLead(l) {
			b.roles.Set(i, roleBody, "lead above the body's box")
			b.text.first = min(b.text.first, i)
		}
	}
}

func (b *bodyFinder) isLead(l *line) bool {
	x := &b.p.boxes[l.box]
	if l.hidden || l.role != roleNone || b.chrome[l.box] || l.linkMass*4 > l.mass || b.sameAsTitle(l) || chromePhrase(l.text) ||
		b.p.localNames(l.box, b.text.main, b.head.line)&(nameCaption|nameByline|nameDate) != 0 {
		return false
	}
	if x.inherited&nameLead != 0 {
		return l.mass >= 40
	}
	switch x.tag {
	case atom.P, atom.H2, atom.H3, atom.Div, atom.Li:
		return l.mass >= 60 && (l.stops > 0 || l.mass >= 80) && int32(l.digits)*6 < l.chars
	}
	return false
}

// callPhrases are what pages say to make readers subscribe or follow.
var callPhrases = newPhraseSet([]string{
	"subscribe now", "subscribe to our", "subscribe today", "subscribe for", "sign up for", "sign up to", "sign up today", "our newsletter", "our newsletters", "follow us on",
	"follow us for", "download our app", "download the app", "telegram channel", "whatsapp channel", "canal de telegram", "canal de whatsapp", "already a subscriber", "to our youtube",
	"preferred source", "support our journalism", "become a member", "to your inbox", "straight to your", "delivered to your",
	"newsletter abonnieren", "jetzt abonnieren", "unseren newsletter", "unserem newsletter", "newsletter anmelden", "in deinen posteingang", "unserem whatsapp", "whatsapp-kanal",
	"suscríbete", "suscribirse a", "síguenos en", "nuestro boletín", "abonnez-vous", "inscrivez-vous", "suivez-nous", "iscriviti", "seguici su", "inscreva-se", "siga o ",
	"zapisz się", "obserwuj nas", "polub nas", "подписывайтесь", "подпишитесь", "наш телеграм", "telegram-канал", "телеграм-канал", "εγγραφείτε", "ακολουθήστε", "ακολουθήστε το",
	"回复【", "点【在看】", "点个在看", "更多原创资讯", "不得转载", "报料热线", "新闻热线", "爆料热线", "新闻报料", "热门关键词", "分享到：", "点击投票", "编辑短信", "移动发",
	"订阅手机报", "扫描二维码", "微信公众号", "扫码关注", "关注我们", "下载客户端", "新闻客户端下载", "訂閱", "加入line", "按讚", "點我", "下載app", "粉絲團", "粉丝团",
})

// dropCalls takes out short lines that ask the reader to subscribe or to follow.
func (b *bodyFinder) dropCalls() {
	p := b.p
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role == roleBody && l.mass < 330 || l.role == roleSubhead {
			if takedown(l) {
				b.roles.Set(i, roleChrome, "offer to take pictures down")
				continue
			}
			if (l.linkMass > 0 || l.mass < 180 || i > (b.text.first+b.text.last)/2) && callPhrases.in(l.text) {
				b.roles.Set(i, roleChrome, "call to subscribe or follow")
			}
		}
	}
}

// takedown tells whether a line offers to take pictures down on complaint, as
// re-publishers put between the paragraphs ("images from the web; write to us
// about infringement, and they are deleted").
func takedown(l *line) bool {
	return l.mass < 200 && strings.Contains(l.text, "侵") && (strings.Contains(l.text, "删") || strings.Contains(l.text, "刪")) &&
		(strings.Contains(l.text, "联系") || strings.Contains(l.text, "聯繫") || strings.Contains(l.text, "告知"))
}

// legalTerms are words of notices about copyright and liability.
var legalTerms = newPhraseSet([]string{"版权", "转载", "授权", "侵权", "著作权", "法律责任", "本网", "本站", "稿件", "免责", "投稿", "来源：", "作品", "轉載", "版權", "授權",
	"删除", "联系方式", "电话：", "上传", "uploaded", "posted by", "storage service", "copyright", "all rights reserved", "reproduc", "redistribut", "republish", "rewritten", "without permission", "written consent"})

// dropLegal takes notices about copyright and liability off the end: lines that
// hold several of the terms of such notices, with the short lines after them.
func (b *bodyFinder) dropLegal() {
	p := b.p
	for i := b.text.last - 1; i > b.text.first; i-- {
		l := &p.lines[i]
		if l.role != roleBody && l.role != roleSubhead {
			continue
		}
		if b.prose[i]-b.prose[b.text.first] == 0 {
			return
		}
		switch n := legalCount(l.text); {
		case n >= 3:
			b.setRole(int32(i), int32(b.text.last), roleChrome, "notice of copyright or liability")
		case n == 0 && l.isProse():
			return
		}
	}
}

func legalCount(s string) int { return legalTerms.count(s) }

// dropSecondArticle keeps the first of two or three <article> elements: papers
// put the next article under the one that was asked for. More than three are
// the posts of a live blog.
func (b *bodyFinder) dropSecondArticle() {
	p := b.p
	var found []int32
	for i := int32(b.text.main) + 1; i < p.boxes[b.text.main].next; {
		x := &p.boxes[i]
		if x.tag != atom.Article || b.proseIn(i) == 0 {
			i++
			continue
		}
		found = append(found, i)
		i = x.next
	}
	if len(found) < 2 || len(found) > 3 || b.proseIn(found[0]) < 200 {
		return
	}
	for _, i := range found[1:] {
		if b.hasHeading(&p.boxes[i]) {
			b.setRole(p.boxes[i].first, p.boxes[i].last, roleChrome, "second article")
		}
	}
}

// hasHeading tells whether a box begins with a heading.
func (b *bodyFinder) hasHeading(x *box) bool {
	for i := x.first; i < min(x.first+6, x.last); i++ {
		switch b.p.boxes[b.p.lines[i].box].tag {
		case atom.H1, atom.H2, atom.H3:
			return true
		}
	}
	return false
}

// dropKnown takes out lines that the site's memory knows from other pages. If
// it knows the most of the text, the page is a copy of pages seen before, and
// the memory says nothing.
func (b *bodyFinder) dropKnown() {
	p := b.p
	memory := b.memory
	if memory == nil || memory.Pages() == 0 { // as in the whole first crawl of a site
		return
	}
	var known []int
	var mass, all int32
	for i := b.text.first; i < b.text.last; i++ {
		l := &p.lines[i]
		if l.role != roleBody && l.role != roleSubhead || !l.markable() {
			continue
		}
		all += l.mass
		if memory.Known(l.mark()) {
			known = append(known, i)
			mass += l.mass
		}
	}
	if mass*2 > all {
		return
	}
	for _, i := range known {
		b.roles.Set(i, roleChrome, "site memory")
	}
}

// dropTwin takes out the lead above the container where the text repeats it.
// Inside the text a paragraph that stands twice is left alone: recipes, refrains
// and picture stories repeat what they say.
func (b *bodyFinder) dropTwin() {
	p := b.p
	main := int(p.boxes[b.text.main].first)
	for i := b.text.first; i < main; i++ {
		if p.lines[i].role != roleBody {
			continue
		}
		for j := main; j < b.text.last; j++ {
			if p.lines[j].role == roleBody && p.lines[j].text == p.lines[i].text {
				b.roles.Set(i, roleChrome, "lead that the text repeats")
				break
			}
		}
	}
}
