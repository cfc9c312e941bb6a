package compose

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// roleOf returns what a line of the text is beyond its type.
func (c *composer) roleOf(i int32) article.Role {
	l := &c.p.Lines[i]
	if c.isStandfirst(i) {
		return article.RoleStandfirst
	}
	s := l.Text()
	label := mayBeLabelled(s)
	switch {
	case c.called(l.Box, "correction") || label && labelled(s, correctionLabels):
		return article.RoleCorrection
	case c.called(l.Box, "footnote"), c.called(l.Box, "editors-note"), c.isFootnote(i), label && labelled(s, noteLabels):
		return article.RoleNote
	case label && labelled(s, questionLabels), l.Role() == page.RoleSubhead && c.asks && asks(s):
		return article.RoleQuestion
	case label && labelled(s, answerLabels):
		return article.RoleAnswer
	}
	return ""
}

// isStandfirst reports whether a line is the paragraph that sums the article up: it
// stands before the text, above its container or in a box that is called a lead.
func (c *composer) isStandfirst(i int32) bool {
	if c.textual || int(i) <= c.title {
		return false
	}
	l := &c.p.Lines[i]
	if l.By() == "lead above the body's box" {
		return true
	}
	return c.p.LocalNames(l.Box, c.text.Main, c.title)&page.NameLead != 0
}

// called reports whether a small box close around a line has a word in its class.
func (c *composer) called(b int32, word string) bool {
	for up := 0; b > int32(c.text.Main) && up < 3; up++ {
		x := &c.p.Boxes[b]
		if x.Last-x.First > 12 {
			return false
		}
		if strings.Contains(page.Attr(x.Node, "class"), word) {
			return true
		}
		b = x.Parent
	}
	return false
}

// mayBeLabelled reports whether a line can begin with a label: one of the signs that
// follow labels is near its start. The test is cheap and rules most lines out.
func mayBeLabelled(s string) bool {
	start := s[:min(len(s), 80)]
	if len(s) > 1 && s[1] == '.' || len(s) > 2 && s[2] == '.' {
		return true // "Q." and "Q1."
	}
	if len(s) <= 1 {
		return false
	}
	return strings.IndexByte(start, ':') > 0 || strings.Contains(start, "：") || strings.Contains(start, "—") || strings.Contains(start, "–")
}

// labelled reports whether a line begins with one of the labels and a sign behind it.
func labelled(s string, labels []string) bool {
	for _, label := range labels {
		if len(s) < len(label) || !strings.EqualFold(s[:len(label)], label) {
			continue
		}
		rest := strings.TrimLeft(s[len(label):], " \u00a0")
		if rest == "" {
			return utf8.RuneCountInString(label) > 2
		}
		if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(":：.—–-", r) && (r != '.' || len(label) <= 2) {
			return true
		}
		if after, ok := strings.CutPrefix(rest, ","); ok { // "Correction, 15 May: …"
			if at := strings.IndexAny(after, ":："); at > 0 && at < 40 {
				return true
			}
		}
		if rest[0] == '(' {
			if at := strings.IndexAny(rest, ":："); at > 0 && at < 60 {
				return true
			}
		}
	}
	return false
}

// Labels, in the languages of the press.
var (
	correctionLabels = []string{
		"correction", "corrections", "clarification", "erratum", "errata", "korrektur", "berichtigung", "richtigstellung", "correctif",
		"rectificatif", "rectification", "corrección", "fe de errores", "rectificación", "correção", "errámos",
		"correzione", "rettifica", "correctie", "rectificatie", "rättelse", "rettelse", "retting", "oikaisu", "leiðrétting", "sprostowanie",
		"oprava", "helyesbítés", "corectură", "erată", "ispravak", "ispravka", "popravek",
		"поправка", "исправление", "уточнение", "виправлення", "поправка", "διόρθωση", "düzeltme", "tekzip", "koreksi", "ralat", "đính chính",
		"تصحيح", "تصويب", "اصلاحیه", "تصحیح", "תיקון", "תיקון טעות", "सुधार", "সংশোধনী", "แก้ไขข่าว",
		"訂正", "更正", "勘误", "勘誤", "정정", "바로잡습니다",
	}
	noteLabels = []string{
		"editor's note", "editor’s note", "editors' note", "editors’ note", "editor note", "anmerkung der redaktion", "hinweis der redaktion",
		"anm. d. red.", "note de la rédaction", "ndlr", "nota del editor", "nota de la redacción", "nota da redação", "nota do editor",
		"nota della redazione", "ndr", "noot van de redactie", "redactionele noot", "redaktionens anmärkning", "redaksjonens merknad", "od redakcji",
		"przypis redakcji", "pozn. red.", "от редакции", "примечание редакции", "від редакції", "σημείωση της σύνταξης",
		"editörün notu", "catatan redaksi", "ملاحظة المحرر", "یادداشت سردبیر", "הערת המערכת", "संपादक की टिप्पणी", "编者按", "编者注", "編按", "編者按", "編集部注",
		"編注", "편집자 주", "편집자주",
	}
	questionLabels = []string{"q", "question", "frage", "pregunta", "pergunta", "domanda", "vraag", "fråga", "spørsmål", "pytanie", "вопрос", "в",
		"питання", "ερώτηση", "soru", "tanya", "hỏi", "سؤال", "س", "שאלה", "ש", "प्रश्न", "问", "問", "문"}
	answerLabels = []string{"a", "answer", "antwort", "réponse", "respuesta", "resposta", "risposta", "antwoord", "svar", "odpowiedź", "ответ",
		"о", "відповідь", "απάντηση", "cevap", "jawab", "đáp", "جواب", "ج", "תשובה", "ת", "उत्तर", "答", "답"}
)

// asks reports whether a line is a question.
func asks(s string) bool {
	s = strings.TrimRight(s, " \"”»’'")
	for _, mark := range [...]string{"?", "？", "؟", ";"} {
		if strings.HasSuffix(s, mark) {
			return mark != ";"
		}
	}
	return false
}

// minQuestions is how many subheads that ask make an interview, or a list of questions and answers.
const minQuestions = 3

// interview reports whether most subheads of the text are questions.
func (c *composer) interview() bool {
	questions, heads := 0, 0
	for i := max(c.text.First, 0); i < c.text.Last; i++ {
		if l := &c.p.Lines[i]; l.Role() == page.RoleSubhead {
			if heads++; asks(l.Text()) {
				questions++
			}
		}
	}
	return questions >= minQuestions && questions*2 > heads
}

// minUpdates is how many entries of one make, each with its time, make a live blog.
const minUpdates = 3

// updates returns the entries of a live blog: boxes of one make inside the
// container that hold a time element each, with the time as declared.
func (c *composer) updates() map[int32]string {
	main := int32(c.text.Main)
	if main < 0 {
		return nil
	}
	byParent := map[int32][]int32{}
	times := map[int32]string{}
	for k := range c.p.Spans {
		s := &c.p.Spans[k]
		if s.Node.DataAtom != atom.Time || int(s.Line) < c.text.First || int(s.Line) >= len(c.p.Lines) {
			continue
		}
		at := page.Attr(s.Node, "datetime")
		if at == "" {
			continue
		}
		for b, up := c.p.Lines[s.Line].Box, 0; b > main && up < 6; b, up = c.p.Boxes[b].Parent, up+1 {
			if _, seen := times[b]; seen {
				break
			}
			times[b] = at
			byParent[c.p.Boxes[b].Parent] = append(byParent[c.p.Boxes[b].Parent], b)
		}
	}
	out := map[int32]string{}
	for _, entries := range byParent {
		if c.sameEntries(entries) {
			for _, b := range entries {
				out[b] = times[b]
			}
		}
	}
	return out
}

// sameEntries reports whether boxes are the entries of a live blog: enough of
// them, of one make, each with text of the body.
func (c *composer) sameEntries(entries []int32) bool {
	if len(entries) < minUpdates {
		return false
	}
	for _, b := range entries {
		if !c.p.SameMake(b, entries[0]) || !c.holdsText(&c.p.Boxes[b]) {
			return false
		}
	}
	return true
}

// update returns the time of the entry of a live blog that a line opens; ok is
// false for other lines.
func (c *composer) update(i int32) (at *string, ok bool) {
	if len(c.entries) == 0 {
		return nil, false
	}
	for b := c.p.Lines[i].Box; b > int32(c.text.Main); b = c.p.Boxes[b].Parent {
		value, entry := c.entries[b]
		if !entry {
			continue
		}
		delete(c.entries, b)
		for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00"} {
			if t, err := time.Parse(layout, value); err == nil {
				s := t.Format(time.RFC3339)
				return &s, true
			}
		}
		return nil, true
	}
	return nil, false
}

// longTime is the most characters of a line that shows when an entry was written.
const longTime = 40

// entryTime reports whether a line shows nothing but the time of the entry of a live
// blog that comes next: it stands in the block's Time.
func (c *composer) entryTime(i int32) bool {
	l := &c.p.Lines[i]
	if len(c.entries) == 0 || l.Chars > longTime {
		return false
	}
	open := false
	for b := l.Box; b > int32(c.text.Main) && !open; b = c.p.Boxes[b].Parent {
		_, open = c.entries[b]
	}
	if !open {
		return false
	}
	from, to := l.Start, l.Start+int32(len(l.Text()))
	for k := c.spansFrom(from); k < len(c.p.Spans) && c.p.Spans[k].Start < to; k++ {
		s := &c.p.Spans[k]
		if s.Node.DataAtom == atom.Time && (s.End-s.Start)*4 >= (to-from)*3 {
			return true
		}
	}
	return false
}
