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
				if i == 0 {
					bare = !f.sep
					barred = f.sep && (f.role == Source || f.role == Author || f.role == Editor)
				}
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

// spot is a place of a line where the text of a label stands.
type spot struct {
	label
	line       string
	start, end int  // byte offsets of the label's text
	value      int  // byte offset of what follows it and its separator
	sep        bool // a separator follows that makes it a label
	before     rune // the character before it, 0 at the start
}

// bounded reports whether no Han text stands directly before the label.
func (s *spot) bounded() bool { return s.before == 0 || !isHan(s.before) }

// short reports whether the label has one character. Such characters are words of many
// sentences.
func (s *spot) short() bool { return utf8.RuneCountInString(s.text) == 1 }

// spaced reports whether something stands between the label and its value.
func (s *spot) spaced() bool { return s.value > s.end }

// quoted reports whether a quotation begins with the label, in a disclaimer that
// speaks of credits: 凡注明“来源：…”的作品.
func (s *spot) quoted() bool {
	return s.before == '“' || s.before == '"' || s.before == '「' || s.before == '『'
}

// bareAllowed reports whether the label may do without a separator here: it has two
// characters or more, and no sentence began before it.
func (s *spot) bareAllowed() bool {
	return !s.short() && s.role != Other && !strings.ContainsAny(s.line[:s.start], "，。！？,!?")
}

// separated: "来源：湖畔网", "湖畔网编辑：李文", "【来源】湖畔网".
func (s *spot) separated() bool {
	return s.sep && (s.bounded() || s.glues()) && (colon(s.line, s.end) || opening(s.before))
}

// bareName: "记者 李四", "湖畔网编辑李文".
func (s *spot) bareName() bool {
	return s.bare && (s.bounded() || s.role == Editor || s.role == Author) && len(s.line)-s.end < 100
}

// opensLine: "来源 湖畔社".
func (s *spot) opensLine() bool {
	return s.start == 0 && s.spaced() && len(s.line) < 60
}

// behindMedium: "08:30 湖畔晚报 作者 张三".
func (s *spot) behindMedium() bool {
	return s.role == Author && s.spaced() && s.before == ' ' && s.glues() && len(s.line)-s.end < 30
}

// labelAt finds the label that stands at offset i of a line: with a separator after
// it or, where it can stand bare, with a boundary before it and a short rest.
func labelAt(line string, i int, before rune, barred bool) (found, bool) {
	r, _ := utf8.DecodeRuneInString(line[i:])
	for _, l := range labels[r] {
		if !strings.HasPrefix(line[i:], l.text) {
			continue
		}
		s := spot{label: l, line: line, start: i, end: i + len(l.text), before: before}
		if s.quoted() {
			continue
		}
		s.value, s.sep = separator(line, s.end)
		s.sep = s.sep && (barred || s.firm())
		switch {
		case s.separated():
			return found{l, i, s.value, true, !s.bounded()}, true
		case !s.bareAllowed():
		case s.bareName(), s.opensLine():
			return found{l, i, s.value, false, !s.bounded()}, true
		case s.behindMedium():
			return found{l, i, s.value, false, false}, true
		}
	}
	return found{}, false
}

// gluedLabels may directly follow Han text although they cannot stand without a
// separator: 湖畔网来源：.
var gluedLabels = set("出版", "更新", "来源", "來源", "作者", "稿源", "出处", "出處")

// glues reports whether a label may follow Han text directly, as 湖畔网编辑： does.
func (l *label) glues() bool {
	return l.bare || l.role == Other && len(l.text) > 6 || gluedLabels[l.text]
}

// colon reports whether the separator at offset i is more than a closing bracket.
func colon(line string, i int) bool {
	r, size := utf8.DecodeRuneInString(strings.TrimLeft(line[i:], " 　\u00a0"))
	return size > 0 && !strings.ContainsRune("】]〕", r)
}

// firm reports whether a separator makes the word before it a label: "图片 | 直播" is a menu
// and 【图】 an ornament, but 编辑|李四 and 文/图 are labels.
func (s *spot) firm() bool {
	behind := s.line[s.end:]
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(behind, " 　\u00a0"))
	switch r {
	case '：', ':', '︰', '﹕', '∶', '＝', '=':
		return true
	case '|', '｜', '丨', '/', '／', '╱', '\\':
		menu := s.before == '|' || s.before == '｜' || s.start > 0 && strings.HasPrefix(behind, " ")
		return !menu && (s.start == 0 || !s.short() || opening(s.before) || strings.ContainsRune(" 　（(：", s.before))
	}
	return !s.short()
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
