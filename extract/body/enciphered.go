package body

import "pressmark/extract/page"

// dropEnciphered takes out paragraphs that the page holds enciphered, for subscribers
// whose browsers decipher them, and warns of it.
func (b *bodyFinder) dropEnciphered() {
	found := false
	for i := b.text.First; i < b.text.Last; i++ {
		if l := &b.p.Lines[i]; l.Role().IsText() && l.IsEnciphered() {
			b.roles.Set(i, page.RoleChrome, "enciphered")
			found = true
		}
	}
	if found {
		b.text.Warnings = append(b.text.Warnings, "hidden_text: the page holds paragraphs that are enciphered")
	}
}
