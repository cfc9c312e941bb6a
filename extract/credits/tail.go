package credits

import (
	"strings"
	"unicode/utf8"
)

// Tail reads the credit in brackets that ends a paragraph: （记者X）, (文/图 X Y),
// （编辑 X）, （石佳/中国青年报）. Where the brackets hold a name alone ("(李楠)"),
// bare is true: it may be the author, the editor, or anyone. start is the byte
// offset of the bracket, -1 where there is no credit.
func Tail(text string) (c Credits, bare bool, start int) {
	text = strings.TrimRight(text, " 　\u00a0。")
	r, size := utf8.DecodeLastRuneInString(text)
	if size == 0 || !strings.ContainsRune(closers, r) {
		return c, false, -1
	}
	body := text[:len(text)-size]
	start = strings.LastIndexAny(body, openers)
	if start < 0 || utf8.RuneCountInString(body[start:]) > 60 {
		return c, false, -1
	}
	_, size = utf8.DecodeRuneInString(body[start:])
	inside := closeUp(strings.TrimSpace(body[start+size:]))
	if got, ok := Parse(inside); ok && !got.Empty() {
		if got.Source == "" {
			got.Source = imprintMedium(inside)
		}
		return got, false, start
	}
	if medium := imprintMedium(inside); medium != "" {
		c.Source = medium
		return c, false, start
	}
	if a, s := bracketed(inside, ""); len(a) > 0 {
		c.Authors, c.Source = a, s
		return c, false, start
	}
	for _, sep := range []string{"/", "／", "╱"} {
		name, medium, ok := strings.Cut(inside, sep)
		if ok && looksMedium(medium) && plausible(Names(name)) {
			c.Authors, c.Source = Names(name), CleanSource(medium)
			return c, false, start
		}
	}
	if tailRole(&c, inside) {
		return c, false, start
	}
	if names := bareNames(inside); len(names) > 0 && len(names) < 4 && !nobody[inside] && allParted(inside, names) {
		c.Authors = names
		return c, true, start
	}
	return c, false, -1
}

// tailRole reads names with what they did behind them: （张三報導）, （张三／综合报道）, （张三摄）.
func tailRole(c *Credits, inside string) bool {
	for _, end := range []string{"综合报道", "綜合報導", "報導", "报道", "報道", "编译", "編譯", "摄", "攝"} {
		rest, ok := strings.CutSuffix(inside, end)
		if !ok {
			continue
		}
		names := bareNames(strings.TrimRight(rest, " 　/／╱"))
		if len(names) == 0 {
			return false
		}
		if end == "摄" || end == "攝" {
			c.Photographers = names
		} else {
			c.Authors = names
		}
		return true
	}
	return false
}

// allParted reports whether names that stand alone in brackets are written apart:
// glued characters are words of a sentence more often than names.
func allParted(inside string, names []string) bool {
	n := 0
	for _, name := range names {
		n += utf8.RuneCountInString(name)
	}
	return len(names) == 1 && utf8.RuneCountInString(inside) <= 3 || utf8.RuneCountInString(inside) >= n+len(names)-1 && len(names) > 1
}

// Alone reads a line that is nothing but the names of one to four Chinese people:
// "赵晓东、李文", "胡平". A name of two characters that stands alone needs a common
// surname; of several names one needs a surname that is known.
func Alone(line string) []string {
	if utf8.RuneCountInString(line) > 20 || nobody[line] || strings.ContainsAny(line, "图圖摄攝") {
		return nil
	}
	line = closeUp(line)
	names := Names(line)
	if len(names) == 0 || len(names) > 4 || !allParted(line, names) {
		return nil
	}
	known := false
	for _, n := range names {
		rs := []rune(n)
		if len(rs) < 2 || len(rs) > 3 || !allHan(rs) || words[n] || words[string(rs[:2])] || looksMedium(n) {
			return nil
		}
		known = known || looksChinese(rs) && (len(rs) == 3 || common[rs[0]])
	}
	if !known || len(names) == 1 && !plausible(names) {
		return nil
	}
	return names
}

// Imprint reads the brackets before the first words of a text that hold medium,
// time and editor: （湖畔日报 2019-03-06 07:48 编辑 张三）. ok is false where the
// text does not begin so. The same at the end of a text is [Tail]'s.
func Imprint(text string) (c Credits, ok bool) {
	inside, before, found := firstBracket(text)
	if !found || before != "" || utf8.RuneCountInString(inside) > 60 {
		return c, false
	}
	medium := imprintMedium(closeUp(inside))
	if medium == "" {
		return c, false
	}
	c, _ = Parse(inside)
	if c.Source == "" {
		c.Source = medium
	}
	return c, true
}

// imprintMedium is the medium with which brackets begin where a date or a
// label follows it; "" for other brackets.
func imprintMedium(inside string) string {
	i := strings.IndexAny(inside, " \u00a0\u3000")
	if i < 0 || !looksMedium(inside[:i]) {
		return ""
	}
	rest := inside[i+spaceAt(inside, i):]
	if startsDate(rest) {
		return CleanSource(inside[:i])
	}
	if r, _ := utf8.DecodeRuneInString(rest); len(labels[r]) > 0 {
		if f, ok := labelAt(rest, 0, 0, false); ok && f.role != Other {
			return CleanSource(inside[:i])
		}
	}
	return ""
}
