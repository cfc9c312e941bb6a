package cite

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// apa: Author. (Year, Month day). Title. *Container*. URL (archived …).
func apa(w *work) string {
	when := "n.d."
	if w.date.known() {
		when = fmt.Sprintf("%d, %s %d", w.date.year, w.date.monthName(), w.date.day)
	}
	names := w.authors()
	switch n := len(names); {
	case n > 20:
		names = append(names[:19:19], "… "+names[n-1])
		fallthrough
	case n > 1:
		last := len(names) - 1
		names[last] = "& " + strings.TrimPrefix(names[last], "& ")
	}
	head := fmt.Sprintf("%s (%s). %s.", w.title(), when, w.container)
	if len(names) > 0 {
		head = fmt.Sprintf("%s (%s). %s %s.", dot(strings.Join(names, ", ")), when, dot(w.title()), w.container)
	}
	return head + " " + w.a.URL + w.archivedNote()
}

// chicago: Author. “Title.” Container, Month day, year. URL (archived …).
func chicago(w *work) string {
	var b strings.Builder
	if names := w.authors(); len(names) > 1 {
		b.WriteString(strings.Join(names[:len(names)-1], ", ") + ", and " + dot(names[len(names)-1]) + " ")
	} else if len(names) == 1 {
		b.WriteString(dot(names[0]) + " ")
	}
	b.WriteString("“" + dot(w.title()) + "” " + w.container)
	if w.date.known() {
		b.WriteString(", " + w.date.english())
	}
	b.WriteString(". " + w.a.URL + w.archivedNote())
	return b.String()
}

// gbt7714: 作者. 题名[N/OL]. 报纸名, 出版日期[引用日期]. URL.
func gbt7714(w *work) string {
	var b strings.Builder
	if names := w.authors(); len(names) > 0 {
		if len(names) > 3 {
			others := "et al"
			if w.chinese() {
				others = "等"
			}
			names = append(names[:3:3], others)
		}
		b.WriteString(dot(strings.Join(names, ", ")) + " ")
	}
	b.WriteString(w.title() + "[N/OL]. " + w.container)
	if w.date.known() {
		b.WriteString(", " + w.date.iso())
	}
	if w.captured.known() {
		b.WriteString("[" + w.captured.iso() + "]")
	}
	b.WriteString(". " + w.a.URL + ".")
	if w.chinese() {
		return b.String() + fmt.Sprintf(" 存档修订版%d, sha256:%s.", w.a.Revision, w.a.ContentHash)
	}
	return b.String() + " Archived " + w.proof() + "."
}

// archivedNote says when the page was captured and which text it is.
func (w *work) archivedNote() string {
	if !w.captured.known() {
		return " (archived " + w.proof() + ")"
	}
	return " (archived " + w.captured.english() + ", " + w.proof() + ")"
}

// dot ends a part with a full stop, unless it ends with one or with ? or !.
func dot(s string) string {
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(".?!？！。", last) {
		return s
	}
	return s + "."
}
