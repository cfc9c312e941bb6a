package credits

import (
	"strings"
	"unicode/utf8"
)

// Dateline reads the reporters whom the head of a Chinese report names, in the
// forms of agencies and papers:
//
//	本报讯（记者 X 通讯员 Y）   新华社巴黎12月9日电（记者X）   〔記者X／台北報導〕
//	（中央社記者X台北11日電）  【報／X】  ◎ 記者X/採訪報導  記者X／嘉義報導
//
// text is a paragraph; only its first 120 characters are looked at. The
// dateline belongs to the text and stays there. source is the medium that the
// dateline names, "" where none.
func Dateline(text string) (authors []string, source string) {
	head := text
	if n := runeOffset(head, 120); n < len(head) {
		head = head[:n]
	}
	if !hasHan(head) {
		return nil, ""
	}
	head = closeUp(strings.TrimLeft(head, " 　\u00a0◎●■▲★◆"))
	if inside, before, ok := firstBracket(head); ok {
		if a, s := bracketed(inside, before); len(a) > 0 {
			return a, s
		}
	}
	return leading(head)
}

func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

const openers, closers = "（(【〔[［", "）)】〕]］"

// firstBracket returns the content of the first pair of brackets, and what stands before it.
func firstBracket(s string) (inside, before string, ok bool) {
	i := strings.IndexAny(s, openers)
	if i < 0 || utf8.RuneCountInString(s[:i]) > 40 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	rest := s[i+size:]
	j := strings.IndexAny(rest, closers)
	if j < 0 {
		return "", "", false
	}
	return strings.TrimSpace(rest[:j]), strings.TrimSpace(s[:i]), true
}

// bracketed reads the content of a dateline's brackets.
func bracketed(inside, before string) (authors []string, source string) {
	if strings.ContainsAny(before, "。，！？,!?") {
		return nil, ""
	}
	if i, l := reporter(inside); i >= 0 {
		return bracketedReporter(inside, before, i, l)
	}
	if names := bracketedText(inside); names != nil {
		return names, ""
	}
	if names := unlabelled(inside, before); names != nil {
		return names, ""
	}
	if before == "" {
		return bracketedMedium(inside)
	}
	return nil, ""
}

// bracketedReporter: （中湖社記者X台北11日電）; 记者 stands at offset i and has length l.
func bracketedReporter(inside, before string, i, l int) (authors []string, source string) {
	names := reporters(inside[i+l:])
	if !plausible(names) && !minorityNames(inside[i+l:], names) {
		return nil, ""
	}
	if i > 0 && before == "" {
		source = CleanSource(inside[:i])
	}
	return names, source
}

// bracketedText: （文/X）, （文图：X Y）, （作者X）.
func bracketedText(inside string) []string {
	for _, l := range []string{"文/", "文／", "文|", "文：", "作者", "文 "} {
		rest, ok := strings.CutPrefix(inside, l)
		if !ok {
			continue
		}
		names := Names(strings.TrimLeft(rest, "图圖/／|：: "))
		if len(names) > 0 && len(names) < 5 && (l != "作者" || plausible(names)) {
			return names
		}
	}
	return nil
}

// bracketedMedium: 【台湖某报／X】, the medium before a name.
func bracketedMedium(inside string) (authors []string, source string) {
	for _, sep := range []string{"／", "/", "╱"} {
		medium, name, ok := strings.Cut(inside, sep)
		if !ok || !looksMedium(medium) {
			continue
		}
		if names := reporters(name); plausible(names) {
			return names, CleanSource(medium)
		}
	}
	return nil, ""
}

// minorityNames reports names that do not begin with a Chinese surname (格桑边觉),
// where nothing but names of two to six characters stands behind 记者.
func minorityNames(value string, names []string) bool {
	if len(names) == 0 || utf8.RuneCountInString(strings.TrimSpace(value)) > 16 {
		return false
	}
	for _, n := range names {
		if rs := []rune(n); len(rs) < 2 || len(rs) > 6 || verbal(n) || words[n] || strings.ContainsAny(n, "的了是在从中") {
			return false
		}
	}
	return true
}

// unlabelled reads brackets that hold names without a label: 【張三、李四／綜合報導】,
// and （张三） behind the place and day of an agency's dateline.
func unlabelled(inside, before string) []string {
	names := inside
	for _, sep := range []string{"／", "/", "╱"} {
		if left, right, ok := strings.Cut(inside, sep); ok {
			if !containsAny(right, "報導", "报道", "報道") || looksMedium(left) {
				return nil
			}
			return bareNames(left)
		}
	}
	if utf8.RuneCountInString(before) < 3 || !hasEnd(before, "电", "電", "讯", "訊") {
		return nil
	}
	return bareNames(names)
}

func hasEnd(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// bareNames reads up to four names of two to four Han characters each.
func bareNames(s string) []string {
	names := Names(s)
	if len(names) > 4 || !plausible(names) {
		return nil
	}
	for _, n := range names {
		if rs := []rune(n); !allHan(rs) || !looksChinese(rs) || words[string(rs[:2])] {
			return nil
		}
	}
	return names
}

// reporter finds 记者 and its like in s: offset and length, -1 where it is not.
func reporter(s string) (int, int) {
	for _, l := range []string{"记者", "記者", "通讯员", "通訊員"} {
		if i := strings.Index(s, l); i >= 0 {
			return i, len(l)
		}
	}
	return -1, 0
}

// reporters reads the names after 记者 up to the place and the "reports":
// "X／台北報導", "X台北11日電", "X、Y 文/图", "X 通讯员 Y".
func reporters(s string) []string {
	s = strings.TrimLeft(s, " 　：:/／|")
	for _, sep := range []string{"／", "/", "╱"} {
		if name, rest, ok := strings.Cut(s, sep); ok {
			if containsAny(rest, "報導", "报道", "報道", "報到", "特稿", "電", "电", "采访", "採訪", "攝", "摄", "文", "图", "綜合") || len(Names(rest)) == 0 {
				s = name
			}
			break
		}
	}
	s = cutPlace(s)
	return Names(s)
}

// Reporters reads the names from a value such as 記者陳嘉寧／桃園機場報導; nil if the value has
// another form.
func Reporters(value string) []string {
	i, l := reporter(value)
	if i < 0 || i > 24 || utf8.RuneCountInString(value) > 40 {
		return nil
	}
	names := reporters(value[i+l:])
	if !plausible(names) {
		return nil
	}
	return names
}

func containsAny(s string, list ...string) bool {
	for _, x := range list {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

// cutPlace takes the place and day off an agency's "X台北11日電" and "X 台北報導".
func cutPlace(s string) string {
	for _, l := range []string{"發自", "发自", "/文", "／文"} { // the place comes behind
		if i := strings.Index(s, l); i > 0 {
			return s[:i]
		}
	}
	for _, l := range []string{"報導", "报道", "電", "电", "综合报道"} {
		if i := strings.Index(s, l); i > 0 {
			return withoutPlace(strings.TrimRight(s[:i], "综合綜专电專電 　"))
		}
	}
	return s
}

// withoutPlace takes a place, and the day behind it, off the end of names: behind a
// space, or glued to one name of two or three characters.
func withoutPlace(s string) string {
	if d := strings.IndexAny(s, "0123456789"); d > 0 {
		s = s[:d]
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == 0x3000 })
	if len(fields) > 1 {
		return strings.Join(fields[:len(fields)-1], " ")
	}
	rs := []rune(s)
	switch {
	case strings.ContainsAny(s, "、，,"):
	case len(rs) >= 5 && looksChinese(rs[:3]):
		return string(rs[:3])
	case len(rs) == 4 && looksChinese(rs[:2]):
		return string(rs[:2])
	}
	return s
}

// leading reads "記者X／嘉義報導", "记者李四、通讯员王五报道：" and "湖畔报记者李四发自湖城"
// at the start of the text, outside brackets.
func leading(head string) (authors []string, source string) {
	i, l := firstReporter(head)
	if i < 0 || !leadsIn(head[:i]) {
		return nil, ""
	}
	rest := head[i+l:]
	if hasEnd(strings.TrimRight(head[:i], " 　"), "讯", "訊", "电", "電") {
		if names := nextName(rest); names != nil { // 本报讯 记者张三 近日…
			return names, ""
		}
	}
	end := reportEnd(rest)
	if end < 0 {
		return nil, ""
	}
	for _, part := range splitReporters(rest[:end]) {
		names := reporters(strings.TrimRight(part, "：:、和与 "))
		if !plausible(names) {
			return nil, ""
		}
		authors = Merge(authors, names)
	}
	for _, sep := range []string{"╱", "／", "/"} { // 湖報╱記者X／台北報導
		if medium, ok := strings.CutSuffix(head[:i], sep); ok && looksMedium(medium) {
			source = CleanSource(medium)
		}
	}
	return authors, source
}

// leadsIn reports whether a text can precede 记者 in a dateline: it is empty, a few
// characters long, or names media ("湖畔新闻·湖畔商报").
func leadsIn(before string) bool {
	switch {
	case strings.ContainsAny(before, "，。,"):
		return false
	case utf8.RuneCountInString(before) <= 8:
		return true
	}
	return utf8.RuneCountInString(before) <= 16 && looksMedium(strings.TrimRight(before, " 　"))
}

// reportEnd returns the offset behind the word that ends a reporter's names, -1 where
// there is none near.
func reportEnd(rest string) int {
	end := -1
	for _, stop := range []string{"報導", "报道：", "报道:", "報道", "摄影报道", "采访报道", "綜合報導", "发自", "發自", "/文", "／文"} {
		if j := strings.Index(rest, stop); j > 0 && (end < 0 || j < end) {
			end = j + len(stop)
		}
	}
	if end >= 0 && (utf8.RuneCountInString(rest[:end]) > 30 || strings.ContainsAny(rest[:end], "，。,")) {
		return -1
	}
	return end
}

// reporterWords are the words before a reporter's name in a dateline.
var reporterWords = []string{"记者", "記者", "通讯员", "通訊員", "实习生", "實習生"}

// firstReporter finds the first of them: offset and length, -1 where there is none.
func firstReporter(s string) (int, int) {
	at, length := -1, 0
	for _, w := range reporterWords {
		if i := strings.Index(s, w); i >= 0 && (at < 0 || i < at) {
			at, length = i, len(w)
		}
	}
	return at, length
}

// splitReporters cuts names at the words between them: X、通讯员Y.
func splitReporters(s string) []string {
	var parts []string
	for {
		i, l := firstReporter(s)
		if i < 0 {
			return append(parts, s)
		}
		if i > 0 {
			parts = append(parts, s[:i])
		}
		s = s[i+l:]
	}
}

// nextName reads the one name up to the next space.
func nextName(s string) []string {
	s = strings.TrimLeft(s, " 　：:")
	i := strings.IndexAny(s, " 　")
	if i < 0 {
		return nil
	}
	if rs := []rune(s[:i]); !looksChinese(rs) || verbal(s[:i]) || words[s[:i]] {
		return nil
	}
	return []string{s[:i]}
}
