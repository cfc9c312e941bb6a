package page

import "strings"

// frequentWords are short words that Latin texts of a language hold in nearly every
// sentence, and those of the others seldom.
var frequentWords = map[string]string{
	"en": "the of and is that for with was are from", "de": "der die und das ist nicht den mit von ein",
	"fr": "les des est une dans pour que sur avec qui", "es": "el los las una que por con del para su",
	"pt": "não uma para com dos os em ao mais foi", "it": "il di che della per una con del sono gli",
	"nl": "het een van niet dat zijn voor met ook aan", "pl": "i w na się nie jest że do z we",
	"cs": "že se na je které jako podle však také při", "sk": "že sa na je ktoré ako podľa však tiež pri",
	"sv": "och att det som är för på inte med av", "da": "og at det er af ikke til som med der",
	"nb": "og å det er ikke som på av til har", "fi": "ja on ei että oli myös joka hän kun ovat",
	"tr": "ve bir bu için ile olarak olan daha çok de", "ro": "și că este pentru din care mai cu au nu",
	"hu": "és az hogy nem egy volt meg csak is de", "hr": "je i u na za se da su od koji",
	"vi": "và của là có trong được cho người không một", "id": "yang dan di untuk dengan dari ini itu pada tidak",
}

// Bounds of the look for a language.
const (
	wordSample = 6000 // bytes of text
	leastWords = 6    // frequent words that say something
)

// languageOf names the language of a Latin text by its frequent words, "" where
// none stands out.
func languageOf(s string) string {
	counts := map[string]int{}
	for _, w := range strings.Fields(strings.ToLower(s[:min(len(s), wordSample)])) {
		counts[strings.Trim(w, ".,;:!?()\"'“”„«»")]++
	}
	best, most, second := "", 0, 0
	for lang, words := range frequentWords {
		n := 0
		for w := range strings.FieldsSeq(words) {
			n += counts[w]
		}
		switch {
		case n > most || n == most && lang < best:
			best, most, second = lang, n, max(most, second)
		case n > second:
			second = n
		}
	}
	if most < leastWords || most*2 < second*3 {
		return ""
	}
	return best
}
