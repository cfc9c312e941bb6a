package credits

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// western are the words before names in alphabets, lower case. The value
// tells whether a colon is needed: "by" alone starts a byline, "text" does not.
var western = []struct {
	word  string
	role  Role
	colon bool
}{
	{"by", Author, false}, {"written by", Author, false}, {"posted by", Author, false}, {"reported by", Author, false}, {"story by", Author, false}, {"words by", Author, false},
	{"submitted by", Author, false}, {"published by", Author, false}, {"created by", Author, false}, {"contributed by", Author, false},
	{"author", Author, true}, {"authors", Author, true}, {"reporter", Author, true}, {"writer", Author, true}, {"words", Author, true},
	{"von", Author, false}, {"autor", Author, true}, {"autorin", Author, true}, {"autoren", Author, true}, {"verfasst von", Author, false}, {"geschrieben von", Author, false}, {"text", Author, true},
	{"gespeichert von", Author, false}, {"erstellt von", Author, false}, {"eingestellt von", Author, false}, {"veröffentlicht von", Author, false}, {"ein beitrag von", Author, false}, {"beitrag von", Author, false}, {"artikel von", Author, false},
	{"ein artikel von", Author, false}, {"eine analyse von", Author, false}, {"kommentar von", Author, false}, {"ein kommentar von", Author, false}, {"kolumne von", Author, false}, {"gastbeitrag von", Author, false}, {"interview von", Author, false},
	{"par", Author, false}, {"auteur", Author, true}, {"propos recueillis par", Author, false}, {"écrit par", Author, false}, {"publié par", Author, false}, {"rédigé par", Author, false},
	{"por", Author, false}, {"escrito por", Author, false}, {"autora", Author, true}, {"redacción", Author, true}, {"texto", Author, true}, {"publicado por", Author, false},
	{"di", Author, false}, {"a cura di", Author, false}, {"scritto da", Author, false}, {"autore", Author, true}, {"testo", Author, true}, {"texte", Author, true}, {"textes", Author, true},
	{"door", Author, false}, {"geschreven door", Author, false}, {"tekst", Author, true},
	{"av", Author, false}, {"af", Author, false}, {"skrevet av", Author, false}, {"skriven av", Author, false}, {"reporter", Author, true}, {"journalist", Author, true},
	{"autorzy", Author, true}, {"opracowanie", Author, true}, {"opracował", Author, true}, {"oprac", Author, true}, {"redakcja", Editor, true}, {"redaktor", Editor, true}, {"rozmawiał", Author, false}, {"rozmawiała", Author, false},
	{"автор", Author, true}, {"авторы", Author, true}, {"текст", Author, true}, {"корреспондент", Author, true}, {"редактор", Editor, true}, {"источник", Source, true}, {"фото", Photographer, true},
	{"автор статьи", Author, true}, {"материал подготовил", Author, false}, {"материал подготовила", Author, false},
	{"συντάκτης", Author, true}, {"συντάκτρια", Author, true}, {"του", Author, false}, {"της", Author, false}, {"γράφει ο", Author, false}, {"γράφει η", Author, false}, {"γράφουν οι", Author, false}, {"από τον", Author, false}, {"από την", Author, false}, {"επιμέλεια", Author, true}, {"ρεπορτάζ", Author, true}, {"κείμενο", Author, true}, {"πηγή", Source, true},
	{"yazan", Author, true}, {"yazar", Author, true}, {"haber", Author, true}, {"kirjoittaja", Author, true}, {"autoři", Author, true}, {"szerző", Author, true}, {"írta", Author, true}, {"penulis", Author, true}, {"editor", Editor, true},
	{"edited by", Editor, false}, {"editing by", Editor, false}, {"editors", Editor, true}, {"redaktion", Editor, true},
	{"photo", Photographer, true}, {"photos", Photographer, true}, {"photo by", Photographer, false}, {"photos by", Photographer, false}, {"photograph by", Photographer, false}, {"foto", Photographer, true}, {"fotos", Photographer, true}, {"photographer", Photographer, true}, {"photographs by", Photographer, false},
	{"text und foto", Author, true}, {"text und fotos", Author, true}, {"texte et photos", Author, true}, {"texto y fotos", Author, true}, {"texto e fotos", Author, true}, {"testo e foto", Author, true}, {"tekst i zdjęcia", Author, true}, {"текст и фото", Author, true},
	{"story and photos by", Author, false}, {"reporting by", Author, false}, {"ein bericht von", Author, false}, {"bericht von", Author, false}, {"reportage von", Author, false}, {"testo di", Author, false}, {"reportagem", Author, true}, {"escribe", Author, false},
	{"napisał", Author, false}, {"napisała", Author, false}, {"беседовал", Author, false}, {"беседовала", Author, false}, {"подготовил", Author, false}, {"подготовила", Author, false},
	{"pictures", Photographer, true}, {"zdjęcia", Photographer, true}, {"fot", Photographer, true}, {"fotografía", Photographer, true}, {"φωτογραφίες", Photographer, true},
	{"source", Source, true}, {"quelle", Source, true}, {"fuente", Source, true}, {"fonte", Source, true}, {"bron", Source, true}, {"źródło", Source, true},
}

var westernLabels = func() map[string]struct {
	role  Role
	colon bool
} {
	m := make(map[string]struct {
		role  Role
		colon bool
	}, len(western))
	for _, w := range western {
		m[w.word] = struct {
			role  Role
			colon bool
		}{w.role, w.colon}
	}
	return m
}()

// parseWestern reads a byline in an alphabet: a label, then names.
func parseWestern(line string) (Credits, bool) {
	if utf8.RuneCountInString(line) > 160 {
		return Credits{}, false
	}
	role, value, ok := westernLabel(line)
	if !ok {
		return korean(line)
	}
	value, rest := cutLabel(value)
	if i := strings.IndexByte(value, ';'); i > 0 && rest == "" { // "Jane Doe; photos by John Roe"
		if _, _, ok := westernLabel(value[i+1:]); ok {
			value, rest = value[:i], value[i+1:]
		}
	}
	c := Credits{Labels: 1, Share: 1}
	if rest != "" { // "Autor: Max Muster Quelle: Seeblatt"
		if more, ok := parseWestern(rest); ok {
			c = more
		}
	}
	if role == Source {
		c.Source = CleanSource(value)
		return c, c.Source != ""
	}
	names := withoutPlaces(westernNames(value))
	if len(names) == 0 && c.Empty() {
		return Credits{}, false
	}
	c.add(role, names)
	return c, true
}

// withoutPlaces drops what follows a full name and is a place or a paper:
// "Max Muster, Seestadt", "Jane Doe, The Lakeside Gazette". Agencies (dpa, AFP) stay.
func withoutPlaces(names []string) []string {
	if len(names) < 2 || !strings.Contains(names[0], " ") {
		return names
	}
	out := names[:1]
	for _, n := range names[1:] {
		first, rest, many := strings.Cut(n, " ")
		titled := unicode.IsUpper(firstRune(n)) && strings.ToUpper(n) != n
		if !many && titled && rest == "" || many && article[strings.ToLower(first)] {
			continue
		}
		out = append(out, n)
	}
	return out
}

// cutLabel ends a value where another label with a colon begins.
func cutLabel(value string) (string, string) {
	for from := 0; ; {
		i := strings.IndexByte(value[from:], ':')
		if i < 0 {
			return value, ""
		}
		end := from + i
		start := strings.LastIndexAny(value[:end], " |,;/\u00a0") + 1
		if l, ok := westernLabels[strings.ToLower(value[start:end])]; ok && start > 0 && l.role != None {
			return strings.TrimSpace(value[:start]), value[start:]
		}
		from = end + 1
	}
}

// westernLabel finds a label of one to three words at the start of a line.
func westernLabel(line string) (Role, string, bool) {
	line = strings.TrimLeft(line, " \u00a0•|-–—*/»")
	if len(line) > 3 && (line[:2] == "By" || line[:2] == "by") && line[2] >= 'A' && line[2] <= 'Z' { // "ByJane Doe"
		return Author, line[2:], true
	}
	var low strings.Builder
	words := 0
	for i, r := range line {
		if letterOrDot(r) {
			low.WriteRune(unicode.ToLower(r))
			continue
		}
		if low.Len() == 0 {
			return None, "", false
		}
		words++
		label, known := westernLabels[strings.TrimRight(low.String(), ".")]
		rest := strings.TrimLeft(line[i:], " \u00a0")
		colon := strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, "|")
		if known && (colon || !label.colon && (r == ' ' || r == 0xA0) || label.role == Author && fullNames(rest)) {
			// the longest label wins: "par" of "par …", "written by" of "written by …"
			value := strings.TrimLeft(rest, ":：| \u00a0")
			if more, v, ok := longerLabel(line, i, low.String()); ok {
				return more, v, true
			}
			return label.role, value, value != ""
		}
		if r != ' ' && r != 0xA0 || words >= 4 {
			return None, "", false
		}
		low.WriteByte(' ')
	}
	return None, "", false
}

// fullNames tells whether a text is nothing but names of two words or more:
// "Autoren Max Muster und Eva Beispiel" needs no colon.
func fullNames(s string) bool {
	if utf8.RuneCountInString(s) > 60 || !unicode.IsUpper(firstRune(s)) {
		return false
	}
	names := westernNames(s)
	for _, n := range names {
		if w := strings.Count(n, " "); w < 1 || w > 3 {
			return false
		}
	}
	return len(names) > 0
}

func letterOrDot(r rune) bool { return unicode.IsLetter(r) || r == '.' || unicode.IsMark(r) }

// longerLabel tries the label of one word more.
func longerLabel(line string, i int, head string) (Role, string, bool) {
	rest := strings.TrimLeft(line[i:], " \u00a0")
	word, value, ok := strings.Cut(rest, " ")
	if !ok {
		return None, "", false
	}
	name := strings.TrimRight(strings.ToLower(word), ":")
	label, known := westernLabels[head+" "+name]
	if !known || label.colon && !strings.HasSuffix(word, ":") {
		return None, "", false
	}
	return label.role, strings.TrimLeft(value, ": "), true
}

// conjunctions part names in the languages of Europe.
var conjunctions = set("and", "und", "et", "y", "e", "en", "og", "och", "i", "и", "та", "και", "ja", "ve", "a", "és", "și", "with", "mit", "avec", "con", "&", "+", "dan")

// particles belong to a name though they are written small.
var particles = set("de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "ter", "ten", "la", "le", "el", "al", "bin", "ibn", "af", "av", "zu", "zum", "zur", "y", "e", "st", "d'", "des", "los", "las", "lo", "vom", "het", "in't", "bint", "abu", "ul")

// westernNames splits names written in an alphabet.
func westernNames(value string) []string {
	value = cutTail(value)
	var out []string
	parts := strings.FieldsFunc(value, func(r rune) bool {
		switch r {
		case ',', ';', '/', '|', '•', '·', '＆', '，', '、', '\n', '—', '–', '(', ')', '[', ']':
			return true
		}
		return false
	})
	for _, part := range parts {
		for _, name := range atConjunctions(part) {
			n := Clean(name)
			if n == "" || len(out) == maxNames || len(out) > 0 && len(n) == 2 && unicode.IsLower(firstRune(n)) { // "Rui Matos, em 15/10/2024"
				continue
			}
			out = Merge(out, []string{n})
		}
	}
	return out
}

// cutTail ends a byline where a place or a medium follows: "Jane Doe in Paris", "Jane Doe for the Herald".
func cutTail(s string) string {
	for _, stop := range []string{" in ", " for ", " For the ", " from ", " at ", " on ", " | ", " - ", " — ", " – ", " published ", " Published ", " Updated ", " updated ", " aus ", " à ", " au ", " le ", " am ", " el ", " il ", " den ", " // ", "@"} {
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
	for i, w := range words {
		// "y" and "e" inside a name ("Ortega y Gasset") cannot be told from the
		// conjunction; a conjunction needs a whole name on both sides.
		if !conjunctions[strings.ToLower(w)] || unicode.IsUpper(firstRune(w)) && len(w) > 1 {
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
var titles = set("reporter", "correspondent", "journalist", "writer", "editor", "staff", "senior", "chief", "political", "sports", "business", "contributor", "columnist", "photographer",
	"redakteur", "redakteurin", "korrespondent", "korrespondentin", "volontär", "volontärin", "autor", "autorin", "redaktion", "journaliste", "rédacteur", "rédactrice", "redactor", "redactora", "periodista",
	"giornalista", "redattore", "redacteur", "verslaggever", "reporterin", "freier", "freelance", "dziennikarz", "корреспондент", "журналист", "редактор", "обозреватель", "δημοσιογράφος", "kolumne", "kolumnistin",
	"mr", "mrs", "ms", "published", "updated", "special", "local", "democracy", "lifestyle", "news", "online", "digital", "deputy", "assistant", "associate", "managing", "executive", "producer", "host", "analyst", "author",
	"автор", "специальный", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "posted", "contact", "with", "exclusive", "video", "twitter", "facebook", "instagram", "linkedin", "follow", "folgen", "follower", "veröffentlicht", "publié", "publicado", "aktualisiert", "breaking", "by", "von", "par", "por")

// Clean makes one name of a raw one in an alphabet: addresses, handles, titles
// and dates go. It returns "" for what is no name.
func Clean(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "://") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "www.") {
		return ""
	}
	words := strings.Fields(s)
	var keep []string
	for _, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,:;"))
		switch {
		case strings.ContainsRune(w, '@'), strings.HasPrefix(w, "#"):
			continue
		case hasDigit(w) && !(len(words) == 1 && penName(w)):
			if len(keep) == 0 {
				return ""
			}
			return finish(keep)
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

// penName tells Marianne1 from a code: letters, then up to four digits.
func penName(w string) bool {
	letters := strings.TrimRight(w, "0123456789")
	return len(w)-len(letters) <= 4 && len(letters) >= 3 && !hasDigit(letters) && unicode.IsLetter(firstRune(letters))
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// Nobody tells values that stand where a name should and name no one: "admin", 佚名.
func Nobody(s string) bool { return nobody[strings.ToLower(strings.TrimSpace(s))] }

// finish joins the words of a name when they look like one: at most six, each
// written large but for particles.
func finish(words []string) string {
	name := strings.Trim(strings.Join(words, " "), " .,:;|-–—*\"“”„«»")
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 60 || len(words) > 6 || nobody[strings.ToLower(name)] {
		return ""
	}
	for i, w := range words {
		r := firstRune(strings.TrimLeft(w, "\"'“„«(’"))
		if unicode.IsLower(r) && !particles[w] && !elided(w) && len(words) > 1 || i == 0 && article[w] {
			return ""
		}
		if !unicode.IsLetter(r) && r != 'ʼ' {
			return ""
		}
	}
	return name
}

// article are the words that start a phrase, not a name: "von der Stadt".
var article = set("der", "den", "dem", "die", "das", "the", "le", "la", "les", "el", "los", "las", "het", "lo", "il", "gli", "o", "os")

// elided tells d'Exemple and l'Esempio.
func elided(w string) bool {
	i := strings.IndexAny(w, "'’")
	return i > 0 && i < 3 && i+1 < len(w) && unicode.IsUpper(firstRune(strings.TrimLeft(w[i:], "'’")))
}

// korean reads "홍길동 기자": the name stands before the word for reporter.
func korean(line string) (Credits, bool) {
	i := strings.Index(line, "기자")
	if strings.HasPrefix(line, "기자명") {
		line = line[len("기자명"):]
		i = strings.Index(line, "기자")
	}
	if i < 0 {
		i = strings.Index(line, "특파원")
	}
	if i <= 0 || utf8.RuneCountInString(line) > 60 {
		return Credits{}, false
	}
	before := line[:i]
	for _, rank := range []string{"선임", "수습", "인턴", "객원", "전문"} { // 선임기자: senior reporter
		before = strings.TrimSuffix(before, rank)
	}
	fields := strings.FieldsFunc(before, func(r rune) bool {
		return r == ' ' || r == ',' || r == '·' || r == '=' || r == '/' || r == '[' || r == ']' || r == '(' || r == ')'
	})
	var names []string
	for k := len(fields) - 1; k >= 0; k-- {
		rs := []rune(fields[k])
		if len(rs) < 2 || len(rs) > 4 || !isHangul(rs) || fields[k] == "사진" || fields[k] == "취재" {
			break
		}
		names = append([]string{fields[k]}, names...)
		if !strings.ContainsAny(line[:i], ",·") {
			break
		}
	}
	if len(names) == 0 {
		return Credits{}, false
	}
	return Credits{Authors: names, Labels: 1, Share: 1}, true
}

func isHangul(rs []rune) bool {
	for _, r := range rs {
		if r < 0xAC00 || r > 0xD7A3 {
			return false
		}
	}
	return true
}
