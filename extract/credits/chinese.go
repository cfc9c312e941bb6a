package credits

import (
	"strings"
	"unicode/utf8"
)

// found is a label at a place in a line.
type found struct {
	label
	start, value int  // byte offsets: of the label, of its value
	sep          bool // a separator followed
	glued        bool // it follows other Han text directly: 湖畔网编辑
}

// parseChinese reads a line of labelled credits.
func parseChinese(line string) (Credits, bool) {
	if strings.Count(line, "|") > 4 || strings.Count(line, "｜") > 4 { // a menu
		return Credits{}, false
	}
	line = closeUp(line)
	var buf [16]found
	list := findLabels(line, buf[:0])
	var c Credits
	used := 0
	sink := false // names after 图片来源 are not the article's
	for i, f := range list {
		end := len(line)
		if i+1 < len(list) {
			end = list[i+1].start
		}
		used += end - f.start
		if f.sep {
			sink = f.role == Other && ofPictures(f.text)
		}
		if f.role == Other || sink {
			continue
		}
		c.Labels++
		value := cutValue(line[f.value:end])
		if i+1 < len(list) && list[i+1].glued && f.role != Source { // a medium before 作者： belongs to 来源：
			value = dropMedium(value, f, list[i+1])
		}
		if f.role == Source {
			readSource(&c, value)
			continue
		}
		if i > 0 && list[i-1].role == Photographer && list[i-1].value == f.start && f.role == Author { // 图/本报记者 张三
			f.role = Photographer
		}
		names := withoutOffices(namesOf(f.role, value))
		if len(names) == 0 && value != "" && offices(value) {
			continue
		}
		if (!f.sep || f.role == Photographer) && !plausible(names) && len(names) > 0 || !f.sep && len(names) == 0 || f.sep && (sentence(names) || longRun(value)) {
			c.Labels--
			continue
		}
		role := f.role
		if role == Author && (strings.HasSuffix(value, "摄") || strings.HasSuffix(value, "攝")) {
			role = Photographer
		}
		c.add(role, names)
	}
	c.Share = float64(used) / float64(len(line))
	if len(list) == 0 {
		return slashed(line)
	}
	c.Before = line[:list[0].start]
	return c, c.Labels > 0
}

// namesOf reads the names of a value, which may end in a place and "reports":
// 記者張三台北報導.
func namesOf(role Role, value string) []string {
	if role == Author && containsAny(value, "報導", "报道", "報道") && !strings.HasPrefix(value, "报道") {
		if names := reporters(value); plausible(names) {
			return names
		}
	}
	return Names(value)
}

// slashed reads a line that is a name and a medium: 石佳/湖畔青年报.
func slashed(line string) (Credits, bool) {
	if utf8.RuneCountInString(line) > 24 {
		return Credits{}, false
	}
	for _, sep := range []string{"/", "／", "╱"} {
		name, medium, ok := strings.Cut(line, sep)
		if !ok || !looksMedium(medium) || strings.Contains(medium, sep) {
			continue
		}
		if names := Names(name); plausible(names) {
			return Credits{Source: CleanSource(medium), Authors: names, Share: 1}, true
		}
	}
	return Credits{}, false
}

// ofPictures recognizes labels of pictures and data, whose values name other people.
func ofPictures(label string) bool {
	return strings.HasSuffix(label, "来源") || strings.HasSuffix(label, "來源") || strings.HasSuffix(label, "图源") || strings.HasSuffix(label, "出处")
}

// sentence reports whether a value is text rather than names.
func sentence(names []string) bool {
	long := 0
	for _, n := range names {
		if rs := []rune(n); allHan(rs) && len(rs) > 6 || len(rs) > 3 && strings.ContainsAny(n, "0123456789%") && hasHan(n) {
			long++
		}
	}
	return long > 0 && (len(names) > 1 || long > 1) || len(names) > 12
}

// longRun reports whether a value has a run of Han characters that is too long to
// be names: a headline after 图文：.
func longRun(value string) bool {
	run := 0
	for i, r := range value {
		if !isHan(r) {
			run = 0
			continue
		}
		if run++; run > 9 {
			start := i - 9*3
			return start < 0 || segment([]rune(strings.FieldsFunc(value[start:], func(r rune) bool { return !isHan(r) })[0])) == nil
		}
	}
	return false
}

// findLabels finds the labels of a line from left to right.
func findLabels(line string, out []found) []found {
	var before rune // the character before position i, 0 at the start
	barred := false // 来源 | … 作者 | …: what follows such a beginning is no menu
	bare := false   // 编辑 甲 校对 乙: a line of labels and names parted by spaces
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r >= 0x80 {
			f, ok := labelAt(line, i, before, barred)
			if !ok && bare {
				f, ok = spacedRole(line, i, before)
			}
			if ok {
				out = append(out, f)
				bare = bare || i == 0 && !f.sep
				barred = barred || i == 0 && f.sep && (f.role == Source || f.role == Author || f.role == Editor)
				i = f.value
				before, _ = utf8.DecodeLastRuneInString(line[:i])
				continue
			}
		}
		before = r
		i += size
	}
	return out
}

// spacedRole finds a label between spaces, in a line that began with a label and
// a space: 编辑 甲 校对 乙.
func spacedRole(line string, i int, before rune) (found, bool) {
	if before != ' ' && before != 0xA0 && before != 0x3000 {
		return found{}, false
	}
	r, _ := utf8.DecodeRuneInString(line[i:])
	for _, l := range labels[r] {
		at := i + len(l.text)
		if strings.HasPrefix(line[i:], l.text) && utf8.RuneCountInString(l.text) > 1 && spaceAt(line, at) > 0 {
			return found{l, i, at + spaceAt(line, at), false, false}, true
		}
	}
	return found{}, false
}

// labelAt reports whether a label stands at offset i of the line: it needs a
// separator after it, or, for those that can stand bare, a boundary before it
// and a short rest.
func labelAt(line string, i int, before rune, barred bool) (found, bool) {
	r, _ := utf8.DecodeRuneInString(line[i:])
	for _, l := range labels[r] {
		if !strings.HasPrefix(line[i:], l.text) {
			continue
		}
		at := i + len(l.text)
		value, sep := separator(line, at)
		if before == '“' || before == '"' || before == '「' || before == '『' {
			continue // 凡注明“来源：…”的作品: a disclaimer speaks of credits
		}
		bounded := before == 0 || !isHan(before)
		short := utf8.RuneCountInString(l.text) == 1
		if sep && !barred && !firm(line, i, at, before, short) {
			sep = false
		}
		switch {
		case sep && (bounded || l.glues()) && (colon(line, at) || opening(before)):
			return found{l, i, value, true, !bounded}, true
		case short || l.role == Other || strings.ContainsAny(line[:i], "，。！？,!?"):
			continue
		case l.bare && (bounded || l.role == Editor || l.role == Author) && len(line)-at < 100:
			return found{l, i, value, false, !bounded}, true
		case bounded && value > at && i == 0 && len(line) < 60: // "来源 新华社"
			return found{l, i, value, false, !bounded}, true
		case l.role == Author && value > at && before == ' ' && l.glues() && len(line)-at < 30: // "08:30 湖畔晚报 作者 张三"
			return found{l, i, value, false, false}, true
		}
	}
	return found{}, false
}

// glues reports whether a label may follow Han text directly, as 湖畔网编辑： does.
func (l *label) glues() bool {
	return l.bare || l.role == Other && len(l.text) > 6 || l.text == "出版" || l.text == "更新" || l.text == "来源" || l.text == "來源" || l.text == "作者" || l.text == "稿源" || l.text == "出处" || l.text == "出處"
}

// colon reports whether the separator at offset i is more than a closing bracket.
func colon(line string, i int) bool {
	r, size := utf8.DecodeRuneInString(strings.TrimLeft(line[i:], " 　\u00a0"))
	return size > 0 && !strings.ContainsRune("】]〕", r)
}

// firm reports whether a separator that is not a colon makes a label: "图片 | 直播"
// is a menu, 【图】 an ornament, but 编辑|李四 and 文/图 are labels.
func firm(line string, i, at int, before rune, short bool) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[at:], " 　\u00a0"))
	switch r {
	case '：', ':', '︰', '﹕', '∶', '＝', '=':
		return true
	case '|', '｜', '丨', '/', '／', '╱', '\\':
		if before == '|' || before == '｜' || strings.HasPrefix(line[at:], " ") && i > 0 {
			return false
		}
		return i == 0 || !short || opening(before) || strings.ContainsRune(" 　（(：", before)
	}
	return !short
}

func opening(r rune) bool { return r == '【' || r == '[' || r == '〔' }

// separator skips what stands between a label and its value. ok reports whether it
// was more than white space.
func separator(line string, i int) (int, bool) {
	seen := false
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		switch r {
		case '：', ':', '︰', '﹕', '∶', '|', '｜', '丨', '/', '／', '╱', '\\', '＝', '=', '】', ']', '〕', '▎', '・':
			seen = true
		case ' ', 0xA0, 0x3000:
		default:
			return i, seen
		}
		i += size
	}
	return i, seen
}

// cutValue ends a value where something else begins: a closing bracket that
// it did not open, a date, a bar.
func cutValue(v string) string {
	depth := 0
	for i, r := range v {
		switch r {
		case '(', '（', '[', '【', '〔', '《':
			depth++
		case ')', '）', ']', '】', '〕':
			depth--
			if depth < 0 {
				return strings.TrimSpace(v[:i])
			}
		case '》':
			depth--
		case '|', '｜', '丨', '┃', '。', '；', ';', '>':
			if i > 0 {
				return strings.TrimSpace(v[:i])
			}
		}
		if r >= '0' && r <= '9' && startsDate(v[i:]) {
			return strings.TrimSpace(v[:i])
		}
	}
	return strings.Trim(v, " 　\u00a0[【(（〔")
}

// startsDate reports whether s starts with a date or a time of day: 2012-, 2012年, 17:35, 1月.
func startsDate(s string) bool {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	rest := s[n:]
	switch {
	case n == 4:
		return strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "年")
	case n <= 2:
		return strings.HasPrefix(rest, "月") || len(rest) > 2 && (rest[0] == ':' || rest[0] == '-') && rest[1] >= '0' && rest[1] <= '9'
	}
	return false
}

// dropMedium takes the medium off a value that belongs to the label after it:
// "李四 湖畔网" before 编辑.
func dropMedium(value string, label, next found) string {
	if next.role != Author && next.role != Editor {
		return value
	}
	i := strings.LastIndexAny(value, " 　、，,")
	last := value
	if i >= 0 {
		_, size := utf8.DecodeRuneInString(value[i:])
		last = value[i+size:]
		if names := Names(value); single(last) && len(names) > 0 && strings.HasSuffix(names[len(names)-1], last) {
			return value // 蒋　凌责任编辑：
		}
	}
	if names := Names(last); !looksMedium(last) && plausible(names) && (next.role == Author && label.bare || next.role != Author && looksChinese([]rune(last))) {
		return value // 记者张三文实习生李小文
	}
	if i < 0 {
		return ""
	}
	return value[:i]
}

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

// CleanSource trims a medium's name; it returns "" for what names none.
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
