package cite

import (
	"fmt"
	"strings"
)

// ris writes a record of type NEWS: lines of a tag, two spaces, a dash and a
// space, ended by CR LF.
func ris(w *work) string {
	var b strings.Builder
	line := func(tag, value string) {
		if value = oneLine(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	b.WriteString("TY  - NEWS\r\n")
	line("ID", w.a.ID)
	line("TI", w.title())
	for _, name := range w.authors() {
		line("AU", name)
	}
	for _, name := range w.a.Credits.Editors {
		line("A2", name)
	}
	line("T2", w.container)
	if w.date.known() {
		line("PY", fmt.Sprintf("%04d", w.date.year))
		line("DA", fmt.Sprintf("%04d/%02d/%02d/", w.date.year, w.date.month, w.date.day))
	}
	if w.captured.known() {
		line("Y2", fmt.Sprintf("%04d/%02d/%02d/", w.captured.year, w.captured.month, w.captured.day))
	}
	line("UR", w.a.URL)
	line("AB", w.a.Description)
	for _, k := range w.a.Keywords {
		line("KW", k)
	}
	line("LA", w.a.Language)
	line("SE", w.a.Section)
	line("AV", w.key)
	line("N1", "Archived "+w.proof())
	b.WriteString("ER  - ")
	return b.String()
}
