package credits

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// conjunctions part names in the languages of Europe.
var conjunctions = set("and", "und", "et", "y", "e", "en", "og", "och", "i", "и", "та", "και", "ja", "ve", "a", "és", "și", "with", "mit", "avec",
	"con", "&", "+", "dan")

// particles belong to a name though they are written small.
var particles = set("de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "ben", "bat", "dos", "von", "der", "den", "ter", "ten", "la",
	"le", "el", "al", "bin", "ibn", "af", "av", "zu", "zum", "zur", "y", "e", "st", "d'", "des", "los", "las", "lo", "vom", "het", "in't", "bint", "abu",
	"ul")

// westernNames splits names written in an alphabet.
func westernNames(value string) []string {
	value = withoutBrackets(keepNicknames(cutTail(value)))
	var out []string
	parts := strings.FieldsFunc(value, func(r rune) bool {
		switch r {
		case ',', ';', '/', '|', '•', '·', '⋅', '∙', '●', '＆', '，', '、', '\n', '—', '–', '(', ')', '[', ']':
			return true
		}
		return false
	})
	for _, part := range parts {
		for _, name := range atConjunctions(part) {
			if len(out) > 0 && strings.Contains(out[0], " ") && occupation(name) {
				out = append(out, name) // goes with the other roles; cleaned it would be "WCI"
				continue
			}
			n := strings.NewReplacer(nickOpen, "(", nickClose, ")").Replace(Clean(upperName(name)))
			if n == "" || len(out) == maxNames || len(out) > 0 && len(n) == 2 && unicode.IsLower(firstRune(n)) { // "Rui Matos, em 15/10/2024"
				continue
			}
			out = Merge(out, []string{n})
		}
	}
	return out
}

// nickOpen and nickClose stand for the brackets around a nickname while the
// other brackets part names. They are in a private use area.
const nickOpen, nickClose = "\uE0F0", "\uE0F1"

// keepNicknames marks the brackets of "Robert (Bob) Poe": one word, behind a name
// and before one.
func keepNicknames(s string) string {
	open := strings.IndexByte(s, '(')
	if open <= 0 {
		return s
	}
	end := strings.IndexByte(s[open:], ')')
	if end < 0 {
		return s
	}
	inside, after := s[open+1:open+end], strings.TrimLeft(s[open+end+1:], " ")
	word := inside != "" && len(inside) < 24 && !strings.ContainsAny(inside, " ,;/.:") && unicode.IsUpper(firstRune(inside))
	if !word || !unicode.IsUpper(firstRune(after)) || strings.HasSuffix(strings.TrimRight(s[:open], " "), ",") {
		return s
	}
	return s[:open] + nickOpen + inside + nickClose + " " + after
}

// withoutBrackets takes out what stands in brackets behind a name: a paper, a
// place, a handle.
func withoutBrackets(s string) string {
	for {
		open := strings.IndexAny(s, "([")
		if open <= 0 || !strings.Contains(strings.TrimSpace(s[:open]), " ") { // "wnp.pl (Jan Wzór)"
			return s
		}
		end := strings.IndexAny(s[open:], ")]")
		if end < 0 {
			return s[:open]
		}
		s = s[:open] + "," + s[open+end+1:]
	}
}

// upperName cuts what follows a name in capitals and is written otherwise:
// "ABBY MOOR Associated Press", "JANE DOE Staff Writer".
func upperName(s string) string {
	words := strings.Fields(s)
	n := 0
	for n < len(words) && len(words[n]) > 1 && words[n] == strings.ToUpper(words[n]) && words[n] != strings.ToLower(words[n]) {
		n++
	}
	if n < 2 || n == len(words) || agencies[strings.ToLower(strings.Join(words[n:], " "))] {
		return s
	}
	return strings.Join(words[:n], " ")
}

// cutTail ends a byline where a place or a medium follows: "Jane Doe in Paris", "Jane Doe for the Herald".
func cutTail(s string) string {
	for _, stop := range []string{" in ", " for ", " For the ", " from ", " at ", " on ", " | ", " - ", " — ", " – ", " published ", " Published ",
		" Updated ", " updated ", " aus ", " à ", " au ", " le ", " am ", " el ", " il ", " den ", " // ", "@"} {
		if i := strings.Index(s, stop); i > 0 {
			if stop == "@" {
				i = strings.LastIndexAny(s[:i], " \u00a0,;(")
				if i <= 0 {
					return ""
				}
			}
			s = s[:i]
		}
	}
	return s
}

func atConjunctions(s string) []string {
	words := strings.Fields(s)
	var out []string
	start := 0
	capitals := s == strings.ToUpper(s)
	for i, w := range words {
		// "y" and "e" inside a name ("Ortega y Gasset") cannot be distinguished from the
		// conjunction; a conjunction needs a whole name on both sides.
		between := capitals && i-start >= 2 && len(words)-i > 2 // JANE DOE AND TOM REED, but not DAN REED
		named := unicode.IsUpper(firstRune(w)) && (len(w) > 1 && !between || i == len(words)-1)
		if !conjunctions[strings.ToLower(w)] || named {
			continue
		}
		lone := i-start < 2 && (w == "y" || w == "e" || w == "i")
		if lone || i == start {
			if i == start {
				start++
			}
			continue
		}
		out = append(out, strings.Join(words[start:i], " "))
		start = i + 1
	}
	if start < len(words) {
		out = append(out, strings.Join(words[start:], " "))
	}
	return out
}

// titles stand before or after a name and are no part of it.
var titles = set("reporter", "correspondent", "journalist", "writer", "editor", "staff", "senior", "chief", "political", "sports", "business",
	"contributor", "columnist", "photographer",
	"redakteur", "redakteurin", "korrespondent", "korrespondentin", "volontär", "volontärin", "autor", "autorin", "redaktion", "journaliste",
	"rédacteur", "rédactrice", "redactor", "redactora", "periodista",
	"giornalista", "redattore", "redacteur", "verslaggever", "reporterin", "freier", "freelance", "dziennikarz", "корреспондент", "журналист",
	"редактор", "обозреватель", "δημοσιογράφος", "kolumne", "kolumnistin",
	"mr", "mrs", "ms", "published", "updated", "special", "local", "democracy", "lifestyle", "news", "online", "digital", "deputy", "assistant",
	"associate", "managing", "executive", "producer", "host", "analyst", "author",
	"автор", "специальный", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "posted", "contact", "with", "exclusive",
	"video", "twitter", "facebook", "instagram", "linkedin", "follow", "folgen", "follower", "veröffentlicht", "publié", "publicado", "aktualisiert",
	"breaking", "by", "von", "par", "por")

// Clean normalizes one name written in an alphabet: addresses, handles, titles and dates
// are removed. It returns "" if the rest is not a name.
func Clean(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "://") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "www.") {
		return ""
	}
	words := strings.Fields(s)
	if teamName(words) {
		return strings.Join(words, " ")
	}
	var keep []string
	for i, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,:;"))
		switch {
		case strings.ContainsRune(w, '@'), strings.HasPrefix(w, "#"):
			continue
		case hasDigit(w) && !(len(words) == 1 && penName(w)):
			if len(keep) == 0 {
				return ""
			}
			return finish(keep)
		case particles[w] && len(keep) > 0 && i+1 < len(words): // Hartmann von der Aue
		case titles[low] && len(keep) == 0:
			continue
		case titles[low]:
			if len(keep) == 1 && keep[0] == strings.ToLower(keep[0]) {
				keep = nil // "housing reporter", "unserem Redakteur Max Muster"
				continue
			}
			return finish(keep)
		}
		keep = append(keep, w)
	}
	return finish(keep)
}

// teamName reports names of desks and teams: "The Lakeside Team", "Gazette Staff".
func teamName(words []string) bool {
	if len(words) < 2 || len(words) > 5 || !unicode.IsUpper(firstRune(words[0])) && !hasDigit(words[0]) {
		return false
	}
	if titles[strings.ToLower(words[0])] {
		return false
	}
	switch strings.ToLower(words[len(words)-1]) {
	case "team", "editors", "desk", "newsroom":
		return true
	case "staff":
		return len(words) == 2
	}
	return false
}

// penName distinguishes Marianne1 from a code: letters, then up to four digits.
func penName(w string) bool {
	letters := strings.TrimRight(w, "0123456789")
	return len(w)-len(letters) <= 4 && len(letters) >= 3 && !hasDigit(letters) && unicode.IsLetter(firstRune(letters))
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// Nobody reports whether a value is a placeholder for a name, such as "admin" or 佚名
// (anonymous).
func Nobody(s string) bool { return nobody[strings.ToLower(strings.TrimSpace(s))] }

// maxName is the length of the longest name, in words and characters.
const maxNameWords, maxNameChars = 6, 60

// finish joins the words of a name when they look like one: at most six, each
// written large but for particles.
func finish(words []string) string {
	words = once(withoutTail(withoutGluedTitle(words)))
	name := strings.Trim(strings.Join(words, " "), " .,:;|-–—*\"“”„«»‘’'")
	if n := utf8.RuneCountInString(name); n < 2 || n > maxNameChars || len(words) > maxNameWords || nobody[strings.ToLower(name)] {
		return ""
	}
	for i, w := range words {
		if buttons[strings.ToLower(w)] || caseless[w] || i == 0 && article[w] || !nameWord(w, len(words)) {
			return ""
		}
	}
	return name
}

// withoutGluedTitle takes a title off the last word: "HusbandTwitter".
func withoutGluedTitle(words []string) []string {
	n := len(words) - 1
	if n < 0 {
		return words
	}
	if rest := afterCapital(words[n]); rest != "" && titles[strings.ToLower(rest)] {
		words[n] = strings.TrimSuffix(words[n], rest)
	}
	return words
}

// withoutTail takes degrees, particles and the words before a date off the end:
// "Max Muster am".
func withoutTail(words []string) []string {
	for n := len(words) - 1; n > 0; n-- {
		w := words[n]
		if !particles[w] && !tailWords[w] && (n == 1 || !degree(w)) {
			break
		}
		words = words[:n]
	}
	return words
}

// once returns one copy of a name that is printed twice, with or without a space between
// the copies.
func once(words []string) []string {
	if half := len(words) / 2; len(words) > 1 && len(words)%2 == 0 && slices.Equal(words[:half], words[half:]) {
		words = words[:half]
	}
	if s := strings.Join(words, " "); len(s)%2 == 0 && s[:len(s)/2] == s[len(s)/2:] {
		words = strings.Fields(s[:len(s)/2])
	}
	return words
}

// nameWord reports whether a word can be one of n words of a name: it begins with a
// letter, a capital where the name has several words and it is no particle.
func nameWord(w string, n int) bool {
	r := firstRune(strings.TrimLeft(w, "\"'“”„«(’"))
	if n > 1 && isSmall(r) && !particles[w] && !elided(w) {
		return false
	}
	return unicode.IsLetter(r) || r == 'ʼ' || strings.HasPrefix(w, nickOpen)
}

// buttons are words of the links and labels around an author's name.
var buttons = set("bio", "posts", "articles", "share", "profile", "archive", "archives", "view", "website", "subscribe", "newsletter", "written",
	"edited", "recent", "show", "bookmark", "copied", "save", "print", "artikel", "beiträge", "profil", "teilen")

// tailWords are the words before a date or a place that ended the byline.
var tailWords = set("In", "IN", "On", "At", "am", "le", "il", "el", "in", "on", "at", "w", "em", "på", "den", "du", "um", "im")

// caseless are words of sentences in scripts without capitals, where nothing
// else distinguishes a name from the words behind "from".
var caseless = set("أن", "إن", "في", "على", "إلى", "التي", "الذي", "المقرر", "المتوقع", "بين", "أجل", "هذا", "هذه", "كل", "خلال", "بعد", "قبل", "که",
	"این", "آن", "را", "است", "می", "برای", "של", "את", "על", "עם", "זה", "היא", "הוא", "कि", "है", "में", "के", "को", "से", "এই", "থেকে", "ที่", "และ",
	"ใน")

// article are the words that start a phrase, not a name: "von der Stadt".
var article = set("der", "den", "dem", "die", "das", "the", "le", "la", "les", "el", "los", "las", "het", "lo", "il", "gli", "o", "os")

// afterCapital returns the end of a word from a capital behind a small letter on.
func afterCapital(w string) string {
	before := 'A'
	for i, r := range w {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			return w[i:]
		}
		before = r
	}
	return ""
}

// elided reports d'Exemple and l'Esempio.
func elided(w string) bool {
	i := strings.IndexAny(w, "'’")
	return i > 0 && i < 3 && i+1 < len(w) && unicode.IsUpper(firstRune(strings.TrimLeft(w[i:], "'’")))
}

// isSmall reports whether a letter shows that a word is no name. Georgian is written
// without capitals, though Unicode has some.
func isSmall(r rune) bool { return unicode.IsLower(r) && !unicode.Is(unicode.Georgian, r) }
