package credits

import (
	"strings"
	"unicode/utf8"
)

// parseChinese reads a line of labelled credits.
func parseChinese(line string) (Credits, bool) {
	if strings.Count(line, "|") > 4 || strings.Count(line, "｜") > 4 { // a menu
		return Credits{}, false
	}
	line = closeUp(line)
	var buf [16]found
	list := findLabels(line, buf[:0])
	if len(list) == 0 {
		return slashed(line)
	}
	r := chineseReader{line: line, list: list}
	r.c.Before = line[:list[0].start]
	for i := range list {
		r.read(i)
	}
	r.c.Share = float64(len(line)-list[0].start) / float64(len(line))
	return r.c, r.c.Labels > 0
}

// chineseReader reads the values of a line's labels from left to right.
type chineseReader struct {
	line string
	list []found
	sink bool // names after 图片来源 are not the article's
	c    Credits
}

// read adds what the label i of the line names.
func (r *chineseReader) read(i int) {
	f := r.list[i]
	if f.sep {
		r.sink = f.role == Other && ofPictures(f.text)
	}
	if f.role == Other || r.sink {
		return
	}
	value := r.value(i)
	if f.role == Source {
		r.c.Labels++
		readSource(&r.c, value)
		return
	}
	role := r.role(i, value)
	names := withoutOffices(namesOf(role, value))
	if len(names) == 0 && offices(value) {
		r.c.Labels++
		return
	}
	if f.named(role, value, names) {
		r.c.Labels++
		r.c.add(role, names)
	}
}

// value returns what stands between a label and the next one.
func (r *chineseReader) value(i int) string {
	end := len(r.line)
	if i+1 == len(r.list) {
		return cutValue(r.line[r.list[i].value:end])
	}
	next := r.list[i+1]
	value := cutValue(r.line[r.list[i].value:next.start])
	if next.glued && r.list[i].role != Source { // a medium before 作者： belongs to 来源：
		value = dropMedium(value, r.list[i], next)
	}
	return value
}

// role returns the role of a label's names: an author's behind 图/, or with 摄 behind
// the name, are photographers.
func (r *chineseReader) role(i int, value string) Role {
	f := r.list[i]
	if f.role != Author {
		return f.role
	}
	ofPicture := i > 0 && r.list[i-1].role == Photographer && r.list[i-1].value == f.start // 图/本报记者 张三
	if ofPicture || strings.HasSuffix(value, "摄") || strings.HasSuffix(value, "攝") {
		return Photographer
	}
	return Author
}

// named reports whether a value's names can be those that the label announces. Behind
// a separator an empty value counts; a bare label needs names that look like people's.
func (f *found) named(role Role, value string, names []string) bool {
	switch {
	case len(names) == 0:
		return f.sep && !longRun(value)
	case f.sep && (sentence(names) || longRun(value)):
		return false
	case f.sep && role != Photographer:
		return true
	}
	return plausible(names)
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

// slashed reads a short line that is a name and a medium: 石佳/湖畔青年报.
func slashed(line string) (Credits, bool) {
	if utf8.RuneCountInString(line) > 24 {
		return Credits{}, false
	}
	return slashedMedium(line)
}

// slashedMedium reads a name and a medium with a slash between them.
func slashedMedium(s string) (Credits, bool) {
	for _, sep := range []string{"/", "／", "╱"} {
		name, medium, ok := strings.Cut(s, sep)
		if !ok || !looksMedium(medium) || strings.Contains(medium, sep) {
			continue
		}
		if names := Names(name); plausible(names) {
			return Credits{Source: CleanSource(medium), Authors: names, Share: 1}, true
		}
	}
	return Credits{}, false
}

// ofPictures reports whether a label is for pictures or data, whose makers are not the authors.
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
		if strings.HasPrefix(rest, "月") {
			return true
		}
		return len(rest) > 2 && (rest[0] == ':' || rest[0] == '-') && rest[1] >= '0' && rest[1] <= '9'
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
	person := next.role == Author && label.bare || next.role != Author && looksChinese([]rune(last))
	if person && !looksMedium(last) && plausible(Names(last)) {
		return value // 记者张三文实习生李小文
	}
	if i < 0 {
		return ""
	}
	return value[:i]
}
