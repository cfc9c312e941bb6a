package body

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// contactWords are what a line says of an address that readers may write to, lower case.
var contactWords = text.NewPhrases([]string{"contact", "email", "e-mail", "reach ", "reached at", "feedback", "correo", "kontakt", "courriel",
	"schreiben sie", "scrivi a", "escríb", "contato", "почт"})

// dropContacts drops the last short lines if they are an address or ask readers to write
// to one ("To contact the reporter: …").
func (b *bodyFinder) dropContacts() {
	p := b.p
	for i, seen := b.text.Last-1, 0; i > b.text.First && seen < 3; i-- {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody {
			continue
		}
		seen++
		if l.Mass > 240 || !strings.Contains(l.Text(), "@") {
			continue
		}
		if address := mailAddress(l.Text()); address != "" && (2*len(address) > len(l.Text()) || contactWords.In(l.Text())) {
			b.roles.Set(i, page.RoleChrome, "address to write to")
		}
	}
}

// mailAddress returns the first e-mail address in a text, "" where there is none.
func mailAddress(text string) string {
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, ".,;:()<>[]")
		if at := strings.IndexByte(word, '@'); at > 0 && strings.IndexByte(word[at:], '.') > 1 {
			return word
		}
	}
	return ""
}

// tailMarks are the signs that pagination puts behind the last words of a page's text.
var tailMarks = [...]string{"(接下一頁)", "（接下一頁）", "(接下页)", "（接下页）", "(下一頁)", "（下一頁）", "(下转下一页)", "（下转下一页）"}

// cutTails cuts what is glued to the end of a paragraph: pagination signs, and links to
// other pages ("back to the front page >>") after the last sentence.
func (b *bodyFinder) cutTails() {
	p := b.p
	for i := max(b.text.First, 0); i < b.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody {
			continue
		}
		for _, m := range tailMarks {
			b.roles.Cut(i, len(strings.TrimRight(strings.TrimSuffix(l.Text(), m), " ")))
		}
		if l.LinkMass == 0 || !strings.HasSuffix(l.Text(), ">>") && !strings.HasSuffix(l.Text(), "»") {
			continue
		}
		at := strings.LastIndexAny(l.Text(), "。！？")
		if at < 0 {
			continue
		}
		_, size := utf8.DecodeRuneInString(l.Text()[at:])
		if tail := l.Text()[at+size:]; utf8.RuneCountInString(tail) <= 20 {
			b.roles.Cut(i, at+size)
		}
	}
}
