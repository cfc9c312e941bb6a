package credits

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// givenList are common given names in Latin letters, folded to lower case. They
// distinguish a person's name without a label from a section or a place.
//
//go:embed given.txt
var givenList string

// given are the given names of givenList.
var given = buildGiven()

func buildGiven() map[string]bool {
	m := make(map[string]bool, 1400)
	for name := range strings.FieldsSeq(givenList) {
		m[name] = true
	}
	return m
}

// isGiven reports whether a word is a common given name, or two with a hyphen
// between them.
func isGiven(word string) bool {
	word = foldAccents(word)
	if given[word] {
		return true
	}
	first, _, hyphen := strings.Cut(word, "-")
	return hyphen && given[first]
}

// accents are the letters with marks that given names are written with.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ą", "a", "ç", "c", "č", "c", "ć", "c", "é", "e", "è",
	"e", "ê", "e", "ë", "e", "ę", "e", "ě", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ł", "l", "ñ", "n", "ń", "n", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ř", "r", "š", "s",
	"ś", "s", "ş", "s", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ý", "y", "ž", "z", "ź", "z", "ż", "z")

func foldAccents(word string) string {
	word = strings.ToLower(word)
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return accents.Replace(word)
		}
	}
	return word
}

// Person reports whether a text is recognizably a person's full name without a label: two
// to four words, the first a common given name.
func Person(s string) bool {
	words := strings.Fields(s)
	for len(words) > 0 && honorifics[strings.ToLower(words[0])] {
		words = words[1:]
	}
	return PersonLike(s) && isGiven(words[0])
}

// honorifics stand before a name.
var honorifics = set("dr.", "prof.", "mr.", "mrs.", "ms.", "dr", "prof", "dipl.-ing.", "sir", "rev.")

// PersonLike reports whether a text has the form of a person's full name: two to
// four capitalised words, none of them a word of sections, firms or occupations.
func PersonLike(s string) bool {
	if strings.ContainsAny(s, ":/|@&?!") {
		return false
	}
	words := strings.Fields(s)
	n := 0
	for _, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,"))
		if particles[w] || honorifics[strings.ToLower(w)] {
			continue
		}
		r := firstRune(w)
		noName := firmWords[low] || roleWords[low] || titles[low] || n == 0 && article[low]
		if noName || !unicode.IsUpper(r) || hasDigit(w) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4 && Clean(s) == s
}

// firmWords are words of the names of firms, papers, institutions and sections.
var firmWords = set("collective", "group", "lines", "network", "institute", "university", "college", "school", "foundation", "association", "society",
	"media", "news", "newsroom", "magazine", "gazette", "herald", "tribune", "chronicle", "journal", "radio", "television", "tv", "inc", "llc", "ltd",
	"gmbh", "ag",
	"company", "corporation", "corp", "agency", "department", "ministry", "office", "center", "centre", "council", "committee", "hospital", "clinic",
	"laboratory", "lab", "labs", "studio", "studios", "technologies", "technology", "solutions", "systems", "consulting", "partners", "ventures",
	"services", "service", "facebook", "online", "blog", "security", "health", "finance", "politics", "sports", "culture", "travel", "business",
	"economy", "opinion", "world", "international", "national", "local", "press", "publishing", "publications", "communications", "insurance", "bank",
	"airlines", "hotels", "realty", "club", "league", "union", "federation", "authority", "board", "bureau", "commission",
	"zeitung", "verlag", "stiftung", "verein", "universität", "hochschule", "institut", "redaktion", "nachrichten", "politik", "wirtschaft", "sport",
	"kultur", "université", "journal", "fundación", "universidad", "instituto", "associazione", "università", "ltd.", "inc.", "policy", "terms",
	"privacy", "contact", "about", "more", "read", "home", "top", "best", "new", "latest", "cookie", "login", "search", "menu")

// Firm reports whether a text has a word that names firms, sections or buttons, such as
// "Text Size".
func Firm(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if w = strings.ToLower(strings.Trim(w, ".,")); firmWords[w] || w == "size" || w == "text" {
			return !isGiven(firstWord(s))
		}
	}
	return false
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// affiliation reports whether a value behind a person's name is the firm or the
// institution where the person works.
func affiliation(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || isGiven(words[0]) {
		return false
	}
	for _, w := range words {
		if firmWords[strings.ToLower(strings.Trim(w, ".,"))] {
			return true
		}
	}
	return false
}

// WithDegrees reads a line of people with their degrees, which needs no label: "Jane
// Doe, PhD; John Roe, DVM, MSc". It returns nil for other lines.
func WithDegrees(line string) []string {
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '&' })
	if len(parts) < 2 || !PersonLike(strings.TrimSpace(parts[0])) || !degree(strings.TrimSpace(parts[1])) {
		return nil
	}
	return withoutRoles(westernNames(strings.ReplaceAll(line, ";", ",")))
}

// Team reports whether a text names a desk or a team: "Lakeside Team".
func Team(s string) bool { return teamName(strings.Fields(s)) }
