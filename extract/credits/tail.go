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
	inside, start := lastBracket(text)
	if start < 0 {
		return c, false, -1
	}
	for _, read := range tailForms {
		if c, ok := read(inside); ok {
			return c, false, start
		}
	}
	if names := bareNames(inside); len(names) > 0 && len(names) < 4 && !nobody[inside] && allParted(inside, names) {
		return Credits{Authors: names}, true, start
	}
	return Credits{}, false, -1
}

// tailForms read the forms of a credit in brackets, in this order.
var tailForms = [...]func(inside string) (Credits, bool){
	tailLabels,    // （湖畔日报 编辑 李文）
	tailImprint,   // （湖畔日报 2019-03-06）
	tailReporter,  // （記者李文／湖畔報導）
	slashedMedium, // （李文/湖畔日报）
	tailRole,      // （李文摄）
}

// lastBracket returns the content of the brackets that end a text, and their offset; -1
// where it ends otherwise or they are long.
func lastBracket(text string) (inside string, start int) {
	text = strings.TrimRight(text, " 　\u00a0。")
	r, size := utf8.DecodeLastRuneInString(text)
	if size == 0 || !strings.ContainsRune(closers, r) {
		return "", -1
	}
	body := text[:len(text)-size]
	start = strings.LastIndexAny(body, openers)
	if start < 0 || utf8.RuneCountInString(body[start:]) > 60 {
		return "", -1
	}
	_, size = utf8.DecodeRuneInString(body[start:])
	return closeUp(strings.TrimSpace(body[start+size:])), start
}

func tailLabels(inside string) (Credits, bool) {
	c, ok := Parse(inside)
	if !ok || c.Empty() {
		return Credits{}, false
	}
	if c.Source == "" {
		c.Source = imprintMedium(inside)
	}
	return c, true
}

func tailImprint(inside string) (Credits, bool) {
	medium := imprintMedium(inside)
	return Credits{Source: medium}, medium != ""
}

func tailReporter(inside string) (Credits, bool) {
	authors, source := bracketed(inside, "")
	return Credits{Authors: authors, Source: source}, len(authors) > 0
}

// tailRole reads names that are followed by what they did: （张三報導）, （张三／综合报道）, （张三摄）.
func tailRole(inside string) (Credits, bool) {
	for _, end := range []string{"综合报道", "綜合報導", "報導", "报道", "報道", "编译", "編譯", "摄", "攝"} {
		rest, ok := strings.CutSuffix(inside, end)
		if !ok {
			continue
		}
		names := bareNames(strings.TrimRight(rest, " 　/／╱"))
		if end == "摄" || end == "攝" {
			return Credits{Photographers: names}, len(names) > 0
		}
		return Credits{Authors: names}, len(names) > 0
	}
	return Credits{}, false
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

// Imprint reads the brackets before the first words of a text that hold medium, time and
// editor: （湖畔日报 2019-03-06 07:48 编辑 张三）. ok is false if the text does not begin with such
// brackets. [Tail] reads them at the end of a text.
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
