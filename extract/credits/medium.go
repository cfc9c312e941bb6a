package credits

import (
	"strings"
	"unicode/utf8"
)

// readSource takes the medium from a source's value, and a reporter's name
// after it ("全景网 陈祎").
func readSource(c *Credits, value string) {
	name, rest, _ := strings.Cut(value, " ")
	if i := strings.IndexRune(name, 0x3000); i > 0 {
		rest = name[i+len("　"):] + " " + rest
		name = name[:i]
	}
	for rest != "" && !hasHan(name) { // "The Paper": Latin words belong together
		next, more, _ := strings.Cut(rest, " ")
		if hasHan(next) && !hasHan(name) || next == "" {
			break
		}
		name, rest = name+" "+next, more
	}
	name = CleanSource(name)
	if name == "" {
		return
	}
	if c.Source == "" {
		c.Source = name
	}
	rest = strings.TrimSpace(rest)
	if rs := []rune(rest); len(rs) >= 2 && len(rs) <= 4 && looksChinese(rs) && !nobody[rest] {
		c.Authors = Merge(c.Authors, []string{rest})
	}
}

// CleanSource normalizes a medium's name: it trims labels, brackets and what follows the
// name. It returns "" if the text names no medium.
func CleanSource(s string) string {
	s = strings.Trim(s, " 　\u00a0:：,，;；|｜丨-–—_·•*>»/\\／╱")
	for _, p := range []string{"本文来源于", "来源于", "本文来自", "转载自", "摘自", "来源"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			s = strings.Trim(rest, " :：")
		}
	}
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}, {"“", "”"}, {"〔", "〕"}} {
		if strings.HasPrefix(s, pair[0]) && strings.HasSuffix(s, pair[1]) {
			s = s[len(pair[0]) : len(s)-len(pair[1])]
		}
		if strings.Count(s, pair[0]) != strings.Count(s, pair[1]) {
			s = strings.Trim(s, pair[0]+pair[1])
		}
	}
	for _, id := range []string{"（ID", "(ID", "（微信"} { // an account's handle: 湖畔观察（ID：hpgc）
		if i := strings.Index(s, id); i > 0 {
			s = strings.TrimSpace(s[:i])
		}
	}
	if n := utf8.RuneCountInString(s); n < 2 || n > 40 || nobody[strings.ToLower(s)] {
		return ""
	}
	if strings.ContainsAny(s, "。！？!?") || strings.HasPrefix(s, "http") && !hasHan(s) {
		return ""
	}
	return s
}

// mediumEnds are the last characters of media's names.
var mediumEnds = []string{"报", "報", "网", "網", "社", "台", "臺", "刊", "新闻", "新聞", "时报", "電視", "电视", "在线", "在線", "線上", "客户端", "周刊", "杂志", "雜誌", "传媒", "频道",
	"广播", "日报", "晚报", "参考", "消息", "资讯", "資訊", "頭條", "头条", "讯", "訊"}

func looksMedium(s string) bool {
	s = strings.TrimSpace(s)
	for _, e := range mediumEnds {
		if strings.HasSuffix(s, e) && utf8.RuneCountInString(s) <= 16 {
			return true
		}
	}
	return false
}

// LooksMedium reports whether s ends as the names of Chinese newspapers,
// agencies, stations and portals do.
func LooksMedium(s string) bool { return looksMedium(s) }
