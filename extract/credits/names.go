package credits

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNames bounds what one value gives.
const maxNames = 24

// Names splits the value of a credit into names: at 、, commas, slashes, and,
// und, et, y, и; in Chinese also at spaces and, by surnames, where nothing
// parts them. Codes, addresses and titles are stripped.
func Names(value string) []string {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > maxLine || strings.Contains(value, "://") {
		return nil
	}
	if hasHan(value) {
		return chineseNames(value)
	}
	return withoutRoles(westernNames(value))
}

// Same reports whether two names are equal apart from case, spaces and dots.
func Same(a, b string) bool {
	return a == b || fold(a) == fold(b)
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', 0xA0, 0x3000, '.', '·', '•', '・', '-', '\'', '’', '_':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// chineseNames splits a value in Han characters.
func chineseNames(value string) []string {
	value = afterLabel(stripAffiliation(value))
	var out []string
	tokens := strings.FieldsFunc(value, func(r rune) bool {
		switch r {
		case ' ', 0xA0, 0x3000, '\t', '、', '，', ',', ';', '；', '/', '／', '╱', '|', '｜', '丨', '&', '＆', '(', ')', '（', '）', '[', ']', '【', '】', '〔',
			'〕', '\\', '+', '©', '：', ':', '★', '"', '“', '”', '＝', '=', '▲', '◎', '●', '。', '｝', '>', '<':
			return true
		}
		return false
	})
	for i := 0; i < len(tokens) && len(out) < maxNames; i++ {
		t := tokens[i]
		// 蒋　凌: a name of two characters is spaced out to the width of three; 张 晓 明
		// is one of three where nothing else stands alone.
		if single(t) && i+1 < len(tokens) && single(tokens[i+1]) && surnames[firstRune(t)] {
			t += tokens[i+1]
			i++
			if singles(tokens[i+1:]) == 1 {
				t += tokens[i+1]
				i++
			}
		}
		if place := placeReport(t); place && len(out) > 0 {
			continue
		}
		out = Merge(out, chineseName(t))
	}
	return people(out)
}

// people drops the medium before the names ("湖畔者网 王小文") and names that end in a role
// ("专栏作者"), if names remain.
func people(names []string) []string {
	var out []string
	for _, n := range names {
		if !looksMedium(n) && !endsInRole(n) {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return names
	}
	return out
}

func endsInRole(s string) bool {
	for _, w := range []string{"作者", "记者", "記者", "编辑", "編輯", "评论员", "撰稿人", "通讯员", "学者", "教授", "员工"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// stripAffiliation takes off what stands in brackets after a name: "李四（湖畔大学教授）", "李四（实习）".
func stripAffiliation(s string) string {
	for {
		i := strings.IndexAny(s, "（(")
		if i <= 0 {
			return s
		}
		end := strings.IndexAny(s[i:], "）)")
		if end < 0 {
			return s
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		inside := s[i+size : i+end]
		if looksChinese([]rune(inside)) && !offices(inside) { // another name
			return s
		}
		_, size = utf8.DecodeRuneInString(s[i+end:])
		s = s[:i] + " " + s[i+end+size:]
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// singles counts the tokens of one Han character with which a list begins.
func singles(tokens []string) int {
	n := 0
	for n < len(tokens) && single(tokens[n]) {
		n++
	}
	return n
}

func single(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && isHan(r)
}

// affixes are words before or after a name that are no part of it.
var prefixes = []string{"记者", "記者", "通讯员", "通訊員", "实习生", "實習生", "作者", "编辑", "編輯", "责编", "见习", "特约", "本报", "本網", "本网", "实习", "文字", "摄影", "攝影", "评论员",
	"撰文", "采写", "图文"}
var suffixes = []string{"综合报道", "综合整理", "报道", "報導", "報道", "报导", "編譯", "编译", "整理", "摄影", "撰文", "供稿", "实习", "教授", "博士", "等"}

// placeReport reports whether s is a place and "reports", as in "台北報導" after a name.
func placeReport(t string) bool {
	for _, s := range []string{"報導", "报道", "報道", "综合报道", "綜合報導"} {
		if rest, ok := strings.CutSuffix(t, s); ok && utf8.RuneCountInString(rest) <= 3 {
			return true
		}
	}
	return false
}

// chineseName makes names of one token, which may hold several glued ones.
func chineseName(t string) []string {
	t = withoutDeed(withoutAffixes(stripCode(t)))
	rs := []rune(t)
	if len(rs) < 2 || len(rs) > 24 || nobody[strings.ToLower(t)] || strings.ContainsAny(t, "，。！？!?@《》") {
		return nil
	}
	if names := gluedNames(t, rs); names != nil {
		return names
	}
	if len(rs) > 12 {
		return nil
	}
	return []string{t}
}

// withoutAffixes takes off what stands before and behind a name: 本报记者李文, 李文综合整理.
func withoutAffixes(t string) string {
	for _, p := range prefixes {
		if i := strings.Index(t, p); i >= 0 && len(t) > i+len(p) {
			t = t[i+len(p):]
		}
	}
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(t, s); ok && utf8.RuneCountInString(rest) >= 2 {
			t = rest
		}
	}
	return strings.Trim(t, " -–—·・.。,，、:：_*#@~")
}

// withoutDeed takes 摄 or 文 off a name of three characters: 李小文摄.
func withoutDeed(t string) string {
	rs := []rune(t)
	if len(rs) != 4 || !strings.ContainsRune("摄攝文", rs[3]) || !looksChinese(rs[:3]) || compounds[string(rs[:2])] {
		return t
	}
	return string(rs[:3])
}

// gluedNames parts names that 和 joins or nothing parts; nil where t is none of both.
func gluedNames(t string, rs []rune) []string {
	if len(rs) < 4 {
		return nil
	}
	if a, b, ok := strings.Cut(t, "和"); ok && looksChinese([]rune(a)) && looksChinese([]rune(b)) { // 张三和李四
		return []string{a, b}
	}
	if !allHan(rs) || looksChinese(rs) {
		return nil
	}
	return segment(rs)
}

// stripCode takes editors' codes off a name: "韩保林 PK155", "杨倩_NF4425". A code alone leaves nothing.
func stripCode(t string) string {
	if i := strings.IndexByte(t, '_'); i > 0 && isCode(t[i+1:]) {
		t = t[:i]
	}
	for i, r := range t {
		if r < 0x80 && i > 0 && isCode(t[i:]) {
			return strings.TrimRight(t[:i], "_- ")
		}
	}
	if isCode(t) {
		return ""
	}
	if i := strings.IndexByte(t, '@'); i >= 0 { // an address
		return ""
	}
	return t
}

// isCode distinguishes codes (capitals, digits) from pen names: it needs a digit.
func isCode(t string) bool {
	if t == "" || len(t) > 16 {
		return false
	}
	digits := 0
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', c == '-':
		default:
			return false
		}
	}
	return digits > 0 && digits*3 >= len(t)
}

// afterLabel cuts what stands before the last 记者 of a value that starts with
// a medium: 半月谈记者谭飞.
func afterLabel(s string) string {
	for _, l := range []string{"记者", "記者"} {
		if i := strings.Index(s, l); i > 0 && i+len(l) < len(s) && !strings.ContainsAny(s[:i], " 、，,　") {
			return s[i+len(l):]
		}
	}
	return s
}

// isHan reports whether r is an ideograph: of the CJK block, extension A, the
// compatibility ideographs or the supplementary planes, or the zero "〇".
func isHan(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF, r >= 0xF900 && r <= 0xFAFF:
		return true
	case r >= 0x20000 && r <= 0x3134F, r == '〇':
		return true
	}
	return false
}

func allHan(rs []rune) bool {
	for _, r := range rs {
		if !isHan(r) {
			return false
		}
	}
	return true
}

func hasHan(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xE3 {
			for _, r := range s[i:] {
				if isHan(r) {
					return true
				}
			}
			return false
		}
	}
	return false
}
