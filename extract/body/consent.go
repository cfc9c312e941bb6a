package body

import (
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// consentTerms are words of notices that ask for consent before external content is
// loaded, lower case.
var consentTerms = text.NewPhrases([]string{
	"third party", "third-party", "your consent", "you consent", "cookies", "privacy policy", "embedded content", "external content", "personal data",
	"eingebettete inhalte", "externe inhalte", "externer inhalt", "einwilligung", "drittanbieter", "personenbezogene", "datenschutz", "widerruf",
	"contenus externes", "contenu externe", "consentement", "données personnelles", "données à caractère personnel", "politique de confidentialité",
	"contenido externo", "consentimiento", "datos personales", "política de privacidad", "terceros", "contenuti esterni", "consenso",
	"dati personali", "terze parti", "conteúdo externo", "conteúdo incorporado", "consentimento", "dados pessoais", "terceiros",
	"externe inhoud", "ingesloten inhoud", "toestemming", "persoonsgegevens", "privacybeleid", "samtykke", "tredjepart", "personopplysninger",
	"eksternt innhold", "samtycke", "tredje part", "personuppgifter", "treści zewnętrzne", "zgod", "danych osobowych", "polityka prywatności",
})

// leastConsent is how many of the terms make a notice.
const leastConsent = 3

// dropConsent drops notices that stand where external content would be loaded ("To show
// embedded content, your consent …"), unless several paragraphs speak of such matters.
func (b *bodyFinder) dropConsent() {
	var found []int
	for i := b.text.First; i < b.text.Last; i++ {
		if l := &b.p.Lines[i]; l.Role() == page.RoleBody && l.Stops > 0 && consentTerms.Count(l.Text()) >= leastConsent {
			found = append(found, i)
		}
	}
	var mass int32
	for _, i := range found {
		mass += b.p.Lines[i].Mass
	}
	if mass*4 > b.proseIn(int32(b.text.Main)) {
		return // the article's subject
	}
	for _, i := range found {
		b.roles.Set(i, page.RoleChrome, "asks for consent")
	}
}
