package compose

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// longRights is the longest copyright line, in characters.
const longRights = 240

// lastLines is how many lines at the end of a page are looked at for a copyright line.
const lastLines = 40

// printedRights returns the copyright line that the page prints, in its footer or
// among its last lines, without the menu that stands in the same line; "" where it
// prints none.
func printedRights(p *page.Page) string {
	for i := len(p.Lines) - 1; i >= 0; i-- {
		l := &p.Lines[i]
		if l.Hidden() || l.Chars > longRights || l.LinkMass*2 > l.Mass {
			continue
		}
		if i < len(p.Lines)-lastLines && p.Boxes[l.Box].Inherited&page.NameFooter == 0 {
			break
		}
		if rightsWords.In(l.Text()) {
			return withoutMenu(l.Text())
		}
	}
	return ""
}

// rightsWords are the words of a copyright claim, lower case.
var rightsWords = text.NewPhrases([]string{"©", "copyright", "版权所有", "版權所有", "著作权", "著作權"})

// rightsParts are the words that continue a copyright claim after a separator.
var rightsParts = text.NewPhrases([]string{
	"rights reserved", "rechte vorbehalten", "droits réservés", "derechos reservados", "direitos reservados", "diritti riservati", "права защищены",
	"不得转载", "不得轉載", "转载", "轉載",
})

// menuWords are the words of menu entries that stand in the line of a copyright claim, as
// [text.Key] folds them.
var menuWords = map[string]bool{
	"关于我们": true, "關於我們": true, "联系我们": true, "聯絡我們": true, "联系方式": true, "采编登录": true, "采编系统": true, "投稿": true, "投稿邮箱": true, "在线投稿": true,
	"网站地图": true, "網站地圖": true, "广告服务": true, "廣告服務": true, "广告刊例": true,
	"招聘信息": true, "诚聘英才": true, "加入我们": true, "法律声明": true, "免责声明": true, "版权声明": true, "隐私政策": true, "隱私政策": true, "隱私權": true, "用户协议": true,
	"服务条款": true, "友情链接": true, "意见反馈": true, "帮助中心": true, "登录": true, "登錄": true, "注册": true, "首页": true, "返回顶部": true, "手机版": true, "举报": true,
	"aboutus": true, "about": true, "contact": true, "contactus": true, "privacy": true, "privacypolicy": true, "termsofuse": true, "terms": true,
	"termsofservice": true, "accessibility": true, "imprint": true, "sitemap": true, "advertise": true, "cookies": true, "cookiepolicy": true,
	"impressum": true, "datenschutz": true, "kontakt": true, "agb": true, "mentionslégales": true, "confidentialité": true, "avisolegal": true,
	"privacidad": true, "contacto": true,
}

// withoutMenu takes the entries of a menu off both ends of a line that claims rights:
// the parts between signs that part (|, ·, •) before the first and after the last that
// claims, and, where spaces alone part, the words of menus at the ends.
func withoutMenu(line string) string {
	parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("|｜·•", r) })
	first, last := -1, -1
	for i, part := range parts {
		if rightsWords.In(part) || first >= 0 && rightsParts.In(part) {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return line
	}
	from, to := strings.Index(line, parts[first]), strings.LastIndex(line, parts[last])+len(parts[last])
	for to < len(line) && !menuEntry(nextPart(line[to:])) { // more about the holder: an address, a licence
		to += len(line[to:]) - len(afterPart(line[to:]))
	}
	return trimMenu(strings.TrimSpace(line[from:to]))
}

// menuEntry reports whether a part of a line is an entry of a menu.
func menuEntry(part string) bool { return part == "" || menuWords[text.Key(part)] }

// nextPart returns the text between the sign that a string begins with and the next one.
func nextPart(s string) string {
	return strings.TrimSpace(s[partSize(s) : len(s)-len(afterPart(s))])
}

// afterPart returns what follows the sign that a string begins with and the part behind it.
func afterPart(s string) string {
	at := partSize(s)
	if i := strings.IndexAny(s[at:], "|｜·•"); i >= 0 {
		return s[at+i:]
	}
	return ""
}

func partSize(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// trimMenu takes words of menus off the ends of a line in which spaces part them.
func trimMenu(line string) string {
	for {
		end := strings.LastIndexAny(line, " \u3000")
		if end < 0 || !menuWords[text.Key(line[end:])] || !rightsWords.In(line[:end]) {
			break
		}
		line = strings.TrimRight(line[:end], " \u3000-–—,，")
	}
	for {
		start := strings.IndexAny(line, " \u3000")
		if start < 0 || !menuWords[text.Key(line[:start])] {
			return line
		}
		line = strings.TrimLeft(line[start:], " \u3000-–—,，")
	}
}
